"""The corpus of these tests: short reports of imagined bodies, copies, notices, and what is broken."""

from __future__ import annotations

from pathlib import Path

from gipr_nlp.bulk.settings import Settings

FAST = Settings(compliance=False, texts=True)
BODIES = ("松岭县", "柳湾市", "白石镇", "云溪区", "北河乡")
YEARS = (2019, 2020, 2021, 2022)
BROKEN_CHAIN = ("云溪区", 2021)


def report(body: str, year: int, *, carried_in: int, carried_out: int) -> str:
    """A report whose figures all agree."""
    granted = 20 + year % 10
    new = granted + carried_out - carried_in
    return "\n".join(
        [
            f"{body}{year}年政府信息公开工作年度报告",
            "一、总体情况",
            f"{year}年，{body}主动公开政府信息{1000 + year % 100}条，举办培训{year % 7 + 1}次。",
            f"全年收到政府信息公开申请{new}件，上年结转{carried_in}件，予以公开{granted}件，结转下年度{carried_out}件。",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            *_requests(new, carried_in, granted, carried_out),
            "四、政府信息公开行政复议、行政诉讼情况",
            "未发生行政复议、行政诉讼。",
            "五、存在的主要问题及改进情况",
            "公开内容还不够细，下一步将加强培训。",
            "六、其他需要报告的事项",
            "本年度没有收取信息处理费。",
            "",
        ]
    )


def _requests(new: int, carried_in: int, granted: int, carried_out: int) -> list[str]:
    head = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
    rows = [
        ("一、本年新收政府信息公开申请数量", new),
        ("二、上年结转政府信息公开申请数量", carried_in),
        ("（一）予以公开", granted),
        ("（二）部分公开", 0),
        ("（七）总计", granted),
        ("四、结转下年度继续办理", carried_out),
    ]
    return [f"\t{head}", *(f"{label}\t{n}\t0\t0\t0\t0\t0\t{n}" for label, n in rows)]


def carried(body: str, year: int) -> int:
    """What is carried out of ``year``."""
    return (len(body) * year + sum(map(ord, body))) % 5 + 1


def make_corpus(root: Path) -> Path:
    """Writes the corpus below ``root``: 20 reports, two copies, three pages that are no reports,
    three files that cannot be read."""
    for body in BODIES:
        for year in YEARS:
            came = carried(body, year - 1) + ((body, year) == BROKEN_CHAIN)
            text = report(body, year, carried_in=came, carried_out=carried(body, year))
            _write(root / str(year), body, text, html=year % 2 == 0)
    first = root / "2019" / "松岭县.txt"
    copies = root / "copies"
    copies.mkdir()
    (copies / "bytes.txt").write_bytes(first.read_bytes())
    text = first.read_text(encoding="utf-8")
    (copies / "text.html").write_text(_page(text), encoding="gb18030")
    (root / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (root / "links.html").write_text(_page(LINKS), encoding="utf-8")
    (root / "poem.txt").write_text("春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。\n")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is not a PDF")
    (root / "broken.docx").write_bytes(b"PK\x03\x04 and nothing after it")
    (root / "empty.txt").write_bytes(b"")
    return root


COUNTS = {"report": 20, "duplicate": 2, "not_report": 3, "failure": 3}
NOTICE = """关于做好2021年政府信息公开工作年度报告编制工作的通知
各乡镇人民政府，县直各单位：
请各单位对照格式编制本单位年度报告，于1月20日前报送县政府办公室。逾期未报的将予以通报。
特此通知。
"""
LINKS = "\n".join(f"{body}{year}年政府信息公开工作年度报告" for body in BODIES for year in YEARS)


def _write(folder: Path, name: str, text: str, *, html: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content, suffix = (_page(text), "html") if html else (text, "txt")
    (folder / f"{name}.{suffix}").write_text(content, encoding="utf-8")


def _page(text: str) -> str:
    parts, rows = [], []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append("".join(f"<td>{cell}</td>" for cell in line.split("\t")))
            continue
        if rows:
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            rows = []
        parts.append(f"<p>{line}</p>")
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><title>公开</title></head><body>{body}</body></html>"
