"""Two years of one body: what does not fit between them, and nothing else."""

from __future__ import annotations

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.reconcile import compare_years
from gipr_nlp.records import Finding, Report
from tests.reconcile.builder import Built, requests

PARAGRAPH = (
    "围绕群众关心的教育、医疗、社保等事项，县政府办公室牵头编印办事指引，分送各乡镇便民服务站，"
    "并在门户网站开设专栏逐条解读。"
)


def report(year: int, text: str = "", body: str = "青禾县", **rows: object) -> Report:
    table = requests(**rows) if rows else None  # type: ignore[arg-type]
    tables = {"requests": table} if table else {}
    return Built(text, year=year, **tables).report(body)


def told(*reports: Report) -> list[Finding]:
    return [
        one for one in compare_years(list(reports), default_catalogue()) if one.severity != "ok"
    ]


def first_year(text: str = "") -> Report:
    return report(
        2021,
        text,
        requests_new={"natural_person": 40, "other_org": 6},
        result_granted={"natural_person": 37, "other_org": 5},
        requests_answered={"natural_person": 37, "other_org": 5},
        requests_carried_out={"natural_person": 3, "other_org": 1},
    )


def second_year(text: str = "", *, natural: int = 3, enterprise: int = 0, other: int = 1) -> Report:
    carried = {"natural_person": natural, "enterprise": enterprise, "other_org": other}
    done = {"natural_person": 45 + natural, "enterprise": enterprise, "other_org": 7 + other}
    return report(
        2022,
        text,
        requests_new={"natural_person": 45, "other_org": 7},
        requests_carried_in=carried,
        result_granted=done,
        requests_answered=done,
    )


def test_two_years_that_fit_are_clean() -> None:
    text = "新收申请[[52件|requests_new|id=a]]，同比增长[[13.04%|requests_new_yoy_pct|pct=a]]。"
    assert told(first_year(), second_year(text)) == []


def test_growth_a_shifted_column_and_a_copied_paragraph_are_found_and_nothing_else() -> None:
    text = "新收申请[[52件|requests_new|id=a]]，同比增长[[13.07%|requests_new_yoy_pct|pct=a]]。\n"
    before = first_year(PARAGRAPH)
    after = second_year(text + PARAGRAPH, natural=0, enterprise=3)
    findings = told(before, after)
    assert sorted(one.check for one in findings) == [
        "carried_over",
        "copied_text",
        "growth_over_years",
    ]
    growth, carried, copy = (
        next(one for one in findings if one.check == check)
        for check in ("growth_over_years", "carried_over", "copied_text")
    )
    assert "(52 - 46) ÷ 46 = 13.0435% ≠ 13.07%" in growth.message
    assert "自然人 3 ≠ 0；商业企业 0 ≠ 3" not in carried.message  # blanks are told as blanks
    assert "疑为错列" in carried.message
    assert "1 段" in copy.message
    assert copy.severity == "note"


def test_terms_name_the_year_of_their_report() -> None:
    found = told(first_year(), second_year(natural=2))
    assert {term.ref for term in found[0].terms} == {
        "2021:requests/requests_carried_out/natural_person",
        "2022:requests/requests_carried_in/natural_person",
        "2021:requests/requests_carried_out/total",
        "2022:requests/requests_carried_in/total",
    }


def test_the_order_of_the_files_does_not_matter() -> None:
    one, other = first_year(), second_year(natural=2)
    assert [f.message for f in told(one, other)] == [f.message for f in told(other, one)]


def test_other_bodies_and_years_apart_are_not_compared() -> None:
    before = first_year()
    other = report(2022, body="东桥区", requests_carried_in={"natural_person": 9})
    later = report(2024, requests_carried_in={"natural_person": 9})
    assert told(before, other, later) == []


def test_the_office_of_a_government_is_that_government() -> None:
    office = second_year(natural=2).model_copy(update={"organization": "青禾县人民政府办公室"})
    assert [one.check for one in told(first_year(), office)] == ["carried_over"]


def test_a_report_that_names_nobody_belongs_to_the_only_body() -> None:
    nameless = second_year(natural=2).model_copy(update={"organization": None})
    assert [one.check for one in told(first_year(), nameless)] == ["carried_over"]


def test_what_depends_on_a_table_at_odds_with_itself_is_blocked() -> None:
    before = report(
        2021,
        requests_new={"natural_person": 46},
        result_granted={"natural_person": 42},
        requests_answered={"natural_person": 42},
        requests_carried_out=[40, "", "", "", "", "", 4],
    )
    after = report(
        2022,
        requests_new={"natural_person": 5},
        requests_carried_in={"natural_person": 4},
        result_granted={"natural_person": 9},
        requests_answered={"natural_person": 9},
    )
    carried = next(one for one in told(before, after) if one.check == "carried_over")
    assert (carried.outcome, carried.severity) == ("blocked", "note")


def test_growth_of_what_only_the_narrative_counts() -> None:
    before = report(2021, "主动公开信息[[1000条|proactive_total]]。")
    after = report(
        2022,
        "主动公开信息[[1200条|proactive_total|id=a]]，较上年增加[[300条|proactive_total_yoy_delta|delta=a]]。",
    )
    found = told(before, after)
    assert [one.check for one in found] == ["growth_over_years"]
    assert "1200 - 1000 = 200 ≠ 300" in found[0].message


def test_a_table_without_numbers_is_no_copy() -> None:
    rows = {"requests_new": {"natural_person": 1}, "result_granted": {"natural_person": 1}}
    done = {**rows, "requests_answered": {"natural_person": 1}}
    assert told(report(2021, **done), report(2022, **done)) == []


def test_last_years_words_with_last_years_date() -> None:
    before = report(2021, "2021年，" + PARAGRAPH)
    after = report(2022, "2021年，" + PARAGRAPH)
    assert [one.check for one in told(before, after)] == ["year_unchanged", "copied_text"]


def test_an_error_is_explained_by_last_years_number() -> None:
    before = first_year("新收申请[[46件|requests_new]]。")
    after = second_year("新收申请[[46件|requests_new]]。")
    kept = next(one for one in told(before, after) if one.check == "last_year_kept")
    assert "2022年正文“新收申请46件”，按该年各等式应为 52件；所印仍是2021年的数" in kept.message
    assert {term.ref for term in kept.terms} == {"2022:n0"}


def test_what_was_carried_into_last_year_printed_again_is_told() -> None:
    before = report(
        2021,
        requests_carried_in={"natural_person": 5},
        result_granted={"natural_person": 3},
        requests_answered={"natural_person": 3},
        requests_carried_out={"natural_person": 2},
    )
    carried = told(before, second_year(natural=5, other=0))
    assert "与2021年的“上年结转”相同" in carried[0].message
