"""The words around a figure: its clause, its sentence, and the figures that it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gipr_nlp.records import Document, Figure, Narrative

_CLAUSE_BREAK = re.compile(r"[，,。；;：\n\t]")
_NOUN = re.compile(r"[^，,。；;：:、（(\d\n\t]{0,10}")
_SENTENCE_BREAK = re.compile(r"[。；;\n\t]")
_FULL_STOP = re.compile(r"[。\n]")
_LONGEST = 120


@dataclass
class Context:
    """The narrative of one report by figure id, and its text."""

    document: Document
    narrative: Narrative
    organization: str = ""
    """The body whose report this is, "" where the heading does not name it."""
    figures: Mapping[str, Figure] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = {figure.id: figure for figure in self.narrative.figures}

    def clause(self, figure: Figure) -> str:
        """The clause of ``figure``, and the bracket that follows it where there is one."""
        start, end = self._stretch(figure, _CLAUSE_BREAK)
        text = self.document.text
        if text[figure.end : figure.end + 1] in {"（", "("}:
            closing = re.compile(r"[）)]").search(text, figure.end, figure.end + _LONGEST)
            end = max(end, closing.end() if closing else end)
        return text[start:end]

    def lead(self, figure: Figure) -> str:
        """The words of the clause of ``figure`` before it, spaces left out."""
        start, _ = self._stretch(figure, _CLAUSE_BREAK)
        return "".join(self.document.text[start : figure.start].split())

    def phrase(self, figure: Figure) -> str:
        """``lead``, and the words that follow the figure in its clause: 共收到|22件|公开申请."""
        after = _NOUN.match(self.document.text, figure.end)
        return self.lead(figure) + "".join(after.group().split() if after else ())

    def sentence(self, figure: Figure) -> str:
        """The sentence of ``figure``, as far as it is near."""
        start, end = self._stretch(figure, _SENTENCE_BREAK)
        return self.document.text[start:end]

    def _stretch(self, figure: Figure, breaks: re.Pattern[str]) -> tuple[int, int]:
        text = self.document.text
        earliest = max(figure.start - _LONGEST, 0)
        before = [one.end() for one in breaks.finditer(text, earliest, figure.start)]
        after = breaks.search(text, figure.end, figure.end + _LONGEST)
        start = before[-1] if before else earliest
        return start, after.start() if after else min(figure.end + _LONGEST, len(text))

    def sentence_end(self, place: int) -> int:
        """Where the sentence that ``place`` stands in ends (a semicolon does not end it)."""
        text = self.document.text
        found = _FULL_STOP.search(text, place, place + 2 * _LONGEST)
        return found.start() if found else min(place + 2 * _LONGEST, len(text))

    def same_sentence(self, one: Figure, other: Figure) -> bool:
        """Whether no full stop or line end stands between the two."""
        start, end = min(one.end, other.end), max(one.start, other.start)
        return not _FULL_STOP.search(self.document.text, start, end)

    def adjacent(self, one: Figure, other: Figure) -> bool:
        """Whether the two stand in one sentence, or in one and the next of a paragraph."""
        between = self.document.text[min(one.end, other.end) : max(one.start, other.start)]
        return "\n" not in between and between.count("。") <= 1

    def parted(self, start: int, end: int) -> bool:
        """Whether a full stop, a semicolon or a line end stands between the two places."""
        return bool(_SENTENCE_BREAK.search(self.document.text, start, end))

    def subject(self, figure: Figure) -> str | None:
        """The metric of the number before in the sentence: what reads and visits may be of."""
        before = [one for one in self.narrative.figures if one.end <= figure.start]
        last = max(before, key=lambda one: one.start, default=None)
        return last.metric if last is not None and self.same_sentence(last, figure) else None

    def parent(self, figure: Figure) -> Figure | None:
        """The figure that this one is part or share of, or a change on."""
        return self.figures.get(figure.parent) if figure.parent else None

    def wholes(self, figure: Figure) -> Iterator[Figure]:
        """The figures that this one is part of, from the nearest outwards."""
        seen = {figure.id}
        whole = self.parent(figure) if figure.relation == "part" else None
        while whole is not None and whole.id not in seen:
            seen.add(whole.id)
            yield whole
            whole = self.parent(whole) if whole.relation == "part" else None
