"""The trained binder: a meaning for numbers that the rules left without one, where it dares.

The rules have the first word: what they bound is never touched, and what they recognised as no
figure is never bound. The model travels in ``zh_gipr_sm`` beside this module; ``models/train.py``
makes it and sets the threshold, and ``docs/model.md`` says what it is worth.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.errors import UsageError
from gipr_nlp.figures.binding.periods import period_of
from gipr_nlp.figures.binding.scopes import scope_of
from gipr_nlp.figures.narrative import label
from gipr_nlp.figures.text.clauses import lines, sentences
from gipr_nlp.figures.text.heading import read_heading
from gipr_nlp.figures.text.lexicon import CHANGES, Lexicon, lexicon
from gipr_nlp.figures.text.sections import section_at
from gipr_nlp.figures.text.slots import Slot, slots
from gipr_nlp.figures.text.view import narrative_view
from gipr_nlp.language.candidates import NONE
from gipr_nlp.language.context import UNNAMED, Item
from gipr_nlp.language.ranker import ANSWERED, FACTORY, Answer, Ranker, doc_of
from gipr_nlp.mapped import MappedText
from gipr_nlp.quantities import find_quantities
from gipr_nlp.records import Document, Figure, Narrative, Quantity, Unbound

MODEL = Path(__file__).resolve().parent / "zh_gipr_sm"
UNDECIDED = frozenset({"no_metric", "ambiguous", "no_base"})
"""The reasons for an unbound number that leave room for a second opinion. The others (planned,
counts_items ...) say that the rules know what the number is, and that it is no metric's."""

Span = tuple[int, int]


class Binder:
    """A loaded model. ``threshold`` is the share of certainty from which on it binds; None: never."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.ranker = cast(Ranker, nlp.get_pipe(FACTORY))
        self.threshold: float | None = self.ranker.cfg.get("threshold")

    @classmethod
    def load(cls, path: Path = MODEL) -> Binder:
        """The model that came with the package, or that of the folder ``path``.

        Raises ``UsageError`` where it is missing or damaged. Takes about a second, most of which
        is spaCy's import.
        """
        if not (path / "meta.json").is_file():
            raise UsageError(f"{path}: there is no model here; python models/train.py makes one")
        try:
            return cls(spacy.load(path))
        except Exception as fault:  # whatever the reader of a broken file stumbles over
            raise UsageError(f"{path}: the model is damaged ({fault}); install it anew") from fault

    def bind(self, narrative: Narrative, document: Document, catalogue: Catalogue) -> Narrative:
        """``narrative`` with those of its unbound numbers as figures of which the model is sure."""
        if self.threshold is None:
            return narrative
        sure = {
            span: answer.metric
            for span, answer in self.answers(narrative, document, catalogue).items()
            if answer.share >= self.threshold and _may_bind(answer.metric)
        }
        if not sure:
            return narrative
        made = tuple(_figures(sure, narrative, document, catalogue))
        taken = {(one.start, one.end) for one in made}
        figures = sorted((*narrative.figures, *made), key=lambda one: (one.start, one.end))
        left = tuple(one for one in narrative.unbound if (one.start, one.end) not in taken)
        return narrative.model_copy(update={"figures": tuple(figures), "unbound": left})

    def answers(
        self, narrative: Narrative, document: Document, catalogue: Catalogue
    ) -> dict[Span, Answer]:
        """What the model thinks of each unbound number that is open to it, sure or not, by its place."""
        if not narrative.unbound:
            return {}
        view = narrative_view(document, (), catalogue)
        items = numbers_of(narrative, view)
        self.ranker.lexicon = lexicon(catalogue)
        doc = self.nlp(doc_of(view.text, items, self.nlp.vocab))
        group = doc.spans[ANSWERED]
        return {
            view.span(span.start, span.end): Answer(span.label_, share)
            for span, share in zip(group, group.attrs["scores"], strict=True)
        }


def numbers_of(narrative: Narrative, view: MappedText) -> list[Item]:
    """The numbers of a narrative in order, at their places in the view.

    Those that are open to the model have no metric; those that the rules left out on purpose
    have ``UNNAMED``.
    """
    found: dict[Span, Figure | Unbound] = {}
    counted = [one for one in narrative.figures if not one.in_words]
    numbers: list[Figure | Unbound] = [*counted, *narrative.unbound]
    for one in numbers:
        found.setdefault((one.start, one.end), one)
    items = (
        Item(
            bisect_left(view.starts, one.start),
            bisect_left(view.starts, one.end),
            one.unit,
            _metric(one),
        )
        for _, one in sorted(found.items())
    )
    return [item for item in items if item.start < item.end]


def _metric(one: Figure | Unbound) -> str:
    if isinstance(one, Figure):
        return one.metric
    return "" if one.reason in UNDECIDED else UNNAMED


def _may_bind(metric: str) -> bool:
    """Changes are left alone: their sign and their base are the rules' business."""
    return metric != NONE and not metric.endswith(CHANGES)


def _figures(
    sure: dict[Span, str], narrative: Narrative, document: Document, catalogue: Catalogue
) -> Iterator[Figure]:
    words = lexicon(catalogue)
    view = narrative_view(document, (), catalogue)
    year = read_heading(document).year
    unbound = {(one.start, one.end) for one in narrative.unbound}
    number = 0
    for slot, following in _slots(view.text, find_quantities(view.text, catalogue), words):
        span = view.span(slot.quantity.start, slot.quantity.end)
        if span not in sure or span not in unbound:
            continue
        number += 1
        section = section_at(narrative.sections, span[0])
        yield Figure(
            id=f"m{number}",
            metric=sure[span],
            label=label(sure[span], words),
            value=slot.quantity.value,
            unit=slot.quantity.unit,
            interval=slot.quantity.interval,
            approximate=slot.quantity.approximate,
            period=period_of(view.text, slot, year, following),
            scope=scope_of(view.text, slot),
            text=slot.quantity.text,
            section=section.id if section else None,
            start=span[0],
            end=span[1],
            bound_by="model",
        )


def _slots(
    text: str, quantities: Sequence[Quantity], words: Lexicon
) -> Iterator[tuple[Slot, Quantity | None]]:
    """Every number that may be a figure with its words, and the number that follows in its line."""
    index = 0
    for start, end in sentences(text):
        first = index
        while index < len(quantities) and quantities[index].start < end:
            index += 1
        for line in lines(text, start, end, quantities[first:index], words):
            found = slots(text, line, words)
            later = [*(slot.quantity for slot in found[1:]), None]
            yield from zip(found, later, strict=False)
