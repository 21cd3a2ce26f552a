"""A spaCy tokenizer over ``segment``: jieba's words, with every written number kept whole."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.quantities import find_quantities, number_end
from gipr_nlp.segment import Segmenter


class GiprTokenizer:
    """Text to ``Doc``. Characters are never changed: ``doc.text`` is the text.

    It can be pickled, and is, by ``nlp.pipe(n_process=2)``: the segmenter builds its engine
    anew in each process.
    """

    def __init__(self, vocab: Vocab, catalogue: Catalogue) -> None:
        self.vocab = vocab
        self.catalogue = catalogue
        self.segmenter = Segmenter(catalogue)

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``."""
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in pairwise(self._offsets(text)):
            word = text[start:end]
            if word == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _offsets(self, text: str) -> list[int]:
        """Where tokens begin and end: at the words' ends, and around numbers and their units."""
        offsets = self.segmenter.boundaries(text)
        for quantity in find_quantities(text, self.catalogue):
            edge = number_end(quantity, self.catalogue)
            offsets.difference_update(range(quantity.start + 1, edge))
            offsets.update((quantity.start, edge, quantity.end))
        return sorted(offsets)

    # A pipeline that is saved names the tokenizer in its config; there is nothing else to keep.
    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing: the catalogue is code's, not data's."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> GiprTokenizer:
        """Itself."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing is written."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> GiprTokenizer:
        """Itself."""
        return self


@registry.tokenizers("gipr_nlp.tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Any:
    """The tokenizer as a spaCy config names it, over the library's own catalogue."""

    def create(nlp: Language) -> GiprTokenizer:
        return GiprTokenizer(nlp.vocab, default_catalogue())

    return create
