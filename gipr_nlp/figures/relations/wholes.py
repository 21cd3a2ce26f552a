"""What a number is part of, by the words before it or by its sense: the outcomes of requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.figures.binding.bind import DOCUMENTS
from gipr_nlp.figures.binding.drafts import Draft, since, upwards
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.relations.cues import Cue, opens_unnamed
from gipr_nlp.figures.relations.naming import REACH
from gipr_nlp.figures.text.lexicon import PART, Lexicon

ADOPTED = "adopted"
# 办理 says of both what came in and what was carried in.
HANDLED = "handle"
PERSONS = frozenset({"人", "名", "位", "人次"})
EVENTS = frozenset({"场", "次", "期", "场次"})


def whole_of(part: Draft, cue: Cue, story: Story) -> Draft | None:
    """The figure that ``part`` is part of, None where there is none."""
    lexicon = story.lexicon
    row = lexicon.metrics.get(part.metric)
    axis = lexicon.axes.get(row.axis) if row is not None else None
    if axis is not None and axis.outright and not _is_outright(part, cue, lexicon):
        return None
    told = _told_whole(part, cue, story)
    if told is not None:
        return told if _alike_in_kind(part, told) else None
    rule = part.bond.rule if part.bond is not None else None
    # 采用 speaks of those that were 报送: the same metric, told with itself around it.
    if row is None or (rule is not None and ADOPTED in rule.needs):
        return _same_near(part, story)
    implied = axis is not None and not axis.outright and (axis.implicit or cue.listed)
    if implied and not opens_unnamed(part, story):
        return _last_whole(part, row, story)
    return None


def _told_whole(part: Draft, cue: Cue, story: Story) -> Draft | None:
    """The whole that the words before ``part`` point to, or the list that it stands in.

    A list may end inside another: 其中网站6842条，涵盖政策209条、规划86条；微信推送4310条.
    """
    whole = _of_period(part, cue.whole, story)
    if whole is None:
        return None
    if cue.explicit:
        for one in upwards(whole):
            if fits_into(part, one, story.lexicon):
                return one
        if cue.direct and (whole.unit != part.unit or whole.sentence < story.sentence):
            return _earlier(part, story)
    if _is_sibling(part, cue.sibling, whole, story.lexicon):
        return whole
    for one in upwards(whole):
        if one.parent is not None and _is_sibling(part, one, one.parent, story.lexicon):
            return one.parent
    return None


def _is_outright(part: Draft, cue: Cue, lexicon: Lexicon) -> bool:
    """Whether 其中 stands right before the number, or another of its axis does so in its list."""
    if cue.sibling is None:
        return cue.direct
    one, other = lexicon.metrics.get(part.metric), lexicon.metrics.get(cue.sibling.metric)
    return one is not None and other is not None and one.axis == other.axis


def fits_into(part: Draft, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether the words can make ``part`` a part of ``whole``."""
    # 审结4件，其中维持3件: what is part of all can be part of those that are decided.
    counted = whole.metric.removesuffix(PART) if whole.metric != part.metric else whole.metric
    if is_part(part.metric, counted, lexicon):
        return True
    made = [those for those in lexicon.sums.values() if part.metric in those]
    if whole.metric == part.metric:
        return whole.period == "cumulative" or bool(made)
    # 办理49件（含上年结转3件): what was handled may be the sum of both.
    rule = whole.bond.rule if whole.bond is not None else None
    handled = rule is not None and HANDLED in rule.needs
    return any(handled or whole.metric in those for those in made)


def _alike_in_kind(part: Draft, whole: Draft) -> bool:
    """Whether both count persons, or neither does: nobody who attends is part of a meeting."""
    return (part.unit in PERSONS) == (whole.unit in PERSONS) or "" in {part.unit, whole.unit}


def _earlier(part: Draft, story: Story) -> Draft | None:
    """The whole told before numbers of another kind: 公开信息1592条。制发文件27件。其中网站118条."""
    row = story.lexicon.metrics.get(part.metric)
    near = [
        one
        for one in since(story.sentence - 2, story.counts)
        if one.relation is None and _counts_the_same(one, part)
    ]
    for metrics in _ranks(row, story.lexicon) if row is not None else ():
        for one in reversed(near):
            if one.metric in metrics:
                return one
    return None


def _of_period(part: Draft, whole: Draft | None, story: Story) -> Draft | None:
    """``whole``, or the number beside it that is of the period of ``part``: 新增86条，累计503条；其中网站
    40条，累计210条."""
    if whole is None or whole.period == part.period:
        return whole
    if whole.period == "this_year" and part.period != "cumulative":
        return whole
    yearly = {whole.metric, story.lexicon.yearly.get(whole.metric, whole.metric)}
    if part.metric in yearly:
        return whole
    row = story.lexicon.metrics.get(whole.metric)
    yearly |= {row.cumulative} if row is not None and row.cumulative else set()
    near = reversed(since(whole.sentence, story.counts))
    beside = (one for one in near if one.sentence == whole.sentence)
    return next(
        (one for one in beside if one.metric in yearly and one.period == part.period), whole
    )


def _last_whole(part: Draft, row: Metric, story: Story) -> Draft | None:
    """The whole near by that the metric of ``row`` is part of first of all, the last one of those.

    What only a share is taken of gives way to others; wholes on one axis (直接起诉, 复议后起诉) are as
    good as each other.
    """
    near = [
        one
        for one in since(story.sentence - REACH, story.counts)
        if one.period == "this_year" and _holds(one, part) and _counts_the_same(one, part)
    ]
    near = [one for one in near if one.metric != part.metric]
    own = [one for one in near if not _is_base(one, story)]
    for metrics in _ranks(row, story.lexicon):
        for one in (*reversed(own), *reversed(near)):
            if one.metric in metrics:
                return _all_of_it(one)
    return None


def _ranks(row: Metric, lexicon: Lexicon) -> Iterator[list[str]]:
    """The wholes of a metric, those on one axis together."""
    axes = lexicon.metrics
    for _, metrics in groupby(row.part_of, key=lambda one: axes[one].axis or one):
        yield list(metrics)


def _all_of_it(whole: Draft) -> Draft:
    """``whole``, or what it is part of where that counts the same thing (9件申请中占了5件)."""
    parent = whole.parent
    return parent if parent is not None and parent.metric == whole.metric else whole


def _is_base(one: Draft, story: Story) -> bool:
    """Whether ``one`` is only what a share is taken of, after the body's own number: 收到318件，占全市总量
    （1204件）的26.4%."""
    here = [other for other in story.said if other.sentence == one.sentence]
    measured = any(other.relation == "share" and other.parent is one for other in here)
    return measured and any(o.metric == one.metric and o.start < one.start for o in here)


def _counts_the_same(whole: Draft, part: Draft) -> bool:
    """Whether one measure word counts both; a tie that is only inferred needs as much."""
    units = {whole.unit, part.unit}
    kinds = (DOCUMENTS, PERSONS, EVENTS)
    return len(units) == 1 or "" in units or any(units <= kind for kind in kinds)


def _same_near(part: Draft, story: Story) -> Draft | None:
    metric = part.metric.removesuffix(PART)
    near = (one for one in since(story.sentence - 1, story.said) if one.period != "last_year")
    alike = [one for one in near if one.metric == metric and _holds(one, part)]
    return alike[-1] if alike else None


def _holds(whole: Draft, part: Draft) -> bool:
    """Whether the whole can be as large as the part; no tie that is only inferred holds otherwise."""
    low, high = part.interval.low, whole.interval.high
    return low is None or high is None or low <= high


def _is_sibling(part: Draft, other: Draft | None, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether ``part`` lies on the axis of the part ``other``, and fits the same whole."""
    if other is None:
        return False
    one, another = lexicon.metrics.get(part.metric), lexicon.metrics.get(other.metric)
    same = one is not None and another is not None and one.axis == another.axis != ""
    return same and _counts_the_same(other, part) and is_part(part.metric, whole.metric, lexicon)


def is_part(metric: str, whole: str, lexicon: Lexicon) -> bool:
    """Whether a figure of ``metric`` can be part of one of ``whole``."""
    row = lexicon.metrics.get(metric)
    if row is None:
        return metric in {whole + PART, whole}
    general = lexicon.metrics.get(whole)
    return whole in row.part_of or (
        general is not None and general.cumulative == "" and general.parts == metric
    )


def part_metric(whole: str, lexicon: Lexicon, *, place: bool) -> str:
    """The metric of a part that only a noun names; ``place``: the noun names an office or area."""
    row = lexicon.metrics.get(whole)
    if row is None:
        return whole if whole.endswith(PART) else whole + PART
    return row.parts if row.parts and not place else whole + PART
