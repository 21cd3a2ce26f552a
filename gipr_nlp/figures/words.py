"""A set of words that is asked which of them begins at a place of a text.

A pattern of so many words takes longer to compile than a report takes to be read; looking up
the stretches of the lengths that words with this first character have is as fast.
"""

from __future__ import annotations

from collections.abc import Iterable


class WordSet:
    """Words by their first characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(those, reverse=True) for first, those in lengths.items()}

    def end_at(self, text: str, start: int, limit: int) -> int:
        """Where the longest word that begins at ``start`` ends, no further than ``limit``;
        ``start`` itself where none begins there."""
        for length in self._lengths.get(text[start], ()):
            end = start + length
            if end <= limit and text[start:end] in self._words:
                return end
        return start
