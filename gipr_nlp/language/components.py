"""The components: sections, quantities, figures and topics as ``doc.spans``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.figures.text.sections import find_sections
from gipr_nlp.forms import read_tables
from gipr_nlp.language.attributes import register, write_spans
from gipr_nlp.quantities import find_quantities
from gipr_nlp.records import Document, Narrative, Place
from gipr_nlp.sources import text_document

Placed = Callable[[Place], tuple[int, int]]


class Component:
    """What the components share: a catalogue, which may be exchanged after the pipe is made."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue


class Sections(Component):
    """``doc.spans["sections"]``, labelled with the section's id."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the sections."""
        if not doc.text.strip():
            return doc
        document = _document(doc.text)
        place = _placing(document)
        sections = find_sections(document.text, self.catalogue)
        write_spans(doc, "sections", ((one, one.id, place(one)) for one in sections))
        return doc


class Quantities(Component):
    """``doc.spans["quantities"]``: every number that may state a figure, labelled with its kind."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the quantities."""
        found = (one for one in find_quantities(doc.text, self.catalogue) if not one.not_figure)
        write_spans(doc, "quantities", ((one, one.kind, (one.start, one.end)) for one in found))
        return doc


class Figures(Component):
    """``doc.spans["figures"]``: the numbers bound to a metric, labelled with the metric."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the figures."""
        place, narrative = _narrative(doc.text, self.catalogue)
        write_spans(doc, "figures", ((one, one.metric, place(one)) for one in narrative.figures))
        return doc


class Topics(Component):
    """``doc.spans["topics"]``: the subjects of the requests, labelled with the topic."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the topics."""
        place, narrative = _narrative(doc.text, self.catalogue)
        write_spans(doc, "topics", ((one, one.label, place(one)) for one in narrative.topics))
        return doc


@Language.factory("gipr_sections", assigns=["doc.spans"])
def make_sections(nlp: Language, name: str) -> Sections:
    """The component that finds the parts of a report."""
    return Sections(default_catalogue())


@Language.factory("gipr_quantities", assigns=["doc.spans"])
def make_quantities(nlp: Language, name: str) -> Quantities:
    """The component that finds numbers."""
    return Quantities(default_catalogue())


@Language.factory("gipr_figures", assigns=["doc.spans"])
def make_figures(nlp: Language, name: str) -> Figures:
    """The component that binds numbers to metrics."""
    return Figures(default_catalogue())


@Language.factory("gipr_topics", assigns=["doc.spans"])
def make_topics(nlp: Language, name: str) -> Topics:
    """The component that finds what requests are about."""
    return Topics(default_catalogue())


@lru_cache(maxsize=4)  # several components ask for the document and narrative of one text
def _document(text: str) -> Document:
    return text_document(text)


@lru_cache(maxsize=4)
def _narrative(text: str, catalogue: Catalogue) -> tuple[Placed, Narrative]:
    if not text.strip():
        return (lambda place: (place.start, place.end)), Narrative()
    document = _document(text)
    tables = read_tables(document, catalogue)
    return _placing(document), read_narrative(document, tables, catalogue)


def _placing(document: Document) -> Placed:
    """From a place in the document's text, which is normalised, to characters of the source."""
    origin = document.origin
    if origin is None:
        return lambda place: (place.start, place.end)
    return lambda place: (origin[place.start], origin[place.end - 1] + 1)


register()
