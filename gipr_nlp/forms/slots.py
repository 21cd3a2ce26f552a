"""Cuts what follows a row's label into slots, by the separators that the source kept.

A grid gives its cells. In text every way of writing a row is tried on all rows of a table, and
the one that gives most rows exactly their columns is the way in which the table is written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gipr_nlp.forms.labels import ideographs
from gipr_nlp.forms.values import Slot, is_printed
from gipr_nlp.records import Document, Grid, GridCell

_PUNCTUATION = re.compile(r"[（()）【】“”\"'‘’：:、，。；;*]++")
_AROUND = " \n\t|"
_VALUE = re.compile(r"(?:[增减]?[\d+\-—–−_/\\][\d+\-—–−_/\\.,\s]*+(?:[万亿]?元)?+|无)++")
# Fewer ideographs behind a value are the rest of something, more are the next label.
FEWEST_OF_A_LABEL = 4
LONGEST_UNIT = 2


@dataclass(frozen=True, slots=True)
class Style:
    """A way of writing a row: the separator of its cells, within one line or over several."""

    name: str
    separator: re.Pattern[str]
    one_line: bool = False
    keeps_blanks: bool = True

    def split(self, text: str, start: int, end: int, *, headless: bool = False) -> list[Slot]:
        """The slots of ``text[start:end]``, which begins right after a label.

        ``headless``: it begins with the first cell of a row instead.
        """
        if self.one_line:
            line_end = text.find("\n", start, end)
            end = end if line_end < 0 else line_end + 1
        pieces = list(self._pieces(text, start, end))
        if pieces and not headless:
            head = without_words(pieces[0])
            pieces = pieces[1:] if head.empty else [head, *pieces[1:]]
        if pieces and pieces[-1].empty and "\n" not in text[pieces[-1].start : end]:
            pieces = pieces[:-1]  # what stands before the label of the next line
        return pieces if self.keeps_blanks else [one for one in pieces if not one.empty]

    def is_border(self, gap: str) -> bool:
        """Whether what stands on the two sides of ``gap`` stands in neighbouring cells."""
        if self.one_line and "\n" in gap:
            return False
        return len(self.separator.findall(gap)) == 1

    def _pieces(self, text: str, start: int, end: int) -> Iterable[Slot]:
        place = start
        for match in self.separator.finditer(text, start, end):
            yield trimmed(text, place, match.start())
            place = match.end()
        yield trimmed(text, place, end)


STYLES = (
    Style("cells of a line", re.compile(r"[\t|]"), one_line=True),
    Style("pipes", re.compile(r"\s*+\|[^\S\t\n]*+\n?")),
    Style("pairs of pipes", re.compile(r"\s*+\|\s*+\|[^\S\t\n]*+\n?")),
    Style("lines with tabs", re.compile(r"\n\t")),
    Style("lines", re.compile(r"\n")),
    Style("lines apart", re.compile(r"\n[^\S\n]*+\n")),
    Style("words", re.compile(r"[\s|]++"), keeps_blanks=False),
)


def styles_of(text: str, heads: Sequence[tuple[int, int]]) -> list[Style]:
    """The ways of writing in which neighbouring heads, told by the end of one and the start of
    the next, stand in neighbouring cells. The last style is there for what fits none."""
    gaps = Counter(text[start:end] for start, end in heads)
    fitting = [
        style
        for style in STYLES[:-1]
        if not heads
        or 2 * sum(count for gap, count in gaps.items() if style.is_border(gap)) > len(heads)
    ]
    return [*(fitting or STYLES[:-1]), STYLES[-1]]


def trimmed(text: str, start: int, end: int) -> Slot:
    """The slot of ``text[start:end]`` without the spaces and pipes around it."""
    piece = text[start:end]
    if piece.isdecimal():
        return Slot(piece, start, end)
    piece = piece.lstrip(_AROUND)
    words = piece.rstrip(_AROUND)
    if not words or (not words[0].isalnum() and _PUNCTUATION.fullmatch(words)):
        return Slot("", start, start)
    left = end - len(piece)
    return Slot(words, left, left + len(words))


def without_words(slot: Slot) -> Slot:
    """The slot without the words around its value: the rest of a label or a unit before it, the
    next label glued to it."""
    words = slot.text
    if not words or is_printed(words):
        return slot
    for value in _VALUE.finditer(words):
        behind = ideographs(words[value.end() :])
        is_last = not behind
        is_first = not ideographs(words[: value.start()]) or value.start() <= LONGEST_UNIT
        if is_last or (is_first and len(behind) >= FEWEST_OF_A_LABEL):
            start, end = value.span()
            return Slot(words[start:end].rstrip(), slot.start + start, slot.start + end)
    return Slot("", slot.end, slot.end)


def fits(slots: Sequence[Slot], columns: int) -> bool:
    """Whether the slots are as many as the columns, with nothing printed behind."""
    return len(slots) >= columns and not any(slot.text for slot in slots[columns:])


class GridPlaces:
    """The cells of a document's grids, found by offset and by row."""

    def __init__(self, document: Document) -> None:
        self._grids = sorted(document.grids, key=lambda grid: grid.start)
        self._starts = [grid.start for grid in self._grids]
        self._rows: dict[int, dict[int, list[GridCell]]] = {}
        self._cells: dict[int, list[GridCell]] = {}

    def grid_at(self, offset: int) -> Grid | None:
        """The grid that ``offset`` lies in."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self._grids[place].end:
            return None
        return self._grids[place]

    def cell_at(self, offset: int) -> GridCell | None:
        """The grid cell that ``offset`` lies in."""
        grid = self.grid_at(offset)
        if grid is None:
            return None
        if grid.start not in self._cells:
            self._cells[grid.start] = sorted(grid.cells, key=lambda cell: (cell.start, cell.end))
        cells = self._cells[grid.start]
        place = bisect_right(cells, offset, key=lambda cell: cell.start) - 1
        return cells[place] if place >= 0 and offset < cells[place].end else None

    def right_of(self, offset: int) -> list[Slot]:
        """What stands in the row of the cell at ``offset``, to its right; merged blanks unfolded."""
        grid, label = self.grid_at(offset), self.cell_at(offset)
        if grid is None or label is None:
            return []
        first = label.column + label.colspan
        return [
            slot
            for cell in self._by_row(grid)[label.row]
            if cell.column >= first
            for slot in _unfolded(cell)
        ]

    def below(self, offset: int) -> list[Slot]:
        """The first row below that of the cell at ``offset``; merged blanks unfolded."""
        grid, label = self.grid_at(offset), self.cell_at(offset)
        if grid is None or label is None:
            return []
        rows = self._by_row(grid)
        later = [row for row in rows if row >= label.row + label.rowspan]
        return [slot for cell in rows[min(later)] for slot in _unfolded(cell)] if later else []

    def _by_row(self, grid: Grid) -> dict[int, list[GridCell]]:
        if grid.start not in self._rows:
            rows: dict[int, list[GridCell]] = {}
            for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
                rows.setdefault(cell.row, []).append(cell)
            self._rows[grid.start] = rows
        return self._rows[grid.start]


def _unfolded(cell: GridCell) -> Iterable[Slot]:
    words = cell.text.strip()
    if words:
        left = cell.start + len(cell.text) - len(cell.text.lstrip())
        yield Slot(words, left, left + len(words), cell.column, cell.colspan)
        return
    for column in range(cell.column, cell.column + cell.colspan):
        yield Slot("", cell.start, cell.start, column)
