"""Who reports, on which year, over which period: read off the title and the first sentences."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from gipr_nlp.records import Document

_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[〇○零一二两三四五六七八九Ｏ]{4})"
_SUBJECT = r"(?:政府信息(?:与政务)?公开|政务公开|信息公开|政府信息)"
_TITLE = regex.compile(
    rf"(?P<body>[^\n|\t。，,]{{0,60}}?){_YEAR}[ ]*+(?P<school>[-—－至~]{{1,2}}[ ]*+(?P<to>20[0-9]{{2}})[ ]*+学年)?"
    rf"[年 ]*+(?:年?度)?[ ]*+(?P<after>[^\n|\t。，,0-9]{{0,30}}?){_SUBJECT}[^\n|\t。，,]{{0,12}}?(?:报告|年报(?=[ \t]*+\Z))"
)
# 某局政府信息公开年度报告（2016年）
_YEAR_LAST = regex.compile(
    rf"(?P<body>[^\n|\t。，,0-9]{{2,60}}?){_SUBJECT}[^\n|\t。，,0-9]{{0,12}}?(?:报告|年报)[（(]{_YEAR}年?度?[）)]"
    r"(?P<after>)(?P<to>)"
)
_MENTION = regex.compile(
    r"(?:公布|发布|公开|编制|报告)(?:如下)?《?(?P<title>[\p{Han}（）()]{2,30}20[0-9]{2}年[\p{Han}]{0,12}报告"
    r"|20[0-9]{2}年度?[\p{Han}（）()]{4,40}?报告)"
)
# Notices about the reports, which the first sentences cite, are named like the reports.
_ABOUT_REPORTS = regex.compile(
    r"有关事项|通知|格式|根据|按照|条例|要求|是由|编制|首页|>|发布|公布|我(?:单位|[局委办镇乡县区市])"
    r"|关于(?:认真|切实)?(?:做好|开展|报送|进一步|切实)|汇总|综合(?!行政|执法|管理|服务|应急|保障)|(?<![（(])本(?:级|单位|机关|部门|[局委办镇乡县区市])"
)
_YEARLESS = regex.compile(
    rf"(?:^|\n)[ \t]*+(?P<body>[^\n|\t。，,《》0-9]{{2,40}}?){_SUBJECT}(?:工作)?(?:年度)?报告[ \t]*+(?:\n|$)"
)
_PERIOD = regex.compile(
    r"(?P<y1>20[0-9]{2})[ ]?年[ ]?(?P<m1>[0-9]{1,2})[ ]?月(?:[ ]?(?P<d1>[0-9]{1,2})[ ]?[日号])?(?:起)?"
    r"[ ]?(?:至|到|—|－|-|~|—+)[ ]?(?:(?P<y2>20[0-9]{2})[ ]?年)?[ ]?(?P<m2>[0-9]{1,2})[ ]?月"
    r"(?:[ ]?(?P<d2>[0-9]{1,2})[ ]?[日号]|底)"
)
_BODY = (
    r"(?P<body>[\p{Han}（）()]{2,30}?(?:政府办公[室厅]|政府|委员会|办事处|管委会"
    r"|委|局|厅|部|署|办|院|公司|大学|学院|中心|总队|支队))"
)
_MADE = r"[^。\n]{0,160}?编制(?:了|而成|本|20)"
# Where the report says who made it, and, if it does not, whom to ask: the body or an office of it.
_STATED_BODY = (
    regex.compile(rf"(?:现(?:将|公布|发布|公开)|由|特?编制){_BODY}(?:关于)?(?:编制|{_YEAR})"),
    regex.compile(rf"由{_BODY}(?:根据|按照|依据|依照){_MADE}"),
    regex.compile(
        rf"(?:^|[\n，,。；;])[ \t]*+{_BODY}(?:(?:根据|按照|依据|依照){_MADE}|编制(?:了|20))"
    ),
    regex.compile(
        rf"(?:请与|可与|请?联系[:：]?+|请(?!联系|与))[ \t]*+{_BODY}(?:(?:党政|政务|综合)?(?:综合)?办(?:公室)?)?(?:联系|[;；，,。（(])"
    ),
)
_ONLY_BODY = regex.compile(_BODY)
# 县政府, 区政府办公室: which one, the report leaves to its reader.
_OF_NO_PLACE = regex.compile(r"(?:本|我|各|该|[省市县区州盟旗镇乡]?(?:人民)?政府|办公室)")
_SIGNED = regex.compile(
    r"\n[ \t]*+(?P<body>[\p{Han}（）()]{3,30})[ \t]*+\n[ \t]*+20[0-9]{2}[ ]?年[ ]?[0-9]{1,2}[ ]?月[ ]?[0-9]{1,2}[ ]?日\s*+$"
)
_NOISE = regex.compile(
    r"^(?:关于|现将|向社会(?:公开|公布|发布)|附件[0-9]*[:：]?|Page [0-9]+(?: -)?|[【\[（(][0-9]{4}年?度?[】\]）)]|[\s\[\]_【】《<“\"·•、:：#＃*]+|(?:的|及|了)(?=[\p{Han}]{3}))+|[\s《“\"·•、:：（(\-—－#*]+$"
)
# What is carried on to a year, or planned for it, was told in the year before: 结转2023年度继续办理,
# 2023年，我局将.
_MENTIONED_YEAR = regex.compile(
    r"(?P<on>(?:转|顺延|延续)(?:至|到|入)?(?:下一?年?度?[（(]?)?)?(?<![0-9])(?P<year>20[0-9]{2})年"
    r"(?P<on>(?=[^。\n]{0,12}(?:将(?=[\p{Han}])|计划|拟)))?"
)
# A day, other than the last of a year, is one on which something was signed or made public.
_DAY = regex.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2})[ ]?年[ ]?(?!12[ ]?月[ ]?3[01])(?P<month>[0-9]{1,2})[ ]?月[ ]?[0-9]{1,2}[ ]?[日号]"
)
# Reports are due in the months after their year.
_LAST_MONTH_DUE = 6
_CHINESE_DIGIT = {digit: str(n % 10) for n, digit in enumerate("〇一二三四五六七八九零")}
_CHINESE_DIGIT |= {"○": "0", "Ｏ": "0", "两": "2"}
_HEAD_CHARACTERS = 1500
_NO_BODY = regex.compile(r"(?:[第]?[一二三四]季度|[上下]半年|本(?:级|单位|机关|部门)|目录|正文)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a report states; ``None`` where it does not.

    ``period`` is the pair of ISO dates (a day that is not stated is the month's first or last)
    over which the report counts.
    """

    title: str | None
    organization: str | None
    year: int | None
    period: tuple[str, str] | None = None


def read_heading(document: Document) -> Heading:
    """Title, organisation, year and period of ``document``."""
    text = document.text
    found = _title(document)
    period = _period(text[: _HEAD_CHARACTERS * 3])
    title = found.group().strip(" \t\n|《》") if found else _yearless(text)
    year = _year_of(found) if found else _year_without_title(text, period)
    return Heading(
        title=_NOISE.sub("", title) if title else document.title,
        organization=_organization(found, text),
        year=year,
        period=period,
    )


def _title(document: Document) -> regex.Match[str] | None:
    lines = document.text[:_HEAD_CHARACTERS].split("\n")[:40]
    short = [line for line in lines if len(line) <= 90]
    joined = [one + other for one, other in itertools.pairwise(short)]
    titles = [*short, *([document.title] if document.title else []), *joined]
    # Where the title itself was lost, the first sentence often says it: 现公布《某局2022年…年度报告》.
    openings = [line[:90] for line in lines if len(line) > 90]
    mentions = [found["title"] for found in _MENTION.finditer(document.text[:_HEAD_CHARACTERS])]
    for line in [*titles, *openings, *mentions]:
        words = line.replace("\t", " ")
        found = _TITLE.search(words) or _YEAR_LAST.search(words)
        if found and not _ABOUT_REPORTS.search(found.group()):
            return found
    return None


def _yearless(text: str) -> str | None:
    found = _YEARLESS.search(text[:_HEAD_CHARACTERS])
    return found.group().strip() if found else None


def _year_of(found: regex.Match[str]) -> int:
    """The year of the report; a school year is that in which it ends."""
    digits = found["to"] or found["year"]
    return int("".join(_CHINESE_DIGIT.get(one, one) for one in digits))


def _year_without_title(text: str, period: tuple[str, str] | None) -> int | None:
    if period:
        return int(period[1][:4])
    days = list(_DAY.finditer(text))
    starts = {day.start() for day in days}
    years = Counter(
        int(found["year"]) - (found["on"] is not None)
        for found in _MENTIONED_YEAR.finditer(text)
        if found.start("year") not in starts
    ) or Counter(int(day["year"]) - (int(day["month"]) <= _LAST_MONTH_DUE) for day in days)
    return max(years, key=lambda year: (years[year], year), default=None)


def _period(text: str) -> tuple[str, str] | None:
    # The statutory sentence names 统计期限 or 起 … 止; other spans of dates are events.
    for found in _PERIOD.finditer(text):
        around = text[max(found.start() - 30, 0) : found.end() + 6]
        if regex.search(r"期限|时限|统计|数据|止|截止", around):
            return _dates(found)
    return None


def _dates(found: regex.Match[str]) -> tuple[str, str] | None:
    first = (int(found["y1"]), int(found["m1"]), int(found["d1"] or 1))
    month = int(found["m2"])
    last = (int(found["y2"] or found["y1"]), month, int(found["d2"] or _month_end(month)))
    if not (1 <= first[1] <= 12 and 1 <= last[1] <= 12 and first[2] <= 31 and last[2] <= 31):
        return None
    return "{:04}-{:02}-{:02}".format(*first), "{:04}-{:02}-{:02}".format(*last)


def _month_end(month: int) -> int:
    return 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31


def _organization(found: regex.Match[str] | None, text: str) -> str | None:
    return next(filter(None, map(_as_body, _bodies(found, text))), None)


def _bodies(found: regex.Match[str] | None, text: str) -> Iterator[str]:
    """What may name the body, the surest first; most reports name it in their title."""
    if found:
        yield found["body"]
        yield found["after"]
        yield from _lines_beside(found, text)
    head = text[:_HEAD_CHARACTERS]
    yearless = _YEARLESS.search(head)
    if yearless:
        yield yearless["body"]
    for pattern in _STATED_BODY:
        stated = pattern.search(head)
        if stated and not _OF_NO_PLACE.match(stated["body"]):
            yield stated["body"]
    signed = _SIGNED.search(text)
    if signed:
        yield signed["body"]


def _lines_beside(found: regex.Match[str], text: str) -> list[str]:
    """The lines above and below a title that begins with its year: one may name the body."""
    title = found.group().strip()[:20]
    lines = [line.strip() for line in text[:_HEAD_CHARACTERS].split("\n")]
    lines = [line for line in lines if line]
    place = next((n for n, line in enumerate(lines) if title and line.startswith(title)), None)
    if place is None:
        return []
    above = lines[max(place - 1, 0) : place]
    below = [line for line in lines[place + 1 : place + 2] if _ONLY_BODY.fullmatch(line)]
    return [name for name in [*above, *below] if len(name) <= 40]


def _as_body(name: str) -> str | None:
    words = _NOISE.sub("", _NOISE.sub("", name)).removesuffix("关于").removesuffix("年度").strip()
    if words.endswith("人民"):
        words += "政府"  # 某镇人民政府信息公开报告: 政府 is said once and belongs to both
    if _NO_BODY.match(words):
        return None
    return words if regex.fullmatch(r"[\p{Han}\w（）()·、\- ]{2,40}", words) else None
