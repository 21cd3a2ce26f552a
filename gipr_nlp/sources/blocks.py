"""What every reader of structured files gives out: paragraphs and grids in document order.

``assemble`` lays them out as the text of a ``Document``: a paragraph is a line, a grid stands
row by row with its cells parted by tabs, and every cell knows its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gipr_nlp.records import Grid, GridCell
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.normalise import fold_text

# Spans beyond these are slips of a site builder; HTML itself caps them there.
MAX_COLSPAN = 1000
MAX_ROWSPAN = 65534
# A row that is one cell this long is a paragraph that someone framed; so is, whatever stands
# beside it, a cell longer than any cell of a form.
PARAGRAPH_LENGTH = 120
LONGEST_CELL = 300
BLANKS = re.compile(r"[ \t\n]++")
# A line break of the markup between two Chinese characters is no space.
CHINESE_BREAK = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]*+\n[ \t\n]*+"
    r"(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (or heading, or list item) of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as a row of a file lists it: its text and how far it reaches."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str

    @property
    def bottom(self) -> int:
        """The first row below the cell."""
        return self.row + self.rowspan


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one table at their places."""

    cells: tuple[Placed, ...]

    @property
    def height(self) -> int:
        """The number of rows."""
        return max((cell.bottom for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.colspan for cell in self.cells), default=0)


Block = Paragraph | Lattice


def place(rows: Sequence[Sequence[Slot]], limits: Limits) -> list[Placed]:
    """Every slot at its row and column: a slot goes to the first column that no earlier span
    covers; row spans end with the last of ``rows``."""
    cells: list[Placed] = []
    covered: dict[int, int] = {}  # column -> the first row that is free again
    area = 0
    for row, slots in enumerate(rows):
        column = 0
        for slot in slots:
            while covered.get(column, 0) > row:
                column += 1
            colspan = min(max(1, slot.colspan), MAX_COLSPAN)
            rowspan = min(slot.rowspan if slot.rowspan > 0 else MAX_ROWSPAN, len(rows) - row)
            cells.append(Placed(row, column, rowspan, colspan, slot.text))
            area += colspan
            limits.check_cells(area)
            for reached in range(column, column + colspan):
                covered[reached] = row + rowspan
            column += colspan
    return cells


def clean(text: str) -> str:
    """Running text of markup as one line: folded, every run of blanks one space."""
    if text.isascii() and text.isalnum():
        return text  # a number, as most cells of a form are
    folded = CHINESE_BREAK.sub("", fold_text(text))
    return BLANKS.sub(" ", folded).strip()


def tidy(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without empty ones; a framed paragraph is a paragraph, not a table.

    A table of one column is lines of text, and so is a row that is one long cell; the rows
    above and below it are tables of their own.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield block
        elif block.width <= 1:
            yield from (Paragraph(cell.text) for cell in block.cells if cell.text.strip())
        else:
            yield from _without_framed_text(block)


def _without_framed_text(lattice: Lattice) -> Iterator[Block]:
    by_row: dict[int, list[Placed]] = {}
    for cell in lattice.cells:
        by_row.setdefault(cell.row, []).append(cell)
    reach = 0  # the first row below every cell seen so far
    pending: list[Placed] = []
    for row in sorted(by_row):
        cells = by_row[row]
        filled = [cell for cell in cells if cell.text.strip()]
        longest = max((len(cell.text) for cell in filled), default=0)
        is_framed = longest > (PARAGRAPH_LENGTH if len(filled) == 1 else LONGEST_CELL)
        if is_framed and reach <= row and all(cell.rowspan == 1 for cell in cells):
            yield from _lattice(pending)
            pending = []
            yield from (Paragraph(cell.text) for cell in filled)
        else:
            pending.extend(cells)
        reach = max([reach, *(cell.bottom for cell in cells)])
    yield from _lattice(pending)


def _lattice(cells: list[Placed]) -> Iterator[Block]:
    if not any(cell.text.strip() for cell in cells):
        return
    top = min(cell.row for cell in cells)
    yield Lattice(
        tuple(
            Placed(cell.row - top, cell.column, cell.rowspan, cell.colspan, cell.text)
            for cell in cells
        )
    )


def assemble(blocks: Iterable[Block], limits: Limits) -> tuple[str, tuple[Grid, ...]]:
    """The text of a document and its grids; the texts of ``blocks`` are clean already."""
    layout = _Layout(limits)
    for block in blocks:
        if isinstance(block, Paragraph):
            layout.write(block.text)
            layout.write("\n")
        else:
            layout.lay(block)
    return "".join(layout.pieces), tuple(layout.grids)


class _Layout:
    """The text as it grows, with the offset where the next piece will stand."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pieces: list[str] = []
        self.grids: list[Grid] = []
        self.offset = 0
        self.cells = 0

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += len(text)
        self.limits.check_characters(self.offset)

    def lay(self, lattice: Lattice) -> None:
        self.cells += len(lattice.cells)
        self.limits.check_cells(self.cells)
        start = self.offset
        rows: dict[int, list[Placed]] = {}
        for cell in lattice.cells:
            rows.setdefault(cell.row, []).append(cell)
        laid = [cell for row in sorted(rows) for cell in self._row(rows[row])]
        self.grids.append(Grid(start=start, end=self.offset, cells=tuple(laid)))

    def _row(self, cells: list[Placed]) -> Iterator[GridCell]:
        """One line; a column that a span covers is empty in it, so that columns stay in step."""
        column = 0
        for cell in sorted(cells, key=lambda cell: cell.column):
            self.write("\t" * (cell.column - column))
            column = cell.column
            start = self.offset
            self.write(cell.text)
            yield GridCell(
                start=start,
                end=self.offset,
                row=cell.row,
                column=cell.column,
                rowspan=cell.rowspan,
                colspan=cell.colspan,
                text=cell.text,
            )
        self.write("\n")
