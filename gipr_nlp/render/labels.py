"""The names of metrics, rows and columns as the catalogue has them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.records import Table
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
    catalogue: Catalogue, table: Table, row: str, column: str, language: Language
) -> str:
    """The name of a column at ``row``: the label of the table's edition, or its id spelled out."""
    if language == "en":
        return _spelled(column)
    form = _form(catalogue, table.id, row)
    if form is None:
        return column
    # A report may mix the editions: a column that the table's own does not have is another's.
    ordered = [*form.columns_of(table.form), *form.columns]
    return next((one.labels[0] for one in ordered if one.id == column and one.labels), column)


def cell_label(catalogue: Catalogue, ref: str, tables: Iterable[Table], language: Language) -> str:
    """The name of the cell ``table/row/column``, a cell of one of ``tables``."""
    name, row, column = ref.split("/")
    row_name = row_label(catalogue, name, row, language)
    table = next((one for one in tables if one.id == name), None)
    told = column_label(catalogue, table, row, column, language) if table else _spelled(column)
    return f"{row_name} / {told}"


def _spelled(identifier: str) -> str:
    return identifier.replace("_", " ")


@lru_cache(maxsize=1024)
def _form(catalogue: Catalogue, table: str, row: str) -> Form | None:
    """The block of ``table`` that has ``row``."""
    for form in catalogue.all(Form).values():
        if form.table == table and any(one.id == row for one in form.rows):
            return form
    return None
