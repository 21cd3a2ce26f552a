"""What a caller allows one document to cost, and the clock that holds a reader to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from time import monotonic

from gipr_nlp.errors import LimitExceeded, UsageError

RAISE = "raise the limit if the document is sound"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; each is checked while it is read, not afterwards.

    ``max_bytes`` of the file, ``max_expanded_bytes`` of what a package unpacks to,
    ``max_characters`` of text, ``max_elements`` of markup, ``max_cells`` of tables, ``max_depth`` of nested elements,
    ``max_pages`` of a PDF, ``seconds`` of reading time.
    """

    max_bytes: int = 100_000_000
    max_expanded_bytes: int = 300_000_000
    max_characters: int = 3_000_000
    max_elements: int = 200_000
    max_cells: int = 50_000
    max_depth: int = 2_000
    max_pages: int = 1_000
    seconds: float = 30.0

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) <= 0:
                raise UsageError(f"the limit {field.name} must be above zero")

    def check_size(self, size: int) -> None:
        """Refuse a file of ``size`` bytes if that is too many."""
        if size > self.max_bytes:
            raise too_much("the file", size, self.max_bytes, "bytes")

    def check_characters(self, count: int) -> None:
        """Refuse a text of ``count`` characters if that is too many."""
        if count > self.max_characters:
            raise too_much("the text", count, self.max_characters, "characters")

    def check_elements(self, count: int) -> None:
        """Refuse markup of ``count`` elements if those are too many."""
        if count > self.max_elements:
            raise too_much("the markup", count, self.max_elements, "elements")

    def check_cells(self, count: int) -> None:
        """Refuse tables of ``count`` cells if those are too many."""
        if count > self.max_cells:
            raise too_much("the tables", count, self.max_cells, "cells")

    def check_depth(self, depth: int) -> None:
        """Refuse elements nested ``depth`` deep if that is too deep."""
        if depth > self.max_depth:
            raise too_much("the markup", depth, self.max_depth, "nested elements")

    def clock(self) -> Clock:
        """A clock that starts now and raises after ``seconds``."""
        return Clock(self.seconds)


class Clock:
    """Raises ``LimitExceeded`` when a reader that asks it has taken too long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raise if the time is up."""
        if monotonic() > self._end:
            what = f"reading takes longer than {self._seconds:g} seconds"
            raise LimitExceeded(what, advice=RAISE)

    @property
    def left(self) -> float:
        """The seconds that are left, never below zero."""
        return max(0.0, self._end - monotonic())


def too_much(what: str, count: int, limit: int, unit: str) -> LimitExceeded:
    """The error for ``what`` holding ``count`` units where ``limit`` are allowed."""
    return LimitExceeded(
        f"{count:,} {unit} in {what}, more than the limit of {limit:,}", advice=RAISE
    )
