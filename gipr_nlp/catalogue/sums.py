"""Sums over cells, as equations and readings write them.

``requests/result_denied_*/total + reviews/review/total - 2 * reviews/*/pending``: references
``table/row/column`` joined by + and -, each with a factor where one is needed. ``*`` stands for
any run of characters within one part of a reference; ``{name}`` is filled in before use.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

_TERM = re.compile(
    r"\s*+(?P<sign>[+-])?\s*+(?:(?P<factor>\d++(?:\.\d++)?)\s*+\*\s*+)?"
    r"(?P<table>[\w*{}]++)/(?P<row>[\w*{}]++)/(?P<column>[\w*{}]++)\s*+"
)


class CellPattern(NamedTuple):
    """One term of a sum: ``factor`` times every cell whose names match."""

    factor: Decimal
    table: str
    row: str
    column: str

    def matches(self, table: str, row: str, column: str) -> bool:
        """Whether the cell of these names is meant."""
        return (
            fnmatchcase(table, self.table)
            and fnmatchcase(row, self.row)
            and fnmatchcase(column, self.column)
        )

    @property
    def is_single(self) -> bool:
        """Whether the term names exactly one cell."""
        return "*" not in f"{self.table}{self.row}{self.column}"


@lru_cache(maxsize=4096)
def parse_sum(text: str) -> tuple[CellPattern, ...]:
    """The terms of ``text``. Raises ``ValueError`` where it is not a sum over cells."""
    terms: list[CellPattern] = []
    place = 0
    while place < len(text):
        found = _TERM.match(text, place)
        if found is None or (terms and not found["sign"]):
            raise ValueError(f"not a sum over cells at {text[place : place + 20]!r}")
        factor = Decimal(found["factor"] or 1)
        sign = -1 if found["sign"] == "-" else 1
        terms.append(CellPattern(sign * factor, found["table"], found["row"], found["column"]))
        place = found.end()
    if not terms:
        raise ValueError("an empty sum")
    return tuple(terms)
