"""From a document to all that its narrative states: the package's one entry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.claims import find_claims
from gipr_nlp.figures.finish import finish
from gipr_nlp.figures.linker import SectionOf, link
from gipr_nlp.figures.text.lexicon import Lexicon, lexicon
from gipr_nlp.figures.text.sections import find_sections, section_at
from gipr_nlp.figures.text.view import narrative_view
from gipr_nlp.figures.topics.find import find_topics
from gipr_nlp.figures.topics.phrases import Found
from gipr_nlp.figures.topics.subjects import Subjects
from gipr_nlp.figures.topics.words import topic_words
from gipr_nlp.figures.zeros import find_zeros
from gipr_nlp.interval import ZERO, Interval
from gipr_nlp.mapped import MappedText
from gipr_nlp.quantities import find_quantities
from gipr_nlp.records import (
    Claim,
    Document,
    Figure,
    Narrative,
    Place,
    Quantity,
    Section,
    Topic,
    Unbound,
)

REQUESTS = "requests"
SUFFIXES = {"_share": "占比", "_yoy_pct": "同比", "_yoy_delta": "增减", "_part": "（部分）"}


def read_narrative(
    document: Document,
    tables: Sequence[Place],
    catalogue: Catalogue,
    *,
    year: int | None = None,
) -> Narrative:
    """The figures, claims and topics of the narrative, and the numbers that nothing names.

    ``tables`` are the regions that the narrative leaves out, ``year`` the year of the report.
    """
    view = narrative_view(document, tables, catalogue)
    quantities = find_quantities(view.text, catalogue)
    sections = find_sections(document.text, catalogue, tables)
    return narrative_of(view, quantities, sections, catalogue, year=year)


def narrative_of(
    view: MappedText,
    quantities: Sequence[Quantity],
    sections: tuple[Section, ...],
    catalogue: Catalogue,
    *,
    year: int | None = None,
) -> Narrative:
    """``read_narrative`` for numbers that are already found."""
    words = lexicon(catalogue)
    zeros = _zero_drafts(view.text, words)
    counted = _outside(quantities, zeros)
    sections_of = _section_of(sections, view)
    topics = _topics(view.text, sections_of, catalogue)
    story = Story(view.text, words, year, Subjects(view.text, topics))
    linked = link(story, counted, sections_of)
    drafts = sorted([*linked.drafts, *zeros], key=lambda one: (one.start, one.end))
    finish(view.text, drafts, words)
    return Narrative(
        sections=sections,
        figures=_figures(drafts, view, sections, words),
        claims=_claims(view, drafts, words),
        topics=tuple(_topic(found, view) for found in topics),
        unbound=tuple(_unbound(one, reason, view) for one, reason in linked.unbound),
        quantities=sum(1 for one in counted if one.not_figure is None),
    )


def _section_of(sections: tuple[Section, ...], view: MappedText) -> SectionOf:
    def tags(offset: int) -> tuple[str, ...]:
        section = section_at(sections, view.starts[offset])
        return tuple(section.id.split(".")) if section else ()

    return tags


def _zero_drafts(text: str, words: Lexicon) -> list[Draft]:
    """The figures of value 0 that the text states in words."""
    zero = Interval.point(0)
    return [
        Draft(found.start, found.end, ZERO, "", zero, metric, in_words=True)
        for found in find_zeros(text, words)
        for metric in found.metrics
    ]


def _outside(quantities: Sequence[Quantity], zeros: Sequence[Draft]) -> list[Quantity]:
    """The numbers that are no part of a zero in words (未发生一例)."""
    ends = [zero.end for zero in zeros]

    def apart(one: Quantity) -> bool:
        first = bisect_right(ends, one.start)
        return first == len(zeros) or zeros[first].start >= one.end

    return [one for one in quantities if apart(one)]


def _topics(text: str, sections_of: SectionOf, catalogue: Catalogue) -> list[Found]:
    labels = topic_words(catalogue)
    return list(find_topics(text, labels, lambda place: REQUESTS in sections_of(place)))


def _topic(found: Found, view: MappedText) -> Topic:
    start, end = view.span(found.start, found.end)
    words = view.text[found.start : found.end]
    return Topic(label=found.label, text=words, start=start, end=end)


def _figures(
    drafts: Sequence[Draft], view: MappedText, sections: tuple[Section, ...], words: Lexicon
) -> tuple[Figure, ...]:
    names = _names(drafts)
    return tuple(_figure(draft, names, view, sections, words) for draft in drafts)


def _names(drafts: Sequence[Draft]) -> dict[int, str]:
    return {id(draft): f"f{number}" for number, draft in enumerate(drafts, 1)}


def _claims(view: MappedText, drafts: Sequence[Draft], words: Lexicon) -> tuple[Claim, ...]:
    names = _names(drafts)
    made = []
    for found in find_claims(view.text, drafts, words):
        start, end = view.span(found.start, found.end)
        made.append(
            Claim(
                kind=found.kind,
                text=view.text[found.start : found.end],
                metrics=found.metrics,
                figures=tuple(names[id(one)] for one in found.about),
                versus=names[id(found.versus)] if found.versus is not None else None,
                start=start,
                end=end,
            )
        )
    return tuple(made)


def _figure(
    draft: Draft,
    names: dict[int, str],
    view: MappedText,
    sections: tuple[Section, ...],
    words: Lexicon,
) -> Figure:
    start, end = view.span(draft.start, draft.end)
    section = section_at(sections, start)
    return Figure(
        id=names[id(draft)],
        metric=draft.metric,
        label=label(draft.metric, words),
        value=draft.value,
        unit=draft.unit,
        interval=draft.interval,
        approximate=draft.approximate,
        period=draft.period,
        scope=draft.scope,
        text=view.text[draft.start : draft.end],
        section=section.id if section else None,
        parent=names.get(id(draft.parent)) if draft.parent else None,
        relation=draft.relation,
        split=draft.split,
        closed=draft.closed,
        in_words=draft.in_words,
        start=start,
        end=end,
    )


def label(metric: str, words: Lexicon) -> str:
    """The Chinese name of ``metric``, with what its suffixes say."""
    if metric in words.metrics:
        return words.metrics[metric].zh
    for suffix, name in SUFFIXES.items():
        if metric.endswith(suffix):
            return label(metric.removesuffix(suffix), words) + name
    return metric


def _unbound(quantity: Quantity, reason: str, view: MappedText) -> Unbound:
    start, end = view.span(quantity.start, quantity.end)
    return Unbound(
        start=start,
        end=end,
        text=quantity.text,
        value=quantity.value,
        unit=quantity.unit,
        reason=reason,
    )
