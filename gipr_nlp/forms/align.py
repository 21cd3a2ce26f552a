"""Matches the labels found in a region to the rows of the form, in the form's order.

Exact labels come first: the heaviest chain of labels whose rows ascend. What is left between
two of them can only be a row that the form has there, so a damaged label is compared with those
rows alone, and taken where one of them is close and no other is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from gipr_nlp.catalogue.forms import FormRow
from gipr_nlp.forms.labels import Hit, bare_label, ideographs
from gipr_nlp.forms.values import NIL

_SEGMENT = re.compile(r"[\u3400-\u9fff][^\d\t|\n]*+")
_NUMBERING = re.compile(
    r"(?:其中\s*+[:：]?\s*+)?(?:[（(]\s*+[一二三四五六七八九十\d]{1,2}+\s*+[）)]?+"
    r"|[一二三四五六七八九十]{1,2}+\s*+[、.．,，]?+|(?<!\d)\d\s*+[、.．]|(?<=其中)|(?<=其中[:：]))\s*+$"
)
_CLOSING = re.compile(
    r"[）)”\"’】》*：:]*+(?:[ ]*+[（(](?=[^（）()\t|]*[\u4e00-\u9fff]{3})[^（）()\t|]{0,60}[）)])?+"
)
_DIGIT = re.compile(r"\d")
_DIGITS_BEHIND = re.compile(r"\d++$")
_NUMBER_AHEAD = re.compile(r"[一二三四五六七八九十]{1,2}+\s*+[）)、.．]\s*+")
_BORDER = re.compile(r"[\d\t|]|\n\s*\n")
_WEIGHT = itemgetter(0)
LONGEST_JOIN = 4
# How far behind a label the damaged one of a next row is looked for.
LONGEST_SEARCH = 2000
SHORTEST_CUT = 3
LARGEST_DAMAGE = 0.34


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row of a table: the form (block) that it belongs to, and the row."""

    form: str
    row: FormRow


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the form found in the text: its label with numbering stands at ``start`` to ``end``."""

    key: RowKey
    start: int
    end: int
    label_start: int


def align_rows(text: str, hits: Sequence[Hit], rows: Sequence[RowKey], end: int) -> list[RowLabel]:
    """The rows whose labels stand in the region, exact ones and damaged ones between them.

    ``end`` is where a damaged last label is looked for no further.
    """
    chain = _heaviest_chain(text, hits, rows)
    labels: list[RowLabel] = []
    for before, after in zip([None, *chain], [*chain, None], strict=True):
        low = -1 if before is None else before[1]
        high = len(rows) if after is None else after[1]
        first = 0 if before is None else before[0] + 1
        stop = len(hits) if after is None else after[0]
        if before is not None:
            labels.append(_label(text, hits[before[0]].start, hits[before[0]].end, rows[low]))
        if high - low > 1 and hits:
            start = hits[0].start if before is None else hits[before[0]].end
            limit = end if after is None else hits[after[0]].start
            limit = min(limit, start + LONGEST_SEARCH)
            between = [hit for hit in hits[first:stop] if hit.end <= limit]
            labels += _damaged(text, start, limit, between, rows[low + 1 : high])
    return labels


def row_places(text: str, hits: Sequence[Hit], rows: Sequence[RowKey]) -> list[int]:
    """The places in ``rows`` of the rows whose undamaged labels the hits are, ascending."""
    return [place for _, place in _heaviest_chain(text, hits, rows)]


def _heaviest_chain(
    text: str, hits: Sequence[Hit], rows: Sequence[RowKey]
) -> list[tuple[int, int]]:
    """Pairs of hit and row, both ascending, with the most ideographs in their labels."""
    places = {(key.form, key.row.id): place for place, key in enumerate(rows)}
    heads = _heads(text, hits)
    links: list[tuple[int, int, int]] = []  # hit, row, the link before
    best: dict[int, tuple[int, int]] = {}  # by row: the weight and last link of its best chain
    for number, hit in enumerate(hits):
        if number in heads:
            continue
        fresh: dict[int, tuple[int, int]] = {}
        for place in sorted(places[row] for row in hit.meaning.rows if row in places):
            earlier = [chain for row, chain in best.items() if row < place]
            weight, before = max(earlier, key=_WEIGHT, default=(0, -1))
            if weight + len(hit.label) > best.get(place, (0, -1))[0]:
                links.append((number, place, before))
                fresh[place] = (weight + len(hit.label), len(links) - 1)
        best |= fresh
    link = max(best.values(), key=_WEIGHT, default=(0, -1))[1]
    chain: list[tuple[int, int]] = []
    while link >= 0:
        number, place, link = links[link]
        chain.append((number, place))
    return chain[::-1]


def _heads(text: str, hits: Sequence[Hit]) -> set[int]:
    """The hits that could name a row (总计, 其他) but stand beside the label of a column."""
    pure = [hit.meaning.parts == {"column"} for hit in hits]
    if not any(pure):
        return set()
    return {
        number
        for number, hit in enumerate(hits)
        if "column" in hit.meaning.parts
        for other in (number - 1, number + 1)
        if 0 <= other < len(hits)
        and pure[other]
        and not _DIGIT.search(
            text, min(hit.start, hits[other].start), max(hit.start, hits[other].start)
        )
    }


def _label(text: str, start: int, end: int, key: RowKey) -> RowLabel:
    digits = _DIGITS_BEHIND.search(key.row.labels[0])
    if digits is not None and text.startswith(digits[0], end):
        end += len(digits[0])
    closing = _CLOSING.match(text, end)
    stop = end if closing is None else closing.end()
    return RowLabel(key, numbering_start(text, start, key.row.number), stop, start)


def numbering_start(text: str, start: int, number: str = "") -> int:
    """Where the numbering before a label at ``start`` begins.

    A digit that numbers the label may be glued to the value before it (``…05222、``), so of
    digits that follow digits only the form's own ``number`` is taken.
    """
    head = text[max(0, start - 10) : start]
    if number:
        own = re.search(rf"(?:其中\s*+[:：]?\s*+)?{number}\s*+[、.．,，]\s*+$", head)
        if own is not None:
            return start - len(head) + own.start()
    found = _NUMBERING.search(head)
    return start if found is None else start - len(head) + found.start()


def _damaged(
    text: str, start: int, end: int, between: Sequence[Hit], rows: Sequence[RowKey]
) -> list[RowLabel]:
    """The rows of ``rows`` whose labels stand damaged in ``text[start:end]``, in order."""
    found: list[RowLabel] = []
    open_rows = list(rows)
    segments = list(_segments(text, start, end, between))
    place = 0
    while place < len(segments) and open_rows:
        match = _best_join(text, segments[place : place + LONGEST_JOIN], open_rows)
        if match is None:
            place += 1
            continue
        joined, row = match
        low, high = segments[place][0], segments[place + joined - 1][1]
        found.append(_label(text, low, high, open_rows[row]))
        open_rows = open_rows[row + 1 :]
        place += joined
    return found


def _best_join(
    text: str, segments: Sequence[tuple[int, int]], rows: Sequence[RowKey]
) -> tuple[int, int] | None:
    """How many of the segments, from the first on, are best taken as one label, and its row."""
    best: tuple[float, int, int] | None = None
    for count in range(1, len(segments) + 1):
        low, high = segments[0][0], segments[count - 1][1]
        if count > 1 and _BORDER.search(text, segments[count - 2][1], segments[count - 1][0]):
            break
        match = _closest(ideographs(text[low:high]), rows)
        if match is not None and (best is None or match[0] < best[0]):
            best = (match[0], count, match[1])
    return None if best is None else best[1:]


def _segments(text: str, start: int, end: int, between: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """The runs of words in ``text[start:end]`` that belong to no label and are no numbering."""
    borders = [start, *(place for hit in between for place in (hit.start, hit.end)), end]
    for low, high in zip(borders[::2], borders[1::2], strict=True):
        for match in _SEGMENT.finditer(text, low, high):
            stop = numbering_start(text, match.end()) if match.end() == high else match.end()
            number = _NUMBER_AHEAD.match(text, match.start(), stop)
            first = match.start() if number is None else number.end()
            words = text[first:stop].rstrip()
            if words and not NIL.fullmatch(words):
                yield first, first + len(words)


def _closest(words: str, rows: Sequence[RowKey]) -> tuple[float, int] | None:
    """How damaged the words are, and the place of the one row whose label they can be."""
    damages = [min(damage(words, bare_label(label)) for label in key.row.labels) for key in rows]
    place = min(range(len(rows)), key=damages.__getitem__)
    rivals = [one for other, one in enumerate(damages) if other != place]
    if damages[place] > LARGEST_DAMAGE or min(rivals, default=1.0) <= damages[place]:
        return None
    return damages[place], place


def damage(words: str, label: str) -> float:
    """How far ``words`` are from ``label``: 0 the same, 1 unlike; a cut label is a little off."""
    if len(words) >= SHORTEST_CUT and words != label:
        if label.startswith(words) or label.endswith(words):
            return 0.1
        if words.startswith(label) and len(label) >= SHORTEST_CUT:
            return 0.1
    longest = max(len(words), len(label))
    if abs(len(words) - len(label)) > LARGEST_DAMAGE * longest:
        return 1.0
    return _distance(words, label) / longest if longest else 1.0


def _distance(one: str, other: str) -> int:
    """The edit distance of two short strings."""
    before = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        row = [place]
        for column, against in enumerate(other, 1):
            change = before[column - 1] + (character != against)
            row.append(min(before[column] + 1, row[-1] + 1, change))
        before = row
    return before[-1]
