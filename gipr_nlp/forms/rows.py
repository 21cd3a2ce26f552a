"""From the labels of a table to its lines: each row's slots, and how the table is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gipr_nlp.forms.labels import has_ideographs
from gipr_nlp.forms.slots import STYLES, GridPlaces, Style, fits, without_words
from gipr_nlp.forms.values import NIL_WORDS, Slot, is_printed

# A unit in a cell of its own before the values of the last row.
_UNIT = re.compile(r"(?:[\s|]*+[（(]?(?:[万亿]?元|人次|[条件次篇个人份期宗场])[）)]?(?=[\s|\d]))?+")
_GAP = re.compile(r"[\s|]")
_LINE_END = re.compile(r"[^\S\n]*+(?:\|[^\S\n]*+)*+\n")
_NEXT_PART = re.compile(r"[一二三四五六七八九十]{1,2}+\s*+[、.．]")
# What may follow the last label of a table and still belong to it.
TAIL = re.compile(
    r"(?:[\s|\d,.+\-—–−－_/\\]|[万亿]?元|[增减无](?![\u4e00-\u9fff])|(?<=\d)[件条次](?=\s)"
    rf"|(?:{NIL_WORDS.pattern})(?=\s*+[|\t\n]))*+"
)
LONGEST_TAIL = 3000
MOST_SPARE = 12
BROKEN = 100
# How unlike the whole of a way a stretch is that leaves out blanks at its beginning.
_SHIFTED = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Where the values of one row can stand: from behind its label to the next label.

    ``rank`` tells of as many slots as there are columns how well the sums of the row hold: 0 is
    best, ``BROKEN`` or more means that one does not.
    """

    label: int
    start: int
    end: int
    columns: int
    rank: Callable[[Sequence[Slot]], int]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The slots of one row, in the order of its columns as far as the source tells.

    ``joined``: the first value stands at the label with nothing between.
    """

    slots: tuple[Slot, ...]
    joined: bool = False


def read_lines(
    text: str, spans: Sequence[Span], places: GridPlaces, styles: Sequence[Style]
) -> list[Line]:
    """The slots of every row; rows outside a grid are all cut in the style that fits best."""
    cells = {
        span.start: _own_part(slots, span)
        for span in spans
        if (slots := places.right_of(span.label))
    }
    loose = [span for span in spans if span.start not in cells]
    written = {
        span.start: _line(text, span, slots)
        for span, slots in zip(loose, _best_cut(text, loose, styles), strict=True)
    }
    first = Counter(slots[0].column for slots in cells.values() if slots)
    return [
        written.get(span.start) or Line(tuple(_filled_up(cells[span.start], span, first)))
        for span in spans
    ]


def _filled_up(slots: Sequence[Slot], span: Span, first: Counter[int]) -> Sequence[Slot]:
    """The slots with blanks behind for the cells that the row of a grid lacks at its end.

    A row that begins in the same column as most rows can lack cells at its end only.
    """
    lacking = span.columns - len(slots)
    if lacking <= 0 or not slots or slots[0].column != first.most_common(1)[0][0]:
        return slots
    last = slots[-1]
    return [*slots, *[Slot("", last.end, last.end)] * lacking]


def _line(text: str, span: Span, slots: Sequence[Slot]) -> Line:
    first = next((slot.start for slot in slots if not slot.empty), None)
    between = text[span.start : first]
    return Line(tuple(slots), first is not None and not _GAP.search(between))


def read_across(text: str, span: Span, places: GridPlaces, styles: Sequence[Style]) -> Line:
    """The slots of the one row of values that stands below the heads, the last at ``span.label``."""
    gridded = places.below(span.label)
    if gridded:
        return Line(tuple(_own_part(gridded, span)))
    line_end = _LINE_END.match(text, span.start, span.end)
    # Only on a line of its own does the row begin with its first cell.
    below = [] if line_end is None else [(line_end.end(), True)]
    ways = [
        _own_part(style.split(text, start, span.end, headless=headless), span)
        for style in styles
        for start, headless in ((span.start, False), *below)
    ]
    return _line(text, span, _best_way(text, span, ways))


def _best_way(text: str, span: Span, ways: Sequence[list[Slot]]) -> Sequence[Slot]:
    """The way of cutting one row that gives its columns, and whose sums hold best.

    Exactly as many slots as columns are better than blanks left over behind, and those better
    than blanks before, which weigh as much as a sum that does not hold: one wrong number must not
    shift a row that is written whole. Where several stretches of one way are as good, none is taken.
    """
    found = [
        (span.rank(window) + BROKEN * (unlike == _SHIFTED), unlike, number, window)
        for number, way in enumerate(ways)
        for unlike, window in _stretches(way, span.columns)
    ]
    short = sorted((way for way in ways if _is_cut_short(text, span, way)), key=len, reverse=True)
    if not found:
        return next(iter(short), ways[-1])
    best = min(found, key=lambda one: one[:3])
    rivals = [one for one in found if one[:3] == best[:3]]
    return best[3] if len(rivals) == 1 else ways[best[2]]


def _stretches(way: Sequence[Slot], columns: int) -> Iterator[tuple[int, Sequence[Slot]]]:
    """The stretches of a way that leave out blanks only, and how far each is from all of it."""
    for start in range(len(way) - columns + 1):
        if all(slot.empty for slot in (*way[:start], *way[start + columns :])):
            unlike = 0 if len(way) == columns else 1 if start == 0 else _SHIFTED
            yield unlike, way[start : start + columns]


def _is_cut_short(text: str, span: Span, slots: Sequence[Slot]) -> bool:
    """Whether the slots are all that is printed, with blanks between, and lack some at the end."""
    printed = _digits("".join(slot.text for slot in slots))
    has_blanks = any(slot.empty for slot in slots)
    if any(mark in slot.text for slot in slots for mark in "\t|"):
        return False
    whole = printed == _digits(text[span.start : span.end])
    return has_blanks and whole and len(slots) < span.columns


def _best_cut(text: str, spans: Sequence[Span], styles: Sequence[Style]) -> list[list[Slot]]:
    """The slots of the rows in the style that gives most of them as many as they have columns."""
    everything = "".join(text[span.start : span.end] for span in spans)
    best: list[list[Slot]] | None = None
    best_score = (0, 0, 0)
    for style in styles:
        if not style.separator.search(everything):
            continue
        cut = _cut(text, spans, style)
        rows = list(zip(spans, cut, strict=True))
        accounted = [_accounts_for(text, span, slots) for span, slots in rows]
        settled = all(
            _is_whole(text, span, slots) if len(slots) > span.columns else fitting
            for (span, slots), fitting in zip(rows, accounted, strict=True)
        )
        if settled and best is None and any(accounted):
            return cut  # most tables are whole, and written in the first style that they can be
        score = (
            sum(accounted),
            sum(len(slots) == span.columns for span, slots in rows),
            sum(_digits(slot.text) for slots in cut for slot in slots),
        )
        if score > best_score and score[0]:
            best, best_score = cut, score
        if settled:
            break
    return _cut(text, spans, STYLES[-1]) if best is None else best


def _is_whole(text: str, span: Span, slots: Sequence[Slot]) -> bool:
    """Whether the slots account for the row, blanks before its values (merged labels) aside."""
    lead = next((place for place, slot in enumerate(slots) if not slot.empty), 0)
    surplus = max(0, len(slots) - span.columns)
    return _accounts_for(text, span, slots[min(lead, surplus) :])


def _accounts_for(text: str, span: Span, slots: Sequence[Slot]) -> bool:
    """Whether the slots are as many as the columns, hold all digits of the text, and add up."""
    if not fits(slots, span.columns):
        return False
    printed = _digits("".join(slot.text for slot in slots))
    if printed < _digits(text[span.start : span.end]) - len(span.code):
        return False
    return span.rank(slots[: span.columns]) < BROKEN


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _cut(text: str, spans: Sequence[Span], style: Style) -> list[list[Slot]]:
    """The slots of every row in one style.

    Blanks that close every row of a block (a last pipe, blank lines between rows, merged cells)
    are no cells: as many are left out as make most rows exact.
    """
    rows = [_own_part(style.split(text, one.start, one.end), one) for one in spans]
    cut = list(rows)
    for columns in {span.columns for span in spans}:
        group = [place for place, span in enumerate(spans) if span.columns == columns]
        spare = _spare([rows[place] for place in group], columns)
        for place in group if spare else ():
            end = min(spare, _blank_end(rows[place]))
            cut[place] = rows[place][: len(rows[place]) - end]
    if cut and len(cut[-1]) < spans[-1].columns:
        cut[-1] = rows[-1]  # behind the last row the closing separators may be gone
    return cut


def _spare(rows: Sequence[Sequence[Slot]], columns: int) -> int:
    """How many blanks at the end of rows of so many columns make most of them exact."""
    if all(len(row) == columns for row in rows):
        return 0
    ends = [_blank_end(row) for row in rows]
    return max(
        range(min(max(ends), MOST_SPARE) + 1),
        key=lambda spare: sum(
            len(row) - min(spare, end) == columns for row, end in zip(rows, ends, strict=True)
        ),
    )


def _blank_end(slots: Sequence[Slot]) -> int:
    count = 0
    for slot in reversed(slots):
        if not slot.empty:
            break
        count += 1
    return count


def _own_part(slots: Sequence[Slot], span: Span) -> list[Slot]:
    """The slots up to where other words begin; the rest of the label, unit and code are left out."""
    kept = list(slots)
    while kept and is_foreign(kept[0].text):
        head = without_words(kept[0])
        kept = kept[1:] if head.empty or is_foreign(head.text) else [head, *kept[1:]]
    kept = _without_code(kept, span)
    if fits(kept, span.columns):
        return kept
    for place, slot in enumerate(kept):
        if is_foreign(slot.text):
            return kept[:place]
    return kept


def _without_code(slots: list[Slot], span: Span) -> list[Slot]:
    """The slots behind the code that the form prints before the values of the row."""
    if not span.code or not slots or not slots[0].text.startswith(span.code):
        return slots
    head, length = slots[0], len(span.code)
    if len(head.text) == length:
        return slots[1:]
    return [head._replace(text=head.text[length:], start=head.start + length), *slots[1:]]


def is_foreign(words: str) -> bool:
    """Whether a slot holds words that are no value: a unit, a remark, the rest of a label."""
    if not has_ideographs(words):
        return False
    return not (is_printed(words) or words[0].isdigit())


def values_end(text: str, start: int, limit: int) -> int:
    """How far values may reach behind the last label of a table, which ends at ``start``."""
    stop = min(len(text), limit, start + LONGEST_TAIL)
    unit = _UNIT.match(text, start, stop)
    tail = TAIL.match(text, start if unit is None else unit.end(), stop)
    end = tail.end() if tail is not None else start
    if end < stop and text[end] not in "\n\t|" and not _NEXT_PART.match(text, end):
        # Digits on the line of the words that follow belong to those words, unless a part begins.
        border = max(text.rfind(mark, start, end) for mark in "\n\t|")
        end = border + 1 if border > start else end
    return end
