"""Slips of the hand: how a number comes to be printed as another one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from gipr_nlp.interval import plain

Slip = Literal[
    "transposed", "dropped_digit", "doubled_digit", "off_by_one", "one_digit", "neighbour",
    "swapped", "last_year", "left_blank", "left_zero", "shifted",
]  # fmt: skip

#: How much less likely than a plain slip a change is: the smaller, the more like a slip. Of many
#: zeros and blanks any may be the one that should have been filled in, so each by itself is unlikely.
COST: dict[Slip | None, Decimal] = {
    "swapped": Decimal("0.50"),
    "transposed": Decimal("0.60"),
    "doubled_digit": Decimal("0.62"),
    "dropped_digit": Decimal("0.65"),
    "last_year": Decimal("0.66"),
    "neighbour": Decimal("0.68"),
    "off_by_one": Decimal("0.70"),
    "one_digit": Decimal("0.80"),
    "shifted": Decimal("0.20"),
    "left_zero": Decimal("0.98"),
    "left_blank": Decimal("1.20"),
    None: Decimal(1),
}


def slip_between(printed: Decimal, proposed: Decimal) -> Slip | None:
    """What slip of the digits turns ``proposed`` (meant) into ``printed``."""
    was, meant = plain(printed), plain(proposed)
    if was in _transposed(meant):
        return "transposed"
    if was in _with_one_doubled(meant):
        return "doubled_digit"
    if len(meant) >= 2 and was in _with_one_dropped(meant):
        return "dropped_digit"
    if abs(printed - proposed) == 1:
        return "off_by_one"
    if len(was) == len(meant) and sum(a != b for a, b in zip(was, meant, strict=True)) == 1:
        return "one_digit"
    return None


def corrections(printed: Decimal) -> list[Decimal]:
    """What may have been meant where ``printed`` is the slip: digits transposed or doubled back."""
    digits = plain(printed)
    if not digits.isdigit():
        return []
    undoubled = {
        digits[:n] + digits[n + 1 :] for n in range(1, len(digits)) if digits[n] == digits[n - 1]
    }
    texts = sorted(_transposed(digits) | undoubled | _with_one_doubled(digits))
    return [Decimal(text) for text in texts if text]


def _transposed(digits: str) -> set[str]:
    return {
        digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        for n in range(len(digits) - 1)
        if digits[n] != digits[n + 1]
    }


def _with_one_doubled(digits: str) -> set[str]:
    return {digits[:n] + digits[n] + digits[n:] for n in range(len(digits))}


def _with_one_dropped(digits: str) -> set[str]:
    dropped: Iterator[str] = (digits[:n] + digits[n + 1 :] for n in range(len(digits)))
    return {text.lstrip("0") or "0" for text in dropped}
