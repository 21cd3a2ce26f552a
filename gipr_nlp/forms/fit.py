"""Which columns do the slots of a row belong to? Every way in which they can, the best ones kept.

As many slots as columns: each in its place. Otherwise blanks were lost or added, or separators
were, and the sums of the row (总计 is what the others add up to) choose among the ways; the
fewest blanks put in or left out come first. What the row cannot decide is left to ``solve``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

import regex

from gipr_nlp.catalogue.forms import FormColumn
from gipr_nlp.forms.slots import fits
from gipr_nlp.forms.values import Reading, Slot, read_value

Way = tuple[Slot | None, ...]
Values = tuple[Reading | None, ...]

MOST_WAYS = 20_000
MOST_KEPT = 2_000
_TOKEN = regex.compile(r"\d++(?:,\d{3})*+(?:\.\d++)?+|[-—–−－+＋]|[^\d\s]")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Places of a row of which those of ``total`` add up to what those of ``parts`` do."""

    total: tuple[int, ...]
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the table at hand is written, as its undamaged rows show.

    ``blanks``: empty cells left a mark. ``totals``: a row with numbers prints its total
    (``None``: not known). ``glued``: numbers stand without separators.
    """

    blanks: bool = True
    totals: bool | None = None
    glued: bool = False


def fit(
    slots: Sequence[Slot], columns: Sequence[FormColumn], sums: Sequence[Sum], habits: Habits
) -> list[Values]:
    """The ways of giving the slots to the columns that the row itself does not exclude.

    None at all means that nothing fits. ``None`` in a way is a column without a slot.
    """
    if fits(slots, len(columns)):
        return [_read(tuple(slots[: len(columns)]), columns)]
    ways = list(islice(_ways(slots, len(columns), habits), MOST_WAYS))
    return _best(slots, _readings(ways, columns), sums, habits)


def _ways(slots: Sequence[Slot], count: int, habits: Habits) -> Iterator[Way]:
    printed = [slot for slot in slots if not slot.empty]
    if not printed:
        yield (*slots[:count], *[None] * (count - len(slots)))
        return
    windows = list(_windows(slots, count))
    if windows:
        yield from windows
        return
    if len(printed) <= count and not habits.glued:
        yield from _placed(printed, slots, count)
    if any(_parts(slot) > 1 for slot in printed):
        yield from _split(printed, count, habits)


def _windows(slots: Sequence[Slot], count: int) -> Iterator[Way]:
    """The stretches of ``count`` slots that leave out nothing but blanks at the ends."""
    for start in range(len(slots) - count + 1):
        outside = (*slots[:start], *slots[start + count :])
        if all(slot.empty for slot in outside):
            yield tuple(slots[start : start + count])


def _placed(printed: Sequence[Slot], slots: Sequence[Slot], count: int) -> Iterator[Way]:
    """The printed slots in all ascending choices of columns, the blanks between them kept."""
    for places in combinations(range(count), len(printed)):
        way: list[Slot | None] = [None] * count
        for place, slot in zip(places, printed, strict=True):
            way[place] = slot
        yield tuple(way)


def _parts(slot: Slot) -> int:
    return sum(len(token) if token.isdigit() else 1 for token in _TOKEN.findall(slot.text))


def _split(printed: Sequence[Slot], count: int, habits: Habits) -> Iterator[Way]:
    """The printed slots cut into ``count`` numbers; into fewer where blanks left no mark."""
    least = len(printed) if habits.glued and not habits.blanks else count
    for pieces in range(count, least - 1, -1):
        for cut in _cuts(printed, pieces):
            yield from _placed(cut, (), count)


def _cuts(slots: Sequence[Slot], pieces: int) -> Iterator[tuple[Slot, ...]]:
    """Every way of cutting the slots into that many numbers or marks."""
    if not slots:
        if pieces == 0:
            yield ()
        return
    rest = slots[1:]
    most = pieces - len(rest)
    for number in range(1, min(most, _parts(slots[0])) + 1):
        heads = list(_cut(slots[0], number))
        if not heads:
            continue
        for tail in _cuts(rest, pieces - number):
            for head in heads:
                yield (*head, *tail)


def _cut(slot: Slot, pieces: int) -> Iterator[tuple[Slot, ...]]:
    """One slot cut into that many numbers: none but 0 begins with a zero, marks stand alone."""
    yield from _cut_from(slot, 0, pieces)


def _cut_from(slot: Slot, start: int, pieces: int) -> Iterator[tuple[Slot, ...]]:
    text = slot.text
    while start < len(text) and text[start].isspace():
        start += 1
    if pieces == 0:
        if start == len(text):
            yield ()
        return
    for end in _ends(text, start):
        if len(text) - end < pieces - 1:
            break
        piece = Slot(text[start:end], slot.start + start, slot.start + end)
        for rest in _cut_from(slot, end, pieces - 1):
            yield (piece, *rest)


_MONEY = regex.compile(r"(?:,\d{3})*+(?:\.\d++)?+\s*+[万亿]?+元?+")


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a number or a mark that begins at ``start`` may end, the nearest first."""
    if start >= len(text):
        return
    place = start
    signed = text[place] in "+-＋－−–—增减"
    if signed:
        yield start + 1
        place += 1
    if place < len(text) and text[place].isdigit():
        last = place + 1
        while last < len(text) and text[last].isdigit() and text[place] != "0":
            last += 1
        for end in range(place + 1, last + 1):
            tail = _MONEY.match(text, end)
            yield end if tail is None else tail.end()
    elif not signed:
        yield start + 1


def _read(way: Way, columns: Sequence[FormColumn]) -> Values:
    return tuple(
        None if slot is None else read_value(slot, column)
        for slot, column in zip(way, columns, strict=True)
    )


def _readings(ways: Sequence[Way], columns: Sequence[FormColumn]) -> dict[Way, Values]:
    """What each way says; a slot is read once for each column that it may stand in."""
    known: dict[tuple[Slot, int], Reading] = {}

    def read(slot: Slot, place: int) -> Reading:
        if (slot, place) not in known:
            known[slot, place] = read_value(slot, columns[place])
        return known[slot, place]

    return {
        way: tuple(None if one is None else read(one, place) for place, one in enumerate(way))
        for way in ways
    }


def _best(
    slots: Sequence[Slot], readings: dict[Way, Values], sums: Sequence[Sum], habits: Habits
) -> list[Values]:
    """The ways with the fewest broken sums, then lost totals, then blanks put in or left out."""
    legible = {way: found for way, found in readings.items() if _legible(found)}
    ranks = {way: _rank(found, sums, habits) for way, found in legible.items()}
    if not ranks:
        return []
    least = min(ranks.values())
    chosen = [way for way, rank in ranks.items() if rank == least]
    if habits.blanks and len(chosen) > 1:
        edits = {way: _edits(slots, way) for way in chosen}
        fewest = min(edits.values())
        chosen = [way for way in chosen if edits[way] == fewest]
    return _distinct(legible[way] for way in chosen)[:MOST_KEPT]


def _legible(values: Values) -> bool:
    return all(one is None or one.state != "ambiguous" for one in values)


def _rank(values: Values, sums: Sequence[Sum], habits: Habits) -> tuple[int, int]:
    broken = blank_totals = 0
    for rule in sums:
        parts = [values[place] for place in rule.parts]
        total = [values[place] for place in rule.total]
        amount = sum((number(one) for one in parts), _ZERO)
        if any(one is not None and one.value is not None for one in total):
            broken += amount != sum((number(one) for one in total), _ZERO)
        elif amount and habits.totals is not False:
            blank_totals += 1
    return broken, blank_totals


def number(reading: Reading | None) -> Decimal:
    """What the reading adds to a sum: a blank adds nothing."""
    return _ZERO if reading is None or reading.value is None else reading.value


def _edits(slots: Sequence[Slot], way: Way) -> int:
    """How many blanks have to be put in or left out to turn the slots into the way.

    A blank at the end of the row weighs half of one inside it: it is what gets lost first.
    """
    wanted = [0 if slot is None or slot.empty else 1 for slot in way]
    given = [0 if slot.empty else 1 for slot in slots]
    missing = _runs(wanted)
    present = _runs(given)
    if len(missing) != len(present):
        return len(wanted)
    inner = sum(abs(a - b) for a, b in zip(missing[:-1], present[:-1], strict=True))
    return 2 * inner + abs(missing[-1] - present[-1])


def _runs(marks: Iterable[int]) -> list[int]:
    """The numbers of blanks before each printed slot, and behind the last."""
    runs = [0]
    for mark in marks:
        if mark:
            runs.append(0)
        else:
            runs[-1] += 1
    return runs


def _distinct(found: Iterable[Values]) -> list[Values]:
    kept: dict[tuple[tuple[int, int] | None, ...], Values] = {}
    for values in found:
        key = tuple(
            None if one is None or one.state == "blank" else (one.start, one.end)
            for one in values
        )
        kept.setdefault(key, values)
    return list(kept.values())


def numbers_in(slots: Sequence[Slot]) -> int:
    """How many numbers the slots hold at most, were every digit one."""
    return sum(_parts(slot) for slot in slots if not slot.empty)
