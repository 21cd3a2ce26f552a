"""One report from bytes to ``Report``: the only module that knows the whole path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gipr_nlp import sources
from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.figures.binding.scopes import is_own
from gipr_nlp.figures.text.heading import read_heading
from gipr_nlp.forms import read_tables, settle
from gipr_nlp.mapped import MappedText
from gipr_nlp.reconcile import compare_years as _compare_years
from gipr_nlp.reconcile import reconcile
from gipr_nlp.records import (
    NOTHING_FOUND,
    Coverage,
    Document,
    Figure,
    Finding,
    Narrative,
    Report,
    Table,
)
from gipr_nlp.sources import Limits

if TYPE_CHECKING:
    from gipr_nlp.language.binder import Binder

__all__ = ["analyse", "compare_years", "extract_figures", "read", "read_text"]


def read(
    source: str | Path | bytes,
    *,
    catalogue: Catalogue | None = None,
    limits: Limits | None = None,
    compliance: bool = True,
    model: bool = False,
) -> Report:
    """Reads one report, given as a path or as the bytes of a file, and reconciles it.

    The kind of file is told by its content. ``compliance`` adds notes on form and
    completeness; ``model`` lets the trained binder try what the rules left unbound (it needs
    seconds to load). Raises ``SourceError`` where the report cannot be read.
    """
    limits = limits or Limits()
    document = (
        sources.read_document(source, limits=limits)
        if isinstance(source, bytes)
        else sources.read_path(source, limits=limits)
    )
    return analyse(document, catalogue=catalogue, compliance=compliance, model=model)


def read_text(text: str, *, catalogue: Catalogue | None = None, compliance: bool = True) -> Report:
    """Reads a report that is already text. Raises ``EmptySource`` where there is none."""
    return analyse(sources.text_document(text), catalogue=catalogue, compliance=compliance)


def extract_figures(
    text: str, year: int | None = None, *, catalogue: Catalogue | None = None
) -> list[Figure]:
    """The figures that ``text`` (a report or a piece of one) states; offsets are those of ``text``.

    ``year`` is the year that the text reports on, where the text alone does not tell.
    """
    if not text.strip():
        return []
    catalogue = catalogue or default_catalogue()
    document = sources.text_document(text)
    tables = read_tables(document, catalogue)
    narrative = read_narrative(document, tables, catalogue, year=year)
    return [_in_source(figure, document) for figure in narrative.figures]


def compare_years(
    reports: Iterable[Report], *, catalogue: Catalogue | None = None
) -> list[Finding]:
    """What does not fit between the reports of one body for different years."""
    return _compare_years(list(reports), catalogue or default_catalogue())


def analyse(
    document: Document,
    *,
    catalogue: Catalogue | None = None,
    compliance: bool = True,
    model: bool = False,
) -> Report:
    """Reads tables and narrative of ``document`` and reconciles them; options as in ``read``."""
    catalogue = catalogue or default_catalogue()
    heading = read_heading(document)
    read = read_tables(document, catalogue)
    narrative = _without_own_scopes(
        read_narrative(document, read, catalogue, year=heading.year), heading.organization
    )
    if model:
        narrative = _trained_binder().bind(narrative, document, catalogue)
    tables = settle(read, narrative.figures, catalogue)
    verdict = reconcile(
        narrative, tables, catalogue, document=document, heading=heading, compliance=compliance
    )
    return Report(
        source=document.source,
        title=heading.title,
        organization=heading.organization,
        year=heading.year,
        period=heading.period,
        sections=narrative.sections,
        figures=narrative.figures,
        unbound=narrative.unbound,
        claims=narrative.claims,
        tables=tables,
        topics=narrative.topics,
        findings=verdict.findings,
        repairs=verdict.repairs,
        coverage=Coverage(
            quantities=narrative.quantities + len(_places(narrative, in_words=True)),
            bound=len(_places(narrative)),
            reconciled=verdict.reconciled,
        ),
        warnings=(*document.warnings, *_doubts(narrative, tables)),
        document=document,
    )


def _without_own_scopes(narrative: Narrative, organization: str | None) -> Narrative:
    """``narrative`` without the scopes that only name the body whose report it is."""
    figures = tuple(
        one.model_copy(update={"scope": None})
        if one.scope and is_own(one.scope, organization or "")
        else one
        for one in narrative.figures
    )
    return narrative.model_copy(update={"figures": figures})


def _doubts(narrative: Narrative, tables: Sequence[Table]) -> tuple[str, ...]:
    """What makes it doubtful that the document is a report at all."""
    parts = any(section.title for section in narrative.sections)
    return () if parts or tables or narrative.figures else (NOTHING_FOUND,)


def _places(narrative: Narrative, *, in_words: bool = False) -> set[tuple[int, int]]:
    """Where figures stand; one number may state several. ``in_words``: only those without digits."""
    return {(one.start, one.end) for one in narrative.figures if one.in_words or not in_words}


@lru_cache(maxsize=1)
def _trained_binder() -> Binder:
    from gipr_nlp.language.binder import Binder

    return Binder.load()


def _in_source(figure: Figure, document: Document) -> Figure:
    """``figure`` with the offsets of the text that was given instead of the normalised one."""
    if document.origin is None:
        return figure
    start, end = MappedText(document.text, document.origin).span(figure.start, figure.end)
    return figure.model_copy(update={"start": start, "end": end})
