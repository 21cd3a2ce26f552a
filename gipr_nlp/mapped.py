"""Text with a map back to the text that it was made from.

Every step that drops, joins or replaces characters keeps, for each character that it gives
out, where that character began in what it was given. Spans found in the product are told in
the original's offsets, so a number can always be traced to the characters it came from.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """``text``, with ``starts[i]`` the source offset of character i and one more entry for the end."""

    text: str
    starts: Sequence[int]

    @classmethod
    def identity(cls, text: str) -> MappedText:
        """``text`` as its own source."""
        return cls(text, range(len(text) + 1))

    @property
    def is_identity(self) -> bool:
        """Whether every character stands where it stood in the source."""
        return self.starts == range(len(self.text) + 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``: from its first character through its last."""
        if start >= end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.starts[end - 1] + 1

    def through(self, earlier: MappedText) -> MappedText:
        """This text mapped to the source of ``earlier``, of whose product it was made."""
        if earlier.is_identity:
            return self
        if self.is_identity:
            return MappedText(self.text, earlier.starts)
        return MappedText(self.text, array("q", map(earlier.starts.__getitem__, self.starts)))


def without(text: str, spans: Iterable[tuple[int, int]]) -> MappedText:
    """``text`` less the ``spans``, which ascend and do not overlap, mapped to it."""
    kept: list[str] = []
    starts = array("q")
    position = 0
    for start, end in spans:
        kept.append(text[position:start])
        starts.extend(range(position, start))
        position = end
    if not kept:
        return MappedText.identity(text)
    kept.append(text[position:])
    starts.extend(range(position, len(text) + 1))
    return MappedText("".join(kept), starts)
