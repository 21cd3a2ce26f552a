"""Every equation of the catalogue has a report that satisfies it and one that violates it.

Table equations are put to the test with tables made from the rule itself; for the others the
cases stand in ``equations.toml``, and an equation without them fails here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.equations import Equation, find_sum
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.reconcile import compare_years
from gipr_nlp.records import Finding
from tests.reconcile.builder import Built, from_case, make_table

CASES = tomllib.loads((Path(__file__).parent / "equations.toml").read_text(encoding="utf-8"))
EQUATIONS = default_catalogue().all(Equation)
TABLE = [one for one in EQUATIONS.values() if one.kind == "table"]
OTHER = [one for one in EQUATIONS.values() if one.kind != "table"]


@pytest.mark.parametrize("equation", TABLE, ids=lambda one: one.id)
def test_a_table_equation_tells_the_tables_that_violate_it(equation: Equation) -> None:
    satisfied = _findings(_table_report(equation, excess=0))
    assert [one for one in satisfied if one.severity in {"error", "warning"}] == []
    assert any(one.check == equation.id for one in satisfied)
    violated = _findings(_table_report(equation, excess=1))
    assert any(one.check == equation.id and one.severity == equation.severity for one in violated)


@pytest.mark.parametrize("equation", OTHER, ids=lambda one: one.id)
def test_another_equation_tells_the_reports_that_violate_it(equation: Equation) -> None:
    cases = CASES.get(equation.id, {})
    assert cases.keys() >= {"holds", "violated"}, f"{equation.id} lacks examples in equations.toml"
    assert not [one for one in _told(cases["holds"], equation) if one.severity != "ok"]
    assert [one for one in _told(cases["violated"], equation) if one.severity == equation.severity]


def test_no_case_is_left_without_its_equation() -> None:
    assert CASES.keys() <= {one.id for one in OTHER}


def test_every_sum_of_a_form_is_an_equation() -> None:
    named = {equation.form_sum for equation in TABLE}
    sums = {
        f"{form.id}.{rule.id}"
        for form in default_catalogue().all(Form).values()
        for rule in form.sums
    }
    assert sums <= named


def _told(case: dict[str, object], equation: Equation) -> list[Finding]:
    years = case.get("years")
    if isinstance(years, list):
        reports = [from_case(one).report(str(one.get("body", "青禾县"))) for one in years]
        findings = compare_years(reports, default_catalogue())
    else:
        findings = _findings(from_case(case), compliance=equation.kind == "compliance")
    return [one for one in findings if one.check == equation.id]


def _findings(report: Built, *, compliance: bool = False) -> list[Finding]:
    return list(report.verdict(compliance=compliance).findings)


# --- tables made from the rule --------------------------------------------------------------


def _table_report(equation: Equation, excess: int) -> Built:
    """A report whose one table holds just the cells of ``equation``, off by ``excess``."""
    cells = _sum_cells(equation, excess) if equation.form_sum else _side_cells(equation, excess)
    report = Built("")
    name = next(iter(cells)).split("/")[0]
    rows: dict[str, dict[str, int]] = {}
    for ref, value in cells.items():
        _, row, column = ref.split("/")
        rows.setdefault(row, {})[column] = value
    columns = list(next(iter(rows.values())))
    values = {row: [line[column] for column in columns] for row, line in rows.items()}
    table = make_table(name, values, _edition(equation, name), [], columns)
    report.tables = (table,)
    return report


def _edition(equation: Equation, table: str) -> str:
    if equation.forms:
        return equation.forms[0]
    if equation.form_sum:
        found = find_sum(default_catalogue(), equation.form_sum)
        assert found is not None
        return found[0].editions[-1]
    return "2021"


def _sum_cells(equation: Equation, excess: int) -> dict[str, int]:
    found = find_sum(default_catalogue(), equation.form_sum or "")
    assert found is not None
    form, rule = found
    edition = _edition(equation, form.table)
    rows = [row.id for row in form.rows_of(edition)]
    columns = [one.id for one in form.columns_of(edition)]
    known = rows if rule.among == "rows" else columns
    place = columns[0] if rule.among == "rows" else rows[0]
    parts = [one for one in rule.parts if one in known]
    totals = [one for one in rule.total if one in known]
    values = dict(zip(parts, range(2, 2 + len(parts)), strict=True))
    whole = sum(values.values())
    relation = equation.relation or rule.relation
    values[totals[0]] = whole + (excess if relation == "equal" else -excess)
    values |= dict.fromkeys(totals[1:], 0)
    if rule.among == "rows":
        return {f"{form.table}/{one}/{place}": value for one, value in values.items()}
    return {f"{form.table}/{place}/{one}": value for one, value in values.items()}


def _side_cells(equation: Equation, excess: int) -> dict[str, int]:
    left, right = (
        [
            f"{one.table}/{one.row}/{one.column}"
            for one in parse_sum(side.replace("{each}", equation.each[0]))
        ]
        for side in (equation.left or "", equation.right or "")
    )
    values = dict(zip(right, range(2, 2 + len(right)), strict=True))
    return {**dict.fromkeys(left, sum(values.values()) + excess), **values}
