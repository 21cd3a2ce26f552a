"""What the words assert of the figures without a number: 均已答复, 全部维持, 同比增长, 超过上年.

A claim names the metrics that it speaks of and the figures that it is about; whether the numbers
bear it out is for the reconciler to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import regex

from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.text.clauses import sentences
from gipr_nlp.figures.text.lexicon import Hit, Lexicon
from gipr_nlp.records import ClaimKind

_ALL = regex.compile(r"(?<!其余|其他|大|平)(?:均|全部|都|悉数)(?!匀|衡|等|有|能|要|可|应)")
_NONE_LATE = regex.compile(
    r"无一(?:例|件)?(?:超期|逾期)|(?:无|未出现|没有)(?:超期|逾期)(?:答复|办理|未答复)?"
)
_ABOVE = regex.compile(r"(?:超过|高于|多于)(?:了)?(?:上|去)(?:一)?年度?的?$")
_BELOW = regex.compile(r"(?:不及|低于|少于|不足)(?:上|去)(?:一)?年度?的?$")
_STOP = regex.compile(r"[，,。；;、（(\d]")
REACH = 10
BREATH = 8
# What 均 and 全部 say, by the concept that follows, and of which figures.
_SAID: dict[str, tuple[str, ...]] = {
    "answer": ("requests_answered",),
    "conclude": ("requests_answered",),
    "granted": ("result_granted",),
    "natural": ("requests_natural_person",),
}
_ABOUT = {"requests_new", "requests_total"}
_UPHELD = {"reviews_total": "reviews_upheld", "litigation_total": "litigation_upheld"}


class Claimed(NamedTuple):
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
            hits = list(lexicon.scan(text, word.end(), min(end, word.end() + 2 * REACH)))
            claim = _all(text[start:end], start, word, hits, drafts)
            if claim is not None:
                yield claim
        for late in _NONE_LATE.finditer(text, start, end):
            about = _last(drafts, late.start(), _ABOUT | {"requests_answered"})
            if about is not None:
                yield Claimed("none", late.start(), late.end(), ("on_time_rate",), (about,))
    yield from _directions(text, drafts)


def _all(
    sentence: str, start: int, word: regex.Match[str], hits: Sequence[Hit], drafts: Sequence[Draft]
) -> Claimed | None:
    """What 均 or 全部 at ``word`` says of the figures before it; ``hits`` are the words after it."""
    stop = _STOP.search(sentence, word.end() - start)
    clause = stop.start() + start if stop else start + len(sentence)
    if stop and stop.group().isdigit() and clause - word.end() < REACH // 2:
        return None
    hits = [hit for hit in hits if hit.start < min(clause, word.end() + REACH)]
    told = next((hit for hit in hits if _says(hit)), None)
    if told is None:
        return None
    if "upheld" in told.concepts:
        cases = _cases(drafts, word.start(), start)
        upheld = tuple(_UPHELD[one.metric] for one in cases)
        return Claimed("all", word.start(), told.end, upheld, cases) if cases else None
    about = _last(drafts, word.start(), _ABOUT)
    metrics = next(_SAID[concept] for concept in told.concepts if concept in _SAID)
    if any("on_schedule" in hit.concepts for hit in hits):
        metrics += ("on_time_rate",)
    return Claimed("all", word.start(), told.end, metrics, (about,)) if about else None


def _cases(drafts: Sequence[Draft], place: int, start: int) -> tuple[Draft, ...]:
    """The reviews and lawsuits told right before ``place``: of both where they are told in one
    breath (复议3件，诉讼2件，均获维持)."""
    last = _last(drafts, place, set(_UPHELD), start)
    if last is None:
        return ()
    other = _last(drafts, last.start, set(_UPHELD) - {last.metric}, start)
    if other is None or last.start - other.end > BREATH:
        return (last,)
    between = (one for one in drafts if other.end <= one.start and one.end <= last.start)
    return (last,) if any(between) else (other, last)


def _says(hit: Hit) -> bool:
    return "upheld" in hit.concepts or any(concept in _SAID for concept in hit.concepts)


def _last(drafts: Sequence[Draft], place: int, metrics: set[str], start: int = 0) -> Draft | None:
    """The last figure of ``metrics`` before ``place``, from ``start`` on."""
    before = (one for one in reversed(drafts) if start <= one.start and one.end <= place)
    return next((one for one in before if one.metric in metrics and not one.in_words), None)


def _directions(text: str, drafts: Sequence[Draft]) -> Iterator[Claimed]:
    """Growth, decline, above and below, where both numbers are told."""
    kind: ClaimKind
    counted = [one for one in drafts if one.slot is not None]
    for one in drafts:
        if one.relation in {"yoy_pct", "yoy_delta"} and one.parent is not None:
            earlier = _earlier(one.parent, one, counted)
            if earlier is not None and one.slot is not None:
                kind = "decrease" if one.value < 0 else "increase"
                start = max(one.slot.left, earlier.end if earlier.end <= one.start else 0)
                yield Claimed(kind, start, one.end, (one.parent.metric,), (one.parent,), earlier)
        elif one.period == "last_year" and one.slot is not None:
            before = text[one.slot.left : one.start]
            this = _last(drafts, one.start, {one.metric})
            kind = "above" if _ABOVE.search(before) else "below"
            told = kind == "above" or _BELOW.search(before)
            if told and this is not None and this.period == "this_year":
                yield Claimed(kind, one.slot.left, one.end, (one.metric,), (this,), one)


def _earlier(this: Draft, change: Draft, counted: Sequence[Draft]) -> Draft | None:
    """Last year's number of the same metric, told near the change."""
    first = bisect_left(counted, change.sentence - 1, key=lambda one: one.sentence)
    for one in islice(counted, first, None):
        if one.sentence > change.sentence + 1:
            return None
        if one.metric == this.metric and one.period == "last_year":
            return one
    return None
