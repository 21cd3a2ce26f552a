"""Rows that name the parts of a report."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gipr_nlp.catalogue.entries import Entry, Pattern


class SectionKind(Entry):
    """A part of a report, told by what its title says.

    ``level`` is 1 for the parts that the notices prescribe, 2 for their subsections (whose ids
    are ``part.subsection``). ``title`` is searched in the title without its spaces, ``forbid``
    must not be found there; of several rows that fit, the first wins.
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z]+)?$")]
    zh: str
    en: str
    level: int
    title: Pattern
    forbid: Pattern | None = None
