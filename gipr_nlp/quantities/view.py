"""The text without the spaces and breaks that cut numbers apart, mapped to the text."""

from __future__ import annotations

from array import array

import regex

from gipr_nlp.mapped import MappedText
from gipr_nlp.quantities.grammar import Grammar
from gipr_nlp.sources.normalise import fold

_FOLDABLE = regex.compile(r"[０-９．％，⼀-⿕\u00a0\u2000-\u200f\u3000]|\d[\u200b-\u200f]")
_NEAR_DIGIT = regex.compile(r"\d[ \n]|[ \n]\d")


def tight_view(text: str, grammar: Grammar) -> MappedText:
    """``text`` folded, without the spaces beside and inside its numbers."""
    view = fold(text) if _FOLDABLE.search(text) else MappedText.identity(text)
    if not _NEAR_DIGIT.search(view.text):
        return view
    dropped = {
        offset
        for match in grammar.gaps.finditer(view.text)
        for offset in range(match.start(), match.end())
        if view.text[offset] in " \n"
    }
    return _without(view.text, dropped).through(view) if dropped else view


def _without(text: str, dropped: set[int]) -> MappedText:
    kept = array("q")
    pieces: list[str] = []
    position = 0
    for offset in sorted(dropped):
        pieces.append(text[position:offset])
        kept.extend(range(position, offset))
        position = offset + 1
    pieces.append(text[position:])
    kept.extend(range(position, len(text) + 1))
    return MappedText("".join(pieces), kept)
