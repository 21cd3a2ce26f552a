"""What cells, figures and equations are called in messages, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.records import Document, Figure

Names = dict[tuple[str, str], str]  # by table and row, or table and column

_SUFFIXES = {
    "_yoy_pct": ("增减幅", "growth"),
    "_yoy_delta": ("增减数", "change"),
    "_share": ("占比", "share"),
    "_part": ("部分", "part"),
}
_CLAUSE_END = re.compile(r"[，,。；;\n\t]")
_LONGEST_LEAD = 24
_SHORTEST_LABEL = 4


@dataclass
class Labels:
    """Names of everything that a message speaks of; ``document`` gives the words around figures."""

    catalogue: Catalogue
    document: Document

    def __post_init__(self) -> None:
        self._rows, self._columns = _printed_names(self.catalogue)

    def cell(self, ref: str) -> str:
        """``requests/result_granted/total`` → 予以公开·总计."""
        table, row, column = ref.split("/")
        return f"{self.row(table, row)}·{self.column(table, column)}"

    def table(self, table: str) -> tuple[str, str]:
        """The names of a table: the section title that stands before it, and its id."""
        forms = [one for one in self.catalogue.all(Form).values() if one.table == table]
        return next((one.headings[0] for one in forms if one.headings), table), table

    def row(self, table: str, row: str) -> str:
        """The printed label of a row."""
        return self._rows.get((table, row), row)

    def column(self, table: str, column: str) -> str:
        """The printed label of a column."""
        return self._columns.get((table, column), column)

    def cell_en(self, ref: str) -> str:
        """``requests/result_granted/total`` in English: metric and column."""
        _, row, column = ref.split("/")
        return f"{self.row_en(row)}, {column.replace('_', ' ')}"

    def row_en(self, row: str) -> str:
        """A row in English: its metric where there is one."""
        metric = self.catalogue.all(Metric).get(row)
        return metric.en if metric else row.replace("_", " ")

    def metric(self, metric: str) -> tuple[str, str]:
        """The names of a metric, derived ones included."""
        metrics = self.catalogue.all(Metric)
        if metric in metrics:
            return metrics[metric].zh, metrics[metric].en
        for suffix, (zh, en) in _SUFFIXES.items():
            base = metrics.get(metric.removesuffix(suffix))
            if base is not None:
                return base.zh + zh, f"{base.en}, {en}"
        return metric, metric

    def equation(self, equation: str) -> Equation:
        """The row of the catalogue that stands behind a check."""
        return self.catalogue.all(Equation)[equation]

    def quote(self, figure: Figure) -> str:
        """The figure with the words of its clause that lead up to it."""
        return self.quoted(figure.start, figure.end)

    def quoted(self, start: int, end: int) -> str:
        """``text[start:end]`` with the words before it in its clause."""
        text = self.document.text
        lead = text[max(start - _LONGEST_LEAD, 0) : start]
        cuts = [found.end() for found in _CLAUSE_END.finditer(lead)]
        return (lead[cuts[-1] :] if cuts else lead).strip() + text[start:end]


@lru_cache(maxsize=8)
def _printed_names(catalogue: Catalogue) -> tuple[Names, Names]:
    """The labels of the rows and of the columns of all tables."""
    rows: Names = {}
    columns: Names = {}
    for form in catalogue.all(Form).values():
        for row in form.rows:
            rows.setdefault((form.table, row.id), _short(row.labels))
        for column in form.columns:
            if column.labels:
                columns.setdefault((form.table, column.id), column.labels[0])
    return rows, columns


def _short(labels: Sequence[str]) -> str:
    """The shortest printed form of a label that still says what it is."""
    telling = [label for label in labels if len(label) >= _SHORTEST_LABEL]
    return min(telling, key=len) if telling else labels[0]
