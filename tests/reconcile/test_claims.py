"""Words without a number, and reports that have a table twice."""

from __future__ import annotations

import pytest

from gipr_nlp.records import Finding
from tests.reconcile.builder import Built, Rows, requests, reviews, verdict

FIGURE = "收到申请[[50件|requests_new|id=a]]"
ALL = "[[{words}|~all|metrics=requests_answered|figures=a]]"


def carried(out: int) -> Rows:
    return requests(
        requests_new={"natural_person": 50},
        result_granted={"natural_person": 50 - out},
        requests_answered={"natural_person": 50 - out},
        requests_carried_out={"natural_person": out},
    )


def claims(text: str, **tables: Rows) -> list[Finding]:
    return [one for one in verdict(text, **tables).findings if one.check.startswith("claim_")]


@pytest.mark.parametrize(
    ("between", "words", "severity"),
    [
        ("，", "全部答复", "error"),
        ("，", "均按期答复", "warning"),
        ("，除2件结转外，", "均已答复", None),
        ("，其中已受理的", "均已答复", None),
        ("。办理建议提案[[20件|proposals_total]]，", "均已答复", None),
        ("。\n二、", "均已答复", None),
    ],
)
def test_all_answered_against_cases_carried_over(
    between: str, words: str, severity: str | None
) -> None:
    found = claims(FIGURE + between + ALL.format(words=words) + "。", requests=carried(2))
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_all_answered_holds_where_nothing_is_carried_over() -> None:
    found = claims(f"{FIGURE}，{ALL.format(words='全部答复')}。", requests=carried(0))
    assert [one.outcome for one in found] == ["exact"]


def test_the_message_names_the_cells_that_contradict() -> None:
    text = "行政诉讼[[2件|litigation_total|id=b]]，[[均获维持|~all|metrics=litigation_upheld|figures=b]]。"
    (found,) = claims(text, reviews=reviews(direct=(1, 0, 0, 1, 2)))
    assert (found.outcome, found.severity) == ("claim_mismatch", "error")
    assert "表格“未经复议直接起诉·尚未审结”为 1" in found.message
    assert {term.ref for term in found.terms} == {"claim", "reviews/direct/pending"}


@pytest.mark.parametrize(
    ("kind", "now", "severity"),
    [
        ("increase", 52, "ok"),
        ("increase", 40, "error"),
        ("decrease", 40, "ok"),
        ("below", 52, "error"),
    ],
)
def test_directions_against_the_two_numbers(kind: str, now: int, severity: str) -> None:
    text = (
        f"新收[[{now}件|requests_new|id=a]]，上年[[46件|requests_new|id=b|period=last_year]]，"
        f"[[变化|~{kind}|figures=a|versus=b]]。"
    )
    assert [one.severity for one in claims(text)] == [severity]


def test_growth_that_is_a_decline_is_one_error() -> None:
    text = (
        "新收[[40件|requests_new|id=a]]，上年[[50件|requests_new|id=b|period=last_year]]，"
        "[[增长20%|~increase|figures=a|versus=b]][[20%|requests_new_yoy_pct|pct=a]]。"
    )
    errors = [one.check for one in verdict(text).findings if one.severity == "error"]
    assert errors == ["claim_change"]


def test_a_figure_may_agree_with_either_of_two_tables() -> None:
    own, district = Built("", requests=carried(0)), Built("", requests=carried(2))
    both = Built("答复[[48件|requests_answered]]。")
    both.tables = own.tables + district.tables
    severities = {one.check: one.severity for one in both.verdict().findings}
    assert severities["narrative_table"] == "ok"


def test_the_second_table_is_checked_as_well() -> None:
    broken = carried(0)
    broken["requests_new"] = [50, "", "", "", "", "", 5]  # type: ignore[index]
    both = Built("")
    both.tables = Built("", requests=carried(0)).tables + Built("", requests=broken).tables
    found = both.verdict()
    assert {one.check for one in found.findings if one.severity == "error"} == {
        "requests_balance",
        "requests_row",
    }
    assert found.repairs == ()
