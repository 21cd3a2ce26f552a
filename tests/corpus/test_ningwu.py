"""The report of corpus/reports/ningwu-2020.txt: as it is, and with one number changed."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gipr_nlp import read
from gipr_nlp.cli import main
from gipr_nlp.records import Figure, Finding, Report

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "corpus" / "reports" / "ningwu-2020.txt"
GOLD = json.loads(PATH.with_name("ningwu-2020.gold.json").read_text(encoding="utf-8"))
CASES = tomllib.loads(Path(__file__).with_name("one_number_changed.toml").read_text("utf-8"))[
    "case"
]

BOUND = [
    ("6853条", "proactive_total"),
    ("905条", "proactive_category"),
    ("37个", "policy_docs_published"),
    ("114个", "policy_docs_published"),
    ("109条", "key_field_info"),
    ("112297个", "site_unique_visitors"),
    ("365700次", "site_visits"),
    ("76条", "messages_handled"),
    ("759条", "proactive_weibo"),
    ("83件", "requests_new"),
    ("52件", "result_granted"),
    ("24件", "result_partial"),
    ("7件", "result_unable_not_held"),
    ("41件", "requests_natural_person"),
    ("49%", "requests_share"),
    ("42件", "requests_legal_entity"),
    ("51%", "requests_share"),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return read(PATH)


def _figure(report: Report, text: str) -> Figure:
    (found,) = [one for one in report.figures if "".join(one.text.split()) == text]
    return found


def test_it_passes_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PATH)]) == 0
    assert "宁武县" in capsys.readouterr().out


def test_heading(report: Report) -> None:
    assert report.title == "宁武县2020年政府信息公开工作年度报告"
    assert (report.organization, report.year) == ("宁武县", 2020)
    assert report.period == ("2020-01-01", "2020-12-31")


@pytest.mark.parametrize(("text", "metric"), BOUND)
def test_figures(report: Report, text: str, metric: str) -> None:
    figure = _figure(report, text)
    assert figure.metric == metric
    assert figure.value == Decimal("".join(filter(str.isdigit, text)))


@pytest.mark.parametrize("text", ["32条", "12条", "6条", "8条"])
def test_the_parts_of_the_key_fields_are_not_parts_of_the_total(report: Report, text: str) -> None:
    assert _figure(report, text).parent == _figure(report, "109条").id


@pytest.mark.parametrize("text", ["905条", "109条"])
def test_the_parts_of_the_total(report: Report, text: str) -> None:
    assert _figure(report, text).parent == _figure(report, "6853条").id


def test_topics(report: Report) -> None:
    wanted = {one["label"] for one in GOLD["topics"]}
    assert wanted == {
        "fiscal_funds", "land_expropriation", "agriculture_water", "culture_tourism", "social_welfare"
    }  # fmt: skip
    assert {one.label for one in report.topics} == wanted


@pytest.mark.parametrize("mark", GOLD["not_figures"], ids=lambda one: one["text"])
def test_nothing_is_bound_out_of_what_is_no_figure(report: Report, mark: dict[str, str]) -> None:
    text = report.document.text
    starts = [at for at in range(len(text)) if text.startswith(mark["text"], at)]
    for start in starts:
        end = start + len(mark["text"])
        assert [one.text for one in report.figures if one.start < end and start < one.end] == []


def test_every_cell_is_as_printed(report: Report) -> None:
    found = {cell.ref: cell for table in report.tables for cell in table.cells}
    assert set(found) >= {one["ref"] for one in GOLD["cells"]}
    for one in GOLD["cells"]:
        cell = found[one["ref"]]
        value = Decimal(one["value"]) if "value" in one else None
        assert (cell.state, cell.raw.strip()) == (one["state"], one["raw"]), cell.ref
        assert cell.value == value or cell.state == "blank", cell.ref
    assert sum(ref.startswith("requests/") for ref in found) == 23 * 7
    assert sum(ref.startswith("reviews/") for ref in found) == 15


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_one_number_changed(case: dict[str, Any], tmp_path: Path) -> None:
    changed = _changed(case["before"], case["after"], tmp_path)
    assert main(["check", "--brief", str(changed)]) == 1
    report = read(changed)
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert any(_names(finding, report, case["places"]) for finding in errors), [
        finding.message for finding in errors
    ]


def test_a_share_that_may_be_rounded_is_a_warning_at_most(tmp_path: Path) -> None:
    changed = _changed("的49％", "的50%", tmp_path)
    assert main(["check", "--brief", str(changed)]) == 0
    told = [one for one in read(changed).findings if any("50%" in term.text for term in one.terms)]
    assert {one.severity for one in told} <= {"ok", "note", "warning"}


def _changed(before: str, after: str, folder: Path) -> Path:
    text = PATH.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path = folder / PATH.name
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def _names(finding: Finding, report: Report, places: list[list[str]]) -> bool:
    metrics = {figure.id: figure.metric for figure in report.figures}
    terms = [(metrics.get(term.ref, term.ref), term.text) for term in finding.terms]
    return all(
        any(ref == wanted and quoted in text for ref, text in terms) for wanted, quoted in places
    )
