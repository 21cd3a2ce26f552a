"""How two numbers that should agree compare: the outcome, and how serious it is."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gipr_nlp.interval import Interval
from gipr_nlp.reconcile.operands import Sum
from gipr_nlp.records import Outcome, Severity


class Result(NamedTuple):
    """An outcome with its severity."""

    outcome: Outcome
    severity: Severity

    @property
    def holds(self) -> bool:
        """Whether the two sides agree, if need be by rounding."""
        return self.outcome in {"exact", "rounded", "truncated"}


#: From agreement to error.
GRAVITY: dict[Severity, int] = {"ok": 0, "note": 1, "warning": 2, "error": 3}
EXACT = Result("exact", "ok")
ROUNDED = Result("rounded", "ok")
TRUNCATED = Result("truncated", "note")
MISMATCH = Result("mismatch", "error")
DOUBTFUL = Result("mismatch", "warning")


def compare(left: Sum, right: Sum, *, approximate: bool = False, margin: Decimal) -> Result:
    """Whether ``left`` and ``right`` can be one number.

    Two exact numbers agree or do not. A rounded one agrees with what rounds to it, and with
    what was cut off to it. Where the words themselves say that a number is ``approximate``, a
    difference of up to ``margin`` of the larger one is a matter of taste, no error.
    """
    if left.is_exact and right.is_exact:
        if left.value == right.value:
            return EXACT
    else:
        one, other = left.interval, right.interval
        if one.meets(other):
            return ROUNDED
        if not approximate and _cut_off(one).meets(_cut_off(other)):
            return TRUNCATED
    if approximate and _close(left.value, right.value, margin):
        return DOUBTFUL
    return MISMATCH


def _cut_off(interval: Interval) -> Interval:
    """What the number stands for if its last place was cut off instead of rounded."""
    if interval.is_point or interval.low is None or interval.high is None:
        return interval
    half = (interval.high - interval.low) / 2
    return Interval(interval.low, interval.high + half, interval.low_open, high_open=True)


def _close(one: Decimal, other: Decimal, margin: Decimal) -> bool:
    return abs(one - other) <= margin * max(abs(one), abs(other))
