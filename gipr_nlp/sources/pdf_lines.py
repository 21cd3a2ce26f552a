"""Characters into lines: what stands at one height, from left to right.

Blanks of the file are not trusted (every text layer has its own around digits); they are told
by the distance between characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gipr_nlp.sources.pdf_glyphs import Glyph

# Distances between neighbours, in sizes of a character.
WORD_GAP = 0.25
COLUMN_GAP = 2.0
DOUBLE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, where it stands, and the size of its characters."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of ``glyphs`` from the top down."""
    return [_line(row) for row in _rows(glyphs)]


def text_of_cell(glyphs: Sequence[Glyph]) -> list[str]:
    """The lines of a cell as texts; columns are not looked for in it."""
    return [_line(row).text.replace("\t", " ") for row in _rows(glyphs)]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by line. A glyph belongs to the line whose middle it reaches."""
    rows: list[list[Glyph]] = []
    middle = reach = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle, glyph.x0)):
        if rows and glyph.middle - middle < reach:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle, reach = glyph.middle, 0.5 * max(glyph.size, 1.0)
    return [_without_doubles(sorted(row, key=lambda glyph: glyph.x0)) for row in rows]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Without characters drawn twice, a hair apart, to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if kept and kept[-1].text == glyph.text:
            overlap = kept[-1].x1 - glyph.x0
            if overlap > DOUBLE_SHARE * (glyph.x1 - glyph.x0):
                continue
        kept.append(glyph)
    return kept


def _line(row: list[Glyph]) -> Line:
    size = median(glyph.size for glyph in row)
    pieces: list[str] = []
    previous: Glyph | None = None
    for glyph in row:
        if previous is not None:
            pieces.append(_gap(previous, glyph, size))
        pieces.append(glyph.text)
        previous = glyph
    return Line(
        text="".join(pieces),
        x0=row[0].x0,
        x1=max(glyph.x1 for glyph in row),
        top=min(glyph.top for glyph in row),
        bottom=max(glyph.bottom for glyph in row),
        size=size,
    )


def _gap(left: Glyph, right: Glyph, size: float) -> str:
    """What stands between two neighbours: nothing, a space between words, a tab between columns."""
    distance = right.x0 - left.x1
    if distance > COLUMN_GAP * size:
        return "\t"
    both_latin = left.text.isascii() and right.text.isascii()
    if distance > size or (both_latin and distance > WORD_GAP * size):
        return " "
    return ""
