"""Contradictions within a narrative that are told, and what only looks like one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gipr_nlp

FILE = Path(__file__).parent / "told" / "contradictions.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_the_words_tie_is_told(case: dict[str, Any]) -> None:
    text = f"青山县2022年政府信息公开工作年度报告\n{case['text']}\n"
    findings = gipr_nlp.read_text(text, compliance=False).findings
    errors = {one.check for one in findings if one.severity == "error"}
    assert errors == set(case["errors"]), [one.message for one in findings]
