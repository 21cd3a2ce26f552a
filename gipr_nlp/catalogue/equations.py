"""Rows about what must agree: equations, the readings of a metric over cells, policies."""

from __future__ import annotations

from gipr_nlp.catalogue.entries import Entry


class Equation(Entry):
    """A relation that must hold."""

    zh: str
    en: str
