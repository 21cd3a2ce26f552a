"""One report reconciled: rules confronted with numbers, and the outcomes put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.claims import check_claims
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.growth import check_growth
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.lists import check_lists
from gipr_nlp.reconcile.readings import Reader, check_narrative
from gipr_nlp.reconcile.repeats import check_received, check_repeats
from gipr_nlp.reconcile.shares import check_shares
from gipr_nlp.reconcile.sheet import sheets_of
from gipr_nlp.reconcile.table_checks import check_tables
from gipr_nlp.records import Document, Finding, Narrative, Repair, Table

_ORDER = {"error": 0, "warning": 1, "note": 2, "ok": 3}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reconciling found: ``reconciled`` is the number of figures that were compared."""

    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    reconciled: int


def reconcile(
    narrative: Narrative,
    tables: tuple[Table, ...],
    catalogue: Catalogue,
    *,
    document: Document,
    year: int | None,
    compliance: bool = True,
) -> Verdict:
    """Holds the figures of ``narrative`` and the cells of ``tables`` against each other.

    ``document`` gives the words around the figures, ``year`` is the year that the report is
    about. Findings come with the most serious first, then in the order of the checks.
    """
    labels = Labels(catalogue, document)
    context = Context(document, narrative)
    sheets = sheets_of(tables)
    table_checks = [check for sheet in sheets for check in check_tables(sheet, catalogue, labels)]
    reader = Reader(catalogue, sheets, context, labels)
    against_tables = check_narrative(narrative.figures, reader)
    within = [
        *check_lists(context, sheets, catalogue, labels),
        *check_shares(context, sheets, catalogue, labels),
        *check_repeats(context, _settled(against_tables), catalogue, labels),
        *check_received(context, labels),
        *check_growth(context, catalogue, labels),
        *check_claims(context, sheets, catalogue, labels),
    ]
    checks = _blocked([*against_tables, *within], table_checks)
    findings = _findings([*table_checks, *checks])
    return Verdict(findings, (), _reconciled([*against_tables, *within]))


def _settled(checks: Iterable[Check]) -> frozenset[str]:
    """Figures that were held against the tables with a clear outcome."""
    return frozenset(
        ref for check in checks if check.result.outcome != "not_comparable" for ref in check.refs
    )


def _blocked(checks: Iterable[Check], table_checks: Iterable[Check]) -> list[Check]:
    """Failures that depend on cells over which the table disagrees with itself are blocked."""
    doubtful = {ref for check in table_checks if check.failed for ref in check.refs}
    return [
        replace(check, result=Result("blocked", "note"))
        if check.failed and check.refs & doubtful
        else check
        for check in checks
    ]


def _findings(checks: Iterable[Check]) -> tuple[Finding, ...]:
    ordered = sorted(checks, key=lambda check: _ORDER[check.result.severity])
    count: Counter[str] = Counter()
    findings = []
    for check in ordered:
        count[check.equation] += 1
        findings.append(check.finding(f"{check.equation}#{count[check.equation]}"))
    return tuple(findings)


def _reconciled(checks: Iterable[Check]) -> int:
    return len(
        {
            operand.ref
            for check in checks
            if check.result.outcome != "not_comparable"
            for operand in check.operands
            if operand.kind == "figure"
        }
    )
