"""``load()``: the spaCy pipeline of the library."""

from __future__ import annotations

import spacy
from spacy.language import Language

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.language import components  # its import registers the factories
from gipr_nlp.language.tokenizer import GiprTokenizer

FACTORIES = ("gipr_sections", "gipr_quantities", "gipr_figures", "gipr_topics")


def load(catalogue: Catalogue | None = None) -> Language:
    """A pipeline that writes ``doc.spans["sections" | "quantities" | "figures" | "topics"]``.

    With a ``catalogue`` of your own, its metrics, words and units are used.
    """
    config = {"nlp": {"tokenizer": {"@tokenizers": "gipr_nlp.tokenizer.v1"}}}
    nlp = spacy.blank("zh", config=config)
    for name in FACTORIES:
        nlp.add_pipe(name)
    if catalogue is not None:
        nlp.tokenizer = GiprTokenizer(nlp.vocab, catalogue)
        for _, component in nlp.pipeline:
            if isinstance(component, components.Component):
                component.catalogue = catalogue
    return nlp
