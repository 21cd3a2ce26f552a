"""A ``Report`` as rows of the tables, column for column as ``schema`` has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from gipr_nlp.bulk.bodies import body_of, region_of
from gipr_nlp.bulk.documents import InputDocument, Stamp
from gipr_nlp.bulk.schema import SCHEMA_VERSION, Row, number
from gipr_nlp.interval import Interval
from gipr_nlp.records import Change, Report, Term


def report_row(document: InputDocument, report: Report, stamp: Stamp) -> Row:
    """The row of ``reports``; what the caller knew of the document wins over what it says."""
    severities = Counter(one.severity for one in report.findings)
    organization = document.organization or report.organization
    start, end = report.period or (None, None)
    return (
        document.id,
        document.path,
        document.url,
        stamp.sha256,
        stamp.text_sha256,
        report.source.media_type,
        report.source.encoding,
        report.title,
        organization,
        body_of(organization),
        document.region or region_of(organization),
        document.year if document.year is not None else report.year,
        start,
        end,
        sorted({one.form for one in report.tables}),
        len(report.document.text),
        report.coverage.quantities,
        report.coverage.bound,
        report.coverage.reconciled,
        severities["error"],
        severities["warning"],
        severities["note"],
        list(report.warnings),
        SCHEMA_VERSION,
        stamp.library_version,
        stamp.catalogue,
    )


def figure_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``figures``."""
    for one in report.figures:
        yield (
            document,
            one.id,
            one.metric,
            one.label,
            number(one.value),
            one.unit,
            *_ends(one.interval),
            one.interval.low_open,
            one.interval.high_open,
            one.approximate,
            one.period,
            one.scope,
            one.text,
            one.section,
            one.parent,
            one.relation,
            one.split,
            one.closed,
            one.in_words,
            one.bound_by,
            one.start,
            one.end,
        )


def unbound_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``unbound``."""
    for one in report.unbound:
        yield document, one.text, number(one.value), one.unit, one.reason, one.start, one.end


def cell_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``cells``; ``position`` counts the tables of the report."""
    for position, table in enumerate(report.tables):
        for one in table.cells:
            yield (
                document,
                position,
                one.ref,
                one.table,
                one.row,
                one.column,
                one.form or table.form,
                number(one.value),
                one.raw,
                one.state,
                one.unit,
                *_ends(one.interval),
                list(map(number, one.candidates)),
                one.start,
                one.end,
            )


def topic_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``topics``."""
    for one in report.topics:
        yield document, one.label, one.text, one.start, one.end


def finding_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``findings``."""
    for one in report.findings:
        yield (
            document,
            one.id,
            one.check,
            one.outcome,
            one.severity,
            one.message,
            one.message_en,
            one.reading,
            one.expected,
            one.actual,
            list(map(_term, one.terms)),
        )


def repair_rows(document: str, report: Report) -> Iterator[Row]:
    """The rows of ``repairs``, best first."""
    for rank, one in enumerate(report.repairs, 1):
        yield document, rank, list(map(_change, one.changes)), list(one.explains)


def text_rows(document: str, report: Report) -> Iterator[Row]:
    """The row of ``texts``: what the offsets of all other tables count in."""
    yield document, report.document.text


ROWS: dict[str, Callable[[str, Report], Iterator[Row]]] = {
    "figures": figure_rows,
    "unbound": unbound_rows,
    "cells": cell_rows,
    "topics": topic_rows,
    "findings": finding_rows,
    "repairs": repair_rows,
}


def _ends(interval: Interval | None) -> Row:
    return (number(interval.low), number(interval.high)) if interval else (None, None)


def _term(one: Term) -> dict[str, object]:
    return {
        "kind": one.kind,
        "ref": one.ref,
        "value": number(one.value),
        "text": one.text,
        "start_char": one.start,
        "end_char": one.end,
    }


def _change(one: Change) -> dict[str, object]:
    return one.model_dump()
