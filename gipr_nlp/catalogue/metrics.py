"""Rows that say what figures mean: metrics and their groups, the words that name them, topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from gipr_nlp.catalogue.entries import Entry

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue

Measure = Literal["count", "money", "percent", "days"]


class Group(Entry):
    """A family of metrics; ``units`` serves those of its metrics that name none."""

    zh: str
    en: str
    units: tuple[str, ...] = ()


class Metric(Entry):
    """What a figure can state. ``units`` are the measure words it is counted in."""

    zh: str
    en: str
    group: str
    measure: Measure = "count"
    units: tuple[str, ...] = ()

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The group must exist."""
        if self.group not in catalogue.all(Group):
            yield f"group: there is no group {self.group!r}"


class Topic(Entry):
    """A subject of requests, with the words that name it."""

    zh: str
    en: str
    words: tuple[str, ...]
