"""Make a corpus of N reports from a seed number, with what is wrong in it known.

Bodies report for several years running; what they carry out of one year they carry into the next,
but for the chains that are broken on purpose. Some reports contradict themselves in one place.
The files are 60% HTML, 20% text, 15% DOCX and 5% PDF in the layouts of `corpus/layouts.py`; 2%
are broken, and copies, notices and lists of links lie among them, as they do in what is scraped.

    python benchmarks/make_corpus.py 20000 OUT --seed 1

`OUT/files/` holds the files, `OUT/truth.jsonl` one line for each of them.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

from grids import FORMS, Box, Grid, Values, grid
from layouts import LAYOUTS, Layout, docx
from pages import Page, Part

YEARS = (2019, 2020, 2021, 2022, 2023)
KINDS = {"html": 0.60, "text": 0.20, "docx": 0.15, "pdf": 0.05}
SUFFIX = {"html": "html", "text": "txt", "docx": "docx", "pdf": "pdf"}
BROKEN, COPIES, OTHERS = 0.02, 0.02, 0.02
CONTRADICTED, CHAINS_BROKEN = 0.10, 0.03
COLUMNS = 6
LEVELS = ("县", "市", "区", "镇", "乡", "街道办事处", "县财政局", "市教育局", "区民政局")
FIRST = "青松柳云白清石金银玉龙凤鹤平安永兴泰和德明光远长宁怀临望春秋东西南北上下大新古丰"
SECOND = "岭湾溪河山川桥坪塘泉林原丘湖江海港滩沟峡坝口门关堡陵台源池洲岩峰谷坡庄井田园"


@dataclass(frozen=True, slots=True)
class Year:
    """One report: who, when, what its tables print, what is wrong with it."""

    body: str
    year: int
    requests: Mapping[str, Sequence[int]]
    reviews: Mapping[str, Sequence[int]]
    proactive: Mapping[str, Sequence[str]]
    narrative: Mapping[str, int]
    planted: tuple[str, ...] = ()
    chain_broken: bool = False

    @property
    def form(self) -> str:
        """The edition of the form that was in force."""
        return "2019" if self.year < 2021 else "2021"


@dataclass(slots=True)
class Maker:
    """Makes the files of a corpus, one after another."""

    chance: random.Random
    reports: list[tuple[str, Year]] = field(default_factory=list)

    def files(self, count: int) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
        """Name, bytes and truth of every file."""
        years = self._years()
        kinds = self.chance.choices(list(KINDS), list(KINDS.values()), k=count)
        for number, kind in enumerate(kinds):
            what = self.chance.random()
            stem = f"{number // 1000:03d}/{number:06d}"
            if what < BROKEN:
                yield self._broken(stem, kind, next(years))
            elif what < BROKEN + COPIES and self.reports:
                yield self._copy(stem)
            elif what < BROKEN + COPIES + OTHERS:
                yield self._other(stem)
            else:
                yield self._report(stem, kind, next(years))

    def _years(self) -> Iterator[Year]:
        names = [one + two + level for one in FIRST for two in SECOND for level in LEVELS]
        self.chance.shuffle(names)
        for body in names:
            size = self.chance.choice([1, 4, 12, 60, 300, 2000])
            carried = [0] * COLUMNS
            for year in YEARS:
                made = make_year(self.chance, body, year, size, carried)
                carried = list(made.requests["requests_carried_out"][:COLUMNS])
                yield made

    def _report(self, stem: str, kind: str, year: Year) -> tuple[str, bytes, dict[str, Any]]:
        layout = self.chance.choice(layouts_of(kind))
        name = f"{stem}.{SUFFIX[kind]}"
        data = layout.render(page_of(year, random.Random(stem)))
        self.reports.append((name, year))
        truth = {
            "outcome": "report",
            "body": year.body,
            "year": year.year,
            "layout": layout.name,
            "planted": year.planted,
            "chain_broken": year.chain_broken,
        }
        return name, data, truth

    def _copy(self, stem: str) -> tuple[str, bytes, dict[str, Any]]:
        """The same report again: laid out by another site's builder."""
        original, year = self.chance.choice(self.reports)
        layout = self.chance.choice(
            [one for one in layouts_of("html") if one.name == "html:portal"]
        )
        first = random.Random(original.rpartition(".")[0])
        return (
            f"{stem}.html",
            layout.render(page_of(year, first)),
            {"outcome": "copy", "of": original},
        )

    def _broken(self, stem: str, kind: str, year: Year) -> tuple[str, bytes, dict[str, Any]]:
        whole = page_of(year, random.Random(stem))
        how = self.chance.choice(["empty", "cut", "garbage", "picture"])
        data, suffix = b"", SUFFIX[kind]
        if how == "cut":
            data, suffix = fast_docx(whole)[:900], "docx"
        elif how == "garbage":
            data, suffix = b"%PDF-1.4\n" + self.chance.randbytes(3000), "pdf"
        elif how == "picture":
            data, suffix = b"\x89PNG\r\n\x1a\n" + self.chance.randbytes(3000), "html"
        return f"{stem}.{suffix}", data, {"outcome": "failure", "how": how}

    def _other(self, stem: str) -> tuple[str, bytes, dict[str, Any]]:
        text = self.chance.choice([notice, links])(self.chance)
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        page = f"<html><head><meta charset='utf-8'></head><body>{lines}</body></html>"
        return f"{stem}.html", page.encode(), {"outcome": "not_report"}


# --- the numbers --------------------------------------------------------------------------


def make_year(
    chance: random.Random, body: str, year: int, size: int, carried: Sequence[int]
) -> Year:
    """The report of ``body`` for ``year``, which agrees with itself and with ``carried`` unless
    chance has it otherwise."""
    form = "2019" if year < 2021 else "2021"
    broken = year > YEARS[0] and chance.random() < CHAINS_BROKEN
    came = list(carried)
    if broken:
        came[0] += chance.choice([1, 2, 5])
    requests = _requests(chance, form, size, came)
    totals = {row: values[-1] for row, values in requests.items()}
    made = Year(
        body=body,
        year=year,
        requests=requests,
        reviews={row: _group(chance, size) for row in ("review", "direct", "post_review")},
        proactive=dict(_proactive(chance, form, size)),
        narrative=totals,
        chain_broken=broken,
    )
    return _contradicted(chance, made) if chance.random() < CONTRADICTED else made


def _requests(
    chance: random.Random, form: str, size: int, came: Sequence[int]
) -> dict[str, list[int]]:
    rows = outcome_rows(form)
    chosen = chance.sample(rows[2:], min(len(rows) - 2, 2 + size.bit_length()))
    counts = {row: [0] * COLUMNS for row in rows}
    for row in ["result_granted", "result_partial", *chosen]:
        counts[row][0] = chance.randint(0, size)
        for column in range(1, COLUMNS):
            if chance.random() < 0.2:
                counts[row][column] = chance.randint(0, 1 + size // 5)
    answered = [sum(counts[row][column] for row in rows) for column in range(COLUMNS)]
    later = [chance.choice([0, 0, 1, 3]) + max(0, came[n] - answered[n]) for n in range(COLUMNS)]
    counts["requests_answered"] = answered
    counts["requests_carried_out"] = later
    counts["requests_carried_in"] = list(came)
    counts["requests_new"] = [answered[n] + later[n] - came[n] for n in range(COLUMNS)]
    return {row: [*values, sum(values)] for row, values in counts.items()}


@lru_cache
def outcome_rows(form: str) -> tuple[str, ...]:
    """The rows of the outcomes in a form, in their order."""
    rows: list[str] = []
    for group in FORMS["requests"]["group"]:
        if group.get("form", form) == form:
            rows += [group["row"]] if "row" in group else [row for row, _ in group["rows"]]
    return tuple(row for row in rows if row != "requests_answered")


def _group(chance: random.Random, size: int) -> list[int]:
    parts = [chance.choice([0, 0, chance.randint(0, 1 + size // 40)]) for _ in range(4)]
    return [*parts, sum(parts)]


def _proactive(chance: random.Random, form: str, size: int) -> Iterator[tuple[str, list[str]]]:
    for block in FORMS["proactive"]:
        if block["form"] == form:
            made = chance.choice([0, chance.randint(0, 1 + size // 9)])
            for row, _ in block["rows"]:
                yield row, [_proactive_cell(chance, one, size, made) for one in block["columns"]]


def _proactive_cell(chance: random.Random, column: str, size: int, made: int) -> str:
    if column in {"made", "published"}:
        return str(made)
    if column in {"total_published", "valid"}:
        return str(made + chance.randint(3, 9 + size))
    if column == "change":
        return chance.choice(["0", "-", "+"]).replace("0", "") + str(chance.randint(0, 9))
    if column == "amount":
        return f"{chance.randint(0, size * 9)}.{chance.randint(0, 99):02d}"
    return str(chance.choice([0, chance.randint(0, size * 9)]))


def _contradicted(chance: random.Random, year: Year) -> Year:
    """``year`` with one number that disagrees with the others."""
    if chance.random() < 0.5:
        row = chance.choice(["requests_new", "result_granted", "result_partial"])
        told = dict(year.narrative) | {row: year.narrative[row] + chance.choice([1, 3, 10])}
        return replace(year, narrative=told, planted=(f"narrative:{row}",))
    row = chance.choice(["requests_new", "requests_answered", "result_granted"])
    column = chance.randrange(COLUMNS)
    requests = {name: list(values) for name, values in year.requests.items()}
    requests[row][column] += chance.choice([1, 2, 9, 90])
    return replace(year, requests=requests, planted=(f"cell:requests/{row}/{column}",))


# --- the words ----------------------------------------------------------------------------

_PAPER = "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）"
_OPENINGS = (
    "本报告依照《中华人民共和国政府信息公开条例》和{paper}的格式编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "根据《中华人民共和国政府信息公开条例》第五十条的要求，{body}编制了本报告，统计期限自{year}年1月1日起至{year}年12月31日止，欢迎公众监督。",
)
_OVERVIEWS = (
    "{year}年，{body}坚持以公开为常态，把群众关心的事项放在首位，各项公开工作平稳推进。",
    "{year}年以来，{body}按照上级部署，健全工作机制，明确专人负责，公开的时效和质量都有提高。",
)
_DISCLOSED = (
    "全年通过政府网站主动公开政府信息{n}条，其中政务动态{a}条，公示公告{b}条，其他信息{c}条。",
    "一年来主动公开政府信息共计{n}条，通过政务新媒体发布{a}条，通过公告栏发布{b}条，通过其他方式发布{c}条。",
)
_REQUESTS = (
    "全年收到政府信息公开申请{requests_new}件，上年结转{requests_carried_in}件。从办理结果看，予以公开{result_granted}件，部分公开{result_partial}件，结转下年度继续办理{requests_carried_out}件。",
    "本年新收政府信息公开申请{requests_new}件，上年结转{requests_carried_in}件；予以公开{result_granted}件，部分公开{result_partial}件；结转下年度{requests_carried_out}件。",
)
_BODY = (
    "在信息管理方面，落实先审后发的要求，发布前逐件核对文字和数据，对历年公开的内容开展清理，更正链接失效的栏目{a}个。",
    "平台建设方面，对门户网站的栏目作了调整，补充了办事指南，政务新媒体账号共{a}个，均由专人维护，全年未发生安全事故。",
    "监督保障方面，把公开工作列入年度考核，全年组织培训{a}次，参加人员{b}人次，对发现的问题及时督促整改。",
    "围绕重点领域，及时公开财政预决算、公共资源配置、社会救助等信息，方便群众查询，回应了社会关切。",
    "针对群众来信来访中反映较多的事项，通过在线访谈、政策问答等方式作出说明，全年发布解读材料{a}篇。",
    "规范受理窗口，当面申请、网上申请和信函申请均有专人登记，依法按时答复，做到件件有着落。",
)
_PROBLEMS = (
    "一是公开内容的深度还不够，二是部门之间的配合有待加强。下一步将细化目录，加大培训力度，提高工作人员的业务能力。",
    "主要问题是更新不够及时，解读的形式比较单一。今后将完善制度，丰富解读形式，主动听取群众的意见。",
)


def page_of(year: Year, chance: random.Random) -> Page:
    """The report as the parts of a page; ``chance`` picks the wording."""
    return Page(
        title=f"{year.body}{year.year}年政府信息公开工作年度报告",
        organization=year.body,
        year=year.year,
        parts=list(_parts(year, chance)),
    )


def _parts(year: Year, chance: random.Random) -> Iterator[Part]:
    known = {"body": year.body, "year": year.year, "paper": _PAPER}
    yield f"{year.body}{year.year}年政府信息公开工作年度报告"
    yield chance.choice(_OPENINGS).format(**known)
    yield "一、总体情况"
    yield chance.choice(_OVERVIEWS).format(**known)
    parts = [chance.randint(3, 400) for _ in range(3)]
    counts = dict(zip("abc", parts, strict=True)) | {"n": sum(parts)}
    yield chance.choice(_DISCLOSED).format(**counts)
    yield chance.choice(_REQUESTS).format(**year.narrative)
    for sentence in chance.sample(_BODY, chance.randint(3, len(_BODY))):
        yield sentence.format(a=chance.randint(2, 30), b=chance.randint(31, 300))
    yield "二、主动公开政府信息情况"
    yield grid(Values("proactive", year.form, year.proactive))
    yield "三、收到和处理政府信息公开申请情况"
    yield grid(Values("requests", year.form, _texts(year.requests)))
    yield "四、政府信息公开行政复议、行政诉讼情况"
    yield grid(Values("reviews", year.form, _texts(year.reviews)))
    yield "五、存在的主要问题及改进情况"
    yield chance.choice(_PROBLEMS)
    yield "六、其他需要报告的事项"
    yield "本年度没有收取信息处理费，无其他需要报告的事项。"


def _texts(rows: Mapping[str, Sequence[int]]) -> dict[str, list[str]]:
    return {row: list(map(str, values)) for row, values in rows.items()}


def notice(chance: random.Random) -> str:
    """A notice that asks for reports."""
    year = chance.choice(YEARS)
    return (
        f"关于做好{year}年政府信息公开工作年度报告编制发布工作的通知\n各乡镇人民政府，各有关部门：\n"
        f"请各单位于{year + 1}年1月{chance.randint(5, 25)}日前完成编制并报送纸质材料{chance.randint(1, 3)}份。\n"
        f"特此通知。\n联系人：办公室，编号{chance.randint(1, 99999)}"
    )


def links(chance: random.Random) -> str:
    """A list of links to reports."""
    first = chance.choice(FIRST) + chance.choice(SECOND)
    names = [f"{first}{level}" for level in LEVELS]
    return "\n".join(
        f"{name}{year}年政府信息公开工作年度报告 {year + 1}-01-{chance.randint(10, 29)}"
        for name in names
        for year in chance.sample(YEARS, 3)
    )


# --- the files ----------------------------------------------------------------------------


@lru_cache
def layouts_of(kind: str) -> tuple[Layout, ...]:
    """The layouts that lose nothing; word processors' files are made from a filled-in pattern."""
    if kind == "docx":
        return (Layout("docx:merged", "docx", fast_docx),)
    return tuple(one for one in LAYOUTS if one.kind == kind and one.lossless)


def fast_docx(page: Page) -> bytes:
    """``page`` as DOCX: the tables of a pattern of the same form, with the texts filled in."""
    grids = [part for part in page.parts if not isinstance(part, str)]
    shape = tuple(len(one) for one in grids)
    texts = [part for part in page.parts if isinstance(part, str)]
    names, data = _pattern(shape, tuple(map(_frozen, grids)), len(texts))
    filled = dict(zip(names, [*_values(grids), *texts], strict=True))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/document.xml":
                text = content.decode()
                pieces = text.split("〖")
                content = (
                    pieces[0]
                    + "".join(
                        filled[key] + rest
                        for key, _, rest in (one.partition("〗") for one in pieces[1:])
                    )
                ).encode()
            new.writestr(zipfile.ZipInfo(item.filename, (2024, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


_Labels = tuple[tuple[tuple[str, int, int, bool], ...], ...]


def _frozen(one: Grid) -> _Labels:
    return tuple(
        tuple(("" if box.ref else box.text, box.rowspan, box.colspan, bool(box.ref)) for box in row)
        for row in one
    )


def _values(grids: Sequence[Grid]) -> list[str]:
    return [box.text for one in grids for row in one for box in row if box.ref]


@lru_cache(maxsize=8)
def _pattern(
    shape: tuple[int, ...], grids: tuple[_Labels, ...], paragraphs: int
) -> tuple[list[str], bytes]:
    """A file whose values and paragraphs are numbered marks, and the marks in their order."""
    marks = iter(range(10**6))
    tables: list[Grid] = [
        [
            [
                Box(f"〖{next(marks)}〗" if value else text, rowspan, colspan)
                for text, rowspan, colspan, value in row
            ]
            for row in one
        ]
        for one in grids
    ]
    texts = [f"〖{next(marks)}〗" for _ in range(paragraphs)]
    # The last of the paragraphs stand around the tables, whose headings are paragraphs too.
    tail = texts[-7:]
    parts: list[Part] = [*texts[:-7]]
    for heading, table in zip(tail[:3], tables, strict=True):
        parts += [heading, table]
    parts += tail[3:]
    count = next(marks)
    return list(map(str, range(count))), docx(Page("", "", 0, parts))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description="Make a corpus of reports from a seed number.")
    parser.add_argument("count", type=int, help="how many files")
    parser.add_argument("out", type=Path, help="an empty folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    files = options.out / "files"
    with (_made(options.out) / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for name, data, told in Maker(random.Random(options.seed)).files(options.count):
            target = files / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            truth.write(json.dumps({"file": name} | told, ensure_ascii=False) + "\n")
    return 0


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
