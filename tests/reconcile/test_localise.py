"""Which number is wrong: the smallest change that makes every equation hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gipr_nlp.reconcile.slips import corrections, slip_between
from gipr_nlp.records import Change, Repair
from tests.reconcile.builder import Built, Rows, requests, reviews, verdict

TEXT = (
    "新收申请[[83件|requests_new|id=a]]，予以公开[[52件|result_granted|part=a]]，"
    "部分公开[[31件|result_partial|part=a]]。"
)


def table(**changed: int) -> Rows:
    rows = requests(
        requests_new={"natural_person": 41, "other_org": 42},
        result_granted={"natural_person": 22, "other_org": 30},
        result_partial={"natural_person": 19, "other_org": 12},
        requests_answered={"natural_person": 41, "other_org": 42},
    )
    for place, value in changed.items():
        row, _, column = place.partition("__")
        rows[row][int(column)] = value
    return rows


def changes(repair: Repair) -> list[tuple[str, str, str | None]]:
    return [(one.ref, one.proposed, one.slip) for one in repair.changes]


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        ("result_granted__6", 25, ("requests/result_granted/total", "52", "transposed")),
        ("requests_new__0", 14, ("requests/requests_new/natural_person", "41", "transposed")),
        ("result_partial__5", 122, ("requests/result_partial/other_org", "12", "doubled_digit")),
        ("requests_answered__6", 8, ("requests/requests_answered/total", "83", "dropped_digit")),
        ("requests_answered__5", 43, ("requests/requests_answered/other_org", "42", "off_by_one")),
    ],
)
def test_one_slip_in_a_cell_is_found_with_its_value(
    place: str, value: int, expected: tuple[str, str, str]
) -> None:
    repairs = verdict(TEXT, requests=table(**{place: value})).repairs
    assert changes(repairs[0]) == [expected]
    assert len(repairs) == 1


def test_one_slip_in_the_narrative_is_found_with_its_value() -> None:
    found = verdict(TEXT.replace("52件", "25件"), requests=table())
    assert [changes(one) for one in found.repairs] == [[("n1", "52", "transposed")]]


def test_two_slips_are_found_together() -> None:
    found = verdict(TEXT, requests=table(result_granted__0=27, result_partial__5=21))
    best = {change for repair in found.repairs for change in changes(repair)}
    assert best == {
        ("requests/result_granted/natural_person", "22", "one_digit"),
        ("requests/result_partial/other_org", "12", "transposed"),
    }


def test_two_cells_swapped_are_told_as_such() -> None:
    found = verdict(TEXT, requests=table(result_granted__0=30, result_granted__5=22))
    assert {slip for _, _, slip in changes(found.repairs[0])} == {"swapped"}


def test_one_cause_gives_one_error_that_names_all_its_places() -> None:
    found = verdict(TEXT, requests=table(result_granted__6=25))
    errors = [one for one in found.findings if one.severity == "error"]
    assert len(errors) == 1
    assert {"n1", "requests/result_granted/total", "requests/result_granted/natural_person"} <= {
        term.ref for term in errors[0].terms
    }
    assert "若表格“予以公开·总计”由 25 改为 52（数字颠倒）" in errors[0].message
    blocked = [one for one in found.findings if one.outcome == "blocked"]
    assert blocked
    assert set(found.repairs[0].explains) == {errors[0].id, *(one.id for one in blocked)}


def test_where_the_equations_cannot_tell_every_small_change_is_listed() -> None:
    found = verdict("", reviews=reviews((1, 1, 0, 0, 3)))
    assert changes(found.repairs[0]) == [("reviews/review/total", "2", "off_by_one")]
    assert len(found.repairs) == 5


@pytest.mark.parametrize(
    ("group", "best"),
    [
        # A number is sooner forgotten than invented, and most reviews end upheld.
        ((0, 0, 0, 0, 1), ("upheld", "1", "left_zero")),
        ((2, 0, 0, 0, 0), ("total", "2", "left_zero")),
        # The second of two equal numbers may be the first one written again.
        ((28, 28, 0, 0, 28), ("corrected", "0", "neighbour")),
        ((44, 20, 3, 0, 27), ("upheld", "4", "doubled_digit")),
    ],
)
def test_where_the_equations_cannot_tell_the_likeliest_slip_comes_first(
    group: tuple[int, ...], best: tuple[str, str, str]
) -> None:
    found = verdict("", reviews=reviews(group))
    column, value, slip = best
    assert changes(found.repairs[0]) == [(f"reviews/review/{column}", value, slip)]
    assert len(found.repairs) > 1


def test_nothing_is_invented_for_a_clean_report() -> None:
    assert verdict(TEXT, requests=table()).repairs == ()


def test_values_stay_whole_and_non_negative() -> None:
    found = verdict(TEXT, requests=table(result_granted__6=3, result_partial__6=90))
    proposed = [Decimal(one.proposed) for repair in found.repairs for one in repair.changes]
    assert proposed
    assert all(value >= 0 and value == value.to_integral_value() for value in proposed)


def test_a_hopeless_table_is_given_up_within_bounds() -> None:
    rows = table()
    for n, row in enumerate(list(rows)[:18]):
        rows[row] = [(n * 7 + column * 13) % 40 for column in range(7)]
    found = verdict(TEXT, requests=rows)
    assert [one for one in found.findings if one.severity == "error"]


def test_the_seat_of_a_blank_is_named() -> None:
    rows = table(requests_carried_out__0=0)
    rows["requests_carried_out"] = [""] * 7
    rows["requests_new"] = [46, "", "", "", "", 42, 88]
    found = Built(TEXT.replace("83件", "88件"), requests=rows).verdict()
    best = changes(found.repairs[0])
    assert ("requests/requests_carried_out/natural_person", "5", "left_blank") in best
    assert ("requests/requests_carried_out/total", "5", "left_blank") in best


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        ("25", "52", "transposed"),
        ("1123", "123", "doubled_digit"),
        ("12", "123", "dropped_digit"),
        ("41", "42", "off_by_one"),
        ("41", "71", "one_digit"),
        ("41", "999", None),
        ("205", "250", "transposed"),
    ],
)
def test_slips_of_the_digits(printed: str, meant: str, slip: str | None) -> None:
    assert slip_between(Decimal(printed), Decimal(meant)) == slip


def test_corrections_undo_slips() -> None:
    assert Decimal(52) in corrections(Decimal(25))
    assert Decimal(123) in corrections(Decimal(1123))


def test_a_row_shifted_by_a_column_is_told_as_one_slip() -> None:
    row = {"natural_person": 22, "enterprise": 5, "research": 3, "other_org": 30}
    rows = requests(requests_new=row, result_granted=row, requests_answered=row)
    rows["result_granted"] = [30, 22, 5, 3, 0, 0, 60]
    found = verdict("", requests=rows)
    assert {slip for _, _, slip in changes(found.repairs[0])} == {"shifted"}
    assert ("requests/result_granted/natural_person", "22", "shifted") in changes(found.repairs[0])


def test_last_years_number_is_told_as_such() -> None:
    text = "新收申请[[46件|requests_new]]，上年[[46件|requests_new|period=last_year]]。"
    found = verdict(text, requests=table())
    assert changes(found.repairs[0]) == [("n0", "83", "last_year")]


def test_what_is_odd_only_because_of_the_slip_is_folded_into_its_error() -> None:
    text = "制发规范性文件[[7件|normative_made]]，现行有效[[40件|normative_valid]]。"
    found = Built(text, proactive={"normative": [7, 2, 4]}).verdict()
    assert [one.check for one in found.findings if one.severity in {"error", "warning"}] == [
        "narrative_table"
    ]
    assert "由 4 改为 40（漏一位数字）" in found.findings[0].message


def test_a_figure_is_corrected_in_its_own_unit() -> None:
    found = verdict(TEXT.replace("52件", "25件"), requests=table())
    assert "由 25件 改为 52件（数字颠倒）" in found.findings[0].message


@pytest.mark.parametrize(
    ("printed", "proposed", "told"),
    [
        ("50%", "63", "63%"),
        ("1,025件", "1052", "1052件"),
        ("25", "52", "52"),
        ("３件", "5", "5件"),
        ("3.8万次", "83000", "83000"),
        ("2千余条", "3000", "3000"),
        ("三件", "5", "5"),
        ("", "4", "4"),
    ],
)
def test_a_proposal_is_told_in_the_printed_unit(printed: str, proposed: str, told: str) -> None:
    assert Change(ref="n1", printed=printed, proposed=proposed).proposed_as_printed() == told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "新收[[8412件|requests_new|id=a]]，上年[[4400件|requests_new|period=last_year|id=b]]，"
            "增长[[9.4%|requests_new_yoy_pct|pct=a]]。",
            "4812",
        ),
        (
            "新收[[4812件|requests_new|id=a]]，比上年增加[[142件|requests_new_yoy_delta|delta=a]]，"
            "增长[[9.4%|requests_new_yoy_pct|pct=a]]。",
            "412",
        ),
    ],
)
def test_a_number_that_a_growth_rate_betrays(text: str, meant: str) -> None:
    best = changes(verdict(text).repairs[0])
    assert [(proposed, slip) for _, proposed, slip in best] == [(meant, "transposed")]


def test_what_is_wrong_in_a_cell_and_in_its_total_is_one_error() -> None:
    rows = table()
    rows["requests_carried_in"] = [3, 0, 0, 0, 0, 0, 3]
    found = verdict("", requests=rows)
    errors = [one for one in found.findings if one.severity == "error"]
    assert len(errors) == 1
    assert "·自然人”由" in errors[0].message
    assert "，且表格“" in errors[0].message
    assert "·总计”由" in errors[0].message
    blocked = next(one for one in found.findings if one.outcome == "blocked")
    assert blocked.message.endswith("（与所列错误同出一源，不另计）")
