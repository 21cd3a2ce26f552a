"""Parts the numbers of a row that stand glued together, by the sums of the row.

``6000017`` in seven columns of which the last is the total is 6 0 0 0 0 1 7. The run is cut from
its end: the total first, then its parts, which may not exceed what is left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from gipr_nlp.catalogue.forms import FormColumn
from gipr_nlp.forms.values import Slot, read_value

Way = tuple[Slot | None, ...]

LONGEST_RUN = 90
MOST_STEPS = 200_000
_MONEY = regex.compile(r"(?:,\d{3})*+(?:\.\d++)?+\s*+[万亿]?+元?+")
_SIGNS = "+-＋－−–—增减"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Places of a row: those of ``parts`` add up to what stands at ``total``."""

    total: int
    parts: tuple[int, ...]


class TooMany(Exception):
    """There are more ways to part the run than can be looked at."""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    slot: Slot


class Splitter:
    """The ways of cutting one row's run of digits into the values of its columns."""

    def __init__(
        self, slots: Sequence[Slot], columns: Sequence[FormColumn], sums: Sequence[Sum]
    ) -> None:
        self._columns = columns
        self._totals = {rule.total: rule for rule in sums}
        self._part_of = {part: rule for rule in sums for part in rule.parts}
        self._text = "".join(slot.text for slot in slots)
        self._steps = 0
        self._pieces = _pieces_by_end(slots, self._text) if len(self._text) <= LONGEST_RUN else {}

    def ways(self, *, blanks: bool, bound: bool) -> list[Way]:
        """Every way of cutting the run; with ``blanks``, columns may be left empty.

        ``bound``: only ways in which every sum holds and no total is left empty that has parts.
        Raises ``TooMany`` where they cannot all be looked at.
        """
        self._steps = 0
        if len(self._text) > LONGEST_RUN:
            raise TooMany
        last = len(self._columns) - 1
        return [
            tuple(reversed(found)) for found in self._cut(last, len(self._text), {}, blanks, bound)
        ]

    def _cut(
        self, place: int, end: int, budget: dict[int, Decimal], blanks: bool, bound: bool
    ) -> Iterator[list[Slot | None]]:
        """The values of the columns up to ``place`` in the text up to ``end``, last one first."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMany
        if place < 0:
            if end == 0:
                yield []
            return
        if not blanks and end < place + 1:
            return
        for piece in self._choices(place, end, blanks):
            amount = self._amount(piece, place)
            left = self._spent(place, amount, budget) if bound else budget
            if left is None:
                continue
            start = end if piece is None else piece.start
            for rest in self._cut(place - 1, start, left, blanks, bound):
                yield [None if piece is None else piece.slot, *rest]

    def _choices(self, place: int, end: int, blanks: bool) -> Iterator[_Piece | None]:
        yield from self._pieces.get(end, ())
        if blanks:
            yield None

    def _amount(self, piece: _Piece | None, place: int) -> Decimal | None:
        """What the piece counts; ``None`` where it cannot stand in the column."""
        if piece is None:
            return _ZERO
        reading = read_value(piece.slot, self._columns[place])
        return None if reading.state == "ambiguous" else reading.value or _ZERO

    def _spent(
        self, place: int, amount: Decimal | None, budget: dict[int, Decimal]
    ) -> dict[int, Decimal] | None:
        """What is left of the total after this part; ``None`` where the sum can hold no more."""
        if amount is None:
            return None
        if place in self._totals:
            return budget | {place: amount}
        rule = self._part_of.get(place)
        if rule is None:
            return budget
        left = budget[rule.total] - amount
        closed = place == min(rule.parts)
        if left < 0 or (closed and left != 0):
            return None
        return budget | {rule.total: left}


def _pieces_by_end(slots: Sequence[Slot], text: str) -> dict[int, list[_Piece]]:
    """Every number and mark that the slots can be cut into, by where it ends in their joint text."""
    found: dict[int, list[_Piece]] = {}
    offset = 0
    for slot in slots:
        for start in range(len(slot.text)):
            for end in _ends(slot.text, start):
                piece = Slot(slot.text[start:end].strip(), slot.start + start, slot.start + end)
                found.setdefault(offset + end, []).append(_Piece(offset + start, piece))
        offset += len(slot.text)
    return found


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a number or a mark that begins at ``start`` may end: none but 0 begins with a zero."""
    place = start
    if text[place] in _SIGNS:
        yield start + 1
        place += 1
        if place == len(text) or not text[place].isdigit():
            return
    if not text[place].isdigit():
        yield start + 1
        return
    last = place + 1
    while last < len(text) and text[last].isdigit() and text[place] != "0":
        last += 1
    for end in range(place + 1, last + 1):
        tail = _MONEY.match(text, end)
        yield end if tail is None else tail.end()
