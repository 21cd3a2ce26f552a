"""The names of metrics, rows and columns as the catalogue has them."""

from __future__ import annotations

from functools import lru_cache

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.render.words import Language

_SUFFIXES = {
    "_yoy_pct": {"zh": "同比", "en": ", change on last year, %"},
    "_yoy_delta": {"zh": "比上年增减", "en": ", change on last year"},
    "_share": {"zh": "占比", "en": ", share"},
    "_part": {"zh": "（部分）", "en": ", part"},
}


def metric_label(catalogue: Catalogue, metric: str, language: Language) -> str:
    """The name of ``metric``, derived ones (share, change, part) included."""
    metrics = catalogue.all(Metric)
    if metric in metrics:
        return metrics[metric].zh if language == "zh" else metrics[metric].en
    for suffix, words in _SUFFIXES.items():
        base = metric.removesuffix(suffix)
        if base in metrics and base != metric:
            return metric_label(catalogue, base, language) + words[language]
    return metric


def row_label(catalogue: Catalogue, table: str, row: str, language: Language) -> str:
    """The name of a row: its metric's where it states one, else the label of the form."""
    if row in catalogue.all(Metric):
        return metric_label(catalogue, row, language)
    return _form_label(catalogue, table, row, "rows") if language == "zh" else _spelled(row)


def column_label(catalogue: Catalogue, table: str, column: str, language: Language) -> str:
    """The name of a column: the first label of the form, or its id spelled out."""
    return (
        _form_label(catalogue, table, column, "columns") if language == "zh" else _spelled(column)
    )


def _spelled(identifier: str) -> str:
    return identifier.replace("_", " ")


@lru_cache(maxsize=1024)
def _form_label(catalogue: Catalogue, table: str, identifier: str, among: str) -> str:
    for form in catalogue.all(Form).values():
        if form.table == table:
            for part in form.rows if among == "rows" else form.columns:
                if part.id == identifier and part.labels:
                    return part.labels[0]
    return identifier
