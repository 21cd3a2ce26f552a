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
    if language == "en":
        return _spelled(row)
    form = _form(catalogue, table, row)
    labels = [one.labels for one in form.rows if one.id == row] if form else []
    return labels[0][0] if labels and labels[0] else row


def column_label(
    catalogue: Catalogue, table: str, row: str, column: str, language: Language
) -> str:
    """The name of a column at ``row``: the first label of that form, or its id spelled out."""
    if language == "en":
        return _spelled(column)
    form = _form(catalogue, table, row)
    labels = [one.labels for one in form.columns if one.id == column] if form else []
    return labels[0][0] if labels and labels[0] else column


def cell_label(catalogue: Catalogue, ref: str, language: Language) -> str:
    """The name of the cell ``table/row/column``."""
    table, row, column = ref.split("/")
    return (
        f"{row_label(catalogue, table, row, language)} / "
        f"{column_label(catalogue, table, row, column, language)}"
    )


def _spelled(identifier: str) -> str:
    return identifier.replace("_", " ")


@lru_cache(maxsize=1024)
def _form(catalogue: Catalogue, table: str, row: str) -> Form | None:
    """The block of ``table`` that has ``row``."""
    for form in catalogue.all(Form).values():
        if form.table == table and any(one.id == row for one in form.rows):
            return form
    return None
