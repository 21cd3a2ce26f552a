"""One report reconciled: rules confronted with numbers, and the outcomes put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.figures.text.heading import Heading
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.claims import check_claims
from gipr_nlp.reconcile.comparison import GRAVITY, Result
from gipr_nlp.reconcile.compliance import check_compliance
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.firm import Ties
from gipr_nlp.reconcile.growth import check_growth
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.lists import check_lists
from gipr_nlp.reconcile.readings import Reader, check_narrative
from gipr_nlp.reconcile.repeats import check_received, check_repeats
from gipr_nlp.reconcile.settle import Ground, repairs_of, settle
from gipr_nlp.reconcile.shares import check_shares
from gipr_nlp.reconcile.sheet import sheets_of
from gipr_nlp.reconcile.table_checks import TableAudit
from gipr_nlp.records import Document, Finding, Narrative, Repair, Table

_GROWTH = frozenset({"growth_delta", "growth_pct"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reconciling found: ``reconciled`` is the number of figures that were compared."""

    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    reconciled: int


def reconcile(  # noqa: PLR0913 - the parts of one report, each by its name
    narrative: Narrative,
    tables: tuple[Table, ...],
    catalogue: Catalogue,
    *,
    document: Document,
    heading: Heading,
    compliance: bool = True,
) -> Verdict:
    """Holds the figures of ``narrative`` and the cells of ``tables`` against each other.

    ``document`` gives the words around the figures, ``heading`` tells whose report it is and of
    which year. Findings come with the most serious first, then in the order of the checks.
    """
    labels = Labels(catalogue, document)
    context = Context(document, narrative, heading.organization or "")
    ties = Ties(context, catalogue)
    sheets = sheets_of(tables)
    audits = [TableAudit(sheet, catalogue, labels) for sheet in sheets]
    table_checks = [check for audit in audits for check in audit.checks()]
    reader = Reader(catalogue, sheets, context, labels)
    against_tables = check_narrative(narrative.figures, reader)
    within = [
        *check_lists(context, sheets, ties, catalogue, labels),
        *check_shares(context, sheets, ties, catalogue, labels),
        *check_repeats(context, _settled(against_tables), ties, catalogue, labels),
        *check_received(context, _apart(against_tables), labels),
        *check_growth(context, ties, catalogue, labels),
        *check_claims(context, sheets, ties, labels),
    ]
    settled = settle(
        _without_echoes([*table_checks, *against_tables, *within]),
        Ground(audits[:1], narrative),
        labels,
    )
    notes = check_compliance(narrative, tables, catalogue, document, heading) if compliance else []
    findings, ids = _findings([*settled.checks, *notes])
    return Verdict(findings, repairs_of(settled, ids), _reconciled([*against_tables, *within]))


def _apart(checks: Iterable[Check]) -> frozenset[str]:
    """Figures that speak of something else than this body's tables."""
    return frozenset(check.left.operands[0].ref for check in checks if check.apart)


def _without_echoes(checks: Sequence[Check]) -> list[Check]:
    """A growth that is none is one error: the claim's, not its rate's as well."""
    denied = [check.refs for check in checks if check.equation == "claim_change" and check.failed]
    return [
        replace(check, result=Result("blocked", "note"), bond=None)
        if check.equation in _GROWTH and check.failed and any(refs <= check.refs for refs in denied)
        else check
        for check in checks
    ]


def _settled(checks: Iterable[Check]) -> frozenset[str]:
    """Figures that were held against the tables with a clear outcome."""
    return frozenset(
        ref for check in checks if check.result.outcome != "not_comparable" for ref in check.refs
    )


def _findings(checks: Sequence[Check]) -> tuple[tuple[Finding, ...], dict[int, str]]:
    """The checks as findings, the most serious first, and the finding's id for each check."""
    order = sorted(range(len(checks)), key=lambda n: -GRAVITY[checks[n].result.severity])
    count: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for n in order:
        count[checks[n].equation] += 1
        ids[n] = f"{checks[n].equation}#{count[checks[n].equation]}"
    return tuple(checks[n].finding(ids[n]) for n in order), ids


def _reconciled(checks: Iterable[Check]) -> int:
    """The numbers of the narrative that were compared with something."""
    return len(
        {
            (operand.start, operand.end)
            for check in checks
            if check.result.outcome != "not_comparable"
            for operand in check.operands
            if operand.kind == "figure"
        }
    )
