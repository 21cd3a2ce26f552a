"""Every written form that the facts name, as rows of data: cases/*.jsonl.

``figures`` are all the quantities of the text that may state a figure, in order; an interval
that is not written is the value alone. ``others`` are numbers that state none, with the reason.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.quantities import find_quantities
from gipr_nlp.records import Quantity

CASES = Path(__file__).parent / "cases"


def rows() -> list[Any]:
    return [
        pytest.param(json.loads(line), id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def described(quantity: Quantity) -> dict[str, Any]:
    """A quantity as a row writes it."""
    row: dict[str, Any] = {
        "span": quantity.text,
        "value": quantity.value,
        "unit": quantity.unit,
        "kind": quantity.kind,
        "interval": str(quantity.interval),
        "modifier": quantity.modifier,
    }
    return row


def expected(row: dict[str, Any]) -> dict[str, Any]:
    value = row["value"]
    defaults = {"kind": "count", "interval": f"[{value}, {value}]", "modifier": None}
    return {**defaults, **row, "value": Decimal(value)}


@pytest.mark.parametrize("case", rows())
def test_case(case: dict[str, Any]) -> None:
    found = find_quantities(case["text"], default_catalogue())
    figures = [described(one) for one in found if one.not_figure is None]
    assert figures == [expected(row) for row in case["figures"]]
    reasons = {(one.text, one.not_figure) for one in found if one.not_figure}
    assert {(row["span"], row["reason"]) for row in case.get("others", ())} <= reasons


@pytest.mark.parametrize("case", rows())
def test_full_width_digits_say_the_same(case: dict[str, Any]) -> None:
    text = case["text"]
    wide = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    plain = find_quantities(text, default_catalogue())
    told = find_quantities(wide, default_catalogue())
    assert [summary(one) for one in told] == [summary(one) for one in plain]


def summary(quantity: Quantity) -> tuple[Any, ...]:
    return (
        quantity.start,
        quantity.end,
        quantity.value,
        quantity.unit,
        quantity.interval,
        quantity.not_figure,
    )


def test_there_are_at_least_400_cases() -> None:
    assert len(rows()) >= 400
