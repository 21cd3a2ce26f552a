"""Rows that say what figures mean: metrics, the words that name them, request topics."""

from __future__ import annotations

from typing import Literal

from gipr_nlp.catalogue.entries import Entry

Measure = Literal["count", "money", "percent", "days"]


class Metric(Entry):
    """What a figure can state. ``units`` are the measure words it is counted in."""

    zh: str
    en: str
    group: str
    measure: Measure = "count"
    units: tuple[str, ...] = ()


class Topic(Entry):
    """A subject of requests, with the words that name it."""

    zh: str
    en: str
    words: tuple[str, ...]
