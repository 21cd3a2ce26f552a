"""jieba's words over a piece of text, with the catalogue's own words.

The engine is rjieba where it is installed, else jieba; both give the same words once runs of
letters and digits are split again (a test holds them equal). The dictionary is private: nothing
that is added here is seen by other users of jieba in the process. Engines are built when the
first text is cut, and are not pickled but built again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import Concept, Topic

Engine = Literal["auto", "rjieba", "jieba"]
Cut = Callable[[str], Iterable[str]]

# Roles whose words name things; verbs stay as the dictionary has them (受理|了).
NAMING_ROLES = frozenset({"object", "channel", "outcome", "applicant", "rate", "verdict"})
LONGEST = 4  # longer entries of the catalogue are phrases, not words
# High enough to win against its parts, as the dictionary's own common words are.
FREQUENCY = 10_000
_PIECES = regex.compile(r"[A-Za-z]++|\d++(?:\.\d++)?%?|[^A-Za-z\d\s\p{P}\p{S}]++|\s|.", regex.S)
_HAN = regex.compile(r"\p{Han}++")
_MIXED = regex.compile(r"[\x21-\x7e]")


class Segmenter:
    """Cuts text into words. Cheap to make: the dictionary is loaded with the first text."""

    def __init__(self, catalogue: Catalogue, *, engine: Engine = "auto") -> None:
        self._own_words = own_words(catalogue)
        self._engine = engine
        self._cut: Cut | None = None

    def words(self, text: str) -> list[tuple[int, int]]:
        """The spans of the words of ``text``; together they cover every character."""
        spans: list[tuple[int, int]] = []
        position = 0
        for piece in self._pieces(text):
            spans.append((position, position + len(piece)))
            position += len(piece)
        return spans

    def boundaries(self, text: str) -> set[int]:
        """The offsets at which a word begins or ends, both ends of the text included."""
        return {0, *(end for _, end in self.words(text))}

    def _pieces(self, text: str) -> Iterator[str]:
        if self._cut is None:
            self._cut = _engine(self._engine, self._own_words)
        for word in self._cut(text):
            if len(word) > 1 and _MIXED.search(word):
                yield from _PIECES.findall(word)
            else:
                yield word

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_cut": None}


def own_words(catalogue: Catalogue) -> tuple[str, ...]:
    """The words of the catalogue that name things, short enough to be words."""
    named = [row.words for row in catalogue.all(Concept).values() if row.role in NAMING_ROLES]
    topics = [words for row in catalogue.all(Topic).values() for words in row.by_kind().values()]
    words = {word for words in (*named, *topics) for word in words}
    return tuple(sorted(word for word in words if len(word) <= LONGEST and _HAN.fullmatch(word)))


def _engine(wanted: Engine, words: tuple[str, ...]) -> Cut:
    if wanted != "jieba":
        try:
            return _rjieba(words)
        except ImportError:
            if wanted == "rjieba":
                raise
    return _jieba(words)


def _rjieba(words: tuple[str, ...]) -> Cut:
    import rjieba

    engine = rjieba.Jieba()
    for word in _broken(words, engine.cut):
        engine.add_word(word, FREQUENCY, None)
    cut: Cut = engine.cut
    return cut


def _jieba(words: tuple[str, ...]) -> Cut:
    import jieba

    tokenizer = jieba.Tokenizer()
    level = jieba.default_logger.level
    jieba.default_logger.setLevel(logging.WARNING)  # it announces its dictionary on stderr
    try:
        tokenizer.initialize()
    finally:
        jieba.default_logger.setLevel(level)
    for word in _broken(words, tokenizer.lcut):
        tokenizer.add_word(word, FREQUENCY)
    cut: Cut = tokenizer.lcut
    return cut


def _broken(words: Iterable[str], cut: Cut) -> list[str]:
    """The words that the stock dictionary breaks into single characters (公众|号)."""
    return [word for word in words if 1 in map(len, cut(word)) and len(word) > 1]
