"""Which year a number is about: this one, the one before, another one, or all of them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.records import Period, Quantity

_LAST = regex.compile(
    r"(?<!结转|转结|转办|接转|延续|承接)(?:上一?年度?|去年|往年)(?!度?(?:结转|转|遗留|接转|末|底|未办))(?:同期)?"
)
_COMPARED = regex.compile(r"(?:较|比|与|同|和|相较于?|相比)[\p{Han}]{0,4}$")
# 较上年的9件, 较上年（9件）, 较上年9件增加3件.
_OF_THAT_YEAR = regex.compile(r"\A(?:同期)?(?:的|[（(])?$")
_ALL = regex.compile(
    r"(?<!涉及|索取|申请|查询|要求|关于|多为)历年"
    r"|(?:自|从)[^，,。；;]{0,24}(?:以来|起(?![至到止—-])|至今)|(?:施行|实施|开通|运行|成立|开展|建站|上线)(?:以来|至今|后[，,])|累计至今"
)
_SHIFT = regex.compile(
    r"\A(?:[\p{Han}]{0,2}(?:升|降|增|减|精简|压缩|压减|提高|提升|变|扩|缩|下降|增长|增加|减少)[\p{Han}]{0,3}?(?:至|到|为|成))[^，,。；;\d]{0,4}\Z"
)
_FROM = regex.compile(r"(?:由|从)[^，,。；;]{0,8}$")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_RANGE = regex.compile(
    r"(?:19|20)\d\d年?[^，,。；;]{0,6}(?:至|到|[-—~～])[^，,。；;]{0,4}(?:19|20)\d\d年"
)
_PLANNED = regex.compile(
    r"下一步|力争|预计|争取|拟(?=[\p{Han}])(?!定|订|制|批|[\p{Han}]{1,8}的)|计划(?=新|举|开|培|组|在)|将(?=举办|开展|组织|围绕|继续|进一步)"
)
_LIMIT = regex.compile(r"(?:不少于|不超过|不低于)$")
# 3个乡镇更新不足50条 tells of those, not how many there were.
_BELOW = regex.compile(r"(?:不足|不到|未达到?)$")
_COMPARED_AFTER = regex.compile(r"相比|相较|比较")
_BEFORE_BRACKET = regex.compile(r"(?:上年|去年|上年度|上一年度?)(?:同期)?[（(]$")
_CARRY = regex.compile(r"\A(?:度|底|末)?(?:结转|转入|跨年|接转|遗留|转)")


def period_of(text: str, slot: Slot, year: int | None, following: Quantity | None) -> Period:
    """The period that the words before the number of ``slot`` name."""
    start, end = slot.context_start, slot.quantity.start
    near = text[slot.left : end] if slot.told is None else slot.told
    if slot.told is not None and _YEAR.search(slot.told):
        return _relative(int(_YEAR.findall(slot.told)[-1]), year)
    if is_shift(text, slot, following) or _tells_last_year(near):
        return "last_year"
    if _COMPARED_AFTER.match(text, slot.quantity.end):
        return _dated(text, slot, year, compared=True)
    if slot.opens and _BEFORE_BRACKET.search(text, slot.line.start - 8, slot.line.start):
        return "last_year"
    if _over_years(text[start:end], near, year):
        return "cumulative"
    return _dated(text, slot, year)


def _over_years(words: str, near: str, year: int | None) -> bool:
    """Whether the words speak of several years: of all, of a range of them, or of those since a
    date before the year of the report."""
    if _RANGE.search(near) and "累计" not in near and "共" in near:
        return True
    return _ALL.search(words) is not None and not begins_this_year(words, year)


def begins_this_year(words: str, year: int | None) -> bool:
    """Whether the years that the words speak of begin with that of the report: 自2019年1月以来."""
    since = _ALL.search(words)
    years = _YEAR.findall(since.group()) if since is not None else []
    return bool(years) and year is not None and int(years[0]) >= year


def _tells_last_year(near: str) -> bool:
    """Whether the words name last year as the number's own year, not as what it is compared with."""
    told = _LAST.search(near)
    if told is None:
        return False
    own = not _COMPARED.search(near[: told.start()]) or _OF_THAT_YEAR.match(near[told.end() :])
    return bool(own)


def is_planned(text: str, sentence: int, slot: Slot) -> bool:
    """Whether the number is one to come, or a limit that was not reached."""
    before = text[max(sentence, slot.quantity.start - 60) : slot.quantity.start]
    some = any(one.unit in {"个", "家"} for one in _since(slot.clause, slot))
    return bool(
        _PLANNED.search(before) or _LIMIT.search(before) or (some and _BELOW.search(before))
    )


def _since(start: int, slot: Slot) -> Iterator[Quantity]:
    """The numbers between ``start`` and that of ``slot``."""
    return (one for one in slot.line.quantities if start <= one.start < slot.quantity.start)


def is_shift(text: str, slot: Slot, following: Quantity | None) -> bool:
    """Whether the number of ``slot`` is the first of 由412个精简至263个, and ``following`` the second."""
    if following is None or not _FROM.search(text, slot.left, slot.quantity.start):
        return False
    return reaches(text, slot.quantity, following)


def reaches(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether ``second`` is what ``first`` rose or fell to."""
    return bool(_SHIFT.match(text[first.end : second.start]))


def _dated(text: str, slot: Slot, year: int | None, *, compared: bool = False) -> Period:
    """The period of the date before the number; ``compared``: the number itself is compared with."""
    outer = slot.line.outer.quantities if slot.line.outer is not None else []
    for one in sorted([*slot.line.quantities, *outer], key=lambda one: -one.start):
        if (
            one.not_figure not in {"date", "period"}
            or not slot.left <= one.start < slot.quantity.start
        ):
            continue
        after = text[one.end : slot.quantity.start]
        versus = not compared and _COMPARED.search(text[slot.left : one.start])
        if (versus and not _OF_THAT_YEAR.match(after)) or _CARRY.match(after):
            continue
        years = [int(y) for y in _YEAR.findall(one.text)]
        period = _relative(years[-1], year) if years else "this_year"
        return "other" if versus and years and period == "this_year" else period
    return "this_year"


def _relative(stated: int, year: int | None) -> Period:
    if year is None or stated >= year:
        return "this_year"
    return "last_year" if stated == year - 1 else "other"
