"""Which columns do the slots of a row belong to? Every way in which they can, the best ones kept.

As many slots as columns: each in its place. Otherwise blanks were lost or added, or separators
were, and the sums of the row (总计 is what the others add up to) choose among the ways; the
fewest blanks put in or left out come first. What the row cannot decide is left to ``solve``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from gipr_nlp.catalogue.forms import FormColumn
from gipr_nlp.forms.slots import fits
from gipr_nlp.forms.split import Splitter, Sum, TooMany, Way
from gipr_nlp.forms.values import Reading, Slot, read_value

Values = tuple[Reading | None, ...]
Rank = tuple[int, int]

MOST_WAYS = 7_000
_TOKEN = re.compile(r"\d++(?:,\d{3})*+(?:\.\d++)?+|[-—–−－+＋]|[^\d\s]")
_DOUBLE_ZERO = re.compile(r"0\d")
_ZERO = Decimal(0)
_PERFECT: Rank = (0, 0)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the table at hand is written, as its undamaged rows show.

    ``blanks``: empty cells left a mark. ``totals``: a row with numbers prints its total
    (``None``: not known). ``glued``: numbers stand without separators. ``whole``: blanks at the
    end of a row left a mark too, so a short row has lost a separator.
    """

    blanks: bool = True
    totals: bool | None = None
    glued: bool = False
    whole: bool = False


def fit(
    slots: Sequence[Slot], columns: Sequence[FormColumn], sums: Sequence[Sum], habits: Habits
) -> list[Values]:
    """The ways of giving the slots to the columns that the row itself does not exclude.

    None at all means that nothing fits. ``None`` in a way is a column without a slot.
    """
    if fits(slots, len(columns)):
        return [tuple(map(read_value, slots, columns))]
    printed = [slot for slot in slots if not slot.empty]
    if not printed:
        return [tuple(None for _ in columns)]
    placed: list[Values] = []
    if not habits.glued:
        ways = _placed(slots, printed, columns, sums, habits)
        placed, rank = _best(slots, ways, columns, sums, habits)
        decided = rank == _PERFECT and (sums or not habits.whole)
        if decided or not _is_splittable(printed):
            return placed
    cut = _cut(printed, columns, sums, habits)
    if cut is None:
        return placed
    parted = _distinct(_readings(cut, columns))
    return parted if sums or habits.glued else [*placed, *parted]


def every_way(
    slots: Sequence[Slot], columns: Sequence[FormColumn], sums: Sequence[Sum]
) -> list[Values]:
    """All legible ways of giving the printed slots to the columns, however the table is written:
    spread over them, or cut into as many numbers, or into fewer."""
    ways = _spreads(slots, len(columns))
    for blanks in (False, True):
        try:
            ways += Splitter(slots, columns, sums).ways(blanks=blanks, bound=bool(sums))
        except TooMany:
            break
    return _distinct(way for way in _readings(ways, columns) if _legible(way))


def _is_splittable(slots: Sequence[Slot]) -> bool:
    return any(_parts(slot) > 1 for slot in slots)


def _parts(slot: Slot) -> int:
    return sum(len(token) if token.isdigit() else 1 for token in _TOKEN.findall(slot.text))


def numbers_in(slots: Sequence[Slot]) -> int:
    """How many numbers the slots hold at most, were every digit one."""
    return sum(_parts(slot) for slot in slots if not slot.empty)


def _placed(
    slots: Sequence[Slot],
    printed: Sequence[Slot],
    columns: Sequence[FormColumn],
    sums: Sequence[Sum],
    habits: Habits,
) -> list[Way]:
    """The slots as they are, less blanks at the ends; else the printed ones in all free columns,
    those alone in which every sum holds if there are any."""
    windows = list(_windows(slots, len(columns)))
    if windows:
        return windows
    if sums and habits.totals is not False:
        try:
            perfect = Splitter(printed, columns, sums, whole=True).ways(blanks=True, bound=True)
        except TooMany:
            return []
        if perfect:
            return perfect
    return _spreads(printed, len(columns))


def _windows(slots: Sequence[Slot], count: int) -> Iterator[Way]:
    """The stretches of ``count`` slots that leave out nothing but blanks at the ends."""
    for start in range(len(slots) - count + 1):
        outside = (*slots[:start], *slots[start + count :])
        if all(slot.empty for slot in outside):
            yield tuple(slots[start : start + count])


def _spreads(printed: Sequence[Slot], count: int) -> list[Way]:
    """The printed slots in all ascending choices of columns."""
    if len(printed) > count or comb(count, len(printed)) > MOST_WAYS:
        return []
    ways: list[Way] = []
    for places in combinations(range(count), len(printed)):
        way: list[Slot | None] = [None] * count
        for place, slot in zip(places, printed, strict=True):
            way[place] = slot
        ways.append(tuple(way))
    return ways


def _cut(
    printed: Sequence[Slot], columns: Sequence[FormColumn], sums: Sequence[Sum], habits: Habits
) -> list[Way] | None:
    """The ways of cutting the printed slots into numbers that the sums allow.

    A space between them is a border first, and nothing if that gives no way. Where no way
    satisfies the sums, glued numbers are cut in all ways. ``None``: none, or too many.
    """
    blanks = habits.glued and not habits.blanks
    joined = [_joined(printed)] if len(printed) > 1 else []
    try:
        for slots in ([*printed], joined):
            if slots and (ways := Splitter(slots, columns, sums).ways(blanks=blanks, bound=True)):
                return ways
        free = habits.glued and not blanks
        return Splitter(printed, columns, sums).ways(blanks=False, bound=False) if free else None
    except TooMany:
        return None


def _joined(slots: Sequence[Slot]) -> Slot:
    return Slot("".join(slot.text for slot in slots), slots[0].start, slots[-1].end)


def _readings(ways: Sequence[Way], columns: Sequence[FormColumn]) -> list[Values]:
    """What each way says; a slot is read once for each column that it may stand in."""
    known: dict[tuple[int, int, int], Reading] = {}

    def read(slot: Slot, place: int) -> Reading:
        key = (slot.start, slot.end, place)
        if key not in known:
            known[key] = read_value(slot, columns[place])
        return known[key]

    return [
        tuple(None if one is None else read(one, place) for place, one in enumerate(way))
        for way in ways
    ]


def _best(
    slots: Sequence[Slot],
    ways: Sequence[Way],
    columns: Sequence[FormColumn],
    sums: Sequence[Sum],
    habits: Habits,
) -> tuple[list[Values], Rank]:
    """The ways with the fewest broken sums, then lost totals, then blanks put in or left out."""
    readings = zip(ways, _readings(ways, columns), strict=True)
    ranked = [
        (_rank(values, sums, habits), way, values) for way, values in readings if _legible(values)
    ]
    if not ranked:
        return [], (len(sums) + 1, 0)
    least = min(rank for rank, _, _ in ranked)
    chosen = [(way, values) for rank, way, values in ranked if rank == least]
    if habits.blanks and len(chosen) > 1 and (sums or not habits.whole):
        edits = [_edits(slots, way) for way, _ in chosen]
        fewest = min(edits)
        chosen = [one for one, edit in zip(chosen, edits, strict=True) if edit == fewest]
    return _distinct(values for _, values in chosen), least


def _legible(values: Values) -> bool:
    """Whether every slot is a number or a mark; ``00`` is two numbers that lost their border."""
    return not any(
        one is not None and (one.state == "ambiguous" or _DOUBLE_ZERO.match(one.raw))
        for one in values
    )


def _rank(values: Values, sums: Sequence[Sum], habits: Habits) -> Rank:
    broken = blank_totals = 0
    for rule in sums:
        amount = sum((number(values[place]) for place in rule.parts), _ZERO)
        total = values[rule.total]
        if total is not None and total.value is not None:
            broken += amount != total.value
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
    missing = _runs(slot is not None and not slot.empty for slot in way)
    present = _runs(not slot.empty for slot in slots)
    inner = sum(abs(a - b) for a, b in zip(missing[:-1], present[:-1], strict=True))
    return 2 * inner + abs(missing[-1] - present[-1])


def _runs(marks: Iterable[bool]) -> list[int]:
    """The numbers of blanks before each printed slot, and behind the last."""
    runs = [0]
    for mark in marks:
        if mark:
            runs.append(0)
        else:
            runs[-1] += 1
    return runs


def _distinct(found: Iterable[Values]) -> list[Values]:
    """The ways without those that differ only in blanks with and without a place."""
    kept: Mapping[tuple[tuple[int, int] | None, ...], Values] = {
        tuple(
            None if one is None or one.state == "blank" else (one.start, one.end) for one in values
        ): values
        for values in found
    }
    return list(kept.values())
