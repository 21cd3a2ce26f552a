"""A set of words that is asked which of them begins at a place of a text.

A pattern of so many words takes longer to compile than a report takes to be read; looking up
the stretches of the lengths that words with these first two characters have is as fast.
"""

from __future__ import annotations

from collections.abc import Iterable


class WordSet:
    """Words by their first two characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        for opening, those in lengths.items():
            if opening[0] in self._words:
                those.add(1)
        self._lengths = {
            opening: tuple(sorted(those, reverse=True)) for opening, those in lengths.items()
        }

    def beginnings(self, text: str, start: int, end: int) -> list[int]:
        """The places in ``text[start:end]`` where a word may begin, by its first two characters."""
        known = self._lengths
        return [
            place
            for place in range(start, end)
            if text[place : place + 2] in known or text[place] in known
        ]

    def end_at(self, text: str, start: int, limit: int) -> int:
        """Where the longest word that begins at ``start`` ends, no further than ``limit``;
        ``start`` itself where none begins there."""
        lengths = self._lengths.get(text[start : start + 2]) or self._lengths.get(text[start], ())
        for length in lengths:
            end = start + length
            if end <= limit and text[start:end] in self._words:
                return end
        return start
