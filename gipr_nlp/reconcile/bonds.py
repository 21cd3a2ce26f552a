"""Equations as the localiser sees them: what they need to hold, and what would make them hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Protocol, TypeGuard

from gipr_nlp.interval import HUNDRED, ZERO, Interval
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.operands import Operand, Sum, to_place
from gipr_nlp.reconcile.shares import last_place
from gipr_nlp.reconcile.slips import corrections

Values = Mapping[str, Decimal]


class Bond(Protocol):
    """One equation over places (figures and cells)."""

    @property
    def refs(self) -> frozenset[str]:
        """The places that take part."""

    @property
    def totals(self) -> frozenset[str]:
        """The places that the others add up to."""

    def holds(self, values: Values) -> bool:
        """Whether the equation holds for ``values``."""

    def fits(self, values: Values) -> bool:
        """Whether it holds without any leniency."""

    def solve(self, ref: str, values: Values) -> Decimal | None:
        """The one value of ``ref`` that makes it hold with the others as they are, if there is one."""


@dataclass(frozen=True)
class Linear:
    """The factors times the values add up to something between ``low`` and ``high`` (zero if exact)."""

    factors: Mapping[str, Decimal]
    low: Decimal | None
    high: Decimal | None
    refs: frozenset[str]
    totals: frozenset[str] = frozenset()

    def residual(self, values: Values) -> Decimal:
        """What the factors times the values add up to."""
        return sum((factor * values[ref] for ref, factor in self.factors.items()), ZERO)

    def holds(self, values: Values) -> bool:
        """Whether the residual lies within the bounds."""
        residual = self.residual(values)
        return (self.low is None or residual >= self.low) and (
            self.high is None or residual <= self.high
        )

    def fits(self, values: Values) -> bool:
        """As ``holds``: sums know no leniency."""
        return self.holds(values)

    def solve(self, ref: str, values: Values) -> Decimal | None:
        """The value of ``ref`` that brings the residual within the bounds, where only one does."""
        factor = self.factors[ref]
        rest = self.residual(values) - factor * values[ref]
        if self.low is None or self.high is None:
            # Anything below would do: only a slip that makes it an equality is worth naming.
            equal = -rest / factor
            return equal if equal in corrections(values[ref]) else None
        ends = sorted([(self.low - rest) / factor, (self.high - rest) / factor])
        return _only_between(ends[0], ends[1], values[ref])


@dataclass(frozen=True)
class Ratio:
    """A printed percentage of two numbers: a share, or a growth rate over last year's number."""

    kind: str
    percent: str
    one: str
    other: str
    unit: Decimal
    refs: frozenset[str]
    totals: frozenset[str] = frozenset()

    def _true(self, values: Values) -> Decimal | None:
        one, other = values[self.one], values[self.other]
        before = one - other if self.kind == "growth_by" else other
        if before <= 0:
            return None
        part = one if self.kind == "share" else one - before
        return part * HUNDRED / before

    def holds(self, values: Values) -> bool:
        """Whether the percentage is right to one unit in its last place."""
        true = self._true(values)
        return true is not None and abs(true - values[self.percent]) <= self.unit

    def fits(self, values: Values) -> bool:
        """Whether the percentage is the rounded one."""
        true = self._true(values)
        return true is not None and abs(true - values[self.percent]) <= self.unit / 2

    def solve(self, ref: str, values: Values) -> Decimal | None:
        """The percentage as it should print, or the one whole number that it allows."""
        if ref == self.percent:
            true = self._true(values)
            return None if true is None else to_place(true, self.unit)
        if self.kind != "share":  # a wrong rate is the rule: of the numbers only a likely slip
            return self._slipped_count(ref, values)
        return self._count(ref, values, self.unit / 2) or self._slipped_count(ref, values)

    def _count(self, ref: str, values: Values, margin: Decimal) -> Decimal | None:
        bounds = self._bounds(ref, values, margin)
        return None if bounds is None else _only_between(*bounds, values[ref])

    def _slipped_count(self, ref: str, values: Values) -> Decimal | None:
        """The likely slip that the percentage allows when it was cut off instead of rounded."""
        bounds = self._bounds(ref, values, self.unit)
        return None if bounds is None else _only_slip(*bounds, values[ref])

    def _bounds(self, ref: str, values: Values, margin: Decimal) -> tuple[Decimal, Decimal] | None:
        """What ``ref`` may be for the percentage to hold within ``margin``."""
        low, high = values[self.percent] - margin, values[self.percent] + margin
        if low <= (0 if self.kind == "share" else -HUNDRED) or low <= 0 <= high:
            return None
        of_whole = {"share": (low, high), "growth": (HUNDRED + low, HUNDRED + high)}.get(
            self.kind, (low * HUNDRED / (HUNDRED + low), high * HUNDRED / (HUNDRED + high))
        )
        part, whole = (self.other, self.one) if self.kind == "growth_by" else (self.one, self.other)
        if ref == part:
            ends = [values[whole] * one / HUNDRED for one in of_whole]
        else:
            ends = [values[part] * HUNDRED / one for one in of_whole]
        return min(ends), max(ends)


def is_growth(bond: Bond) -> TypeGuard[Ratio]:
    """Whether the bond is that of a growth rate, which may be negative."""
    return isinstance(bond, Ratio) and bond.kind != "share"


def bond_of(check: Check) -> Bond | None:
    """The equation of ``check``, where a change can be worked out from it."""
    if check.bond is None:
        return None
    if check.bond in {"equal", "at_most"}:
        return linear(check.left, check.right, at_most=check.bond == "at_most")
    percent = check.left.operands[0]
    one, other = check.right.operands
    refs = frozenset({percent.ref, one.ref, other.ref})
    if len(refs) < 3:
        return None
    return Ratio(check.bond, percent.ref, one.ref, other.ref, last_place(percent.text), refs)


def linear(left: Sum, right: Sum, *, at_most: bool = False) -> Linear:
    """``left = right`` (or ``left <= right``), with the room that rounded numbers leave."""
    factors: dict[str, Decimal] = {}
    room = Interval.point(0)
    for side, sign in ((left, 1), (right, -1)):
        for factor, operand in _expanded(side):
            factors[operand.ref] = factors.get(operand.ref, ZERO) + sign * factor
            if not operand.interval.is_point:
                deviation = operand.interval - Interval.point(operand.value)
                room = room + deviation.times(sign * factor)
    low = None if at_most or room.high is None else -room.high
    high = None if room.low is None else -room.low
    used = {ref: factor for ref, factor in factors.items() if factor != 0}
    sides = [[operand.ref for _, operand in side.terms] for side in (left, right)]
    totals = frozenset(refs[0] for refs in sides if len(refs) == 1 and len(used) > 2)
    return Linear(used, low, high, frozenset(used), totals)


def operands_of(check: Check) -> Iterable[Operand]:
    """The printed numbers of ``check``: a blank total gives way to its parts."""
    for side in (check.left, check.right):
        for _, operand in _expanded(side):
            yield operand


def _expanded(side: Sum) -> Iterable[tuple[Decimal, Operand]]:
    for factor, operand in side.terms:
        if operand.derived_from:
            for inner_factor, inner in _expanded(Sum.of(*operand.derived_from)):
                yield factor * inner_factor, inner
        else:
            yield factor, operand


def _only_between(low: Decimal, high: Decimal, current: Decimal) -> Decimal | None:
    """The one number from ``low`` to ``high``: exact, the only whole one, or the only likely slip."""
    if low == high:
        return low
    first = low.to_integral_value(ROUND_CEILING)
    last = high.to_integral_value(ROUND_FLOOR)
    if first == last:
        return first
    return _only_slip(low, high, current)


def _only_slip(low: Decimal, high: Decimal, current: Decimal) -> Decimal | None:
    likely = {one for one in corrections(current) if low <= one <= high}
    return likely.pop() if len(likely) == 1 else None
