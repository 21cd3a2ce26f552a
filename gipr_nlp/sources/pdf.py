"""PDF: text and ruled tables, page by page, joined where a page only interrupts them.

pdfium gives the characters with their places; pdfplumber finds the tables on pages that have
lines drawn on them. What repeats at the edges of pages goes, lines become paragraphs, and a
table that continues on the next page is one table.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from gipr_nlp.errors import DamagedSource, UnsupportedSource
from gipr_nlp.sources.limits import Clock, Limits, too_much
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.pdf_glyphs import Glyph, Objects, glyphs_of, objects_of, plumbed_glyphs
from gipr_nlp.sources.pdf_lines import lines_of
from gipr_nlp.sources.pdf_pages import PageContent, blocks_of, without_edges
from gipr_nlp.sources.pdf_tables import Fragment, fragments_of
from gipr_nlp.sources.polish import polish

# Beyond these a page is a drawing: looking for tables in it would take for ever.
MOST_PATHS = 20_000
# Characters without a meaning of their own (no ToUnicode map) come as these.
UNREADABLE_SHARE = 0.3


def read_pdf(data: bytes, limits: Limits) -> Parts:
    """The parts of a document from the bytes of a PDF file.

    Raises ``UnsupportedSource`` where it has no text layer (saying how many pages and images
    there are), ``DamagedSource`` where it is broken or encrypted.
    """
    reader = _Reader(data, limits)
    pages = list(reader.pages())
    reader.check_text(pages)
    blocks = blocks_of(without_edges(pages))
    return polish(blocks, limits, warnings=tuple(reader.warnings))


class _Reader:
    """Reads the pages of one file, with what is to be said about them."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.warnings: list[str] = []
        self.images = 0
        self.glyphs = 0
        self.unreadable = 0

    def pages(self) -> Iterator[PageContent]:
        clock = self.limits.clock()
        with closing(_open(self.data)) as document, _Plumber(self.data) as plumber:
            if len(document) > self.limits.max_pages:
                raise too_much("the file", len(document), self.limits.max_pages, "pages")
            for number in range(len(document)):
                clock.check()
                yield self._page(document[number], number, plumber, clock)

    def _page(self, page: Any, number: int, plumber: _Plumber, clock: Clock) -> PageContent:
        objects = objects_of(page)
        left, bottom, _, top = page.get_mediabox()
        is_plain = page.get_rotation() == 0 and (left, bottom) == (0, 0)
        if is_plain and not objects.flat:
            glyphs = glyphs_of(page, top, self.limits)
        else:
            glyphs = plumber.glyphs(number)
        clock.check()
        fragments: list[Fragment] = []
        if glyphs and self._has_tables(objects, number):
            found = plumber.tables(number)
            if found is None:
                self.warnings.append(f"tables on page {number + 1} could not be read")
            else:
                fragments, glyphs = fragments_of(found, glyphs)
        self._count(glyphs, fragments, objects.images, number)
        width, height = page.get_size()
        return PageContent(number, width, height, lines_of(glyphs), fragments)

    def _has_tables(self, objects: Objects, number: int) -> bool:
        if objects.paths > MOST_PATHS:
            self.warnings.append(f"page {number + 1} is a drawing: its tables were not looked for")
        return 0 < objects.paths <= MOST_PATHS

    def _count(
        self, glyphs: list[Glyph], fragments: list[Fragment], images: int, number: int
    ) -> None:
        in_tables = sum(len(cell.text) for fragment in fragments for cell in fragment.cells)
        self.images += images
        self.glyphs += len(glyphs) + in_tables
        self.unreadable += sum(glyph.is_unreadable for glyph in glyphs)
        self.limits.check_characters(self.glyphs)
        if not glyphs and not in_tables and images:
            self.warnings.append(f"page {number + 1} is an image without text: it was not read")

    def check_text(self, pages: list[PageContent]) -> None:
        """Refuse a file whose pages are pictures, or whose characters mean nothing."""
        if self.glyphs <= len(pages) and self.images:
            raise UnsupportedSource(
                f"this PDF has no text layer: {len(pages)} pages, {self.images} images",
                advice="run text recognition (OCR) on it first",
            )
        if self.unreadable > UNREADABLE_SHARE * self.glyphs > 0:
            raise UnsupportedSource(
                f"the text layer of this PDF cannot be read: {self.unreadable} of {self.glyphs}"
                " characters have no meaning in it",
                advice="run text recognition (OCR) on it, or find another copy",
            )


class _Plumber:
    """pdfplumber on the same file, opened when the first table is looked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def __enter__(self) -> _Plumber:
        return self

    def __exit__(self, *_: object) -> None:
        if self._document is not None:
            self._document.close()

    def tables(self, number: int) -> list[Any] | None:
        """The ruled tables of a page; None where the library cannot cope with it."""
        try:
            page = self._page(number)
            found = list(page.find_tables())
            page.close()
        except Exception:
            return None
        return found

    def glyphs(self, number: int) -> list[Glyph]:
        """The characters of a page that is turned or shifted, as pdfplumber places them."""
        return plumbed_glyphs(self._page(number).chars)

    def _page(self, number: int) -> Any:
        if self._document is None:
            import pdfplumber

            self._document = pdfplumber.open(io.BytesIO(self._data))
        return self._document.pages[number]


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise DamagedSource(
                "this PDF is encrypted and asks for a password", advice="remove its password first"
            ) from fault
        raise
