"""The stored reports are what their authored files give, and those files are sound."""

from collections.abc import Iterator
from decimal import Decimal

import build
import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.forms import Form

CLEAN = [name for name in build.names() if not build.load(name).fields.get("planted")]


@pytest.mark.parametrize("name", build.names())
def test_stored_files_are_what_the_authored_file_gives(name: str) -> None:
    for path, data in build.files(name).items():
        assert path.read_bytes() == data, f"{path.name}: run `python corpus/build.py`"


def test_nothing_is_stored_that_was_not_authored() -> None:
    authored = {path.name for name in build.names() for path in build.files(name)}
    assert {path.name for path in build.REPORTS.iterdir() if path.is_file()} == authored


def test_marks_follow_the_rules_of_the_passages() -> None:
    assert build.problems() == []


def test_the_corpus_has_every_kind_of_report() -> None:
    reports = [build.load(name) for name in build.names()]
    assert len(reports) >= 18
    assert {"html", "txt"} == {build.stored(one)[0].rpartition(".")[2] for one in reports}
    assert {one.fields["layout"] for one in reports} >= {"portal", "word", "cms", "cells", "pipes"}
    assert {table.form for one in reports for table in one.tables.values()} == {
        "2014",
        "2019",
        "2021",
    }
    assert any(table.mixed for one in reports for table in one.tables.values())
    assert min(len(one.passage.text) for one in reports) >= 680


@pytest.mark.parametrize("name", CLEAN)
def test_tables_without_a_planted_contradiction_add_up(name: str) -> None:
    report = build.load(name)
    cells = {cell["ref"]: Decimal(cell.get("value", "0")) for cell in build.gold(report)["cells"]}
    forms = [
        form
        for form in default_catalogue().all(Form).values()
        if form.table in report.tables and report.tables[form.table].form in form.editions
    ]
    assert [line for form in forms for line in _violated(form, cells)] == []


def _violated(form: Form, cells: dict[str, Decimal]) -> Iterator[str]:
    for rule in form.sums:
        across = form.columns if rule.among == "rows" else form.rows
        for other in sorted({one.id for one in across}):
            pattern = (
                f"{form.table}/{{}}/{other}"
                if rule.among == "rows"
                else f"{form.table}/{other}/{{}}"
            )
            total, parts = (
                sum(cells.get(pattern.format(one), Decimal(0)) for one in side)
                for side in (rule.total, rule.parts)
            )
            if parts > total or (parts < total and rule.relation == "equal"):
                yield f"{form.table}, {rule.id}, {other}: {parts} and {total}"
