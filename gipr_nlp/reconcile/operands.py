"""The numbers that take part in an equation, and sums of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from gipr_nlp.interval import ZERO, Interval, plain
from gipr_nlp.records import Cell, Figure, Term

ONE = Decimal(1)
_ZERO_INTERVAL = Interval.point(0)
_EMPTY_STATES = frozenset({"blank", "nil_mark"})


class Operand(NamedTuple):
    """One printed number: where it stands, what was printed, what it stands for.

    ``implied``: a blank or nil mark that counts as zero. ``derived_from``: the filled
    parts as whose sum a blank total counts.
    """

    kind: Literal["figure", "cell", "constant"]
    ref: str
    interval: Interval
    value: Decimal
    text: str
    start: int | None = None
    end: int | None = None
    implied: bool = False
    derived_from: tuple[Operand, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether this is a blank total that counts as the sum of its parts."""
        return bool(self.derived_from)

    def term(self) -> Term:
        """The operand as findings carry it."""
        value = None if self.implied else self.value
        return Term(
            kind=self.kind,
            ref=self.ref,
            value=value,
            text=self.text,
            start=self.start,
            end=self.end,
        )


@dataclass(slots=True)
class Sum:
    """Operands with their factors.

    ``value`` is the sum of the values as printed, ``is_exact`` tells whether every operand stands
    for one value, ``operands`` are those without their factors.
    """

    terms: tuple[tuple[Decimal, Operand], ...]
    operands: tuple[Operand, ...] = field(init=False)
    value: Decimal = field(init=False)
    is_exact: bool = field(init=False)

    def __post_init__(self) -> None:
        self.operands = tuple(operand for _, operand in self.terms)
        self.value = sum((factor * operand.value for factor, operand in self.terms), ZERO)
        self.is_exact = all(operand.interval.is_point for operand in self.operands)

    @classmethod
    def of(cls, *operands: Operand) -> Sum:
        """The plain sum of ``operands``."""
        return cls(tuple((ONE, operand) for operand in operands))

    @property
    def interval(self) -> Interval:
        """What the sum stands for: bounds add up."""
        if self.is_exact:
            return Interval.point(self.value)
        result = _ZERO_INTERVAL
        for factor, operand in self.terms:
            result = result + operand.interval.times(factor)
        return result

    def arithmetic(self) -> str:
        """The sum written out: ``272 + 3``; zeros are left out where something is left."""
        shown = [(f, one) for f, one in self.terms if one.value != 0] or list(self.terms[:1])
        parts = [
            _signed(factor, operand, first=n == 0) for n, (factor, operand) in enumerate(shown)
        ]
        return " ".join(parts) or "0"

    def total(self) -> str:
        """The sum as one number: a point's value, or the interval."""
        return plain(self.value) if self.is_exact else str(self.interval)


def _signed(factor: Decimal, operand: Operand, *, first: bool) -> str:
    sign = ("-" if factor < 0 else "") if first else ("- " if factor < 0 else "+ ")
    scale = "" if abs(factor) == 1 else f"{plain(abs(factor))} × "
    return f"{sign}{scale}{printed(operand)}"


def to_place(value: Decimal, unit: Decimal) -> Decimal:
    """``value`` rounded half up to a multiple of ``unit``, however large it is."""
    return (value / unit).to_integral_value(ROUND_HALF_UP) * unit


def printed(operand: Operand) -> str:
    """The operand's number as the arithmetic shows it."""
    return plain(operand.value) if operand.interval.is_point else operand.text.strip()


def figure_operand(figure: Figure) -> Operand:
    """``figure`` as an operand."""
    return Operand(
        "figure",
        figure.id,
        figure.interval,
        figure.value,
        figure.text,
        figure.start,
        figure.end,
    )


def cell_operand(cell: Cell, ref: str) -> Operand | None:
    """``cell``, named ``ref``, as an operand; blank and nil marks are zero; ``None`` where it has no value."""
    if cell.state in _EMPTY_STATES:
        return Operand(
            "cell", ref, _ZERO_INTERVAL, ZERO, cell.raw, cell.start, cell.end, implied=True
        )
    if cell.state != "stated" or cell.value is None:
        return None
    interval = cell.interval or Interval.point(cell.value)
    return Operand("cell", ref, interval, cell.value, cell.raw, cell.start, cell.end)


def nothing(ref: str) -> Operand:
    """A cell ``ref`` that counts as zero."""
    return Operand("cell", ref, _ZERO_INTERVAL, ZERO, "", implied=True)


def derived_operand(cell: Cell, parts: Iterable[Operand]) -> Operand:
    """A blank total of ``cell`` as the sum of its filled ``parts``."""
    filled = tuple(parts)
    whole = Sum.of(*filled)
    return Operand(
        "cell",
        cell.ref,
        whole.interval,
        whole.value,
        cell.raw,
        cell.start,
        cell.end,
        implied=True,
        derived_from=filled,
    )
