"""When another reading may rescue a headline, and how a mismatch is told."""

from __future__ import annotations

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.equations import Reading, Rescue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.records import Finding
from tests.reconcile.builder import Built, requests, reviews, verdict

HANDLED = {"hint": "今年受理申请", "cue": "收办申请", "none": "申请为"}


def handled_table(new: int, carried: int) -> dict[str, list[object]]:
    total = {"natural_person": new + carried}
    return requests(
        requests_new={"natural_person": new},
        requests_carried_in={"natural_person": carried},
        result_granted=total,
        requests_answered=total,
    )


def told(text: str, **tables: object) -> Finding:
    found = verdict(text, **tables).findings
    return next(one for one in found if one.check == "narrative_table")


@pytest.mark.parametrize(
    ("strength", "new", "severity"),
    [
        ("cue", 8, "note"),
        ("hint", 8, "error"),
        ("none", 8, "error"),
        ("cue", 90, "note"),
        ("hint", 90, "note"),
        ("none", 90, "error"),
        ("hint", 900, "note"),
        ("none", 900, "warning"),
    ],
)
def test_the_smaller_the_number_the_stronger_the_sign_it_needs(
    strength: str, new: int, severity: str
) -> None:
    text = f"{HANDLED[strength]}[[{new + 5}件|requests_new]]。"
    assert told(text, requests=handled_table(new, 5)).severity == severity


def test_the_rungs_of_the_policy_rise_as_the_numbers_fall() -> None:
    rungs = sorted(default_catalogue().all(Rescue).values(), key=lambda one: one.at_least)
    order = ["cue", "hint", "none"]
    assert [rung.needs for rung in rungs] == sorted((one.needs for one in rungs), key=order.index)
    assert rungs[0].at_least == 0


def test_a_slip_is_not_rescued_by_a_neighbouring_cell() -> None:
    found = told("予以公开[[22件|result_granted]]。", requests=granted_by_two())
    assert (found.severity, found.reading) == ("error", "result_granted")
    assert "该数与表格“予以公开·自然人”相同" in found.message


def granted_by_two() -> dict[str, list[object]]:
    rows = {"natural_person": 22, "other_org": 30}
    return requests(requests_new=rows, result_granted=rows, requests_answered=rows)


def test_a_mismatch_lists_the_readings_that_were_tried() -> None:
    found = told("新收申请[[19件|requests_new]]。", requests=handled_table(8, 5))
    assert "19 ≠ 8" in found.message
    assert "本年新收＋上年结转 13" in found.message
    assert "new + carried in 13" in found.message_en
    assert (found.actual, found.expected) == ("19", "8")


def test_zero_in_words_against_a_number_is_a_claim_that_fails() -> None:
    found = told("本年度[[未收到申请|requests_new=0]]。", requests=handled_table(5, 0))
    assert (found.outcome, found.severity) == ("claim_mismatch", "error")
    assert "本年度未收到申请" in found.message


def test_a_figure_of_the_model_is_never_more_than_a_warning() -> None:
    built = Built("新收申请[[19件|requests_new]]。", requests=handled_table(8, 5))
    figures = tuple(one.model_copy(update={"bound_by": "model"}) for one in built.narrative.figures)
    built.narrative = built.narrative.model_copy(update={"figures": figures})
    assert [one.severity for one in built.verdict().findings if one.check == "narrative_table"] == [
        "warning"
    ]


def test_every_term_carries_its_raw_text_and_place() -> None:
    found = told("行政复议[[3件|reviews_total]]。", reviews=reviews((1, 0, 0, 0, 1)))
    figure, cell = found.terms
    assert (figure.kind, figure.text, figure.start) == ("figure", "3件", 4)
    assert (cell.kind, cell.ref, cell.text) == ("cell", "reviews/review/total", "1")
    assert cell.start is not None


@pytest.mark.parametrize(
    "reading", default_catalogue().all(Reading).values(), ids=lambda one: one.id
)
def test_a_reading_speaks_of_cells_that_some_form_has(reading: Reading) -> None:
    cells = {
        (form.table, row.id, column.id)
        for form in default_catalogue().all(Form).values()
        for row in form.rows
        for column in form.columns
    }
    for pattern in parse_sum(reading.cells.replace("{metric}", "*")):
        assert any(pattern.matches(*cell) for cell in cells), pattern


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("青禾县人民政府", "error"),
        ("青禾县", "error"),
        ("青禾县人民政府办公室", "note"),
        ("青禾县教育局", "note"),
    ],
)
def test_the_whole_county_is_not_one_of_its_departments(body: str, severity: str) -> None:
    text = f"{body}2021年政府信息公开工作年度报告\n全县收到申请[[742件|requests_new]]。"
    found = told(text, requests=handled_table(67, 5))
    assert found.severity == severity


def test_the_departments_own_part_of_the_county_is_the_tables() -> None:
    text = (
        "青禾县人民政府办公室2021年政府信息公开工作年度报告\n"
        "全县收到申请[[742件|requests_new|id=a]]，其中县政府办公室[[76件|requests_new|part=a]]。"
    )
    found = verdict(text, requests=handled_table(67, 5)).findings
    told_of = {one.terms[0].text: one.severity for one in found if one.check == "narrative_table"}
    assert told_of == {"742件": "note", "76件": "error"}


@pytest.mark.parametrize(
    ("scope", "severity"),
    [
        ("县政府办公室", "error"),
        ("县政府本级", "error"),
        ("本机关", "error"),
        ("城关镇", "note"),
        ("城关镇本级", "note"),
    ],
)
def test_a_scope_that_is_the_body_itself_is_compared(scope: str, severity: str) -> None:
    text = (
        "青禾县人民政府办公室2021年政府信息公开工作年度报告\n"
        f"收到申请[[76件|requests_new|scope={scope}]]。"
    )
    assert told(text, requests=handled_table(67, 5)).severity == severity
