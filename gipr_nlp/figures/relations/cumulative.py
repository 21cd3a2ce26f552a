"""Numbers over all years beside those of this one: 新增86条，累计503条; 新设专栏5个，总数达37个."""

from __future__ import annotations

import regex

from gipr_nlp.figures.binding.drafts import Draft, since
from gipr_nlp.figures.binding.periods import begins_this_year
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.text.lexicon import Lexicon
from gipr_nlp.figures.text.slots import Slot

SAID = "累计"
NEW = "新"
_ALL_THERE_ARE = regex.compile(r"总数(?:量)?(?:已|现)*(?:增至|增到|达到?)\Z")
# 今年以来累计办理92件，其中本年新收91件: the first is of this year as well.
_WITHIN = regex.compile(r"今年|本学?年")
_ADDED = regex.compile(r"(?:本学?年|今年|当年|年内|年度(?!(?:工作)?报告))[\p{Han}]{0,14}$|新增$")
_THIS_YEAR = regex.compile(r"(?:本年|今年|当年)[\p{Han}]{0,14}\Z")


def count_over_years(draft: Draft, slot: Slot, story: Story) -> None:
    """Settles whether the number is of this year alone, and its metric with it."""
    here = since(story.sentence, story.said)
    last = here[-1] if here else None
    near = story.text[slot.left : slot.quantity.start]
    row = story.lexicon.metrics.get(draft.metric)
    if draft.period == "cumulative" and row is not None and row.standing and SAID not in near:
        draft.period = "this_year"
    beside = last is not None and last.metric == draft.metric and last.period == "this_year"
    over_all = any(one.period == "cumulative" for one in here)
    summed = SAID in near or (_ALL_THERE_ARE.search(near) is not None and _is_new(last, story))
    if draft.period == "this_year" and summed and (beside or over_all):
        draft.period = "cumulative"
    if draft.period == "cumulative" and row is not None and row.cumulative:
        draft.metric = row.cumulative
    elif draft.metric in story.lexicon.yearly:
        words = story.text[slot.context_start : slot.quantity.start]
        if begins_this_year(words, story.year):
            draft.metric = story.lexicon.yearly[draft.metric]
        else:
            draft.period = "cumulative"
    if last is not None and beside and draft.period == "this_year" and _is_yearly(near, story):
        _widen(last, draft, story)


def _is_new(last: Draft | None, story: Story) -> bool:
    """Whether the words of ``last`` say that it was added: 新设专栏5个."""
    return (
        last is not None
        and last.slot is not None
        and NEW in story.text[last.slot.left : last.start]
    )


def _is_yearly(near: str, story: Story) -> bool:
    """Whether the words say that the number is what this year alone brought."""
    return bool(_THIS_YEAR.search(near)) or (story.year is not None and str(story.year) in near)


def _widen(last: Draft, draft: Draft, story: Story) -> None:
    """Makes the number before one of this year what all years brought: 累计受理19条，2011年新受理4条."""
    told = last.slot is not None and SAID in story.text[last.slot.left : last.start]
    within = _WITHIN.search(story.text, story.sentence_start, last.start)
    if told and not within and last.value >= draft.value:
        last.period = "cumulative"


def is_this_year(slot: Slot, whole: Draft, story: Story) -> bool:
    """Whether the part is what this year added to a number over several."""
    near = story.text[max(whole.end, slot.left) : slot.quantity.start]
    if _WITHIN.search(story.text, story.sentence_start, whole.start):
        return False
    dated = whole.period == "cumulative" and story.year is not None and str(story.year) in near
    return dated or bool(_ADDED.search(near))


def over_all_years(whole: Draft, lexicon: Lexicon) -> str:
    """Makes ``whole`` a number over all years; the metric of what this year added to it."""
    yearly = lexicon.yearly.get(whole.metric, whole.metric)
    row = lexicon.metrics.get(yearly)
    whole.period = "cumulative"
    whole.metric = (row.cumulative if row else "") or whole.metric
    return yearly
