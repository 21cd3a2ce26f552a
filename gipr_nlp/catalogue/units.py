"""Rows about numbers: measure words and scales, approximations, what is not a figure."""

from __future__ import annotations

from gipr_nlp.catalogue.entries import Entry


class Unit(Entry):
    """A measure word, in the forms in which it is written."""

    words: tuple[str, ...]
