"""What a number means, from its words, its place in a list and the number before it."""

from __future__ import annotations

import regex

from gipr_nlp.figures.binding import DOCUMENTS, Bond, unit_cost
from gipr_nlp.figures.clauses import Slot
from gipr_nlp.figures.closing import closes_others, closing_total
from gipr_nlp.figures.drafts import Draft
from gipr_nlp.figures.lexicon import PART, Lexicon
from gipr_nlp.figures.story import Story
from gipr_nlp.figures.wholes import Cue, is_part, part_metric, upwards
from gipr_nlp.records import Quantity

_THIS_YEAR = regex.compile(r"(?:本年|今年|当年|年内|年度)[\p{Han}]{0,6}$|新增$")
QUARTER = "quarter"
RARE_VALUE = 20
LITTLE = 5


def metric_of(slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: Story) -> str | None:
    """The metric that the words name, or else the place in a list, or the number before."""
    lexicon = story.lexicon
    if QUARTER in bond.levels:
        return _of_quarter(bond, story)
    if bond.metric is None or bond.bare:
        total = closing_total(story.text, slot, story.said, lexicon)
        if total is not None or closes_others(story.text, slot, story.said):
            return total
    whole = cue.whole if cue.explicit else None
    if whole is not None and slot.quantity.unit in {whole.unit, ""}:
        if _is_this_year(slot, whole, story) and _same_matter(bond, whole, lexicon):
            return _over_all_years(whole, lexicon)
        if _named_only(bond, cue, whole, lexicon) and not _has_other_whole(bond, story):
            place = scope is not None or (bond.metric == whole.metric and not bond.name)
            return part_metric(whole.metric.removesuffix(PART), lexicon, place=place)
    if bond.bare and story.said and not (bond.metric and _told_before(slot, lexicon)):
        return _same_as_before(slot, bond, story)
    return bond.metric or _said_again(slot.quantity, story)


def _told_before(slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the clauses before the number say what it is about."""
    return any(lexicon.weight[hit.concepts[0]] > LITTLE for hit in slot.context)


def _of_quarter(bond: Bond, story: Story) -> str | None:
    """A number of one quarter is part of what is told of the year."""
    counts = story.counts
    metric = bond.metric or (counts[-1].metric if counts else None)
    return metric.removesuffix(PART) + PART if metric else None


def _is_this_year(slot: Slot, whole: Draft, story: Story) -> bool:
    """Whether the part is what this year added to a number over several."""
    start = max(whole.end, slot.left)
    return bool(_THIS_YEAR.search(story.text[start : slot.quantity.start]))


def _same_matter(bond: Bond, whole: Draft, lexicon: Lexicon) -> bool:
    if bond.metric is None or bond.bare or bond.metric == whole.metric:
        return True
    row = lexicon.metrics.get(bond.metric)
    return row is not None and row.cumulative == whole.metric


def _over_all_years(whole: Draft, lexicon: Lexicon) -> str:
    """Makes ``whole`` a number over all years; the metric of what this year added to it."""
    yearly = lexicon.yearly.get(whole.metric, whole.metric)
    row = lexicon.metrics.get(yearly)
    whole.period = "cumulative"
    whole.metric = (row.cumulative if row else "") or whole.metric
    return yearly


def _named_only(bond: Bond, cue: Cue, whole: Draft, lexicon: Lexicon) -> bool:
    """Whether a part of ``whole`` is told by a noun or an office alone, or by words of another
    matter (咨询, 投诉 as kinds of calls)."""
    if bond.bare:
        return False
    if bond.metric is None:
        return True
    if any(bond.metric == one.metric for one in upwards(whole)):
        return True
    return cue.direct and not is_part(bond.metric, whole.metric, lexicon)


def _has_other_whole(bond: Bond, story: Story) -> bool:
    """Whether the metric that the words name has a whole of its own near by."""
    row = story.lexicon.metrics.get(bond.metric or "")
    near = (one for one in story.said if story.sentence - one.sentence <= 1)
    return row is not None and any(one.metric in row.part_of for one in near)


def _same_as_before(slot: Slot, bond: Bond, story: Story) -> str | None:
    """A number without words of its own speaks of what the one before it spoke of."""
    last = story.counts[-1] if story.counts else None
    if last is None or story.sentence - last.sentence > 1:
        return bond.metric
    if slot.quantity.unit != last.unit:
        close = last.slot is not None and last.slot.clause == slot.clause
        return bond.metric if close or slot.quantity.unit not in DOCUMENTS else None
    row = story.lexicon.metrics.get(last.metric)
    if row is None:
        return last.metric
    known = unit_cost(last.metric, slot.quantity, story.lexicon) is not None
    return last.metric if known else None


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
