"""Rows that describe the statutory tables: forms, their rows and columns, label variants."""

from __future__ import annotations

from gipr_nlp.catalogue.entries import Entry


class Form(Entry):
    """A statutory table layout."""

    zh: str
    en: str
