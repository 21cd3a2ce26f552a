"""Which measure word follows a number: looked up, the longest first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from gipr_nlp.catalogue.units import Unit


class UnitWords:
    """The measure words of a catalogue."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {word: unit for unit in units for word in unit.words}
        self._lengths = sorted({len(word) for word in self._units}, reverse=True)

    def __getitem__(self, word: str) -> Unit:
        return self._units[word]

    def __contains__(self, word: str) -> bool:
        return word in self._units

    def at(self, text: str, start: int, *, digits: bool) -> tuple[Unit, int] | None:
        """The unit that is printed at ``start``, and where its word ends.

        ``digits``: it follows Arabic digits, behind which more units may stand than behind
        Chinese numerals.
        """
        for length in self._lengths:
            end = start + length
            unit = self._units.get(text[start:end]) if end <= len(text) else None
            if unit is not None and (digits or unit.after == "any") and _may_end(unit, text, end):
                return unit, end
        return None


def _may_end(unit: Unit, text: str, end: int) -> bool:
    return unit.unless is None or _compiled(unit.unless).match(text, end) is None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)
