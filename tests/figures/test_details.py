"""Values with their sign, periods, scopes and the figures that changes stand on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.figures.conftest import Read
from tests.figures.marked import CASES

DETAILS = tomllib.loads((CASES / "details.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", DETAILS, ids=lambda case: case["text"][:20])
def test_details_of_each_number(case: dict[str, Any], read: Read) -> None:
    figures = read(case["text"]).figures
    names = {figure.id: figure.text for figure in figures}
    found = {
        "metrics": [figure.metric for figure in figures],
        "values": [str(figure.value) for figure in figures],
        "periods": [figure.period for figure in figures],
        "scopes": [figure.scope or "" for figure in figures],
        "bases": [names.get(figure.parent or "", "") for figure in figures],
    }
    expected = {key: value for key, value in case.items() if key != "text"}
    assert {key: found[key] for key in expected} == expected
