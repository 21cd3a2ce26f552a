"""The three reports of one county: two that follow each other, and a third that does not."""

import build
import pytest

from gipr_nlp import compare_years, read
from gipr_nlp.records import Finding, Report


def _read(year: int) -> Report:
    return read(build.REPORTS / build.stored(build.load(f"taohe-county-{year}"))[0])


def _raised(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity in {"error", "warning"}]


def test_nothing_is_wrong_between_two_reports_that_follow_each_other() -> None:
    raised = _raised(compare_years([_read(2021), _read(2022)]))
    assert [one.message for one in raised] == []


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return compare_years([_read(2022), _read(2023)])


def test_a_growth_rate_off_by_three_hundredths_is_found(findings: list[Finding]) -> None:
    assert any(any("18.78%" in term.text for term in one.terms) for one in _raised(findings))


@pytest.mark.parametrize("column", ["natural_person", "enterprise"])
def test_a_shifted_column_is_found(findings: list[Finding], column: str) -> None:
    assert any(
        one.severity == "error" and any(term.ref.endswith(f"_in/{column}") for term in one.terms)
        for one in findings
    )


def test_a_copied_paragraph_is_found(findings: list[Finding]) -> None:
    assert any(any("灌区水情" in term.text for term in one.terms) for one in findings)


def test_nothing_else_is_raised(findings: list[Finding]) -> None:
    for one in _raised(findings):
        words = [term.text for term in one.terms]
        shifted = any("requests_carried_" in term.ref for term in one.terms)
        assert shifted or any("18.78%" in text or "灌区水情" in text for text in words), one.message
