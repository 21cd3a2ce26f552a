"""What a printed number stands for: an interval of ``Decimal`` values.

A number printed with d decimals stands for everything that rounds to it, ``1200余`` for what
lies above 1200 and below 1300, ``二三十`` for 20 to 30. Bounds know whether they are open, and
a bound may be missing (以上, 超). The arithmetic follows the idea of Calculations 1.1 (XBRL
International, 2023): a sum adds the bounds, and two numbers are consistent where their
intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values from ``low`` to ``high``; ``None`` is an end without a bound (always open)."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        empty_point = self.low == self.high and (self.low_open or self.high_open)
        if self.low > self.high or empty_point:
            raise ValueError(f"an interval cannot be empty: {self}")

    @classmethod
    def point(cls, value: Decimal | int) -> Interval:
        """The interval that holds ``value`` alone."""
        exact = Decimal(value)
        return cls(exact, exact)

    @classmethod
    def rounded(cls, value: Decimal, unit: Decimal) -> Interval:
        """What rounds to ``value`` when its last printed place is worth ``unit``: 1.2万 → [11500, 12500)."""
        half = unit / 2
        return cls(value - half, value + half, high_open=True)

    @property
    def is_point(self) -> bool:
        """Whether the interval holds exactly one value."""
        return self.low is not None and self.low == self.high

    def __contains__(self, value: Decimal | int) -> bool:
        below = self.low is not None and (value < self.low or (self.low_open and value == self.low))
        above = self.high is not None and (
            value > self.high or (self.high_open and value == self.high)
        )
        return not (below or above)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both intervals."""
        return not (self._wholly_below(other) or other._wholly_below(self))

    def _wholly_below(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            _plus(self.low, other.low),
            _plus(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(_negated(self.high), _negated(self.low), self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Decimal | int) -> Interval:
        """Every value multiplied by ``factor``."""
        if factor < 0:
            return -self.times(-factor)
        if factor == 0:
            return Interval.point(0)
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.low_open,
            self.high_open,
        )

    def widened(self, margin: Decimal) -> Interval:
        """The interval with ``margin`` more on both sides, ends closed."""
        low = None if self.low is None else self.low - margin
        high = None if self.high is None else self.high + margin
        return Interval(low, high)

    def __str__(self) -> str:
        left = "(" if self.low is None or self.low_open else "["
        right = ")" if self.high is None or self.high_open else "]"
        low = "-∞" if self.low is None else plain(self.low)
        high = "∞" if self.high is None else plain(self.high)
        return f"{left}{low}, {high}{right}"


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of the intervals; of none, zero."""
    result = Interval.point(0)
    for interval in intervals:
        result = result + interval
    return result


def plain(value: Decimal) -> str:
    """``value`` in plain digits: no exponent, no trailing zeros (1.1E+4 → 11000, 3.50 → 3.5)."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value
