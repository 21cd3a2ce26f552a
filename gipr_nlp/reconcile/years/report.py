"""One report as a comparison over the years sees it."""

from __future__ import annotations

from collections.abc import Iterator

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Operand, Sum, figure_operand
from gipr_nlp.reconcile.readings import readings_of
from gipr_nlp.reconcile.sheet import Sheet, sheets_of
from gipr_nlp.records import Figure, Narrative, Report


class YearReport:
    """A report with its year, its tables by cell and what it says of a metric.

    ``doubtful`` are the places of its own errors: what depends on them is not judged again.
    """

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self.report = report
        self.year = report.year or 0
        self.catalogue = catalogue
        self.labels = Labels(catalogue, report.document)
        self.context = Context(
            report.document,
            Narrative(figures=report.figures, claims=report.claims),
            report.organization or "",
        )
        sheets = sheets_of(report.tables)
        self.sheet = sheets[0] if sheets else Sheet(())
        self.doubtful = frozenset(
            term.ref
            for finding in report.findings
            if finding.severity == "error"
            for term in finding.terms
        )

    def cell(self, ref: str) -> Operand | None:
        """What the cell ``ref`` states, blanks as zero; ``None`` where the table lacks it."""
        if ref.partition("/")[0] not in self.sheet.filled:
            return None
        return self.sheet.operands.get(ref)

    def told(self, operand: Operand) -> Operand:
        """``operand`` with the year in its reference."""
        return operand._replace(ref=f"{self.year}:{operand.ref}")

    def stated(self, table: str) -> list[Operand]:
        """The numbers of ``table`` that are not zero."""
        return [
            one
            for ref, one in self.sheet.operands.items()
            if ref.startswith(f"{table}/") and one.value != 0
        ]

    def values(self, metric: str) -> Iterator[Sum]:
        """What the report gives for ``metric``: its cells under each reading, then its figures."""
        for reading in readings_of(self.catalogue, metric):
            if reading.only_with_cue:
                continue
            found = self.sheet.sum_of(reading.cells.replace("{metric}", metric))
            if found is not None and not found[1] and self._filled(found[0]):
                yield found[0]
        yield from (Sum.of(figure_operand(one)) for one in self.headlines(metric))

    def headlines(self, metric: str) -> list[Figure]:
        """The figures that state ``metric`` for the whole body and the whole year."""
        return [
            one
            for one in self.report.figures
            if one.metric == metric
            and one.period == "this_year"
            and one.scope is None
            and one.relation in {None, "part"}
        ]

    def _filled(self, cells: Sum) -> bool:
        return any(one.ref.partition("/")[0] in self.sheet.filled for one in cells.operands)
