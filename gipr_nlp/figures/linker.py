"""Walks the sentences of the narrative and binds their numbers, one after the other.

What a sentence has said so far (objects, channels, actions, the last metric) is handed on to the
numbers that follow, weaker over a full stop, and forgotten at the end of a section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from gipr_nlp.figures.binding.bind import bind
from gipr_nlp.figures.binding.distribution import Told, tell_apart
from gipr_nlp.figures.binding.drafts import Draft, from_quantity
from gipr_nlp.figures.binding.periods import is_planned, is_shift, period_of, reaches
from gipr_nlp.figures.binding.scopes import counts_offices, scope_of, tells_of_some
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.meaning import metric_of, reaches_a_rate
from gipr_nlp.figures.relations import changes, shares
from gipr_nlp.figures.relations.adding import ADDED_UP
from gipr_nlp.figures.relations.closing import CLOSES, OWN_TOTALS, listed_before
from gipr_nlp.figures.relations.cues import Cue, cue_of
from gipr_nlp.figures.relations.cumulative import count_over_years
from gipr_nlp.figures.relations.wholes import whole_of
from gipr_nlp.figures.text.clauses import Line, lines, sentences
from gipr_nlp.figures.text.lexicon import Lexicon
from gipr_nlp.figures.text.slots import Slot, counts_items, next_figure, slots
from gipr_nlp.records import Quantity

_NEUTRAL = frozenset({"filler", "none", "last"})

_SUBTOTAL = regex.compile(r"[，,](?:共|合计|总计|共计|小计)[\p{Han}]{0,4}")
_AMONG = regex.compile(r"[，,；;]?其中")

LONGEST_TITLE = 24

SectionOf = Callable[[int], tuple[str, ...]]


@dataclass(slots=True)
class Linked:
    """The numbers of a text: those that are bound, in order, and those that are not, with why."""

    drafts: list[Draft] = field(default_factory=list)
    unbound: list[tuple[Quantity, str]] = field(default_factory=list)


def link(story: Story, quantities: Sequence[Quantity], section_of: SectionOf) -> Linked:
    """Every number of the text, bound to a metric where its words name one."""
    result = Linked()
    index = 0
    for number, (start, end) in enumerate(sentences(story.text)):
        first = index
        while index < len(quantities) and quantities[index].start < end:
            index += 1
        here = quantities[first:index]
        told = any(one.not_figure is None for one in here)
        if not told and end - start > LONGEST_TITLE:
            continue
        story.enter(section_of(start), number, start)
        if told:
            _link_sentence(lines(story.text, start, end, here, story.lexicon), here, story, result)
        else:
            story.head(story.lexicon.scan(story.text, start, end))
    return result


def _link_sentence(
    found: Sequence[Line], here: Sequence[Quantity], story: Story, result: Linked
) -> None:
    figures = (one for one in here if one.not_figure is None)
    result.unbound += [(one, "counts_items") for one in figures if counts_items(story.text, one)]
    waiting: list[Slot] = []
    for told in _in_order(found, story):
        made = _drafts(told, story)
        if isinstance(made, str):
            result.unbound.append((told.slots[0].quantity, made))
            waiting.append(told.slots[0])
            story.pass_over(told.slots[0])
            continue
        _answer(waiting, made[0], story, result)
        result.drafts.extend(made)
        story.say(made)
    story.fade()


def _in_order(found: Sequence[Line], story: Story) -> Iterator[Told]:
    """The numbers of a sentence as they are read; after a bracket the story goes on as before it."""
    told = [
        (one, line)
        for line in found
        for one in tell_apart(story.text, slots(story.text, line, story.lexicon), story.lexicon)
    ]
    told.sort(key=lambda pair: pair[0].slots[0].quantity.start)
    left: dict[int, tuple[dict[str, int], dict[str, int]]] = {}
    last: Line | None = None
    for one, line in told:
        if last is not None and line is not last and id(line) in left:
            story.carried, story.tags = left[id(line)]
        yield one
        left[id(line)] = (story.carried, story.tags)
        last = line


def _drafts(told: Told, story: Story) -> list[Draft] | str:
    """The drafts of one number, or the reason why it has none."""
    if told.unclear:
        return "ambiguous"
    made: list[Draft] = []
    reason = "no_metric"
    for slot in told.slots:
        draft = _draft(slot, story)
        if isinstance(draft, str):
            reason = draft
        elif draft.metric not in {one.metric for one in made}:
            made.append(draft)
    return made or reason


def _draft(slot: Slot, story: Story) -> Draft | str:
    text, lexicon = story.text, story.lexicon
    reason = _counts_nothing_named(slot, story)
    if reason is not None:
        return reason
    before = _shifted_from(slot, story)
    if before is not None:
        return from_quantity(slot.quantity, before.metric, slot, None, story.sentence)
    if changes.is_change(text, slot, lexicon):
        return changes.draft(slot, story)
    if shares.is_share(text, slot, lexicon) and not reaches_a_rate(slot, story):
        return shares.draft(slot, story)
    bond = bind(text, slot, story.surroundings(), lexicon)
    cue, scope = cue_of(slot, story), scope_of(text, slot)
    metric = metric_of(slot, bond, cue, scope, story)
    if metric is None:
        return bond.reason or "no_metric"
    draft = from_quantity(slot.quantity, metric, slot, bond, story.sentence)
    draft.scope = scope
    draft.period = period_of(text, slot, story.year, next_figure(slot))
    count_over_years(draft, slot, story)
    _attach(draft, slot, cue, story)
    draft.empty = _is_empty(draft, story)
    if not draft.empty:
        story.remember(draft, bond)
    return draft


def _is_empty(draft: Draft, story: Story) -> bool:
    """Whether the number is the zero of 复议5件、诉讼0件，其中维持3件: the 5 are meant."""
    last = story.counts[-1] if story.counts else None
    if draft.value != 0 or draft.relation is not None or last is None or last.slot is None:
        return False
    beside = draft.slot is not None and last.slot.line is draft.slot.line and last.value > 0
    return beside and last.unit == draft.unit and bool(_AMONG.match(story.text, draft.end))


def _counts_nothing_named(slot: Slot, story: Story) -> str | None:
    """Why no metric can be meant by the number, None where one can."""
    if is_planned(story.text, story.sentence_start, slot):
        return "planned"
    if counts_offices(story.text, slot, story.lexicon):
        return "counts_offices"
    if tells_of_some(story.text, slot):
        return "tells_of_some"
    first = story.unnamed
    return "no_metric" if first and reaches(story.text, first, slot.quantity) else None


def _shifted_from(slot: Slot, story: Story) -> Draft | None:
    """The first number of 由412个精简至263个, where ``slot`` holds the second."""
    last = story.said[-1] if story.said else None
    if last is None or last.slot is None or last.slot.line is not slot.line:
        return None
    if last.unit != slot.quantity.unit or last.relation not in {None, "part"}:
        return None
    return last if is_shift(story.text, last.slot, slot.quantity) else None


def _attach(draft: Draft, slot: Slot, cue: Cue, story: Story) -> None:
    """Makes the draft the whole of the list that it closes, or part of a whole."""
    closes = CLOSES.search(story.text, slot.left, slot.quantity.start)
    if closes:
        parts = listed_before(draft, story.said, story.lexicon)
        own = closes.group() in OWN_TOTALS and any(part.value > draft.value for part in parts)
        if parts and not own and not _is_outflow(draft, parts, story.lexicon):
            for part in parts if draft.metric not in ADDED_UP else ():
                part.parent, part.relation = draft, "part"
            return
    whole = whole_of(draft, cue, story)
    period = draft.period == "this_year" or (whole is not None and draft.period == whole.period)
    if whole is not None and period and not _exceeds(draft, whole, cue, story):
        if not _closes_list_of(whole, draft, story):
            return
        draft.parent, draft.relation = whole, "part"
        draft.stated = cue.explicit and (cue.sibling is None or cue.sibling.stated)


def _closes_list_of(whole: Draft, draft: Draft, story: Story) -> bool:
    """Whether the number can be part of ``whole``: as a part beside others, or as the sum of those
    before it (其中目录公开1条、文件22条，共发布23条), which then are its own parts."""
    beside = [one for one in story.counts if one.parent is whole and one.relation == "part"]
    if len(beside) < 2 or not _SUBTOTAL.fullmatch(story.text, beside[-1].end, draft.start):
        return True
    if sum(one.value for one in beside) != draft.value:
        return False
    for one in beside:
        one.parent = draft
    return True


def _is_outflow(total: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether the total only speaks of what came in: 收到10件，上年结转2件，共办结10件."""
    rows = [lexicon.metrics.get(part.metric) for part in parts]
    came_in = all(row is not None and row.axis == changes.FLOW for row in rows)
    summed = any(total.metric == one for one in lexicon.sums)
    return came_in and not summed and sum(part.value for part in parts) != total.value


def _exceeds(draft: Draft, whole: Draft, cue: Cue, story: Story) -> bool:
    """Whether a number above its whole stands beside the list rather than in it: after the
    categories another channel, or nothing that ties it."""
    if draft.value <= whole.value or cue.direct:
        return False
    if not cue.explicit or cue.sibling is None or not cue.sibling.stated:
        return True
    rows = [story.lexicon.metrics.get(one.metric) for one in (draft, cue.sibling)]
    axes = {row.axis for row in rows if row is not None}
    return len(axes) > 1


def _answer(waiting: list[Slot], draft: Draft, story: Story, result: Linked) -> None:
    """与2020年的488件相比，今年新收557件: the number before gets the meaning of the one after."""
    if draft.relation not in {None, "part"} or draft.period != "this_year":
        return
    for slot in waiting:
        period = period_of(story.text, slot, story.year, None)
        if period != "this_year" and _alike(slot, draft):
            earlier = from_quantity(slot.quantity, draft.metric, slot, None, story.sentence)
            earlier.period = period
            result.drafts.append(earlier)
            result.unbound = [one for one in result.unbound if one[0] is not slot.quantity]
    waiting.clear()


def _alike(slot: Slot, draft: Draft) -> bool:
    """Whether the number of ``slot`` has no words of its own and is counted as ``draft`` is."""
    same_line = draft.slot is not None and draft.slot.line is slot.line
    own = [hit for hit in slot.before if hit.concepts[0] not in _NEUTRAL]
    return same_line and slot.quantity.unit == draft.unit and not own
