"""What stands around one number: the words, notions and neighbours that the trained part weighs.

The words are cut into four zones, told apart because they tell different things: ``before`` and
``after`` (the number's own), ``clause`` (earlier clauses without a number of their own) and
``told`` (the sentence up to the number before).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from gipr_nlp.figures.text.lexicon import Lexicon

ZONES = ("before", "after", "clause", "told")
UNNAMED = "?"
"""Stands for the metric of a neighbour that has none."""

_STOP = regex.compile(r"[。！？!?\n]")
_CLAUSE = regex.compile(r"[，,；;：:（(]")
_END = regex.compile(r"[，,；;。（(）)]")
_DIGIT = regex.compile(r"\d")
_FARTHEST, _LONGEST_END = 160, 60
# How many characters of a zone are read, and the lengths of the runs that are taken from it.
_REACH = {"before": 28, "after": 14, "clause": 28, "told": 60}
_RUNS = {"before": (1, 2, 3, 4), "after": (1, 2, 3), "clause": (1, 2, 3), "told": (2,)}


@dataclass(frozen=True, slots=True)
class Item:
    """A number of the narrative: its place, its measure word, and its metric where it has one."""

    start: int
    end: int
    unit: str
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one number.

    ``words`` are runs of characters with their zone, ``notions`` the concepts of each zone in
    order. ``before`` is the metric of the number before in the sentence, ``earlier`` that of the
    last one of an earlier sentence, ``after`` of the next; "" where there is none.
    """

    unit: str
    words: tuple[str, ...]
    notions: dict[str, tuple[str, ...]]
    before: str
    earlier: str
    after: str
    bracketed: bool

    @property
    def near(self) -> frozenset[str]:
        """The concepts of the number's own words."""
        return frozenset(self.notions["before"] + self.notions["after"])


def context_of(text: str, items: Sequence[Item], index: int, lexicon: Lexicon) -> Context:
    """The surroundings of ``items[index]`` in ``text``; ``items`` are in order."""
    item = items[index]
    first, last = _sentence(text, item)
    previous = items[index - 1] if index else None
    following = items[index + 1] if index + 1 < len(items) else None
    told_end = max(first, previous.end) if previous else first
    bound = min(last, following.start) if following else last
    cut = max((m.end() for m in _CLAUSE.finditer(text, told_end, item.start)), default=told_end)
    end = _END.search(text, item.end, bound)
    zones = {
        "before": (cut, item.start),
        "after": (item.end, end.start() if end else max(bound, item.end)),
        "clause": (told_end, cut),
        "told": (first, told_end),
    }
    near = previous is not None and previous.end > first
    told = (previous.metric or UNNAMED) if previous else ""
    return Context(
        unit=item.unit,
        words=tuple(word for zone in ZONES for word in _runs(text, zone, *zones[zone])),
        notions={zone: _notions(text, *zones[zone], lexicon) for zone in ZONES},
        before=told if near else "",
        earlier="" if near else told,
        after=(following.metric or UNNAMED) if following else "",
        bracketed=previous is not None and _opens(text[previous.end : item.start]),
    )


def _sentence(text: str, item: Item) -> tuple[int, int]:
    """Where the sentence of a number begins and ends, as far as one looks."""
    start = max(0, item.start - _FARTHEST)
    first = max((m.end() for m in _STOP.finditer(text, start, item.start)), default=start)
    limit = min(len(text), item.end + _LONGEST_END)
    stop = _STOP.search(text, item.end, limit)
    return first, stop.start() if stop else limit


def _runs(text: str, zone: str, start: int, end: int) -> Iterator[str]:
    reach = _REACH[zone]
    piece = (
        text[start : min(end, start + reach)]
        if zone == "after"
        else text[max(start, end - reach) : end]
    )
    piece = "^" + _DIGIT.sub("0", piece) + "$"
    for size in _RUNS[zone]:
        for place in range(len(piece) - size + 1):
            yield f"{zone}:{piece[place : place + size]}"


def _notions(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(
        concept
        for hit in lexicon.scan(text, start, end)
        for concept in hit.concepts
        if lexicon.weight[concept] > 0
    )


def _opens(between: str) -> bool:
    """Whether a bracket opens and does not close in what stands between two numbers."""
    opened = between.count("（") + between.count("(")
    return opened > between.count("）") + between.count(")")
