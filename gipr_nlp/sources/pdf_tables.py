"""Ruled tables of PDF pages: cells with their text, and tables joined over pages.

Cells are kept with their left and right edges in points until the whole table is together:
one page may show four columns of it and the next only two, merged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gipr_nlp.sources.blocks import Lattice, Placed
from gipr_nlp.sources.encodings import CHINESE
from gipr_nlp.sources.joining import OPENING, join
from gipr_nlp.sources.pdf_glyphs import Glyph
from gipr_nlp.sources.pdf_lines import text_of_cell

EDGE_TOLERANCE = 3.0
SIDE_TOLERANCE = 8.0
MOST_HEAD_ROWS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a fragment: rows counted, edges in points."""

    row: int
    rowspan: int
    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one page shows of a table: its height on the page and its cells."""

    top: float
    bottom: float
    height: int
    cells: tuple[Cell, ...]

    @property
    def left(self) -> float:
        """Its left side."""
        return min(cell.x0 for cell in self.cells)

    @property
    def right(self) -> float:
        """Its right side."""
        return max(cell.x1 for cell in self.cells)

    def row(self, number: int) -> list[Cell]:
        """The cells that begin in row ``number``, from left to right."""
        found = [cell for cell in self.cells if cell.row == number]
        return sorted(found, key=lambda cell: cell.x0)


def fragments_of(tables: Iterable[Any], glyphs: list[Glyph]) -> tuple[list[Fragment], list[Glyph]]:
    """The tables of a page with their text, and the glyphs that stand in none of them.

    A table of one column is a frame around text, and stays text.
    """
    fragments = []
    for table in sorted(tables, key=lambda table: table.bbox[1]):
        boxes = sorted({tuple(map(float, box)) for box in table.cells if box is not None})
        columns = _clusters(edge for box in boxes for edge in (box[0], box[2]))
        if len(columns) < 3:
            continue
        inside = [glyph for glyph in glyphs if _is_within(glyph, table.bbox)]
        if not inside:
            continue
        fragments.append(_fragment(boxes, inside))
        glyphs = [glyph for glyph in glyphs if not _is_within(glyph, table.bbox)]
    return fragments, glyphs


def _fragment(boxes: Sequence[tuple[float, ...]], glyphs: list[Glyph]) -> Fragment:
    rows = _clusters(edge for box in boxes for edge in (box[1], box[3]))
    held: dict[tuple[float, ...], list[Glyph]] = {box: [] for box in boxes}
    loose: list[Glyph] = []
    for glyph in glyphs:
        home = next((box for box in boxes if _is_within(glyph, box)), None)
        (held[home] if home is not None else loose).append(glyph)
    cells = [_cell(rows, box, inside, top=box[1], bottom=box[3]) for box, inside in held.items()]
    cells.extend(_loose_cells(loose, rows))
    return Fragment(rows[0], rows[-1], len(rows) - 1, tuple(cells))


def _cell(
    rows: list[float], box: tuple[float, ...], glyphs: list[Glyph], *, top: float, bottom: float
) -> Cell:
    first, last = _nearest(rows, top), _nearest(rows, bottom)
    text = ""
    for line in text_of_cell(glyphs):
        text = join(text, line) if text else line
    return Cell(first, max(1, last - first), box[0], box[2], text)


def _loose_cells(glyphs: list[Glyph], rows: list[float]) -> list[Cell]:
    """Text inside a table where lines are missing: a cell of its own in each row, never lost."""
    by_row: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row = max(0, min(bisect_left(rows, glyph.middle) - 1, len(rows) - 2))
        by_row.setdefault(row, []).append(glyph)
    cells = []
    for row, found in by_row.items():
        box = (min(g.x0 for g in found), 0.0, max(g.x1 for g in found), 0.0)
        cells.append(_cell(rows, box, found, top=rows[row], bottom=rows[row + 1]))
    return cells


def continues(above: Fragment, below: Fragment) -> bool:
    """Whether ``below``, the first on its page, goes on with ``above``, the last on its own."""
    return (
        abs(above.left - below.left) < SIDE_TOLERANCE
        and abs(above.right - below.right) < SIDE_TOLERANCE
    )


def joined(above: Fragment, below: Fragment) -> Fragment:
    """One fragment of both: a repeated head dropped, rows and labels cut by the page made whole."""
    below = _without_head(above, below)
    if not below.cells:
        return above
    pairs = _pairs_over_the_break(above, below)
    overlap = int(_is_rest_of_row(below.row(0), pairs))
    if not overlap:
        pairs = _labels_that_go_on(below.row(0), pairs)
    shift = above.height - overlap
    cells = list(above.cells)
    for cell in below.cells:
        cut = pairs.get(cell)
        if cut is None:
            cells.append(replace(cell, row=cell.row + shift))
        else:
            rowspan = cut.rowspan + cell.rowspan - overlap
            cells[cells.index(cut)] = replace(cut, rowspan=rowspan, text=_whole_text(cut, cell))
    return Fragment(above.top, below.bottom, shift + below.height, tuple(cells))


def _without_head(above: Fragment, below: Fragment) -> Fragment:
    """``below`` without the head rows that repeat those of ``above``."""
    same = 0
    while same < min(MOST_HEAD_ROWS, below.height, above.height):
        one, other = _texts(above.row(same)), _texts(below.row(same))
        if one != other or not any(CHINESE.search(text) for text in one):
            break
        same += 1
    # A head ends where no cell of it reaches further down.
    while same and any(cell.row < same < cell.row + cell.rowspan for cell in below.cells):
        same -= 1
    kept = tuple(replace(cell, row=cell.row - same) for cell in below.cells if cell.row >= same)
    return Fragment(below.top, below.bottom, below.height - same, kept)


def _pairs_over_the_break(above: Fragment, below: Fragment) -> dict[Cell, Cell]:
    """For cells of the first row of ``below``, the cell between the same edges that reaches the
    foot of the page before."""
    foot = [cell for cell in above.cells if cell.row + cell.rowspan == above.height]
    pairs = {}
    for cell in below.row(0):
        for other in foot:
            if _same_edges(cell, other):
                pairs[cell] = other
    return pairs


def _is_rest_of_row(first: list[Cell], pairs: dict[Cell, Cell]) -> bool:
    """Whether the first row of a page is the lower part of the last row before: between the same
    edges everywhere, the numbered label goes on without a number, and no value is in both."""
    if len(pairs) < len(first):
        return False
    goes_on = False
    for cell, cut in pairs.items():
        if CHINESE.search(cut.text) or CHINESE.search(cell.text):
            if OPENING.match(cell.text) or (cell.text and not cut.text):
                return False
            is_own = cell.rowspan == cut.rowspan == 1
            goes_on = goes_on or bool(is_own and cell.text and OPENING.match(cut.text))
        elif cell.text and cut.text:
            return False
    return goes_on


def _labels_that_go_on(first: list[Cell], pairs: dict[Cell, Cell]) -> dict[Cell, Cell]:
    """The labels of groups that a page break cuts: the leading cells of a row that are empty,
    repeat the label, or go on with it."""
    leading = []
    for cell in first:
        leading.append(cell)
        if OPENING.match(cell.text):
            break
    else:
        leading = [cell for cell in first if cell.rowspan > 1]
    return {
        cell: pairs[cell]
        for cell in leading
        if cell in pairs
        and CHINESE.search(pairs[cell].text)
        and (cell.text == pairs[cell].text or not OPENING.match(cell.text))
    }


def _whole_text(cut: Cell, rest: Cell) -> str:
    if not cut.text or cut.text == rest.text:
        return rest.text
    return join(cut.text, rest.text)


def lattice_of(fragment: Fragment) -> Lattice:
    """The whole table in rows and columns."""
    columns = _clusters(edge for cell in fragment.cells for edge in (cell.x0, cell.x1))
    placed = []
    for cell in sorted(fragment.cells, key=lambda cell: (cell.row, cell.x0)):
        first, last = _nearest(columns, cell.x0), _nearest(columns, cell.x1)
        placed.append(Placed(cell.row, first, cell.rowspan, max(1, last - first), cell.text))
    return Lattice(tuple(placed))


def _texts(cells: list[Cell]) -> list[str]:
    return [cell.text for cell in cells]


def _same_edges(one: Cell, other: Cell) -> bool:
    return abs(one.x0 - other.x0) < SIDE_TOLERANCE and abs(one.x1 - other.x1) < SIDE_TOLERANCE


def _is_within(glyph: Glyph, box: Sequence[float]) -> bool:
    return box[0] <= glyph.centre <= box[2] and box[1] <= glyph.middle <= box[3]


def _clusters(edges: Iterable[float]) -> list[float]:
    """The edges with those closer together than the tolerance made one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > EDGE_TOLERANCE:
            found.append(edge)
    return found


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
