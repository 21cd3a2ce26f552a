"""One report in eight files (three texts, three pages, DOCX, PDF) is one ``Report``."""

from typing import Any

import build
import pytest
from layouts import LAYOUTS

from gipr_nlp import read
from gipr_nlp.records import Report

KINDS = {layout.name: layout for layout in LAYOUTS}
FILES = [
    "text:cells",
    "text:tabs",
    "text:pipes",
    "html:portal",
    "html:word",
    "html:cms",
    "docx:merged",
    "pdf:ruled",
]
NAMES = ["haitang-district-2022", "planted-cell-2020"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", FILES[1:])
def test_the_same_report_whatever_file_it_came_in(name: str, kind: str) -> None:
    page = build.page(build.load(name))
    first, other = (read(KINDS[one].render(page)) for one in (FILES[0], kind))
    assert (other.organization, other.year) == (first.organization, first.year)
    assert _cells(other) == _cells(first)
    assert _figures(other) == _figures(first)
    assert _findings(other) == _findings(first)


def _cells(report: Report) -> dict[str, tuple[Any, ...]]:
    return {
        cell.ref: (cell.state, cell.value, table.form)
        for table in report.tables
        for cell in table.cells
    }


def _figures(report: Report) -> list[tuple[Any, ...]]:
    order = {one.id: number for number, one in enumerate(report.figures)}
    return [
        (one.metric, one.value, one.unit, one.period, one.relation, order.get(one.parent or ""))
        for one in report.figures
    ]


def _findings(report: Report) -> list[tuple[Any, ...]]:
    metrics = {one.id: (one.metric, one.value) for one in report.figures}
    found = [
        (
            one.check,
            one.outcome,
            one.severity,
            [str(metrics.get(term.ref, term.ref)) for term in one.terms],
        )
        for one in report.findings
    ]
    return sorted(found)
