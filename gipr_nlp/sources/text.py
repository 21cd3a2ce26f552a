"""Plain text: folded and kept line by line, with the way back to the source."""

from __future__ import annotations

from array import array

from gipr_nlp.mapped import MappedText
from gipr_nlp.sources.furniture import without_furniture
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.normalise import fold
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.script import simplify


def read_text(text: str, limits: Limits) -> Parts:
    """The parts of a document from decoded ``text``: tabs, pipes and lines are left as they
    are, for the reader of forms; page numbers and publication metadata go."""
    limits.check_characters(len(text))
    folded = fold(text)
    simplified, warnings = simplify(folded.text)
    trimmed, published = without_furniture(simplified.text)
    mapped = _ended(trimmed.through(simplified).through(folded))
    return Parts(
        text=mapped.text,
        origin=tuple(mapped.starts[:-1]),
        published=published,
        warnings=warnings,
    )


def _ended(mapped: MappedText) -> MappedText:
    """The text with a newline at its end, since every line is a paragraph or a part of one."""
    if not mapped.text or mapped.text.endswith("\n"):
        return mapped
    return MappedText(mapped.text + "\n", array("q", [*mapped.starts, mapped.starts[-1]]))
