"""What the layout and the equations leave ambiguous, decided by what the narrative states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.interval import Interval
from gipr_nlp.records import Cell, Figure, Table


def settle(
    tables: tuple[Table, ...], figures: Iterable[Figure], catalogue: Catalogue
) -> tuple[Table, ...]:
    """``tables`` with each ambiguous total that exactly one stated figure can decide.

    A figure decides a cell of the column ``total`` (or ``value``) of the row that bears its
    metric's name, where its value is one of the candidates and no other statement disagrees.
    """
    stated: dict[str, set[Decimal]] = defaultdict(set)
    for figure in figures:
        if figure.period == "this_year" and figure.interval.is_point and figure.scope is None:
            stated[figure.metric].add(figure.value)
    return tuple(
        table.model_copy(update={"cells": tuple(_settled(cell, stated) for cell in table.cells)})
        if any(cell.state == "ambiguous" for cell in table.cells)
        else table
        for table in tables
    )


def _settled(cell: Cell, stated: dict[str, set[Decimal]]) -> Cell:
    if cell.state != "ambiguous" or cell.column not in {"total", "value"}:
        return cell
    fitting = stated.get(cell.row, set())
    if len(fitting) != 1 or not fitting <= set(cell.candidates):
        return cell
    (value,) = fitting
    update = {"value": value, "state": "stated", "interval": Interval.point(value), "candidates": ()}
    return cell.model_copy(update=update)
