"""The characters of a PDF page with their places, in points from its upper left corner."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.normalise import fold_text

FLAT = 0.01  # points


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it stands on the page: its box, and ``text`` in its plain form."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top

    @property
    def is_unreadable(self) -> bool:
        """Whether the file does not say which character it is."""
        return self.text == "\ufffd" or unicodedata.category(self.text[0]) in {"Co", "Cn"}


def glyphs_of(page: Any, page_top: float, limits: Limits) -> list[Glyph]:
    """The visible characters of a pdfium page, in the order of the file."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        limits.check_characters(count)
        box = raw.FS_RECTF()
        reference = ctypes.byref(box)
        glyphs: list[Glyph] = []
        for index in range(count):
            text = _plain(raw.FPDFText_GetUnicode(text_page, index))
            if not text or raw.FPDFText_IsGenerated(text_page, index) == 1:
                continue
            if raw.FPDFText_GetLooseCharBox(text_page, index, reference):
                glyphs.append(
                    Glyph(text, box.left, box.right, page_top - box.top, page_top - box.bottom)
                )
        return glyphs
    finally:
        text_page.close()


def plumbed_glyphs(characters: Iterable[dict[str, Any]]) -> list[Glyph]:
    """The visible characters of a page of pdfplumber."""
    glyphs = []
    for character in characters:
        for text in character["text"]:
            plain = _plain(ord(text))
            if plain:
                x0, x1 = float(character["x0"]), float(character["x1"])
                top, bottom = float(character["top"]), float(character["bottom"])
                glyphs.append(Glyph(plain, x0, x1, top, bottom))
    return glyphs


@dataclass(frozen=True, slots=True)
class Objects:
    """What a page is made of: ``paths`` (and forms, which may hold some), ``images``, and
    ``flat`` pieces of text.

    A piece of text is flat where no font is at hand to measure it: pdfium leaves it out.
    """

    paths: int = 0
    images: int = 0
    flat: int = 0


def objects_of(page: Any) -> Objects:
    """The objects of a pdfium page, counted."""
    from pypdfium2 import raw

    kinds: Counter[int] = Counter()
    flat = 0
    left, right = ctypes.c_float(), ctypes.c_float()
    unused = ctypes.byref(ctypes.c_float())
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        kinds[kind] += 1
        if kind == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetBounds(
            item, ctypes.byref(left), unused, ctypes.byref(right), unused
        ):
            flat += right.value - left.value < FLAT
    paths = kinds[raw.FPDF_PAGEOBJ_PATH] + kinds[raw.FPDF_PAGEOBJ_FORM]
    return Objects(paths, kinds[raw.FPDF_PAGEOBJ_IMAGE], flat)


def _plain(code: int) -> str:
    """The character in its plain form; empty where it is a blank or a control."""
    if code in {0, 0xFFFE, 0xFFFF}:
        return "\ufffd" if code == 0 else ""
    return fold_text(chr(code)).strip() if code <= 0x10FFFF else ""
