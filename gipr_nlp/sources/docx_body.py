"""The body of a DOCX document as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gipr_nlp.sources.blocks import Block, Lattice, Paragraph, Placed, clean
from gipr_nlp.sources.docx_numbering import Numbering
from gipr_nlp.sources.docx_xml import child, content, is_on, name_of, number, value
from gipr_nlp.sources.joining import ends_paragraph, join
from gipr_nlp.sources.limits import Limits

NESTED_CELLS = 4
LONG_CELL = 300
# Marks put into the text of a paragraph while it is gathered.
SOFT_BREAK = "\n"
UNSEEN_FIELDS = ("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "INDEX")


class Body:
    """Reads the elements of one document; fields and numbering run on from one to the next."""

    def __init__(self, limits: Limits, numbering: Numbering) -> None:
        self.limits = limits
        self.clock = limits.clock()
        self.numbering = numbering
        self.letters = 0
        self._fields: list[str] = []  # of each open field: "code", "result" or "unseen"
        self._see_all = False
        self._carried = ""  # text before a deleted paragraph mark

    def blocks(self, document: Any) -> list[Block]:
        """The blocks of a ``w:document``."""
        body = child(document, "body")
        if body is None:
            return []
        self.limits.check_cells(sum(1 for _ in body.iter("{*}tc")))
        blocks = list(self._blocks(body))
        if "unseen" in self._fields:
            # A field that never ends would swallow what follows it: show every field instead.
            self._see_all = True
            self.numbering.restart()
            blocks = list(self._blocks(body))
        return blocks

    def _blocks(self, container: Any) -> Iterator[Block]:
        for item in content(container):
            name = name_of(item)
            if name == "p":
                yield from self._paragraph(item)
            elif name == "tbl":
                yield from self._table(item)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        self.clock.check()
        boxes: list[Any] = []
        label = self.numbering.label(element)
        text = self._carried + label + self._text(element, boxes)
        self._carried = ""
        self._fields = [state for state in self._fields if state != "code"]
        if child(element, "pPr", "rPr", "del") is not None:
            self._carried = text
        else:
            yield from (Paragraph(line) for line in _lines(text))
        for box in boxes:
            yield from self._blocks(box)

    def _text(self, element: Any, boxes: list[Any]) -> str:
        """The text of a paragraph or run; text boxes that hang on it are added to ``boxes``."""
        pieces: list[str] = []
        for item in content(element):
            name = name_of(item)
            if name == "r":
                if not is_on(child(item, "rPr", "vanish")):
                    pieces.append(self._text(item, boxes))
            elif name == "fldChar":
                self._field(value(item, "fldCharType"))
            elif name == "instrText":
                self._field_code(item.text or "")
            elif name == "fldSimple":
                if self._see_all or not _is_unseen(value(item, "instr")):
                    pieces.append(self._text(item, boxes))
            elif name == "ruby":
                base = child(item, "rubyBase")
                pieces.append("" if base is None else self._text(base, boxes))
            elif name in {"drawing", "pict", "object"}:
                boxes.extend(_boxes(item))
            elif self._see_all or all(state == "result" for state in self._fields):
                pieces.append(_characters(name, item))
        text = "".join(pieces)
        if name_of(element) == "p":
            self.letters += len(text)
            self.limits.check_characters(self.letters)
        return text

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields and self._fields[-1] == "code":
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_code(self, code: str) -> None:
        if self._fields and self._fields[-1] == "code" and _is_unseen(code):
            self._fields[-1] = "unseen"

    def _table(self, table: Any) -> Iterator[Block]:
        """A table as lattices of its data rows; a row that holds a table or long text is layout."""
        rows: list[list[_Cell]] = []
        for row in _rows(table):
            self.clock.check()
            if any(_is_layout(cell) for cell in _cells(row)):
                yield from _lattice(rows)
                rows = []
                for cell in _cells(row):
                    yield from self._blocks(cell)
            else:
                rows.append(self._row(row))
        yield from _lattice(rows)

    def _row(self, row: Any) -> list[_Cell]:
        cells: list[_Cell] = []
        column = number(child(row, "trPr", "gridBefore"))
        for element in _cells(row):
            properties = child(element, "tcPr")
            width = 1 if properties is None else max(1, number(child(properties, "gridSpan"), 1))
            below = _continues(properties, "vMerge")
            if _continues(properties, "hMerge") and cells:
                cells[-1].colspan += width
            else:
                cells.append(_Cell(column, min(width, 1000), below, self._cell_text(element)))
            column += min(width, 1000)
        return cells

    def _cell_text(self, cell: Any) -> str:
        """The text of a cell as one line: its paragraphs, boxes and small tables parted by spaces."""
        texts: list[str] = []
        for block in self._blocks(cell):
            if isinstance(block, Paragraph):
                texts.append(block.text)
            else:
                texts.extend(placed.text for placed in block.cells)
        return clean(" \u00a0".join(texts))


class _Cell:
    """A cell of a row: its column, width, whether the cell above goes on in it, and its text."""

    __slots__ = ("colspan", "column", "continues", "text")

    def __init__(self, column: int, colspan: int, continues: bool, text: str) -> None:
        self.column = column
        self.colspan = colspan
        self.continues = continues
        self.text = text


def _lattice(rows: list[list[_Cell]]) -> Iterator[Lattice]:
    """The rows with every cell that goes on downwards made one, as tall as it is."""
    anchors: dict[int, tuple[int, _Cell]] = {}
    heights: dict[tuple[int, int], int] = {}
    kept: list[tuple[int, _Cell]] = []
    for row, cells in enumerate(rows):
        still: dict[int, tuple[int, _Cell]] = {}
        for cell in cells:
            anchor = anchors.get(cell.column) if cell.continues else None
            if anchor is None:
                anchor = (row, cell)
                kept.append(anchor)
            heights[anchor[0], cell.column] = row - anchor[0] + 1
            still[cell.column] = anchor
        anchors = still
    placed = [
        Placed(row, cell.column, heights[row, cell.column], cell.colspan, cell.text)
        for row, cell in kept
    ]
    if placed:
        yield Lattice(tuple(placed))


def _rows(table: Any) -> Iterator[Any]:
    for row in content(table):
        if name_of(row) == "tr" and child(row, "trPr", "del") is None:
            yield row


def _cells(row: Any) -> Iterator[Any]:
    for cell in content(row):
        if name_of(cell) == "tc" and child(cell, "tcPr", "cellDel") is None:
            yield cell


def _is_layout(cell: Any) -> bool:
    names = [name_of(item) for item in cell.iter()]
    if names.count("tc") > NESTED_CELLS:
        return True
    if names.count("p") < 3:
        return False
    return sum(len(item.text or "") for item in cell.iter() if name_of(item) == "t") > LONG_CELL


def _continues(properties: Any, name: str) -> bool:
    merge = None if properties is None else child(properties, name)
    return merge is not None and value(merge, default="continue") == "continue"


def _boxes(drawing: Any) -> Iterator[Any]:
    """The outermost text boxes below a drawing, of one variant of alternative content."""
    for item in content(drawing):
        if name_of(item) == "txbxContent":
            yield item
        else:
            yield from _boxes(item)


def _characters(name: str, item: Any) -> str:
    if name == "t":
        return item.text or ""
    if name in {"tab", "ptab"}:
        return " "
    if name in {"br", "cr"}:
        return SOFT_BREAK
    return "-" if name == "noBreakHyphen" else ""


def _lines(text: str) -> Iterator[str]:
    """The paragraphs in ``text``: a soft break ends one only where a sentence or a head does."""
    current = ""
    for line in text.split(SOFT_BREAK):
        cleaned = clean(line)
        if not cleaned:
            continue
        if current and ends_paragraph(current, cleaned):
            yield current
            current = cleaned
        else:
            current = join(current, cleaned)
    if current:
        yield current


def _is_unseen(code: str) -> bool:
    return code.strip().upper().split(" ", 1)[0] in UNSEEN_FIELDS
