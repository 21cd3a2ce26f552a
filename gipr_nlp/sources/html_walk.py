"""Walks a tree of HTML into blocks: paragraphs at every break, data tables as lattices.

A table's row that holds a table, or long text of several lines, is layout: the walk goes on
inside it. The rows between such rows are a data table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gipr_nlp.sources.blocks import Block, Lattice, Paragraph, Slot, clean, place
from gipr_nlp.sources.html_stats import BREAKING, Measured, Stats
from gipr_nlp.sources.limits import Clock, Limits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SKIPPED = frozenset({"-comment", "script", "style", "template", "rt", "rp", "head", "title"})
GROUPS = frozenset({"thead", "tbody", "tfoot"})
VERBATIM = frozenset({"pre", "textarea", "xmp", "listing", "plaintext"})
# Letters beyond which several lines in a cell are prose; sooner where the cell stands alone.
LONG_CELL = 300
LONG_ROW = 60
NESTED_CELLS = 4
NUMBER = re.compile(r"\s*+(\d{1,5})")


def blocks_of(measured: Measured, limits: Limits, clock: Clock) -> list[Block]:
    """The blocks of the text that was measured, in reading order."""
    return _Walk(measured, limits, clock).blocks


class _Walk:
    """A walk in document order with its own stack: pages nest as deep as they like.

    On the stack are nodes to enter, names of elements to leave, and lattices to give out.
    """

    def __init__(self, measured: Measured, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self.clock = clock
        self.measured = measured
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._verbatim = 0
        pending: list[LexborNode | str | Lattice] = [measured.root]
        while pending:
            item = pending.pop()
            if isinstance(item, str):
                self._leave(item)
            elif isinstance(item, Lattice):
                self.blocks.append(item)
            else:
                pending.extend(reversed(self._enter(item)))
        self._end_line()

    def _enter(self, node: LexborNode) -> list[LexborNode | str | Lattice]:
        """Take ``node`` in; gives what is to do next, in order."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return []
        if tag in SKIPPED:
            return []
        if tag in BREAKING:
            self._end_line()
            self.clock.check()
        if tag == "table":
            return self._table(node)
        self._verbatim += tag in VERBATIM
        return [*_children(node), tag]

    def _leave(self, tag: str) -> None:
        self._verbatim -= tag in VERBATIM
        if tag in BREAKING:
            self._end_line()

    def _write(self, text: str) -> None:
        if not self._verbatim:
            self._line.append(text)
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for line in others:
            self._end_line()
            self._line.append(line)

    def _end_line(self) -> None:
        text = clean("".join(self._line))
        self._line.clear()
        if text:
            self.blocks.append(Paragraph(text))

    def _table(self, table: LexborNode) -> list[LexborNode | str | Lattice]:
        """A table as lattices of its data rows, its captions, and its rows that are layout: all
        of them where no row has two cells with text."""
        steps: list[LexborNode | str | Lattice] = []
        data: list[LexborNode] = []
        rows = list(_rows(table))
        has_columns = any(len(self._filled(row)) > 1 for row in rows)
        for row in rows:
            if has_columns and row.tag == "tr" and not self._is_layout(row):
                data.append(row)
            else:
                steps.extend(self._lattice(data))
                steps.append(row)
                data = []
        return [*steps, *self._lattice(data), "table"]

    def _is_layout(self, row: LexborNode) -> bool:
        filled = self._filled(row)
        long = LONG_ROW if len(filled) == 1 else LONG_CELL
        return any(
            stats.cells > NESTED_CELLS or (stats.letters > long and stats.breaks > 2)
            for stats in filled
        )

    def _filled(self, row: LexborNode) -> list[Stats]:
        """The stats of the cells of a row that are not empty."""
        cells = [self.measured.of(cell) for cell in _cells(row)]
        return [stats for stats in cells if stats.letters]

    def _lattice(self, rows: list[LexborNode]) -> Iterator[Lattice]:
        """The rows as one lattice. A browser ends spans with the group of rows (tbody); who wrote
        a longer one meant it to go on, so here they end with the table."""
        slots = [[_slot(cell) for cell in _cells(row)] for row in rows]
        if any(slots):
            yield Lattice(tuple(place(slots, self.limits)))


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table in order, with its captions among them."""
    for part in _children(table):
        if part.tag in GROUPS:
            yield from (row for row in _children(part) if row.tag == "tr")
        elif part.tag in {"tr", "caption"}:
            yield part


def _slot(cell: LexborNode) -> Slot:
    return Slot(_text(cell), _number(cell, "rowspan"), _number(cell, "colspan"))


def _number(cell: LexborNode, name: str) -> int:
    match = NUMBER.match(cell.attributes.get(name) or "")
    return int(match[1]) if match else 1


def _text(cell: LexborNode) -> str:
    """The text of a cell as one line; what an entry field of a form shows counts as text."""
    pieces: list[str] = []
    pending: list[LexborNode | str] = [cell]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif item.tag == "-text":
            pieces.append(item.text_content or "")
        elif item.tag == "input" and item.attributes.get("type") in {None, "text", "number"}:
            pieces.append(item.attributes.get("value") or "")
        elif item.tag not in SKIPPED:
            inside: list[LexborNode | str] = list(_children(item))
            if item.tag in BREAKING:
                # A space that clean() keeps, where a break of the markup may go.
                inside = [" \u00a0", *inside, " \u00a0"]
            pending.extend(reversed(inside))
    return clean("".join(pieces))


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in _children(row) if node.tag in {"td", "th"}]


def _children(node: LexborNode) -> list[LexborNode]:
    """Its element and text children."""
    found = []
    child = node.child
    while child is not None:
        if child.tag != "-comment":
            found.append(child)
        child = child.next
    return found
