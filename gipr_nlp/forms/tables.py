"""Reads the statutory tables of a document: from labels to lines to cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.forms import Form, FormColumn, FormRow
from gipr_nlp.forms.align import RowLabel, align_rows, numbering_start
from gipr_nlp.forms.cells import LineCells, Writing, fill, writing
from gipr_nlp.forms.labels import Hit, bare_label, find_labels
from gipr_nlp.forms.layouts import Layout, laid_out
from gipr_nlp.forms.regions import Region
from gipr_nlp.forms.rows import Span, read_across, read_lines, values_end
from gipr_nlp.forms.slots import GridPlaces, styles_of
from gipr_nlp.forms.solve import CellKey
from gipr_nlp.records import Cell, Document, Table

# Fewer rows than these are a mention, not a table.
FEWEST_ROWS = {"requests": 4, "proactive": 1}
FEWEST_OF_ANY = 5
# Under so many heads of columns one row is a table: it goes on elsewhere, or is cut off.
HEADS_OF_A_TABLE = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A table in the making: where it stands, and the edition of each of its blocks."""

    region: Region
    layout: Layout
    start: int
    editions: Mapping[str, str]

    def columns(self, form: Form) -> tuple[FormColumn, ...]:
        """The columns of a block in the edition in which it is printed."""
        return form.columns_of(self.editions[form.id])

    def line(self, form: str, row: FormRow) -> LineCells:
        """The empty line of a row of a block, in the edition in which the block is printed."""
        return self.layout.lines[form, row.id, self.editions[form]]

    @property
    def edition(self) -> str:
        """The edition of most blocks."""
        printed = list(self.editions.values())
        return max(printed, key=printed.count)

    @property
    def is_uniform(self) -> bool:
        """Whether all blocks are printed in one edition."""
        return len(set(self.editions.values())) == 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A table whose lines are read and whose cells are not yet told apart."""

    found: Found
    lines: tuple[LineCells, ...]
    end: int


def read_tables(document: Document, catalogue: Catalogue) -> tuple[Table, ...]:
    """The statutory tables of the document, in the order in which they stand.

    Every cell of a table's form is given; what the source lacks is ``missing``, what it does
    not determine ``ambiguous``. ``start`` and ``end`` hold the table with its heads and
    nothing of the narrative.
    """
    text = document.text
    hits = find_labels(text, catalogue)
    places = GridPlaces(document)
    drafts = [
        draft
        for region, layout in laid_out(text, hits, catalogue)
        if (draft := _draft(text, places, region, layout, _next_start(text, region, hits)))
    ]
    manner = writing([line for draft in drafts for line in draft.lines])
    found = [_table(draft, manner) for draft in drafts]
    return tuple(_numbered(sorted(found, key=lambda table: table.start)))


def _numbered(tables: Sequence[Table]) -> Iterator[Table]:
    """The tables with ids of their own: of several of one kind the fullest keeps the name, and
    the others are told apart by a number (``requests_2``)."""
    for table in tables:
        rivals = [one for one in tables if one.id == table.id]
        order = sorted(rivals, key=lambda one: -sum(cell.state == "stated" for cell in one.cells))
        place = next(number for number, one in enumerate(order, 1) if one is table)
        yield table if place == 1 else _renamed(table, f"{table.id}_{place}")


def _renamed(table: Table, name: str) -> Table:
    cells = tuple(cell.model_copy(update={"table": name}) for cell in table.cells)
    return table.model_copy(update={"id": name, "cells": cells})


def _draft(
    text: str, places: GridPlaces, region: Region, layout: Layout, limit: int
) -> Draft | None:
    if layout.forms[0].layout == "across":
        return _read_across(text, places, region, layout, limit)
    return _read_rows(text, places, region, layout, limit)


def _next_start(text: str, region: Region, hits: Sequence[Hit]) -> int:
    """Where the next label that is none of the region's begins."""
    last = region.hits[-1].end
    place = bisect_left(hits, last, key=lambda hit: hit.start)
    after = hits[place].start if place < len(hits) else len(text)
    return numbering_start(text, after) if after < len(text) else after


def _read_rows(
    text: str, places: GridPlaces, region: Region, layout: Layout, limit: int
) -> Draft | None:
    labels = align_rows(text, region.hits, layout.rows, limit)
    if len(labels) < _fewest_rows(region):
        return None
    editions = _block_editions(region, labels, layout)
    found = Found(region, layout, _outer_start(text, region.start), editions)
    end = values_end(text, max(labels[-1].end, region.hits[-1].end), limit)
    empty = [found.line(label.key.form, label.key.row) for label in labels]
    spans = [
        Span(label.label_start, label.end, stop, len(line.cells), line.rank, label.key.row.code)
        for label, line, stop in zip(labels, empty, _stops(text, labels, region, end), strict=True)
    ]
    written = read_lines(text, spans, places, styles_of(text, _neighbours(region, found)))
    lines = [
        line.filled(read.slots, joined=read.joined)
        for label, line, read in zip(labels, empty, written, strict=True)
        if read.slots or label.end < len(text.rstrip())  # a text cut off says nothing of the row
    ]
    return Draft(found, tuple(lines), _inner_end(text, found.start, end))


def _fewest_rows(region: Region) -> int:
    """How many rows the region shows at least if it is a table."""
    heads = {hit.label for hit in region.hits if hit.is_kind(region.table, "column")}
    if len(heads) >= HEADS_OF_A_TABLE:
        return 1
    return FEWEST_ROWS.get(region.table, FEWEST_OF_ANY)


def _neighbours(region: Region, found: Found) -> list[tuple[int, int]]:
    """Where the heads of neighbouring columns stand: the end of one, the start of the next."""
    following = {
        (bare_label(left), bare_label(right))
        for form in found.layout.forms
        for one, other in pairwise(found.columns(form))
        for left in one.labels
        for right in other.labels
    }
    return [
        (one.end, other.start)
        for one, other in pairwise(region.hits)
        if (one.label, other.label) in following
    ]


def _stops(text: str, labels: Sequence[RowLabel], region: Region, end: int) -> list[int]:
    """Where the values of each row end: at the next label of any kind."""
    rows = {label.label_start for label in labels}
    others = [hit.start for hit in region.hits if hit.start not in rows]
    borders = sorted(
        {label.start for label in labels} | {numbering_start(text, start) for start in others}
    )
    borders.append(max(end, borders[-1]))
    return [borders[min(bisect_left(borders, one.end), len(borders) - 1)] for one in labels]


def _block_editions(region: Region, labels: Sequence[RowLabel], layout: Layout) -> dict[str, str]:
    """The edition of each block, told by the column heads that stand before its rows."""
    editions: dict[str, str] = {}
    start = region.start
    for form in layout.forms:
        own = [label for label in labels if label.key.form == form.id]
        if own:
            heads = {hit.label for hit in region.hits if start <= hit.start < own[0].start}
            editions[form.id] = _edition(form, heads, layout.edition)
            start = own[-1].end
        else:
            editions[form.id] = layout.edition
    return editions


def _edition(form: Form, heads: set[str], usual: str) -> str:
    """The edition most of whose column labels stand in the heads; the usual one if none does."""

    def shown(edition: str) -> tuple[int, bool]:
        columns = form.columns_of(edition)
        count = sum(not heads.isdisjoint(map(bare_label, one.labels)) for one in columns)
        return count, edition == usual

    return max(form.editions, key=shown)


def _read_across(
    text: str, places: GridPlaces, region: Region, layout: Layout, limit: int
) -> Draft | None:
    form = layout.forms[0]
    start = _outer_start(text, region.start)
    found = Found(region, layout, start, {form.id: layout.edition})
    columns = tuple(column for _ in form.rows for column in form.columns)
    cells = tuple((row.id, column.id) for row in form.rows for column in form.columns)
    last = region.hits[-1]
    end = values_end(text, last.end, limit)
    empty = LineCells.of(form, cells, columns)
    span = Span(last.start, last.end, end, len(cells), empty.rank)
    line = read_across(text, span, places, styles_of(text, _neighbours(region, found)))
    only = empty.filled(line.slots, joined=line.joined)
    return Draft(found, (only,), _inner_end(text, start, end))


def _outer_start(text: str, start: int) -> int:
    """The start of a table with the brackets, separators and numbering before its first label."""
    while start and text[start - 1] in ' \t|（(“"':
        start -= 1
    return start


def _inner_end(text: str, start: int, end: int) -> int:
    """``end`` without the separators and blank lines before it."""
    return start + len(text[start:end].rstrip(" \n\t|"))


def _table(draft: Draft, manner: Writing) -> Table:
    found = draft.found
    filled = {cell for line in draft.lines for cell in line.cells}
    order: list[CellKey] = [
        cell
        for form in found.layout.forms
        for row in form.rows_of(found.editions[form.id])
        for cell in found.line(form.id, row).cells
    ]
    missing = [cell for cell in order if cell not in filled]
    cells = fill(found.region.table, draft.lines, missing, found.start, manner)
    places = {cell: place for place, cell in enumerate(order)}
    cells.sort(key=lambda cell: places.get((cell.row, cell.column), len(places)))
    return Table(
        id=found.region.table,
        form=found.edition,
        cells=tuple(cells if found.is_uniform else _with_forms(cells, found)),
        start=found.start,
        end=draft.end,
    )


def _with_forms(cells: Sequence[Cell], found: Found) -> Iterator[Cell]:
    """The cells with the form of their block, where that is not the form of the table."""
    for cell in cells:
        form = next(
            one for one in found.layout.forms if any(row.id == cell.row for row in one.rows)
        )
        edition = found.editions[form.id]
        yield cell if edition == found.edition else cell.model_copy(update={"form": edition})
