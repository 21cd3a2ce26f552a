"""Sentences, clauses and brackets: where the words and the numbers of a narrative stand.

A sentence is cut into *lines*: the outer one and one for each bracket, which stands apart and
hangs on the number before it. A line holds its numbers, its words, and the marks that part it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from gipr_nlp.figures.text.lexicon import Hit, Lexicon
from gipr_nlp.records import Quantity

_FULL_STOP = regex.compile(
    r"[。！？!?\n]++|(?<=[\p{Han}）)”\"%])\.(?:(?!\d)|(?=\d{1,2}[.．、]\p{Han}))"
)
_DELIMITER = regex.compile(r"[，,；;：:、（）()【】\[\]\u201c\u201d\"《》]")
_NAMES = regex.compile(r"“[^“”]{1,30}”|\"[^\"]{1,30}\"|《[^《》]{1,60}》|〈[^〈〉]{1,60}〉")
_OPEN = {"（": "）", "(": ")", "【": "】", "[": "]"}
_FROM_YEAR = regex.compile(r"(?:度|年度|末|底|的|尚未办结)*(?:结转|转入|跨年|接转|遗留|转结)")
_TO_YEAR = regex.compile(r"(?:结转|转入|转结|顺延|延期?|跨年)(?:至|到|在|于|下一年度)?$")
# Numbers in words that also tell something: 三类内部事务信息, 一季度.
_SPOKEN = frozenset({"date", "period", "time", "slogan", "name", "ordinal"})
SHORTEST_INSIDE = 3
CLAUSE_MARKS = "，,；;：:"
BLOCK_MARKS = "；;"


@dataclass(slots=True)
class Line:
    """A sentence without its brackets, or the inside of one bracket, which hangs on ``outer``."""

    start: int
    end: int
    host: Quantity | None = None
    outer: Line | None = None
    marks: list[int] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of ``text``, with what ends them."""
    start = 0
    for stop in _FULL_STOP.finditer(text):
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def lines(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> list[Line]:
    """The lines of one sentence, the outer one first, with their numbers and words."""
    found = _cut(text, start, end, quantities)
    for hit in _outside_names(text, start, end, quantities, lexicon):
        if not any(_covers(one, hit) for one in quantities):
            _innermost(found, hit.start).hits.append(hit)
    for line in found:
        # What stands inside a word parts nothing: 专、兼职.
        inside = {place for hit in line.hits for place in range(hit.start + 1, hit.end)}
        line.marks = [mark for mark in line.marks if mark not in inside]
    for one in quantities:
        carried = _carried(text, one)
        if carried is not None:
            line = _innermost(found, one.start)
            line.hits.append(carried)
            line.hits.sort(key=lambda hit: hit.start)
    return found


def hits_between(line: Line, start: int, end: int) -> tuple[Hit, ...]:
    """The words of a line that stand wholly between two places."""
    return tuple(hit for hit in line.hits if start <= hit.start and hit.end <= end)


def telling(hits: Sequence[Hit]) -> list[Hit]:
    """The words that say what is counted, not only when or how."""
    return [
        hit for hit in hits if hit.concepts[0] not in {"filler", "none", "last", "next", "total"}
    ]


def _cut(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Line]:
    outer = Line(start, end)
    found, stack = [outer], [outer]
    pending = list(quantities)
    for mark in _DELIMITER.finditer(text, start, end):
        position, character = mark.start(), mark.group()
        while pending and pending[0].end <= position:
            stack[-1].quantities.append(pending.pop(0))
        if pending and pending[0].start <= position:
            continue
        if character in _OPEN:
            inner = Line(position + 1, end, _host(text, stack[-1], position), stack[-1])
            found.append(inner)
            stack.append(inner)
        elif character in _OPEN.values() and len(stack) > 1:
            closed = stack.pop()
            closed.end = position
            stack[-1].holes.append((closed.start - 1, position + 1))
        elif character not in _OPEN.values():
            stack[-1].marks.append(position)
    stack[-1].quantities.extend(pending)
    return found


def _host(text: str, line: Line, position: int) -> Quantity | None:
    """The number that a bracket opening at ``position`` speaks of: the one right before it."""
    last = next((one for one in reversed(line.quantities) if one.not_figure is None), None)
    if last is None or any(
        last.end <= mark < position and text[mark] in CLAUSE_MARKS for mark in line.marks
    ):
        return None
    return last


def _innermost(found: Sequence[Line], position: int) -> Line:
    if len(found) == 1:
        return found[0]
    holding = [line for line in found if line.start <= position < line.end]
    return holding[-1] if holding else found[0]


def _carried(text: str, quantity: Quantity) -> Hit | None:
    """2021年结转: the year before; 结转至2023年: the next one."""
    if quantity.not_figure not in {"date", "period"}:
        return None
    if _FROM_YEAR.match(text, quantity.end):
        return Hit(quantity.start, quantity.end, ("last",))
    if _TO_YEAR.search(text, max(0, quantity.start - 8), quantity.start):
        return Hit(quantity.start, quantity.end, ("next",))
    return None


def _covers(quantity: Quantity, hit: Hit) -> bool:
    """Whether a word meets the number and is (part of) it; a catchword inside words that only
    hold a number (三类内部事务信息) stays."""
    if hit.end <= quantity.start or quantity.end <= hit.start:
        return False
    if quantity.not_figure is None:
        return True
    inside = quantity.start <= hit.start and hit.end <= quantity.end
    return inside and (quantity.not_figure not in _SPOKEN or hit.end - hit.start < SHORTEST_INSIDE)


def _outside_names(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[Hit]:
    """The words of the sentence but those inside a name in quotation marks or a title.

    A name that is little more than the word counts as the word, and so does the noun at the end
    of a title that is counted (《某省人民政府公报》12期).
    """
    counted = {one.start for one in quantities}
    names = list(_NAMES.finditer(text, start, end))
    for hit in lexicon.scan(text, start, end):
        around = (one for one in names if one.start() < hit.start and hit.end < one.end())
        inside = next(around, None) if names else None
        if inside is None or _is_whole_name(hit, inside) or _is_counted(hit, inside, counted):
            yield hit


def _is_whole_name(hit: Hit, name: regex.Match[str]) -> bool:
    return 3 * (hit.end - hit.start) >= 2 * (len(name.group()) - 2)


def _is_counted(hit: Hit, name: regex.Match[str], counted: set[int]) -> bool:
    return hit.end + 1 == name.end() and name.end() in counted and name.group().endswith("》")
