"""Numbers that state a change on another year: 同比增长12.5%, 较上年减少6件."""

from __future__ import annotations

from decimal import Decimal

import regex

from gipr_nlp.figures.binding.bind import bind
from gipr_nlp.figures.binding.drafts import Draft, from_quantity, outermost
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.relations.cues import is_mark_passed
from gipr_nlp.figures.text.lexicon import CHANGES, DELTA, PERCENT, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot

_COMPARES = regex.compile(
    r"同比|环比|(?:较|比|与|同|跟)(?:上|去|往|前|年初|20\d\d|19\d\d|清理|历史)[^，,。；;]{0,10}?(?:年|度|期|前|比|相比|初)|(?:上一?年度?|去年)(?:同期)?(?:为|有|是)?\d|相比|(?:年|净)增|(?:少|多)收"
)
# 上年增长3.2%: last year's own change.
_OF_LAST_YEAR = regex.compile(
    r"(?<![较比与同跟和])(?:上年度?|去年|前年)(?:同比)?(?:增长|上升|增加|下降|减少|回落)[\p{Han}]{0,2}\Z"
)
_THAN = regex.compile(r"(?:比|较)[^，,。；;\d]{1,10}")
_REACHES = regex.compile(r"至|(?<!达)到|成|为")
_MEASURES = regex.compile(r"[幅速率]$")
_DOUBLES = regex.compile(r"翻")
FLOW = "flow"
SUFFIXES = (*CHANGES, "_share")


def is_change(text: str, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the words say that the number is a difference to another year."""
    if _DOUBLES.match(slot.quantity.text):
        return True
    direction = _direction(text, slot, lexicon)
    if direction is None:
        return False
    if slot.quantity.kind in {"percent", "times", "points"}:
        return True
    return _compared(text, slot) or _is_distance(text, slot)


def _is_distance(text: str, slot: Slot) -> bool:
    """Whether a count only tells how far something is from another measure: 比法定时限缩短8.4天."""
    than = _THAN.search(text, slot.left, slot.quantity.start)
    count = slot.quantity.kind not in {"percent", "times", "points"}
    return than is not None and count and not _compared(text, slot)


def draft(slot: Slot, story: Story) -> Draft | str:
    """The change as a draft on its base figure, or the reason why it has none."""
    if _is_distance(story.text, slot):
        return "no_base"
    base = _base(slot, story)
    named = _named(slot, story)
    if named is not None and (base is None or base.metric != named):
        near = (one for one in reversed(story.said) if story.sentence - one.sentence <= 1)
        base = next((one for one in near if one.metric == named), base)
    metric = named or (base.metric if base else _of_last_year(story))
    if metric is None or metric.endswith(SUFFIXES):
        return "no_base"
    if not _can_change(slot, base, metric, story.lexicon):
        return "no_metric"
    suffix = PERCENT if slot.quantity.kind in {"percent", "times"} else DELTA
    made = from_quantity(slot.quantity, metric + suffix, slot, None, story.sentence)
    if _direction(story.text, slot, story.lexicon) == "down":
        made.value, made.interval = -made.value, -made.interval
    if _OF_LAST_YEAR.search(story.text, slot.left, slot.quantity.start):
        made.period = "last_year"
    elif base is not None and base.metric == metric:
        made.parent = base
        made.relation = "yoy_pct" if suffix == PERCENT else "yoy_delta"
    return made


def _of_last_year(story: Story) -> str | None:
    """The metric of the number right before, where it is told of last year only: 上年为23项，本年减少5项."""
    last = story.said[-1] if story.said else None
    told = last is not None and last.sentence == story.sentence and last.period == "last_year"
    return last.metric if last is not None and told else None


def _can_change(slot: Slot, base: Draft | None, metric: str, lexicon: Lexicon) -> bool:
    """Whether the number can be a change on ``base``: points only on a rate."""
    if slot.quantity.kind == "points":
        row = lexicon.metrics.get(metric)
        rate = row is not None and row.measure == "percent"
        return base.unit == "%" if base is not None and base.metric == metric else rate
    return slot.quantity.kind in {"percent", "times", "count", "money"}


def _direction(text: str, slot: Slot, lexicon: Lexicon) -> str | None:
    """up or down: the nearest word of change right before the number; 增至 states a level."""
    hits = slot.before if slot.told is None else _changes(slot, lexicon)
    for hit in reversed(hits):
        for concept in hit.concepts:
            if lexicon.role[concept] == "change" and concept != "same":
                if slot.told is not None:
                    return concept
                between = text[hit.end : slot.quantity.start]
                level = _REACHES.search(between) and not _MEASURES.search(text, hit.start, hit.end)
                return concept if len(between) <= 4 and not level else None
        if lexicon.weight[hit.concepts[0]] > 0 and "total" not in hit.concepts:
            return None
    return None


def _changes(slot: Slot, lexicon: Lexicon) -> list[Hit]:
    roles = ((hit, {lexicon.role[concept] for concept in hit.concepts}) for hit in slot.before)
    return [hit for hit, told in roles if "change" in told]


def _compared(text: str, slot: Slot) -> bool:
    return bool(_COMPARES.search(text, slot.line.start, slot.quantity.start))


def _base(slot: Slot, story: Story) -> Draft | None:
    """The figure that changed: the one before with the same measure, its bracket's host first.

    A new sentence goes back to the whole: 新收52件，其中…17件。较上年增加6件.
    """
    for one in reversed(story.said):
        if story.sentence - one.sentence > 1:
            return None
        if one.relation in {"yoy_pct", "yoy_delta"}:
            return one.parent
        if one.period == "last_year" and one.sentence == story.sentence:
            return _this_year(one, story)
        if one.relation == "share" or one.period == "last_year" or _beside(one, slot):
            continue
        if _carried_along(one, story) or is_mark_passed(one, story):
            continue
        if slot.quantity.kind in {"percent", "times"} or _measures(one, slot):
            return outermost(one) if one.sentence < story.sentence else one
    return None


def _carried_along(one: Draft, story: Story) -> bool:
    """Whether ``one`` only says what of the sentence's matter is left of the year before (新收52件，
    上年结转3件，同比增长8%: what grew is what was received)."""
    row = story.lexicon.metrics.get(one.metric)
    here = (other for other in story.said if other.sentence == one.sentence and other is not one)
    if row is None or row.axis != FLOW:
        return False
    return any(other.metric in row.part_of for other in here)


def _this_year(earlier: Draft, story: Story) -> Draft | None:
    """The number of this year that is compared with ``earlier``."""
    said = (one for one in reversed(story.said) if one is not earlier)
    return next((one for one in said if one.metric == earlier.metric), None)


def _measures(one: Draft, slot: Slot) -> bool:
    if slot.quantity.kind == "points":
        return one.unit == "%"
    return one.unit == slot.quantity.unit


def _beside(one: Draft, slot: Slot) -> bool:
    """Whether ``one`` stands in a bracket that closed before ``slot``."""
    if one.slot is None or one.slot.line is slot.line:
        return False
    return one.slot.line.start > slot.line.start and one.slot.line.end <= slot.quantity.start


def _named(slot: Slot, story: Story) -> str | None:
    """The metric that the words around the change name themselves (新收申请同比增长…)."""
    own = tuple(hit for hit in slot.before if _names(hit, story.lexicon))
    context = () if own else tuple(hit for hit in slot.context if _names(hit, story.lexicon))
    if not own and not context:
        return None
    rate = slot.quantity.kind == "points"
    plain = slot.quantity.model_copy(
        update={
            "kind": "percent" if rate else "count",
            "unit": "%" if rate else "",
            "value": Decimal(1),
        }
    )
    trial = slot._replace(quantity=plain, before=own or context, after=(), context=context, name="")
    return bind(story.text, trial, story.surroundings(), story.lexicon).metric


def _names(hit: Hit, lexicon: Lexicon) -> bool:
    roles = {lexicon.role[concept] for concept in hit.concepts}
    return lexicon.weight[hit.concepts[0]] > 0 and not roles & {"change", "cmp", "time"}
