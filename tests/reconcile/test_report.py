"""The cases that every user meets first: one report, clean or with one number changed."""

from __future__ import annotations

import pytest

from tests.reconcile.builder import Built, by_severity, requests, reviews, verdict

COUNTY = (
    "全县共受理有效申请[[83件|requests_new|id=a]]，予以公开[[52件|result_granted|part=a]]，"
    "部分公开[[24件|result_partial|part=a]]，本机关不掌握相关信息[[7件|result_unable_not_held|part=a]]。"
    "公民申请[[41件|requests_natural_person|part=a|split=2]]，约占全部申请的[[49%|requests_share|share=a]]，"
    "法人及其他组织申请[[42件|requests_legal_entity|part=a|split=2]]，约占全部申请的[[51%|requests_share|share=a]]。"
    "行政复议[[1件|reviews_total]]。"
)


def county_tables(**changed: object) -> dict[str, object]:
    table = requests(
        "2019",
        requests_new={"natural_person": 41, "other_org": 42},
        result_granted={"natural_person": 22, "other_org": 30},
        result_partial={"natural_person": 13, "other_org": 11},
        result_unable_not_held={"natural_person": 6, "other_org": 1},
        requests_answered={"natural_person": 41, "other_org": 42},
    )
    groups = {"review": ["", "", 1, "", 1], "direct": ["", "", "", 0, 0], "post_review": [""] * 5}
    for place, value in changed.items():
        row, _, column = place.partition("__")
        rows = groups if row in groups else table
        rows[row][int(column)] = value
    return {"form": "2019", "requests": table, "reviews": groups}


def test_the_county_report_is_clean() -> None:
    found = verdict(COUNTY, **county_tables())
    assert [one for one in found.findings if one.severity in {"error", "warning"}] == []
    assert found.reconciled == 9


@pytest.mark.parametrize(
    ("old", "new"),
    [("83件", "82件"), ("52件", "25件"), ("49%", "47%"), ("41件", "14件")],
)
def test_a_changed_figure_is_an_error_that_names_both_places(old: str, new: str) -> None:
    built = Built(COUNTY.replace(old, new), **county_tables())
    errors = [one for one in built.verdict().findings if one.severity == "error"]
    assert errors
    assert any(len([t for t in one.terms if t.text]) >= 2 for one in errors)
    assert any(new in one.message for one in errors)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("result_granted__6", 25),
        ("requests_new__0", 14),
        ("requests_answered__0", 14),
        ("requests_answered__6", 38),
        ("review__4", 3),
    ],
)
def test_a_changed_cell_is_an_error_that_names_both_places(place: str, value: int) -> None:
    built = Built(COUNTY, **county_tables(**{place: value}))
    errors = [one for one in built.verdict().findings if one.severity == "error"]
    assert errors
    texts = {term.text for one in errors for term in one.terms}
    assert str(value) in texts
    assert len(texts) > 1


def test_a_share_rounded_the_wrong_way_is_a_warning_at_most() -> None:
    found = verdict(COUNTY.replace("49%", "50%"), **county_tables())
    assert by_severity(found, "error") == []


def test_messages_are_told_in_both_languages() -> None:
    found = verdict(COUNTY.replace("83件", "82件"), **county_tables())
    error = next(one for one in found.findings if one.severity == "error")
    assert "82 ≠ 83" in error.message
    assert "82 ≠ 83" in error.message_en
    assert "受理有效申请82件" in error.message


CLEAN = {
    "an open list": (
        "主动公开[[6853条|proactive_total|id=a]]，其中动态[[905条|proactive_category|part=a]]、"
        "文件[[151条|proactive_category|part=a]]。",
        {},
    ),
    "handled = new + carried in": (
        "全年收办申请[[10件|requests_new]]。",
        {
            "requests": requests(
                requests_new={"natural_person": 8},
                requests_carried_in={"natural_person": 2},
                result_granted={"natural_person": 10},
                requests_answered={"natural_person": 10},
            )
        },
    ),
    "denied is the sum of its rows": (
        "不予公开[[5件|result_denied]]。",
        {
            "requests": requests(
                requests_new={"natural_person": 5},
                result_denied_law={"natural_person": 2},
                result_denied_query={"natural_person": 3},
                requests_answered={"natural_person": 5},
            )
        },
    ),
    "suits are both groups": (
        "行政诉讼[[3件|litigation_total]]。",
        {"reviews": reviews(direct=(1, 0, 0, 0, 1), post_review=(1, 0, 0, 1, 2))},
    ),
    "truncated shares": (
        "申请[[12件|requests_new|id=a]]，自然人[[5件|requests_natural_person|part=a]]，占[[41%|requests_share|share=a]]。",
        {},
    ),
    "1.2万 against 12034": (
        "作出行政许可决定[[1.2万件|permits_decisions]]。",
        {"proactive": {"permits": [12034]}},
    ),
    "zero in words against blanks": (
        "[[未收到申请|requests_new=0]]，[[未发生行政复议、诉讼|reviews_total=0,litigation_total=0]]。",
        {"requests": requests(), "reviews": reviews([""] * 5, [""] * 5, [""] * 5)},
    ),
}


@pytest.mark.parametrize("case", CLEAN)
def test_what_a_naive_tool_would_flag_is_no_error(case: str) -> None:
    text, tables = CLEAN[case]
    found = verdict(text, **tables)
    assert by_severity(found, "error") == []
    assert by_severity(found, "warning") == []


def test_four_oddities_in_one_report_are_each_found_and_nothing_else() -> None:
    text = (
        "收到申请[[160件|requests_new]]，办结[[148件|requests_answered|id=a]]，"
        "予以公开[[58件|result_granted|part=a]]，部分公开[[30件|result_partial|part=a]]，"
        "占办结的[[18.8%|result_share|share=a]]。行政诉讼[[2件|litigation_total|id=b]]，"
        "[[均获维持|~all|metrics=litigation_upheld|figures=b]]。"
    )
    table = requests(
        requests_new=[150, "", "", "", "", 10, 160],
        result_granted=[58, "", "", "", "", 8, ""],
        result_partial=[30, "", "", "", "", "", ""],
        result_unable_not_held=[50, "", "", "", "", 2, ""],
        requests_answered=[138, "", "", "", "", 10, ""],
        requests_carried_out=[12, "", "", "", "", "", 12],
    )
    found = verdict(text, requests=table, reviews=reviews(direct=(1, 0, 0, 1, 2)))
    told = sorted((one.severity, one.check) for one in found.findings if one.severity != "ok")
    assert told == [
        ("error", "claim_all"),
        ("error", "narrative_table"),
        ("warning", "requests_row"),
        ("warning", "share"),
    ]
    headline = next(
        one for one in found.findings if one.check == "narrative_table" and one.severity == "error"
    )
    assert "该数与表格“予以公开·自然人”相同" in headline.message
    share = next(one for one in found.findings if one.check == "share")
    assert "所用基数不是“办结148件”而是表格“本年新收”" in share.message
    claim = next(one for one in found.findings if one.check == "claim_all")
    assert "均获维持" in claim.message


def test_the_blank_total_of_what_cannot_be_read_is_no_zero() -> None:
    built = Built("", **county_tables())
    carried = "requests_carried_out"
    cells = tuple(
        one.model_copy(update={"state": "blank" if one.column == "total" else "ambiguous"})
        if one.row == carried
        else one
        for one in built.tables[0].cells
    )
    built.tables = (built.tables[0].model_copy(update={"cells": cells}),)
    told = [one for one in built.verdict().findings if one.severity != "ok"]
    assert {one.outcome for one in told} == {"not_comparable"}
    assert "“自然人、其他、总计”各列" in told[0].message
