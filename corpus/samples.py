"""Known reports for the layout bench: consistent tables of every form, with their gold cells.

A sample is made from a number alone: sizes from a village's to a province's, mostly zeros and
blanks, as real tables are. What it prints adds up by the sums of the form; decimals, signs, nil
marks and 万元 stand where real reports have them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grids import FORMS, Box, Grid, Values, grid
from pages import Page, Part

FORMS_OF = ("2019", "2021", "2014", "35_codes", "fujian_2009", "fujian_2014")
HEADINGS_2014 = {
    "proactive_total": "一、主动公开情况",
    "proactive_gazette": "（二）通过不同渠道和方式公开政府信息的情况",
    "hot_topic_responses": "二、回应解读情况",
    "press_conferences": "（二）通过不同渠道和方式回应解读的情况",
    "requests_new": "三、依申请公开情况",
    "disclosure_offices": "八、机构建设和保障经费情况",
    "meetings": "九、政府信息公开会议和培训情况",
}
TITLES = {"rules": "规章", "normative": "规范性文件"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A report to be laid out, and what its cells print: text by ``table/row/column``."""

    page: Page
    form: str
    gold: Mapping[str, str]


def sample(number: int, form: str, catalogue_forms: Sequence[Any] = ()) -> Sample:
    """The sample of that number in a form; the older forms are printed from their catalogue rows."""
    random_ = random.Random(f"{form}/{number}")
    blank = random_.choice(["", "0", "0", "", "-"]) if form in {"2019", "2021"} else "0"
    if form in {"2019", "2021"}:
        grids = [grid(values) for values in _statutory(random_, form, blank)]
        tables = ("proactive", "requests", "reviews")
    else:
        grids = [_statistics(random_, form, catalogue_forms)]
        tables = ("statistics",)
    gold = {
        f"{table}/{box.ref[0]}/{box.ref[1]}": box.text
        for table, rows in zip(tables, grids, strict=True)
        for row in rows
        for box in row
        if box.ref is not None
    }
    year = {"2019": 2020, "2021": 2022, "fujian_2009": 2009, "35_codes": 2010}.get(form, 2016)
    page = Page("某县政府信息公开工作年度报告", "某县人民政府", year, _parts(tables, grids, gold))
    return Sample(page, form, gold)


def _statutory(random_: random.Random, form: str, blank: str) -> Iterable[Values]:
    yield Values("proactive", form, dict(_proactive(random_, form, blank)))
    yield Values("requests", form, _requests(random_, form, blank))
    yield Values("reviews", form, _reviews(random_, blank))


def _proactive(random_: random.Random, form: str, blank: str) -> Iterable[tuple[str, list[str]]]:
    size = random_.choice([3, 40, 900, 25_000])
    for block in FORMS["proactive"]:
        if block["form"] == form:
            for row, _ in block["rows"]:
                yield row, [_printed(random_, column, size, blank) for column in block["columns"]]


def _printed(random_: random.Random, column: str, size: int, blank: str) -> str:
    if random_.random() < 0.3:
        return blank
    if column == "change":
        return random_.choice(["-", "+", "", ""]) + str(random_.randint(1, 40))
    if column == "amount":
        amount = f"{random_.randint(1, size * 100)}.{random_.randint(0, 9999):04d}"
        return random_.choice([amount, f"{amount}万元", str(random_.randint(1, size))])
    return str(random_.randint(0, size))


def _requests(random_: random.Random, form: str, blank: str) -> dict[str, list[str]]:
    outcomes = _outcome_rows(form)
    size = random_.choice([0, 3, 20, 90, 700])
    chosen = random_.sample(outcomes, min(len(outcomes), 2 + size.bit_length()))
    counts = {row: [0] * 6 for row in ("requests_new", "requests_carried_in", *outcomes)}
    counts |= {"requests_carried_out": [0] * 6}
    for row in chosen if size else []:
        counts[row][0] = random_.randint(1, size)
        for place in range(1, 6):
            if random_.random() < 0.25:
                counts[row][place] = random_.randint(1, 1 + size // 4)
    answered = [sum(counts[row][place] for row in outcomes) for place in range(6)]
    for place in range(6):
        later = random_.choice([0, 0, 0, 1, 4]) if size else 0
        earlier = min(random_.choice([0, 0, 2]), answered[place] + later)
        counts["requests_carried_out"][place] = later
        counts["requests_carried_in"][place] = earlier
        counts["requests_new"][place] = answered[place] + later - earlier
    counts["requests_answered"] = answered
    return {row: _shown([*values, sum(values)], blank) for row, values in counts.items()}


def _outcome_rows(form: str) -> list[str]:
    rows: list[str] = []
    for group in FORMS["requests"]["group"]:
        if group.get("form", form) == form:
            rows += [group["row"]] if "row" in group else [row for row, _ in group["rows"]]
    return [row for row in rows if row != "requests_answered"]


def _reviews(random_: random.Random, blank: str) -> dict[str, list[str]]:
    size = random_.choice([0, 0, 2, 30])
    found = {}
    for row in ("review", "direct", "post_review"):
        counts = [random_.choice([0, random_.randint(0, size)]) for _ in range(4)]
        found[row] = _shown([*counts, sum(counts)], blank)
    return found


def _shown(values: Sequence[int], blank: str) -> list[str]:
    return [str(value) if value else blank for value in values]


def _statistics(random_: random.Random, form: str, catalogue_forms: Sequence[Any]) -> Grid:
    rule = next(one for one in catalogue_forms if form in one.editions)
    columns = [column.id for column in rule.columns]
    values = {row.id: _amount(random_, row.unit) for row in rule.rows}
    for one in rule.sums[::-1]:
        parts = sum(int(values[part]) for part in one.parts)
        values[one.total[0]] = str(
            parts + (random_.randint(0, 3) if one.relation != "equal" else 0)
        )
    for one in rule.sums:
        if one.relation == "equal":
            values[one.total[0]] = str(sum(int(values[part]) for part in one.parts))
    coded = any(row.code for row in rule.rows)
    rows: Grid = [_head(columns, coded)]
    for row in rule.rows:
        if form == "2014" and row.id in HEADINGS_2014:
            rows.append([Box(HEADINGS_2014[row.id]), Box("——"), Box("")])
        shown = [values[row.id]] * len(columns)
        boxes = [
            Box(text, ref=(row.id, column)) for text, column in zip(shown, columns, strict=True)
        ]
        rows.append(
            [Box(row.labels[0]), Box(row.unit), *([Box(row.code)] if coded else []), *boxes]
        )
    return rows


def _head(columns: Sequence[str], coded: bool) -> list[Box]:
    if columns == ["value"]:
        return [Box("统计指标"), Box("单位"), Box("统计数")]
    names = ["本期实际", "本年累计"] if coded else ["年度", "历年累计"]
    code = [Box("代码")] if coded else []
    return [Box("指标名称"), Box("计量单位"), *code, *map(Box, names)]


def _amount(random_: random.Random, unit: str) -> str:
    if random_.random() < 0.5:
        return "0"
    if unit == "万元":
        return f"{random_.randint(0, 30)}.{random_.randint(1, 99):02d}"
    return str(random_.randint(1, random_.choice([5, 60, 3000])))


def _parts(tables: Sequence[str], grids: Sequence[Grid], gold: Mapping[str, str]) -> list[Part]:
    """The lines of a short report: narrative that names what the tables name, and the tables."""
    opening: list[Part] = [
        "某县政府信息公开工作年度报告",
        "一、总体情况",
        "本年度共收到政府信息公开申请若干件，其中予以公开2件，部分公开1件，本机关不掌握相关政府信息1件，"
        "办理行政许可、行政处罚和行政强制事项均已公示。",
    ]
    headings = {
        "proactive": "二、主动公开政府信息情况",
        "requests": "三、收到和处理政府信息公开申请情况",
        "reviews": "四、政府信息公开行政复议、行政诉讼情况",
        "statistics": "附表：政府信息公开情况统计表",
    }
    for table, rows in zip(tables, grids, strict=True):
        opening += [headings[table], rows]
    return [
        *opening,
        "五、存在的主要问题及改进情况",
        "2023年将继续完善公开目录，做好重点领域信息公开，全年培训不少于2次。",
    ]
