"""Clean reports that look wrong to a naive tool raise no error, and say how they were read."""

import tomllib
from pathlib import Path

import build
import pytest

from gipr_nlp import read

DATA = tomllib.loads(Path(__file__).with_name("odd_reports.toml").read_text(encoding="utf-8"))
BASES = {
    key: (build.REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    for key, name in DATA["base"].items()
}


def test_there_are_at_least_forty() -> None:
    assert len({one["id"] for one in DATA["odd"]}) == len(DATA["odd"]) >= 40


@pytest.mark.parametrize("odd", DATA["odd"], ids=lambda odd: odd["id"])
def test_an_odd_report_raises_no_error(odd: dict[str, str]) -> None:
    text = BASES[odd["base"]]
    assert text.count(odd["before"]) == 1
    report = read(text.replace(odd["before"], odd["after"]).encode())
    assert [one.message for one in report.findings if one.severity == "error"] == []
    if "shown" in odd:
        assert any(odd["shown"] in term.text for one in report.findings for term in one.terms)
