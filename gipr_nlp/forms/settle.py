"""Lets the narrative decide what the tables alone left open.

A figure that states exactly one cell (the first reading of its metric is that cell) leaves of
the ways in which the cell's row can be read those that agree with it; the equations between the
rows then decide again. A figure that agrees with no way decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Reading as MetricReading
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.forms.cells import LineCells, column_of, to_cells, undecided
from gipr_nlp.forms.fit import Values, every_way
from gipr_nlp.forms.values import Reading, Slot
from gipr_nlp.interval import Interval
from gipr_nlp.records import Cell, Figure, Table

Stated = Mapping[str, Sequence[Interval]]


def settle(
    tables: Sequence[Table], figures: Sequence[Figure], catalogue: Catalogue
) -> tuple[Table, ...]:
    """The tables with those ambiguous cells stated on which the figures leave no doubt."""
    if not any(map(_is_open, tables)):
        return tuple(tables)
    stated = _stated(figures, catalogue)
    forms = list(catalogue.all(Form).values())
    return tuple(_settled(table, stated, forms) if _is_open(table) else table for table in tables)


def _is_open(table: Table) -> bool:
    """Whether the table left open which of some values a cell has."""
    return any(cell.candidates and cell.state == "ambiguous" for cell in table.cells)


def _stated(figures: Sequence[Figure], catalogue: Catalogue) -> Stated:
    """What the figures of the year say of single cells, by the cell's name."""
    first = {
        reading.metric: reading.cells
        for reading in catalogue.all(MetricReading).values()
        if reading.order == 1
    }
    found: dict[str, list[Interval]] = {}
    for figure in figures:
        cells = first.get(figure.metric) or first.get("*", "")
        terms = parse_sum(cells.replace("{metric}", figure.metric)) if cells else ()
        is_own = figure.period == "this_year" and figure.scope is None and not figure.approximate
        if is_own and len(terms) == 1 and terms[0].is_single and terms[0].factor == 1:
            ref = f"{terms[0].table}/{terms[0].row}/{terms[0].column}"
            found.setdefault(ref, []).append(figure.interval)
    return found


def _settled(table: Table, stated: Stated, forms: Sequence[Form]) -> Table:
    lines = list(_lines(table, forms))
    ways = [_agreeing(table, line, ways, stated) if len(ways) > 1 else ways for line, ways in lines]
    missing = [(cell.row, cell.column) for cell in table.cells if cell.state == "missing"]
    decided = undecided([line for line, _ in lines], ways, missing)
    fresh = {
        cell.ref: cell
        for (line, _), found in zip(lines, decided, strict=True)
        if found
        for cell in to_cells(table.id, line, found)
    }
    return table.model_copy(update={"cells": tuple(_newer(cell, fresh) for cell in table.cells)})


def _newer(cell: Cell, fresh: Mapping[str, Cell]) -> Cell:
    """The cell as it is now known; a cell that was certain stays what it was."""
    found = fresh.get(cell.ref)
    if cell.state != "ambiguous" or found is None or found.state == "ambiguous":
        return cell
    return found.model_copy(update={"form": cell.form})


def _lines(table: Table, forms: Sequence[Form]) -> Iterator[tuple[LineCells, list[Values]]]:
    """The lines of the table again, with the ways in which each can be read."""
    for group in _printed_lines(table, forms):
        form = next(one for one in forms if _holds(one, table, group[0]))
        open_cells = [cell for cell in group if cell.state == "ambiguous"]
        columns = tuple(column_of(form, cell) for cell in group)
        cells = tuple((cell.row, cell.column) for cell in group)
        slots = tuple(_slots(open_cells[0])) if open_cells else ()
        line = LineCells.of(form, cells, columns).filled(slots)
        if not open_cells:
            yield line, [tuple(_known(cell) for cell in group)]
        else:
            ways = every_way(slots, columns, line.sums)
            yield line, [way for way in ways if _is_possible(way, group)]


def _printed_lines(table: Table, forms: Sequence[Form]) -> Iterator[list[Cell]]:
    """The cells that stand in one line, row by row; all of them where the form has one line."""
    rows: dict[str, list[Cell]] = {}
    across = any(one.table == table.id and one.layout == "across" for one in forms)
    for cell in table.cells:
        if cell.state != "missing":
            rows.setdefault("" if across else cell.row, []).append(cell)
    yield from rows.values()


def _holds(form: Form, table: Table, cell: Cell) -> bool:
    edition = cell.form or table.form
    return (
        form.table == table.id
        and edition in form.editions
        and any(row.id == cell.row for row in form.rows)
    )


def _slots(cell: Cell) -> Iterable[Slot]:
    """The slots of the line that an ambiguous cell belongs to: its raw text holds them all."""
    place = cell.start
    for words in cell.raw.split(" "):
        if words:
            yield Slot(words, place, place + len(words))
            place += len(words) + 1


def _known(cell: Cell) -> Reading:
    return Reading(cell.raw, cell.start, cell.end, cell.state, cell.value, cell.interval, cell.unit)


def _is_possible(way: Values, group: Sequence[Cell]) -> bool:
    """Whether the way agrees with what is already known of the line's cells."""
    for reading, cell in zip(way, group, strict=True):
        value = None if reading is None else reading.value
        if cell.state != "ambiguous" and value != cell.value:
            return False
        if cell.state == "ambiguous" and value is not None and value not in cell.candidates:
            return False
    return True


def _agreeing(table: Table, line: LineCells, ways: list[Values], stated: Stated) -> list[Values]:
    """The ways that give each cell what the narrative states of it; all where none does."""
    for place, (row, column) in enumerate(line.cells):
        told = stated.get(f"{table.id}/{row}/{column}", ())
        left = [way for way in ways if any(_value(way, place) in one for one in told)]
        ways = left or ways
    return ways


def _value(way: Values, place: int) -> Decimal:
    reading = way[place]
    return Decimal(-1) if reading is None or reading.value is None else reading.value
