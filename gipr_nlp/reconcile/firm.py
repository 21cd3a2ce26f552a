"""How firmly the words tie numbers to each other.

A comparison that fails may mean that a number is wrong, or that the numbers were never said of
each other. Only words that leave no doubt make an error; otherwise the comparison is told as
not comparable, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.catalogue.metrics import Axis, Metric
from gipr_nlp.figures.relations.shares import SHARE
from gipr_nlp.figures.text.lexicon import PART
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.records import Figure

Reason = tuple[str, str]
"""Why the words do not tie the numbers, in both languages."""

_POLICIES = (
    "stated_plainly",
    "stated_otherwise",
    "share_follows",
    "distributed",
    "change_of_last_year",
)
_INNER = re.compile("其中|[，,；;]且")
_SHARE_OF = re.compile(r"(?:的|所)?占(?:比|总数的?|全部的?)?(?:为|达|约)?$")
_SHORTEST_NAME = 3
_BRACKET = re.compile(r"[（(][^（(）)]*$")


class Ties:
    """What the words of one report tie together, by the policies of ``catalogue``."""

    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self.context = context
        policies = catalogue.all(Policy)
        self.metrics = catalogue.all(Metric)
        sets = (one for axis in catalogue.all(Axis).values() for one in axis.complete)
        self.dividing = {metric for one in sets for metric in one}
        self.words = {name: re.compile(policies[name].words or "") for name in _POLICIES}

    def repeated(self, figures: Sequence[Figure]) -> Reason | None:
        """Why two numbers need not be the same one stated twice."""
        for figure in figures:
            lead = self.context.lead(figure)
            said = lead + figure.text if figure.in_words else self.context.phrase(figure)
            plainly = self.words["stated_plainly"].search(said)
            otherwise = self.words["stated_otherwise"].search(lead) or self._is_of_another(figure)
            if not plainly or otherwise:
                return "不能确定所述为同一数", "the words need not state the same number"
        return None

    def _is_of_another(self, figure: Figure) -> bool:
        """Whether the sentence speaks of another office or area: 县政府办收到24件，答复22件，结转2件."""
        here = (one for one in self.context.figures.values() if one.start < figure.start)
        return any(one.scope and self.context.same_sentence(one, figure) for one in here)

    def share(self, part: Figure, share: Figure, whole: Figure) -> Reason | None:
        """Why a share need not be that of the part before it in that whole."""
        if part.period != whole.period:
            return "部分与整体不属同一期间", "part and whole are of different periods"
        if share.end <= part.start:
            return None  # the part is told to go with it
        between = self.context.document.text[part.end : share.start]
        if self.words["distributed"].search(between):
            return "几项的占比合并列出", "the shares of several parts are told together"
        follows = self.words["share_follows"].search("".join(between.split()))
        named = is_named(part, share, self.context) or is_rated(part, share, whole)
        if not follows and not named:
            return "占比未紧随该部分", "the share does not directly follow the part"
        return None

    def change(self, change: Figure, now: Figure, before: Figure) -> Reason | None:
        """Why a change need not be that between the two numbers."""
        lead = self.context.lead(change)
        if self.words["distributed"].search(lead):
            return "几项的变化合并列出", "the changes of several numbers are told together"
        if self.words["change_of_last_year"].search(lead):
            return "所述为上年的变化", "it is the change of the year before"
        if now.relation == "part" and change.parent != now.id:
            return "不能确定变化所指", "the number that changed is not certain"
        if self.context.same_sentence(change, now) or self._go_on(now, before, change.start):
            return None
        return "所述变化与本年数不在同一句", "the change is told in another sentence"

    def claimed(self, figure: Figure, versus: Figure, place: int) -> Reason | None:
        """Why a direction claimed at ``place`` need not be that between the two numbers."""
        start = min(figure.end, versus.end, place)
        end = max(figure.start, versus.start, place)
        if self.context.parted(start, end) and not self._go_on(figure, versus, place):
            return "所述增减与数字分属两句", "the change and the numbers are told apart"
        if self.words["distributed"].search(self.context.document.text[start:end]):
            return "几项的变化合并列出", "the changes of several numbers are told together"
        return None

    def _go_on(self, now: Figure, before: Figure, place: int) -> bool:
        """Whether the sentence after that of ``now`` compares it: 收到158件。与上一年度171件相比，增加13件."""
        told = not self.context.parted(min(before.end, place), max(before.start, place))
        compared = before.period == "last_year" and now.relation is None
        follows = now.end <= before.start and self.context.adjacent(now, before)
        return told and compared and follows

    def part(self, part: Figure, whole: Figure) -> Reason | None:
        """Why a number told behind ``whole`` need not be part of that number alone."""
        metric = self.metrics.get(part.metric)
        kind = metric is not None and whole.metric in metric.part_of
        if not kind and self.context.parted(whole.end, part.start):
            return "分号之后未必仍属该整体", "behind a semicolon it need not be part of it"
        beside = [
            one
            for one in self.context.figures.values()
            if one.unit == whole.unit
            and one.end <= whole.end
            and one.relation == whole.relation
            and not self.context.parted(one.end, part.start)
        ]
        if len(beside) > 1 and sum(one.value for one in beside) >= part.value:
            return "“其中”可指前列各数之和", "it may be part of the numbers before it together"
        return None

    def listed(self, parts: Sequence[Figure], whole: Figure) -> list[Figure]:
        """The parts that surely are parts of ``whole``, side by side with the first of them.

        What stands in a bracket or behind 其中 after a part is part of that; what a semicolon
        parts from a list held together by commas begins another; the rest of a whole by another
        division (已结16件 beside 直接起诉7件) does not add to it, nor does what was told before.
        """
        outside = self._told_once(self._outermost(self._outside_brackets(parts, whole)))
        side_by_side = self._before_a_break(outside)
        named = [part for part in side_by_side if not part.metric.endswith(PART)]
        mixed = len(named) >= 2 and all(part.scope is None for part in side_by_side)
        return named if mixed and len(named) < len(side_by_side) else side_by_side

    def _outside_brackets(self, parts: Sequence[Figure], whole: Figure) -> list[Figure]:
        text = self.context.document.text
        outer = parts[0].start
        opened = _BRACKET.search(text[whole.end : outer]) if whole.end <= outer else None
        return [
            part
            for part in parts
            if opened or part is parts[0] or not _BRACKET.search(text[outer : part.start])
        ]

    def _outermost(self, parts: Sequence[Figure]) -> list[Figure]:
        """The parts without those that 其中 or 且 makes parts of the one before it."""
        kept: list[Figure] = []
        inner = False
        for before, part in pairwise(parts):
            inner = inner and not self.context.parted(before.end, part.start)
            between = self.context.document.text[before.end : part.start]
            inner = inner or bool(_INNER.search(between))
            if not inner:
                kept.append(part)
        return [parts[0], *kept]

    def _told_once(self, parts: Sequence[Figure]) -> list[Figure]:
        """The parts, one for each metric that divides its whole (直接起诉, 予以公开)."""
        first: dict[str, Figure] = {}
        for part in parts:
            first.setdefault(part.metric, part)
        return [
            part
            for part in parts
            if part is first[part.metric] or part.metric not in self.dividing or part.scope
        ]

    def _before_a_break(self, parts: Sequence[Figure]) -> list[Figure]:
        """The parts up to a semicolon, where others before it are parted by less."""
        by_less = False
        for number, (one, other) in enumerate(pairwise(parts), start=1):
            parted = self.context.parted(one.end, other.start)
            if parted and by_less:
                return list(parts[:number])
            by_less = by_less or not parted
        return list(parts)


def is_named(part: Figure, share: Figure, context: Context) -> bool:
    """Whether the share repeats the words of its part: 予以公开12件、不予公开9件，予以公开占比57%."""
    name = _SHARE_OF.sub("", context.lead(share))
    return len(name) >= _SHORTEST_NAME and context.lead(part).endswith(name)


def is_rated(part: Figure, share: Figure, whole: Figure) -> bool:
    """Whether the share is the rate of the very thing that the part counts, in a whole of which
    every part is told."""
    return whole.closed and share.metric == part.metric + SHARE


def doubted(check: Check, reason: Reason | None) -> Check:
    """``check`` as it is, or as not comparable where it fails for a ``reason`` to doubt the tie."""
    if reason is None or check.result.severity not in {"error", "warning"}:
        return check
    return replace(
        check,
        result=Result("not_comparable", "note"),
        message=f"{check.message}（{reason[0]}，不作错误）",
        message_en=f"{check.message_en} ({reason[1]}: no error)",
        bond=None,
    )
