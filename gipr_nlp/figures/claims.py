"""What the words assert of the figures without a number: 均已答复, 全部维持, 同比增长, 超过上年.

A claim names the metrics that it speaks of and the figures that it is about; whether the numbers
bear it out is for the reconciler to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from gipr_nlp.figures.clauses import sentences
from gipr_nlp.figures.drafts import Draft
from gipr_nlp.figures.lexicon import Hit, Lexicon
from gipr_nlp.records import ClaimKind

_ALL = regex.compile(r"(?<!其余|其他|大|平)(?:均|全部|都|悉数)(?!匀|衡|等|有|能|要|可|应)")
_NONE_LATE = regex.compile(r"无一(?:例|件)?(?:超期|逾期)|(?:无|未出现|没有)(?:超期|逾期)(?:答复|办理|未答复)?")
_ABOVE = regex.compile(r"(?:超过|高于|多于)(?:了)?(?:上|去)(?:一)?年度?的?$")
_BELOW = regex.compile(r"(?:不及|低于|少于|不足)(?:上|去)(?:一)?年度?的?$")
REACH = 10
# What 均 and 全部 say, by the concept that follows, and of which figures.
_SAID: dict[str, tuple[str, ...]] = {
    "answer": ("requests_answered",),
    "conclude": ("requests_answered",),
    "granted": ("result_granted",),
    "natural": ("requests_natural_person",),
}
_ABOUT = {"requests_new", "requests_total"}
_UPHELD = {"reviews_total": "reviews_upheld", "litigation_total": "litigation_upheld"}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim at its place in the view, about drafts."""

    kind: ClaimKind
    start: int
    end: int
    metrics: tuple[str, ...]
    about: tuple[Draft, ...]
    versus: Draft | None = None


def find_claims(text: str, drafts: Sequence[Draft], lexicon: Lexicon) -> Iterator[Claimed]:
    """The claims of ``text`` about ``drafts``."""
    for start, end in sentences(text):
        for word in _ALL.finditer(text, start, end):
            claim = _all(text, start, end, word, drafts, lexicon)
            if claim is not None:
                yield claim
        for late in _NONE_LATE.finditer(text, start, end):
            about = _last(drafts, late.start(), _ABOUT | {"requests_answered"})
            if about is not None:
                yield Claimed("none", late.start(), late.end(), ("on_time_rate",), (about,))
    yield from _directions(text, drafts)


def _all(
    text: str,
    start: int,
    end: int,
    word: regex.Match[str],
    drafts: Sequence[Draft],
    lexicon: Lexicon,
) -> Claimed | None:
    stop = regex.compile(r"[，,。；;、（(\d]").search(text, word.end(), end)
    limit = min(stop.start() if stop else end, word.end() + REACH)
    if stop and text[stop.start()].isdigit() and stop.start() - word.end() < 4:
        return None
    hits = [hit for hit in lexicon.scan(text, word.end(), end) if hit.start < limit]
    told = next((hit for hit in hits if _says(hit)), None)
    if told is None:
        return None
    if "upheld" in told.concepts:
        about = _last(drafts, word.start(), set(_UPHELD), start)
        if about is None:
            return None
        return Claimed("all", word.start(), told.end, (_UPHELD[about.metric],), (about,))
    about = _last(drafts, word.start(), _ABOUT)
    if about is None:
        return None
    metrics = next(_SAID[c] for c in told.concepts if c in _SAID)
    timely = any("on_schedule" in hit.concepts for hit in hits)
    return Claimed("all", word.start(), told.end, metrics + (("on_time_rate",) if timely else ()), (about,))


def _says(hit: Hit) -> bool:
    return "upheld" in hit.concepts or any(concept in _SAID for concept in hit.concepts)


def _last(drafts: Sequence[Draft], place: int, metrics: set[str], start: int = 0) -> Draft | None:
    """The last figure of ``metrics`` before ``place``, from ``start`` on."""
    before = (one for one in reversed(drafts) if start <= one.start and one.end <= place)
    return next((one for one in before if one.metric in metrics and not one.in_words), None)


def _directions(text: str, drafts: Sequence[Draft]) -> Iterator[Claimed]:
    """Growth, decline, above and below, where both numbers are told."""
    for one in drafts:
        if one.relation in {"yoy_pct", "yoy_delta"} and one.parent is not None:
            earlier = _earlier(one.parent, one, drafts)
            if earlier is not None and one.slot is not None:
                kind: ClaimKind = "decrease" if one.value < 0 else "increase"
                start = max(one.slot.left, earlier.end if earlier.end <= one.start else 0)
                yield Claimed(kind, start, one.end, (one.parent.metric,), (one.parent,), earlier)
        elif one.period == "last_year" and one.slot is not None:
            before = text[one.slot.left : one.start]
            kind_of = "above" if _ABOVE.search(before) else "below" if _BELOW.search(before) else None
            this = _last(drafts, one.start, {one.metric})
            if kind_of and this is not None and this.period == "this_year":
                yield Claimed(kind_of, one.slot.left, one.end, (one.metric,), (this,), one)


def _earlier(this: Draft, change: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Last year's number of the same metric, told near the change."""
    for one in drafts:
        near = abs(one.sentence - change.sentence) <= 1 and one.slot is not None
        if near and one.metric == this.metric and one.period == "last_year":
            return one
    return None
