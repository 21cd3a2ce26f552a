"""Which subject the words of a phrase name: 征地补偿方案 is about land.

``catalogue/topics.toml`` says what kinds of words there are and which outrank which.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, get_args

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import MATTERS, MUTE, Topic, WordKind
from gipr_nlp.figures.text.words import WordSet

__all__ = ["TopicWords", "topic_words"]

# How much of a word may stand on one side of a conjunction in it.
LONGEST_BEFORE = 6
_KINDS: tuple[WordKind, ...] = get_args(WordKind)


class _Named(NamedTuple):
    """A word or a pair at its place in a phrase; of those of one kind the greatest decides."""

    length: int
    start: int
    label: str


class _Pair(NamedTuple):
    label: str
    kind: WordKind
    first: regex.Pattern[str]
    second: regex.Pattern[str]


class TopicWords:
    """The topic words of a catalogue, compiled."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows = catalogue.all(Topic)
        self._words = {
            word: (kind, row.id)
            for row in rows.values()
            for kind, those in row.by_kind().items()
            for word in those
        }
        self._known = WordSet(self._words)
        self._keeps = {row.id: frozenset(row.keeps) for row in rows.values()}
        self._pairs = [
            _Pair(row.id, pair.kind, _any_of(pair.first), _any_of(pair.second))
            for row in rows.values()
            for pair in row.pairs
        ]

    def label(self, phrase: str, *, telling: bool = False) -> str | None:
        """The subject that ``phrase`` names; ``telling``: not by a paper alone, or a thing of any subject."""
        best: dict[WordKind, _Named] = {}
        for kind, named in self._named(phrase):
            best[kind] = max(best.get(kind, named), named)
        matter = next((best[kind].label for kind in MATTERS if kind in best), None)
        kept = self._keeps.get(matter, frozenset()) if matter else frozenset()
        ranked = (kind for kind in _KINDS if kind in best and kind not in kept)
        first = next(ranked, None)
        return None if first is None or (telling and first in MUTE) else best[first].label

    def one_over(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` stands inside a word (人口与计划生育)."""
        first = max(0, start - LONGEST_BEFORE)
        return any(
            self._known.end_at(text, one, end + LONGEST_BEFORE) > end for one in range(first, start)
        )

    def _named(self, phrase: str) -> Iterator[tuple[WordKind, _Named]]:
        """The words, read from the left, the longest first, and the pairs, which outdo words."""
        reached = 0
        for start in range(len(phrase)):
            end = self._known.end_at(phrase, start, len(phrase))
            if start >= reached and end > start:
                reached = end
                kind, label = self._words[phrase[start:end]]
                yield kind, _Named(end - start, start, label)
        for pair in self._pairs:
            if pair.first.search(phrase) and pair.second.search(phrase):
                yield pair.kind, _Named(len(phrase), 0, pair.label)


@lru_cache(maxsize=8)
def topic_words(catalogue: Catalogue) -> TopicWords:
    """The compiled topic words of ``catalogue``, made once."""
    return TopicWords(catalogue)


def _any_of(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile("|".join(map(regex.escape, words)))
