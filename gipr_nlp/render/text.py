"""A report for the terminal: the verdict, what disagrees with both texts quoted, tables, figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.interval import plain
from gipr_nlp.records import NOTHING_FOUND, Cell, Figure, Finding, Repair, Report, Table, Term
from gipr_nlp.render.labels import cell_label, column_label, metric_label, row_label
from gipr_nlp.render.notices import notice
from gipr_nlp.render.terminal import columns, painted, printable, shortened
from gipr_nlp.render.words import Language, say

_COLOUR = {"error": "red", "warning": "yellow", "note": "dim"}
_QUOTE_COLUMNS = 72
_CONTEXT = 16


def report_text(
    report: Report,
    catalogue: Catalogue,
    *,
    language: Language = "zh",
    colour: bool = False,
    details: bool = True,
) -> str:
    """``report`` as lines of text; ``details`` adds the tables and the figures to the verdict."""
    view = _View(report, catalogue, language, colour)
    lines = [*view.head(), "", *view.verdict(), *view.findings(), *view.repairs()]
    if details:
        lines += [*view.tables(), *view.figures(), *view.unbound(), *view.topics()]
    return "\n".join([*lines, *view.warnings()]).rstrip() + "\n"


class _View:
    """One report in one language, part by part."""

    def __init__(
        self, report: Report, catalogue: Catalogue, language: Language, colour: bool
    ) -> None:
        self.report = report
        self.catalogue = catalogue
        self.language: Language = language
        self.colour = colour
        self._by_id = {figure.id: figure for figure in report.figures}
        text = report.document.text
        self.line_starts = [0, *(i + 1 for i, one in enumerate(text) if one == "\n")]

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def paint(self, text: str, colour: str) -> str:
        return painted(text, colour, on=self.colour)

    def titled(self, key: str, lines: list[str]) -> list[str]:
        return ["", self.paint(self.say(key), "bold"), *lines] if lines else []

    def head(self) -> Iterator[str]:
        report = self.report
        yield self.paint(printable(report.title or self.say("untitled")), "bold")
        year = self.say("year", year=report.year) if report.year else None
        facts = [report.source.path, report.organization, year, report.source.media_type]
        yield self.paint(" · ".join(printable(fact) for fact in facts if fact), "dim")

    def verdict(self) -> Iterator[str]:
        count = {level: self._count(level) for level in ("error", "warning")}
        if count["error"]:
            said = self.paint("✗ " + self.say("verdict_errors", errors=count["error"]), "red")
        elif NOTHING_FOUND in self.report.warnings:
            said = "? " + self.say("verdict_nothing")
        else:
            said = self.paint("✓ " + self.say("verdict_clean"), "green")
        if count["warning"]:
            said += self.say("verdict_warnings", warnings=count["warning"])
        yield said
        yield self._coverage()

    def _count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.report.findings)

    def _coverage(self) -> str:
        report = self.report
        compared = [one for one in report.findings if one.outcome != "not_comparable"]
        numbers = report.coverage.model_dump()
        if compared:
            return self.say("checked", checks=len(compared), **numbers)
        reason = "nothing_comparable"
        if not report.tables:
            reason = "no_tables"
        elif not report.figures:
            reason = "no_figures"
        return self.say("nothing_checked", reason=self.say(reason))

    def findings(self) -> Iterator[str]:
        for severity in ("error", "warning", "note"):
            chosen = [one for one in self.report.findings if one.severity == severity]
            lines = [
                line
                for number, finding in enumerate(chosen, 1)
                for line in self._finding(finding, number, severity)
            ]
            yield from self.titled(severity, lines)

    def _finding(self, finding: Finding, number: int, severity: str) -> Iterator[str]:
        message = finding.message if self.language == "zh" else finding.message_en
        yield f"{number:>3}. {self.paint(printable(message), _COLOUR[severity])}"
        if severity == "note":
            return
        quotes = [self._quote(term) for term in finding.terms if term.start is not None]
        yield from ("     " + line for line in columns(quotes))

    def _quote(self, term: Term) -> tuple[str, ...]:
        kind = {"figure": "narrative", "cell": "table"}.get(term.kind, term.kind)
        place = self.say("line", line=bisect_right(self.line_starts, term.start or 0))
        return (self.say(kind), place, self._name(term), f"“{self._words(term)}”")

    def _name(self, term: Term) -> str:
        if term.kind == "cell":
            return self.cell_name(term.ref)
        figure = self._by_id.get(term.ref)
        return self.label(figure) if figure else ""

    def _words(self, term: Term) -> str:
        """The words around a figure; a cell stands for itself."""
        if term.kind == "cell" or term.start is None or term.end is None:
            return printable(term.text)
        return self._context(term.start, term.end)

    def _context(self, start: int, end: int) -> str:
        text = self.report.document.text
        before = text[max(start - _CONTEXT, 0) : start].rpartition("\n")[2]
        after = text[end : end + _CONTEXT // 2].partition("\n")[0]
        return shortened(printable(before + text[start:end] + after), _QUOTE_COLUMNS)

    def cell_name(self, ref: str) -> str:
        return cell_label(self.catalogue, ref, self.report.tables, self.language)

    def label(self, figure: Figure) -> str:
        return metric_label(self.catalogue, figure.metric, self.language)

    def repairs(self) -> list[str]:
        """One number for each error; what would mend the same error as well stands under it."""
        lines = []
        groups = groupby(self.report.repairs, key=lambda one: one.explains)
        for number, (_, choices) in enumerate(groups, 1):
            first, *others = map(self._repair, choices)
            lines += [f"{number:>3}. {first}", *(f"     {self.say('or')}{one}" for one in others)]
        return self.titled("repairs", lines)

    def _repair(self, repair: Repair) -> str:
        return "; ".join(
            self.say(
                "repair",
                ref=self._place_name(change.ref),
                printed=printable(change.printed) or "␣",
                proposed=change.proposed_as_printed(),
            )
            for change in repair.changes
        )

    def _place_name(self, ref: str) -> str:
        if "/" in ref:
            return self.cell_name(ref)
        figure = self._by_id.get(ref)
        return (
            f"{self.label(figure)} “{self._context(figure.start, figure.end)}”" if figure else ref
        )

    def tables(self) -> Iterator[str]:
        for table in self.report.tables:
            form = self.say("form", form=table.form)
            yield from ("", self.paint(f"{self.say(f'table_{table.id}')} ({form})", "bold"))
            yield from ("  " + line for line in self._table(table))

    def _table(self, table: Table) -> Iterator[str]:
        rows = [list(group) for _, group in groupby(table.cells, key=lambda cell: cell.row)]
        shown = [
            row for row in rows if any(cell.value or cell.state == "ambiguous" for cell in row)
        ]
        for _, block in groupby(shown, key=lambda row: tuple(cell.column for cell in row)):
            lines = list(block)
            header = [
                "",
                *(
                    column_label(self.catalogue, table, c.row, c.column, self.language)
                    for c in lines[0]
                ),
            ]
            body = [
                [
                    row_label(self.catalogue, table.id, row[0].row, self.language),
                    *map(self._value, row),
                ]
                for row in lines
            ]
            yield from columns([header, *body], numeric=frozenset(range(1, len(header))))
        if len(shown) < len(rows):
            yield self.paint(self.say("empty_rows", count=len(rows) - len(shown)), "dim")

    def _value(self, cell: Cell) -> str:
        if cell.value is None:
            return self.say("ambiguous") if cell.state == "ambiguous" else printable(cell.raw)
        return plain(cell.value)

    def figures(self) -> list[str]:
        rows = [
            (
                "  " * self._depth(figure) + self.label(figure),
                ("≈" if figure.approximate else "") + plain(figure.value),
                figure.unit,
                "" if figure.period == "this_year" else self.say(figure.period),
                f"“{self._context(figure.start, figure.end)}”",
            )
            for figure in self.report.figures
        ]
        return self.titled(
            "figures", ["  " + line for line in columns(rows, numeric=frozenset({1}))]
        )

    def _depth(self, figure: Figure) -> int:
        """How many wholes stand above ``figure``."""
        depth = 0
        seen = {figure.id}
        while figure.parent and figure.parent not in seen:
            seen.add(figure.parent)
            figure = self._by_id[figure.parent]
            depth += 1
        return depth

    def unbound(self) -> list[str]:
        rows = [
            (plain(one.value), one.unit, f"“{self._context(one.start, one.end)}”")
            for one in self.report.unbound
        ]
        return self.titled(
            "unbound", ["  " + line for line in columns(rows, numeric=frozenset({0}))]
        )

    def topics(self) -> list[str]:
        words = "、".join(dict.fromkeys(printable(topic.text) for topic in self.report.topics))
        return self.titled("topics", ["  " + words] if words else [])

    def warnings(self) -> list[str]:
        told = [notice(one, self.language) for one in self.report.warnings]
        return self.titled("warnings", ["  " + printable(one) for one in told])
