"""What a number stands for, by its surface and by the words that make it inexact."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from gipr_nlp.catalogue.units import Approximation
from gipr_nlp.interval import Interval
from gipr_nlp.quantities.numerals import Number

ZERO, ONE = Decimal(0), Decimal(1)
# 30299余 prints every digit, and says that there were a few more.
A_FEW = Decimal(10)


def interval_of(number: Number, approximation: Approximation | None) -> Interval:
    """The values that ``number`` may stand for."""
    if approximation is not None:
        return _approximated(number, approximation)
    if number.high is not None:
        return Interval(number.value, number.high, high_open=number.high_open)
    if number.scaled:
        return Interval.rounded(number.value, number.place)
    return Interval.point(number.value)


def _approximated(number: Number, row: Approximation) -> Interval:
    """The interval of the row's bounds around the number, or around its ends where it has two."""
    top = number.high or number.value
    low = _BOUNDS[row.low](number, number.value, row.cap, -1)
    high = _BOUNDS[row.high](number, top, row.cap, 1)
    if high is not None and high == top == low:  # a step of nothing
        return Interval.point(top)
    exact_to_the_last = number.step == 1 and not number.scaled and row.high == "next_step"
    low_open = row.low_open and not exact_to_the_last and low is not None
    return Interval(low, high, low_open, row.high_open and high is not None)


def _capped(number: Number, margin: Decimal, cap: Decimal | None) -> Decimal:
    """``margin``, no more than ``cap`` of the value, no less than one (or the last decimal)."""
    limit = margin if cap is None else min(margin, cap * number.value)
    return max(limit, min(number.place, ONE))


def _next_step(number: Number, value: Decimal, cap: Decimal | None, sign: int) -> Decimal:
    if number.high_open:  # 几十余: the open digit already reaches as far
        return value
    whole = number.step == 1 and not number.scaled
    return value + sign * (A_FEW if whole else number.step)


def _step(number: Number, value: Decimal, cap: Decimal | None, sign: int) -> Decimal:
    return max(value + sign * _capped(number, number.step, cap), ZERO)


def _half_step(number: Number, value: Decimal, cap: Decimal | None, sign: int) -> Decimal:
    return max(value + sign * _capped(number, number.step / 2, cap), ZERO)


_BOUNDS: dict[str, Callable[[Number, Decimal, Decimal | None, int], Decimal | None]] = {
    "value": lambda number, value, cap, sign: value,
    "zero": lambda number, value, cap, sign: min(ZERO, value),
    "none": lambda number, value, cap, sign: None,
    "next_step": _next_step,
    "step": _step,
    "half_step": _half_step,
}
