"""What shares are of, once all numbers are known: a whole before them, or one that follows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

import regex

from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.relations.adding import axis_of
from gipr_nlp.figures.relations.shares import share_metric
from gipr_nlp.figures.relations.wholes import is_part
from gipr_nlp.figures.text.lexicon import PART, Lexicon
from gipr_nlp.interval import HUNDRED

NEAR = 3
COUNTS = frozenset({None, "part"})
# 占总信息量的: the words themselves say that the part is one of the whole.
_OF_ALL = regex.compile(r"占(?:到|了)?(?:总|全部|信息总)[^，,。；;]{0,10}\Z")


def find_bases(text: str, drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """Gives each share its whole, and ties the part that it measures to that."""
    for index, share in enumerate(drafts):
        if share.relation != "share":
            continue
        if share.parent is None:
            before, after = drafts[:index], drafts[index + 1 :]
            share.parent = (
                _before(share, before, lexicon)
                or _of_next(share, after[:1])
                or _of_list(share, before, lexicon)
                or _after(share, after, lexicon)
            )
        _tie_part(text, share, lexicon)


def _before(share: Draft, before: Sequence[Draft], lexicon: Lexicon) -> Draft | None:
    """The whole of the part that the share measures, or the last that the part can be of."""
    part = share.base
    if part is not None and part.parent is not None:
        return part.parent
    told = (one for one in reversed(before) if not one.in_words)
    near = list(takewhile(lambda one: share.sentence - one.sentence <= NEAR, told))
    earlier = [one for one in near if one.relation in COUNTS and one is not part]
    if share.named is not None:
        named = next((one for one in earlier if is_part(share.named, one.metric, lexicon)), None)
        if named is not None or part is None or part.metric != share.named:
            return named
    if part is None:
        return None
    return next((one for one in earlier if _is_of(part.metric, one, lexicon)), None)


def _is_of(metric: str, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether ``whole`` is a total of what ``metric`` counts a part of, not another such part."""
    return whole.metric != metric and is_part(metric, whole.metric, lexicon)


def _of_next(share: Draft, following: Sequence[Draft]) -> Draft | None:
    """The whole of the count that follows its share: 网站申请占60%（27件）."""
    same = (one for one in following if one.sentence == share.sentence)
    return next((one.parent for one in same if _is_named(share, one)), None)


def _is_named(share: Draft, one: Draft) -> bool:
    return share.named is not None and one.metric.removesuffix(PART) == share.named


def _of_list(share: Draft, before: Sequence[Draft], lexicon: Lexicon) -> Draft | None:
    """The whole of the list that the share goes on with: 网络申请62件；其他占10%; 三项合占四成."""
    for one in reversed(before):
        if share.sentence - one.sentence > 1:
            return None
        metric = one.metric if one.relation == "share" else share_metric(one.metric, lexicon)
        listed = one.relation in {"share", "part"} and metric == share.metric
        if listed and one.parent is not None:
            whole = one.parent.metric
            fits = share.named in {None, whole} or is_part(share.named or "", whole, lexicon)
            return one.parent if fits else None
    return None


def _after(share: Draft, following: Sequence[Draft], lexicon: Lexicon) -> Draft | None:
    """The whole that the sentence names after the share: 网络申请占六成；全年新收120件."""
    metric = share.base.metric if share.base is not None else share.named
    if metric is None:
        return None
    here = takewhile(lambda one: one.sentence == share.sentence, following)
    counts = (one for one in here if one.relation in COUNTS and one.period == share.period)
    totals = (one for one in counts if _is_total(one, lexicon))
    return next((one for one in totals if _is_of(metric, one, lexicon)), None)


def _is_total(one: Draft, lexicon: Lexicon) -> bool:
    """Whether the number is not one of several into which a total falls."""
    axis = lexicon.axes.get(axis_of(one, lexicon))
    return axis is None or axis.outright


def _tie_part(text: str, share: Draft, lexicon: Lexicon) -> None:
    """Makes the part of a share part of its whole, where the words or the numbers leave no doubt."""
    part, whole = share.base, share.parent
    if part is None or whole is None or part.parent is not None or part is whole:
        return
    if not _is_of(part.metric, whole, lexicon) or share.slot is None:
        return
    said = _OF_ALL.search(text, part.end, share.start) is not None
    if said or _measures(share, part, whole):
        part.parent, part.relation = whole, "part"


def _measures(share: Draft, part: Draft, whole: Draft) -> bool:
    """Whether the share is that of the part in the whole, to one unit in its last place."""
    exact = all(one.interval.is_point for one in (part, whole)) and not share.approximate
    if not exact or whole.value <= 0 or share.unit != "%":
        return False
    exponent = share.value.as_tuple().exponent
    unit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return abs(part.value * HUNDRED / whole.value - share.value) <= unit
