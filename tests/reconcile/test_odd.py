"""Clean reports that look wrong to a naive tool: no errors, and every odd place is shown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.reconcile.builder import from_case

FILES = sorted((Path(__file__).parent / "odd").glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


def test_there_are_at_least_forty() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES)
def test_an_odd_report_is_clean_and_its_oddity_is_shown(case: dict[str, Any]) -> None:
    findings = from_case(case).verdict().findings
    told = [
        f"{one.severity} {one.check} {one.reading or ''}".strip()
        for one in findings
        if one.severity != "ok"
    ]
    assert not [one for one in told if one.startswith("error")], [one.message for one in findings]
    assert sorted(told) == sorted(case["shows"]), [one.message for one in findings]
