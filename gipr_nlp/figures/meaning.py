"""What a number means, from its words, its place in a list and the number before it."""

from __future__ import annotations

import regex

from gipr_nlp.catalogue.metrics import NAME, Metric
from gipr_nlp.figures.binding.bind import DOCUMENTS, Bond, unit_cost
from gipr_nlp.figures.binding.drafts import Draft, outermost, since, upwards
from gipr_nlp.figures.binding.evidence import CONCERNING
from gipr_nlp.figures.binding.periods import period_of
from gipr_nlp.figures.binding.scopes import scope_of
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.kinds import (
    APART,
    PUBLISH,
    acts,
    is_subject,
    kind_in_list,
)
from gipr_nlp.figures.relations.changes import FLOW
from gipr_nlp.figures.relations.closing import CLOSES, closes_others, closing_total
from gipr_nlp.figures.relations.cues import Cue
from gipr_nlp.figures.relations.cumulative import is_this_year, over_all_years
from gipr_nlp.figures.relations.wholes import is_part, part_metric
from gipr_nlp.figures.text.lexicon import DELTA, PART, PERCENT, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.records import Quantity

_COUNTED = regex.compile(
    r"以上?[，,]?|[，,（(：:]?(?:全年|本年|现)?(?:共计|共有|共|计|有|为|达到|达|数量为|总数为)?(?:约|近|超)?"
)
OUTCOME = "outcome"
QUARTER, KIND = "quarter", "kind"
ALL_YEARS = "all_years"
# What is said to be new is no part of what was received, but this and the rest are a total.
NEW = "new"
# Words that say of no matter that it was added to.
_PLAIN = frozenset({PUBLISH, "this_year_new", "info", "gov_info"})
_CARRY = frozenset({"carry", "carry_in", "carry_out"})
RARE_VALUE = 20


def metric_of(slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: Story) -> str | None:
    """The metric that the words name, or else the place in a list, or the number before."""
    lexicon = story.lexicon
    if QUARTER in bond.levels:
        return _of_quarter(bond, story)
    if bond.metric is None or bond.bare:
        total = closing_total(story.text, slot, story.said, lexicon)
        if total is not None or closes_others(story.text, slot, story.said):
            return total
    listed = (
        kind_in_list(slot, bond, cue, story)
        or _in_list(slot, bond, cue, scope, story)
        or _of_offices(slot, bond, cue, scope, story)
    )
    if listed is not None:
        return listed
    if bond.bare and story.said and not (bond.metric and _told_before(slot, lexicon)):
        return _same_as_before(slot, bond, story)
    return bond.metric or _of_office(slot, scope, story) or _said_again(slot.quantity, story)


def _in_list(slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: Story) -> str | None:
    """The metric that the place in a list of parts gives, where the words give none of their own."""
    lexicon = story.lexicon
    whole = cue.whole if cue.explicit and ALL_YEARS not in bond.levels else None
    if whole is not None and slot.quantity.unit in {whole.unit, ""}:
        yearly = scope is None and is_this_year(slot, whole, story)
        if yearly and _same_matter(bond, whole, lexicon):
            return over_all_years(whole, lexicon)
        if _named_only(bond, cue, whole, lexicon) and not _has_other_whole(
            bond, cue, slot.quantity.unit, story
        ):
            if scope is None and is_subject(cue.sibling, lexicon):
                return cue.sibling.metric
            kinds = lexicon.metrics[whole.metric].kinds if whole.metric in lexicon.metrics else ""
            if kinds and _is_kind(slot):
                return kinds
            place = scope is not None or _tells_no_kind(bond, whole, lexicon)
            return part_metric(whole.metric.removesuffix(PART), lexicon, place=place)
    return None


def _is_kind(slot: Slot) -> bool:
    """Whether the words before the number end in 类, 方面 or the like, or begin with 涉及."""
    told = {concept for hit in slot.before for concept in hit.concepts}
    return bool(told & {KIND, CONCERNING})


def _of_offices(slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: Story) -> str | None:
    """The part that falls to an office in a list that is announced: 从公开主体看，县直部门公开760条."""
    sibling = cue.sibling
    if cue.explicit and sibling is not None and sibling.metric == f"{bond.metric}{PART}":
        return sibling.metric
    if not (cue.listed or slot.told) or scope is None or not story.counts:
        return None
    last = outermost(story.counts[-1])
    alike = last.metric == bond.metric and last.unit == slot.quantity.unit and last.scope != scope
    return f"{bond.metric}{PART}" if alike and slot.quantity.value < last.value else None


def _of_office(slot: Slot, scope: str | None, story: Story) -> str | None:
    """A number that only an office names is what falls to it of the number before."""
    told = (one for one in reversed(story.counts) if not _is_carried(one, story.lexicon))
    last = next(told, None)
    if scope is None or last is None or story.sentence - last.sentence > 1:
        return None
    own = (*slot.before, *slot.after)
    if any(_tells_matter(hit, story.lexicon) for hit in own):
        return None
    if last.unit != slot.quantity.unit:
        return None
    if last.parent is not None and last.scope is None:
        if not APART.search(story.text, last.end, slot.quantity.start):
            return None
        last = outermost(last)
    return last.metric.removesuffix(PART) + PART


def _tells_matter(hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a word says what is counted, not only when, how much or by whom."""
    asides = {"mod", "time", "actor"}
    if lexicon.strict & set(hit.concepts):
        return True
    return lexicon.tells_much(hit.concepts[0]) and lexicon.role[hit.concepts[0]] not in asides


def _is_carried(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether the number only tells what is carried from or into another year."""
    row = lexicon.metrics.get(draft.metric)
    rule = draft.bond.rule if draft.bond is not None else None
    told = rule is not None and bool(rule.needs & _CARRY)
    return told or (row is not None and row.axis == FLOW and not row.apart)


def _told_before(slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the clauses before the number say what it is about."""
    return any(lexicon.tells_much(hit.concepts[0]) for hit in slot.context)


def _of_quarter(bond: Bond, story: Story) -> str | None:
    """A number of one quarter is part of what is told of the year."""
    counts = story.counts
    metric = bond.metric or (counts[-1].metric if counts else None)
    return metric.removesuffix(PART) + PART if metric else None


def _same_matter(bond: Bond, whole: Draft, lexicon: Lexicon) -> bool:
    if bond.metric is None or bond.bare or bond.metric == whole.metric:
        return True
    if all(set(concepts) <= _PLAIN for concepts in bond.own):
        return True
    row = lexicon.metrics.get(bond.metric)
    return row is not None and row.cumulative == whole.metric


def _named_only(bond: Bond, cue: Cue, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether a part of ``whole`` is told by a noun or an office alone, or by words of another
    matter (咨询, 投诉 as kinds of calls)."""
    if bond.bare:
        return False
    if bond.metric is None:
        return True
    if any(bond.metric == one.metric for one in upwards(whole)):
        return all(NEW not in concepts for concepts in bond.own)
    row = lexicon.metrics.get(bond.metric)
    if row is not None and row.axis == OUTCOME:
        return False
    if _stands_alone(bond.metric, whole, lexicon) or is_part(bond.metric, whole.metric, lexicon):
        return False
    return cue.direct or (cue.sibling is not None and not acts(bond, lexicon) - {PUBLISH})


def _stands_alone(metric: str, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether ``metric`` is no kind of what others count, or that of ``whole`` over all years."""
    named, row = lexicon.metrics.get(metric), lexicon.metrics.get(whole.metric)
    return _is_apart(named, whole, lexicon) or (row is not None and row.cumulative == metric)


def _is_apart(named: Metric | None, whole: Draft, lexicon: Lexicon) -> bool:
    if named is None or named.apart:
        return named is not None
    axis, other = lexicon.axes.get(named.axis), lexicon.metrics.get(whole.metric)
    return axis is not None and axis.outright and other is not None and other.group == named.group


def _tells_no_kind(bond: Bond, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether the words of a part of ``whole`` name no kind of what is counted: 其中5月前公开25条."""
    if bond.name or bond.metric != whole.metric:
        return False
    told = {concept for concepts in bond.own for concept in concepts}
    return not any(lexicon.role[concept] == "object" for concept in told - {NAME})


def _has_other_whole(bond: Bond, cue: Cue, unit: str, story: Story) -> bool:
    """Whether the metric that the words name has a whole of its own near by."""
    if cue.direct and cue.whole is not None and cue.whole.metric == bond.metric:
        return False
    row = story.lexicon.metrics.get(bond.metric or "")
    near = since(story.sentence - 1, story.said)
    alike = (one for one in near if unit in {one.unit, ""} or {one.unit, unit} <= DOCUMENTS)
    return row is not None and any(one.metric in row.part_of for one in alike)


def _same_as_before(slot: Slot, bond: Bond, story: Story) -> str | None:
    """A number without words of its own speaks of what the one before it spoke of."""
    spoken = _spoken_of(slot, story)
    if spoken is not None and _fits(spoken, slot, story):
        return spoken
    last = _spoken_last(slot, story)
    if last is None or story.sentence - last.sentence > 1:
        return bond.metric
    apart = last.sentence < story.sentence or APART.search(story.text, last.end, slot.left + 1)
    closes = CLOSES.search(story.text, slot.left, slot.quantity.start)
    if (apart and _earlier(slot, story)) or closes:
        last = outermost(last)
    if slot.quantity.unit != last.unit:
        close = last.slot is not None and last.slot.clause == slot.clause
        return bond.metric if close or slot.quantity.unit not in DOCUMENTS else None
    row = story.lexicon.metrics.get(last.metric)
    if row is None:
        return last.metric
    known = unit_cost(last.metric, slot.quantity, story.lexicon) is not None
    return last.metric if known else None


def _spoken_last(slot: Slot, story: Story) -> Draft | None:
    """The count before the number; a number of the year before passes over what was carried:
    收到申请417件，上年结转22件，较上年（463件）下降."""
    if not story.counts:
        return None
    last = story.counts[-1]
    if not _is_carried(last, story.lexicon) or not _earlier(slot, story):
        return last
    told = (one for one in reversed(story.counts) if not _is_carried(one, story.lexicon))
    return next((one for one in told if one.sentence == last.sentence), last)


def _earlier(slot: Slot, story: Story) -> bool:
    """Whether the number is one of another year: 较2022年的8起减少5起."""
    return period_of(story.text, slot, story.year, None) != "this_year"


def _fits(metric: str, slot: Slot, story: Story) -> bool:
    """Whether the number of ``slot`` can count what ``metric`` is of."""
    row = metric.removesuffix(PART)
    lexicon = story.lexicon
    return row in lexicon.metrics and unit_cost(row, slot.quantity, lexicon) is not None


def reaches_a_rate(slot: Slot, story: Story) -> bool:
    """Whether the percentage is the rate that the change before it led to: 提高2个百分点，达到97%."""
    row = story.lexicon.metrics.get(_spoken_of(slot, story) or "")
    return row is not None and row.measure == "percent"


def _spoken_of(slot: Slot, story: Story) -> str | None:
    """What the share or change before the number is of: 网络申请占61%，共27件; 申请增长9%，达40件."""
    last = story.said[-1] if story.said else None
    if last is None or last.sentence != story.sentence:
        return None
    if not _COUNTED.fullmatch(story.text[last.end : slot.quantity.start]):
        return None
    if last.relation == "share" and last.named is not None and last.slot is not None:
        return last.named + PART if scope_of(story.text, last.slot) else last.named
    base = last.metric.removesuffix(PERCENT).removesuffix(DELTA)
    return base if base != last.metric and last.parent is None else None


def _said_again(quantity: Quantity, story: Story) -> str | None:
    """The metric of an earlier number of the section that is the very same (46件 … 46件)."""
    if quantity.value < RARE_VALUE:
        return None
    same = {
        one.metric
        for one in story.said
        if one.value == quantity.value and one.unit == quantity.unit and not one.in_words
    }
    return same.pop() if len(same) == 1 else None
