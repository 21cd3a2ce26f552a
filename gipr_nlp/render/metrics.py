"""The metrics of a catalogue as a list: what figures can mean and what they reconcile with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Reading
from gipr_nlp.catalogue.metrics import Group, Metric
from gipr_nlp.render.terminal import columns
from gipr_nlp.render.words import Language

Format = Literal["table", "markdown", "json"]


def metrics_as(layout: Format, catalogue: Catalogue, language: Language) -> str:
    """Every metric by group, with its units and its readings over cells in their order."""
    if layout == "json":
        rows = [row for _, group in _groups(catalogue, language) for row in group]
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    lines: list[str] = []
    for title, rows in _groups(catalogue, language):
        lines += _markdown(title, rows) if layout == "markdown" else _plain(title, rows)
    return "\n".join(lines).strip() + "\n"


def _groups(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    readings: dict[str, list[Reading]] = defaultdict(list)
    for reading in sorted(catalogue.all(Reading).values(), key=lambda one: one.order):
        readings[reading.metric].append(reading)
    groups = catalogue.all(Group)
    by_group: dict[str, list[dict[str, Any]]] = {name: [] for name in groups}
    for metric in catalogue.all(Metric).values():
        by_group[metric.group].append(
            {
                "id": metric.id,
                "label": metric.zh if language == "zh" else metric.en,
                "measure": metric.measure,
                "units": list(metric.units or groups[metric.group].units),
                "readings": [one.cells for one in readings[metric.id]],
            }
        )
    for name, rows in by_group.items():
        if rows:
            yield (groups[name].zh if language == "zh" else groups[name].en), rows


def _plain(title: str, rows: list[dict[str, Any]]) -> list[str]:
    table = columns(
        [
            (row["id"], row["label"], " ".join(row["units"][:6]), "; ".join(row["readings"]))
            for row in rows
        ]
    )
    return [title, *("  " + line for line in table), ""]


def _markdown(title: str, rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| metric | meaning | units | reconciled with |",
        "|---|---|---|---|",
    ]
    for row in rows:
        readings = "<br>".join(f"`{one}`" for one in row["readings"]) or "-"
        lines.append(f"| `{row['id']}` | {row['label']} | {' '.join(row['units'])} | {readings} |")
    return [*lines, ""]
