"""The figures of reports marked in their text, drawn by displaCy (spaCy)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.records import Report
from gipr_nlp.render.labels import metric_label
from gipr_nlp.render.words import Language


def spans_html(reports: Sequence[Report], catalogue: Catalogue, language: Language) -> str:
    """One HTML page with every figure of ``reports`` marked and labelled where it stands."""
    from spacy import displacy

    documents = [_marked(report, catalogue, language) for report in reports]
    return str(displacy.render(documents, style="ent", manual=True, page=True, jupyter=False))


def _marked(report: Report, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    entities: list[dict[str, Any]] = []
    figures = sorted(report.figures, key=lambda one: (one.start, one.end))
    for (start, end), group in groupby(figures, key=lambda one: (one.start, one.end)):
        if entities and start < entities[-1]["end"]:
            continue  # displaCy draws no span inside another
        names = [metric_label(catalogue, one.metric, language) for one in group]
        entities.append({"start": start, "end": end, "label": " / ".join(names)})
    return {"text": report.document.text, "ents": entities, "title": report.title}
