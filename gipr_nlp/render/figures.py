"""The figures of reports as a table for the terminal, CSV, JSON or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Literal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.interval import plain
from gipr_nlp.records import Report
from gipr_nlp.render.as_json import figure_data
from gipr_nlp.render.labels import metric_label
from gipr_nlp.render.terminal import columns, printable
from gipr_nlp.render.words import Language

Format = Literal["table", "csv", "json", "jsonl"]

COLUMNS = (
    "path",
    "organization",
    "year",
    "id",
    "metric",
    "label",
    "value",
    "unit",
    "low",
    "high",
    "approximate",
    "period",
    "scope",
    "parent",
    "relation",
    "section",
    "text",
    "start",
    "end",
    "bound_by",
)


def figures_as(
    layout: Format, reports: Sequence[Report], catalogue: Catalogue, language: Language
) -> str:
    """The figures of ``reports``, one line or object each, told with their report."""
    if layout == "table":
        return _table(reports, catalogue, language)
    rows = [row for report in reports for row in _rows(report)]
    if layout == "csv":
        return _csv(rows)
    if layout == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _rows(report: Report) -> list[dict[str, Any]]:
    told = {
        "path": report.source.path,
        "organization": report.organization,
        "year": report.year,
    }
    return [told | _only_columns(figure_data(figure)) for figure in report.figures]


def _only_columns(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in COLUMNS if name in data}


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _table(reports: Sequence[Report], catalogue: Catalogue, language: Language) -> str:
    lines: list[str] = []
    for report in reports:
        lines.append(printable(f"{report.source.path or '-'}  {report.title or ''}"))
        rows = [
            (
                one.metric,
                metric_label(catalogue, one.metric, language),
                ("≈" if one.approximate else "") + plain(one.value),
                one.unit,
                one.period,
                printable(one.text),
            )
            for one in report.figures
        ]
        lines += ["  " + line for line in columns(rows, numeric=frozenset({2}))]
    return "\n".join(lines) + "\n"
