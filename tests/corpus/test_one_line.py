"""A report whose lines were lost in scraping is audited like the report itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import build
import pytest

import gipr_nlp
from gipr_nlp.records import Report

PATHS = [build.REPORTS / build.stored(build.load(name))[0] for name in build.names()]

PARTS = ("proactive", "requests", "reviews", "problems", "other")


def run_together(text: str) -> str:
    return text.replace("\n", " ")


def with_single_blanks(text: str) -> str:
    return re.sub(r"[\s|]+", " ", text)


def alarms(report: Report) -> Counter[tuple[str, str]]:
    return Counter(
        (one.check, one.severity)
        for one in report.findings
        if one.severity in {"error", "warning"} or one.check == "sections_present"
    )


@pytest.mark.parametrize("squeeze", [run_together, with_single_blanks])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_alarm_comes_or_goes(path: Path, squeeze: Callable[[str], str]) -> None:
    whole = gipr_nlp.read(path)
    squeezed = gipr_nlp.read_text(squeeze(whole.document.text))
    assert alarms(squeezed) == alarms(whole)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_parts_are_found(path: Path) -> None:
    whole = gipr_nlp.read(path)
    squeezed = gipr_nlp.read_text(run_together(whole.document.text))
    found = {one.id for one in squeezed.sections}
    assert {one.id for one in whole.sections if one.id in PARTS} <= found
