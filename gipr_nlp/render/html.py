"""Reports as one page: verdict, disagreements, tables, and the text with every number marked.

The page is complete in itself: no script, nothing loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.interval import plain
from gipr_nlp.records import NOTHING_FOUND, Cell, Figure, Finding, Repair, Report, Table, Term
from gipr_nlp.render.labels import cell_label, column_label, metric_label, row_label
from gipr_nlp.render.words import Language, say

_STYLE = """
body{font:15px/1.7 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
  color:#1d2430;background:#f5f6f8;margin:0}
main{max-width:1080px;margin:0 auto;padding:24px}
article{background:#fff;border:1px solid #dfe3e8;border-radius:8px;padding:24px 32px;margin-bottom:32px}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:28px 0 8px;border-bottom:1px solid #e6e9ed}
.facts{color:#67707d}.verdict{font-size:18px;font-weight:600;margin:12px 0 0}
.error{color:#b3261e}.warning{color:#8a5a00}.note{color:#5b6470}.ok{color:#1a7f37}
ol{padding-left:24px}li{margin:8px 0}blockquote{margin:2px 0 2px 8px;padding-left:8px;
  border-left:3px solid #dfe3e8;color:#3d4653}blockquote a{color:inherit}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:13px;margin:8px 0}
th,td{border:1px solid #dfe3e8;padding:3px 8px}td{text-align:right}th{font-weight:500;text-align:left;
  background:#fafbfc}td.blank{background:#fafafa}td.ambiguous{background:#fff3cd}
td.error{background:#fde7e5;font-weight:600}td.warning{background:#fff3cd}
.text{white-space:pre-wrap;font-size:14px}mark{background:#e3efff;border-radius:3px;padding:0 1px}
mark.unbound{background:#eee}mark.error{background:#fbd1cd}mark.warning{background:#ffe9a8}
mark:target,td:target{outline:2px solid #1a5fb4}
"""


def report_html(reports: Sequence[Report], catalogue: Catalogue, language: Language = "zh") -> str:
    """``reports`` as the text of one HTML page."""
    articles = "\n".join(
        _Article(report, catalogue, language, f"r{number}").text()
        for number, report in enumerate(reports, 1)
    )
    title = escape(reports[0].title or say(language, "untitled")) if reports else "gipr"
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{articles}\n"
        "</main>\n</body>\n</html>\n"
    )


class _Article:
    """One report of the page; ``key`` keeps its anchors apart from those of others."""

    def __init__(self, report: Report, catalogue: Catalogue, language: Language, key: str) -> None:
        self.report = report
        self.catalogue = catalogue
        self.language: Language = language
        self.key = key
        self.figures = {figure.id: figure for figure in report.figures}
        self.severity = _severity_by_ref(report.findings)

    def say(self, key: str, **values: object) -> str:
        return escape(say(self.language, key, **values))

    def text(self) -> str:
        parts = [
            *self._head(),
            *self._findings(),
            *self._repairs(),
            *self._tables(),
            *self._marked(),
        ]
        return "<article>\n" + "\n".join(parts) + "\n</article>"

    def _head(self) -> Iterator[str]:
        report = self.report
        yield f"<h1>{escape(report.title or '') or self.say('untitled')}</h1>"
        facts = [report.organization, str(report.year or ""), report.source.path]
        yield f'<p class="facts">{escape(" · ".join(filter(None, facts)))}</p>'
        errors = sum(one.severity == "error" for one in report.findings)
        warnings = sum(one.severity == "warning" for one in report.findings)
        empty = NOTHING_FOUND in report.warnings
        said = self.say("verdict_nothing" if empty else "verdict_clean")
        said = self.say("verdict_errors", errors=errors) if errors else said
        more = self.say("verdict_warnings", warnings=warnings) if warnings else ""
        yield f'<p class="verdict {"error" if errors else "" if empty else "ok"}">{said}{more}</p>'
        checks = sum(one.outcome != "not_comparable" for one in report.findings)
        told = self.say("checked", checks=checks, **report.coverage.model_dump())
        yield f'<p class="facts">{told}</p>'

    def _findings(self) -> Iterator[str]:
        for severity in ("error", "warning", "note"):
            chosen = [one for one in self.report.findings if one.severity == severity]
            if chosen:
                yield f"<h2>{self.say(severity)}</h2>\n<ol>"
                yield from map(self._finding, chosen)
                yield "</ol>"

    def _finding(self, finding: Finding) -> str:
        message = finding.message if self.language == "zh" else finding.message_en
        quotes = "".join(map(self._quote, finding.terms)) if finding.severity != "note" else ""
        return f'<li><span class="{finding.severity}">{escape(message)}</span>{quotes}</li>'

    def _quote(self, term: Term) -> str:
        kind = {"figure": "narrative", "cell": "table"}.get(term.kind, term.kind)
        link = f'<a href="#{self._anchor(term.ref)}">{escape(self._name(term.ref))}</a>'
        return f"<blockquote>{self.say(kind)} {link} “{escape(term.text)}”</blockquote>"

    def _name(self, ref: str) -> str:
        if "/" in ref:
            return cell_label(self.catalogue, ref, self.report.tables, self.language)
        return (
            metric_label(self.catalogue, self.figures[ref].metric, self.language)
            if ref in self.figures
            else ref
        )

    def _anchor(self, ref: str) -> str:
        return f"{self.key}-{escape(ref.replace('/', '-'), quote=True)}"

    def _repairs(self) -> Iterator[str]:
        """One number for each error; what would mend the same error as well stands under it."""
        if self.report.repairs:
            yield f"<h2>{self.say('repairs')}</h2>\n<ol>"
            for _, choices in groupby(self.report.repairs, key=lambda one: one.explains):
                lines = f"<br>{self.say('or')}".join(map(self._repair, choices))
                yield f"<li>{lines}</li>"
            yield "</ol>"

    def _repair(self, repair: Repair) -> str:
        return "; ".join(
            self.say(
                "repair",
                ref=self._name(change.ref),
                printed=change.printed or "␣",
                proposed=change.proposed_as_printed(),
            )
            for change in repair.changes
        )

    def _tables(self) -> Iterator[str]:
        for table in self.report.tables:
            form = self.say("form", form=table.form)
            yield f"<h2>{self.say(f'table_{table.id}')} ({form})</h2>"
            yield '<div class="scroll"><table>' + "".join(self._rows(table)) + "</table></div>"

    def _rows(self, table: Table) -> Iterator[str]:
        rows = [list(group) for _, group in groupby(table.cells, key=lambda cell: cell.row)]
        for _, block in groupby(rows, key=lambda row: tuple(cell.column for cell in row)):
            lines = list(block)
            heads = (
                column_label(self.catalogue, table, one.row, one.column, self.language)
                for one in lines[0]
            )
            yield "<tr><th></th>" + "".join(f"<th>{escape(one)}</th>" for one in heads) + "</tr>"
            for row in lines:
                name = escape(row_label(self.catalogue, table.id, row[0].row, self.language))
                yield f"<tr><th>{name}</th>" + "".join(map(self._cell, row)) + "</tr>"

    def _cell(self, cell: Cell) -> str:
        state = self.severity.get(cell.ref, cell.state)
        shown = plain(cell.value) if cell.value is not None else cell.raw
        return f'<td id="{self._anchor(cell.ref)}" class="{state}">{escape(shown)}</td>'

    def _marked(self) -> Iterator[str]:
        """The text, with what was bound and what was not marked where it stands."""
        marks = sorted(
            [*self.report.figures, *self.report.unbound], key=lambda one: (one.start, -one.end)
        )
        text, done, parts = self.report.document.text, 0, []
        for mark in marks:
            if mark.start < done:
                continue
            parts.append(escape(text[done : mark.start]))
            parts.append(self._mark(mark, escape(text[mark.start : mark.end])))
            done = mark.end
        parts.append(escape(text[done:]))
        yield f"<h2>{self.say('text')}</h2>"
        yield '<div class="text">' + "".join(parts) + "</div>"

    def _mark(self, mark: object, words: str) -> str:
        if not isinstance(mark, Figure):
            return f'<mark class="unbound" title="{self.say("unbound")}">{words}</mark>'
        label = escape(metric_label(self.catalogue, mark.metric, self.language), quote=True)
        level = self.severity.get(mark.id, "")
        title = f"{label}: {plain(mark.value)}{escape(mark.unit, quote=True)}"
        return f'<mark id="{self._anchor(mark.id)}" class="{level}" title="{title}">{words}</mark>'


def _severity_by_ref(findings: Sequence[Finding]) -> dict[str, str]:
    """The worst severity of the errors and warnings in which a figure or a cell takes part."""
    worst: dict[str, str] = {}
    for severity in ("warning", "error"):
        for finding in findings:
            if finding.severity == severity:
                worst |= {term.ref: severity for term in finding.terms}
    return worst
