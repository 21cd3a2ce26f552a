"""The text without the spaces and breaks that cut numbers apart, mapped to the text."""

from __future__ import annotations

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.mapped import MappedText, without
from gipr_nlp.quantities.grammar import gaps_of
from gipr_nlp.sources.normalise import fold

_FOLDABLE = regex.compile(r"[０-９．％⼀-⿕\u00a0\u2000-\u200f\u3000]")
# Where a gap can stand that cuts a number; a digit that begins a line is no sign of one.
_NEAR_DIGIT = regex.compile(r"\d[ \n]|[.,][ \n]|\d\S | \d")


def tight_view(text: str, catalogue: Catalogue) -> MappedText | None:
    """``text`` folded, without the spaces beside and inside its numbers; None where it is so."""
    view = fold(text) if _FOLDABLE.search(text) else None
    folded = view.text if view else text
    dropped = _gaps(folded, catalogue) if _NEAR_DIGIT.search(folded) else []
    if not dropped:
        return view
    tight = without(folded, ((offset, offset + 1) for offset in dropped))
    return tight.through(view) if view else tight


def _gaps(text: str, catalogue: Catalogue) -> list[int]:
    """The offsets of the spaces and breaks that part nothing."""
    return [
        offset
        for match in gaps_of(catalogue).finditer(text)
        for offset in range(match.start(), match.end())
        if text[offset] in " \n"
    ]
