"""Pages into blocks: heads, feet and page numbers out, lines into paragraphs, tables joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import regex

from gipr_nlp.sources.blocks import Block, Paragraph, clean
from gipr_nlp.sources.furniture import PAGE_NUMBER
from gipr_nlp.sources.joining import OPENING, SENTENCE_END, join
from gipr_nlp.sources.pdf_lines import Line
from gipr_nlp.sources.pdf_tables import Fragment, continues, joined, lattice_of

# The edge of a page where heads and feet stand, as a share of its height, and how many lines
# of it are looked at.
EDGE_SHARE = 0.12
EDGE_LINES = 3
REPEATED_SHARE = 0.5
APART = 1.3
WORDS = regex.compile(r"\p{L}")
DIGITS = regex.compile(r"\d+")
BARE_NUMBER = regex.compile(r"\s*+(\d{1,4})(?:\s*+/\s*+\d{1,4})?\s*+")
# In sizes of a character: how far a full line may stay from the margin, how far a first line
# is set in, how much further apart paragraphs stand than lines.
RAGGED = 2.5
INDENT = 1.2
LEADING = 1.5
SHORT_PAGE = 0.75


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on one page: lines outside tables, and parts of tables."""

    number: int
    width: float
    height: float
    lines: list[Line]
    fragments: list[Fragment]


def without_edges(pages: list[PageContent]) -> list[PageContent]:
    """The pages without what repeats at their edges, and without page numbers."""
    counts = Counter(
        key for page in pages for key in {_edge_key(page, line) for line in _edge_lines(page)}
    )
    enough = max(2, REPEATED_SHARE * len(pages))
    cleaned = []
    for page in pages:
        dropped = {
            id(line)
            for line in _edge_lines(page)
            if _is_page_number(page, line)
            or (counts[_edge_key(page, line)] >= enough and WORDS.search(line.text))
        }
        lines = [line for line in page.lines if id(line) not in dropped]
        cleaned.append(replace(page, lines=lines))
    return cleaned


def _edge_lines(page: PageContent) -> list[Line]:
    """The lines at the upper and lower edge that stand apart from the text of the page."""
    edge = EDGE_SHARE * page.height
    upper = [line for line in page.lines[:EDGE_LINES] if line.top < edge]
    lower = [line for line in page.lines[-EDGE_LINES:] if line.bottom > page.height - edge]
    upper = _apart(page, upper)
    return upper + [line for line in _apart(page, lower[::-1]) if line not in upper]


def _apart(page: PageContent, edge: list[Line]) -> list[Line]:
    """Of lines from an edge inwards, those up to the last one that is set otherwise than the
    text of the page, or parted from the next line by more than lines are."""
    lines = page.lines
    if len(lines) <= 2 * EDGE_LINES:
        return edge
    pitch = median(abs(after.top - line.top) for line, after in pairwise(lines))
    size = median(line.size for line in lines)
    last = 0
    for number, line in enumerate(edge, 1):
        place = lines.index(line)
        inner = lines[place + 1 if edge[0] is lines[0] else place - 1]
        is_parted = abs(inner.top - line.top) > APART * pitch
        if is_parted or abs(line.size - size) > 0.1 * size:
            last = number
    return edge[:last]


def _edge_key(page: PageContent, line: Line) -> tuple[str, int]:
    """What makes lines of two pages the same: their text but for numbers, at one height."""
    return DIGITS.sub("#", line.text), round(line.top / 4)


def _is_page_number(page: PageContent, line: Line) -> bool:
    if PAGE_NUMBER.fullmatch(line.text):
        return True
    bare = BARE_NUMBER.fullmatch(line.text)
    return bare is not None and abs(int(bare[1]) - page.number - 1) <= 2


def blocks_of(pages: list[PageContent]) -> Iterator[Block]:
    """The paragraphs and tables of all pages in reading order."""
    text = _Text()
    table: Fragment | None = None
    for page in pages:
        text.turn(page)
        first = True
        for item in _in_order(page):
            if isinstance(item, Line):
                if table is not None:
                    yield lattice_of(table)
                    table = None
                yield from text.take(item)
            elif table is not None and first and continues(table, item):
                table = joined(table, item)
            else:
                if table is not None:
                    yield lattice_of(table)
                yield from text.end()
                table = item
            first = False
    yield from text.end()
    if table is not None:
        yield lattice_of(table)


def _in_order(page: PageContent) -> list[Line | Fragment]:
    items: list[Line | Fragment] = [*page.lines, *page.fragments]
    return sorted(items, key=lambda item: item.top)


class _Text:
    """Lines as they come, joined into paragraphs."""

    def __init__(self) -> None:
        self._paragraph = ""
        self._last: Line | None = None
        self._new_page = False
        self._left = self._right = 0.0

    def turn(self, page: PageContent) -> None:
        """A new page begins, with margins of its own."""
        body = [line for line in page.lines if len(line.text) > 1]
        if body:
            self._left = min(line.x0 for line in body)
            self._right = max(line.x1 for line in body)
            if self._right < SHORT_PAGE * page.width:
                # Only short lines: the right margin is as wide as the left one.
                self._right = page.width - self._left
        self._new_page = True

    def take(self, line: Line) -> Iterator[Paragraph]:
        """Add a line; gives out the paragraph before it if that has ended."""
        if self._last is not None and self._ends(self._last, line):
            yield from self.end()
        self._paragraph = join(self._paragraph, line.text) if self._paragraph else line.text
        self._last = line
        self._new_page = False
        if "\t" in line.text:
            yield from self.end()

    def end(self) -> Iterator[Paragraph]:
        """Give out the paragraph so far."""
        if self._paragraph:
            text = "\t".join(clean(part) for part in self._paragraph.split("\t"))
            yield Paragraph(text)
        self._paragraph = ""
        self._last = None

    def _ends(self, last: Line, line: Line) -> bool:
        """Whether the paragraph ends between two lines that follow each other."""
        size = max(last.size, line.size)
        is_full = last.x1 > self._right - RAGGED * size
        is_set_in = line.x0 > self._left + INDENT * size
        if "\t" in line.text or abs(last.size - line.size) > 0.2 * size:
            return True
        if not self._new_page and line.top - last.bottom > LEADING * size:
            return True
        if not is_full:
            return True
        if is_set_in:
            return last.x0 < line.x0 - INDENT * size or SENTENCE_END.search(last.text) is not None
        return SENTENCE_END.search(last.text) is not None and OPENING.match(line.text) is not None
