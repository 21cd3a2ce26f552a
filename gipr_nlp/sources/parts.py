"""What a reader finds in a document, before it is signed with where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from gipr_nlp.records import Grid


@dataclass(frozen=True, slots=True)
class Parts:
    """The fields of a ``Document`` that depend on its content."""

    text: str
    grids: tuple[Grid, ...] = ()
    title: str | None = None
    published: str | None = None
    hard_lines: bool = False
    origin: tuple[int, ...] | None = None
    warnings: tuple[str, ...] = ()
