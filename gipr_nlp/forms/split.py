"""Parts the numbers of a row that stand glued together, by the sums of the row.

``6000017`` in seven columns of which the last is the total is 6 0 0 0 0 1 7. The run is cut from
its end: the total first, then its parts, which may not exceed what is left of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gipr_nlp.catalogue.forms import FormColumn
from gipr_nlp.forms.values import Slot, read_value

Way = tuple[Slot | None, ...]

LONGEST_RUN = 90
MOST_STEPS = 200_000
_MONEY = re.compile(r"(?:,\d{3})*+(?:\.\d++)?+\s*+[万亿]?+元?+")
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
    """A number or mark of the run, and what it counts in each column (``None``: not there)."""

    start: int
    slot: Slot
    amounts: tuple[Decimal | None, ...]


class Splitter:
    """The ways of cutting one row's run of digits into the values of its columns.

    ``whole``: the slots are numbers as they stand, and only their columns are looked for.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        columns: Sequence[FormColumn],
        sums: Sequence[Sum],
        *,
        whole: bool = False,
    ) -> None:
        self._last = len(columns) - 1
        self._totals = {rule.total: rule for rule in sums}
        self._part_of = {part: rule for rule in sums for part in rule.parts}
        self._length = sum(len(slot.text) for slot in slots)
        self._only_digits = not whole and all(slot.text.isdigit() for slot in slots)
        self._steps = 0
        self._pieces: dict[int, list[_Piece]] = {}
        if self._length <= LONGEST_RUN:
            self._pieces = _pieces_by_end(slots, columns, whole)

    def ways(self, *, blanks: bool, bound: bool) -> list[Way]:
        """Every way of cutting the run; with ``blanks``, columns may be left empty.

        ``bound``: only ways in which every sum holds and no total is left empty that has parts.
        Raises ``TooMany`` where they cannot all be looked at.
        """
        self._steps = 0
        if self._length > LONGEST_RUN:
            raise TooMany
        found = self._cut(self._last, self._length, _ZERO, blanks, bound)
        return [tuple(reversed(way)) for way in found]

    def _cut(
        self, place: int, end: int, budget: Decimal, blanks: bool, bound: bool
    ) -> Iterator[list[Slot | None]]:
        """The values of the columns up to ``place`` in the text up to ``end``, last one first.

        ``budget`` is what is left of the total that the column is part of.
        """
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMany
        if place < 0:
            if end == 0:
                yield []
            return
        if (not blanks and end < place + 1) or (bound and self._is_hopeless(place, end, budget)):
            return
        choices: list[_Piece | None] = [*self._pieces.get(end, ())]
        for piece in [*choices, None] if blanks else choices:
            amount = _ZERO if piece is None else piece.amounts[place]
            left = self._left(place, amount, budget) if bound else _ZERO
            if amount is None or left is None:
                continue
            start = end if piece is None else piece.start
            for rest in self._cut(place - 1, start, left, blanks, bound):
                yield [None if piece is None else piece.slot, *rest]

    def _left(self, place: int, amount: Decimal | None, budget: Decimal) -> Decimal | None:
        """What is left of the total after this part; ``None`` where the sum can hold no more."""
        if amount is None or place in self._totals:
            return amount
        rule = self._part_of.get(place)
        if rule is None:
            return budget
        left = budget - amount
        closed = place == rule.parts[0]
        return None if left < 0 or (closed and left != 0) else left

    def _is_hopeless(self, place: int, end: int, budget: Decimal) -> bool:
        """Whether so many digits in so few columns must exceed what is left of their total."""
        rule = self._part_of.get(place)
        if rule is None or rule.parts[0] != 0 or not self._only_digits:
            return False
        longest = -(-end // (place + 1))
        return longest > 1 and budget < 10 ** (longest - 1)


def _pieces_by_end(
    slots: Sequence[Slot], columns: Sequence[FormColumn], whole: bool
) -> dict[int, list[_Piece]]:
    """Every number and mark that the slots can be cut into, by where it ends in their joint text."""
    found: dict[int, list[_Piece]] = {}
    offset = 0
    for slot in slots:
        for start in range(1 if whole else len(slot.text)):
            for end in [len(slot.text)] if whole else _ends(slot.text, start):
                piece = Slot(slot.text[start:end].strip(), slot.start + start, slot.start + end)
                amounts = _amounts(piece, columns)
                found.setdefault(offset + end, []).append(_Piece(offset + start, piece, amounts))
        offset += len(slot.text)
    return found


def _amounts(piece: Slot, columns: Sequence[FormColumn]) -> tuple[Decimal | None, ...]:
    """What the piece counts in each column; columns of one kind read it alike."""
    known: dict[tuple[Decimal, bool], Decimal | None] = {}
    for column in columns:
        kind = (column.scale, column.signed)
        if kind not in known:
            reading = read_value(piece, column)
            has_sign = len(piece.text) > 1 and piece.text[0] in _SIGNS
            illegible = reading.state == "ambiguous" or (has_sign and not column.signed)
            known[kind] = None if illegible else reading.value or _ZERO
    return tuple(known[column.scale, column.signed] for column in columns)


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
