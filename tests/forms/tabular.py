"""Documents and tables for the tests of the forms."""

from __future__ import annotations

from collections.abc import Sequence

from gipr_nlp import sources
from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.forms import read_tables
from gipr_nlp.records import Cell, Document, Grid, GridCell, Source, Table


def tables_of(text: str) -> tuple[Table, ...]:
    return read_tables(sources.text_document(text), default_catalogue())


def cells_of(tables: Sequence[Table]) -> dict[str, Cell]:
    return {cell.ref: cell for table in tables for cell in table.cells}


def shown(tables: Sequence[Table], row: str) -> list[str]:
    """The cells of one row: numbers, ``_`` blank, ``~`` a nil mark, ``?`` missing, ``A`` open."""
    marks = {"blank": "_", "nil_mark": "~", "missing": "?", "ambiguous": "A"}
    table, _, name = row.partition("/")
    return [
        marks.get(cell.state) or format(cell.value, "f")
        for cell in cells_of(tables).values()
        if (cell.table, cell.row) == (table, name)
    ]


def grid_document(rows: Sequence[Sequence[tuple[str, int, int]]], before: str = "") -> Document:
    """A document of one grid; a cell is its text, rowspan and colspan."""
    text, cells, taken = before, [], set()
    start = len(text)
    for number, row in enumerate(rows):
        column = 0
        for place, (words, down, across) in enumerate(row):
            while (number, column) in taken:
                column += 1
            text += "\t" if place else ""
            cells.append(
                GridCell(
                    start=len(text),
                    end=len(text) + len(words),
                    row=number,
                    column=column,
                    rowspan=down,
                    colspan=across,
                    text=words,
                )
            )
            text += words
            taken |= {(number + d, column + a) for d in range(down) for a in range(across)}
        text += "\n"
    grid = Grid(start=start, end=len(text), cells=tuple(cells))
    source = Source(sha256="", media_type="text/html")
    return Document(text=text, source=source, grids=(grid,), hard_lines=True)
