"""Walks the sentences of the narrative and binds their numbers, one after the other.

What a sentence has said so far (objects, channels, actions, the last metric) is handed on to the
numbers that follow, weaker over a full stop, and forgotten at the end of a section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures import changes, shares
from gipr_nlp.figures.binding import (
    CARRIED,
    CARRIED_FAR,
    CARRIED_ROLES,
    DOCUMENTS,
    TAG_FAR,
    TAG_NEAR,
    Bond,
    Surroundings,
    bind,
    unit_cost,
)
from gipr_nlp.figures.clauses import Line, Slot, counts_items, lines, sentences, slots
from gipr_nlp.figures.closing import CLOSES, closes_others, closing_total, listed_before
from gipr_nlp.figures.distribution import Told, tell_apart
from gipr_nlp.figures.drafts import Draft, from_quantity
from gipr_nlp.figures.lexicon import PART, Lexicon
from gipr_nlp.figures.periods import is_planned, is_shift, period_of
from gipr_nlp.figures.scopes import scope_of
from gipr_nlp.figures.wholes import Cue, Lists, is_part, part_metric, upwards
from gipr_nlp.records import Quantity

THIS_YEAR = regex.compile(r"(?:本年|今年|当年|年内|年度)[\p{Han}]{0,6}$|新增$")
QUARTER = "quarter"
# Sums that stand beside what they add up: not parts but another number.
ADDED_UP = frozenset({"requests_total"})
RARE_VALUE = 20

SectionOf = Callable[[int], tuple[str, ...]]


@dataclass(slots=True)
class Linked:
    """The numbers of a text: those that are bound, in order, and those that are not, with why."""

    drafts: list[Draft] = field(default_factory=list)
    unbound: list[tuple[Quantity, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Story:
    """What has been said so far."""

    text: str
    lexicon: Lexicon
    year: int | None
    section: tuple[str, ...] = ()
    carried: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    sentence: int = 0
    sentence_start: int = 0

    @property
    def said(self) -> list[Draft]:
        return self.lists.said

    def surroundings(self) -> Surroundings:
        tags = {tag: TAG_FAR for tag in self.section}
        tags.update(self.tags)
        return Surroundings(self.carried, tags)


def link(
    text: str,
    quantities: Sequence[Quantity],
    section_of: SectionOf,
    lexicon: Lexicon,
    year: int | None,
) -> Linked:
    """Every number of ``text``, bound to a metric where its words name one."""
    result = Linked()
    story = _Story(text, lexicon, year)
    index = 0
    for number, (start, end) in enumerate(sentences(text)):
        first = index
        while index < len(quantities) and quantities[index].start < end:
            index += 1
        here = quantities[first:index]
        if not any(one.not_figure is None for one in here):
            continue
        counted = [one for one in here if one.not_figure is None and counts_items(text, one)]
        result.unbound.extend((one, "counts_items") for one in counted)
        story.sentence, story.sentence_start = number, start
        _enter(story, section_of(start))
        waiting: list[Slot] = []
        for told in _in_order(lines(text, start, end, here, lexicon), story):
            made = _drafts(told, story)
            if isinstance(made, str):
                result.unbound.append((told.slots[0].quantity, made))
                waiting.append(told.slots[0])
                continue
            _answer(waiting, made[0], story, result)
            result.drafts.extend(made)
            story.said.extend(made)
        _fade(story)
    return result


def _alike(slot: Slot, draft: Draft) -> bool:
    same_line = draft.slot is not None and draft.slot.line is slot.line
    return same_line and slot.quantity.unit == draft.unit and not any(
        hit.concepts[0] not in {"filler", "none", "last"} for hit in slot.before
    )


def _answer(waiting: list[Slot], draft: Draft, story: _Story, result: Linked) -> None:
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


def _in_order(found: Sequence[Line], story: _Story) -> Iterator[Told]:
    """The numbers of a sentence as they are read; after a bracket the story goes on as before it."""
    told = [
        (one, line)
        for line in found
        for one in tell_apart(story.text, slots(story.text, line), story.lexicon)
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


def _enter(story: _Story, section: tuple[str, ...]) -> None:
    if section != story.section:
        story.section = section
        story.carried = {}
        story.tags = {}
        story.lists = Lists()


def _fade(story: _Story) -> None:
    story.carried = {concept: CARRIED_FAR for concept in story.carried}
    story.tags = {tag: TAG_FAR for tag in story.tags}


def _drafts(told: Told, story: _Story) -> list[Draft] | str:
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


def _draft(slot: Slot, story: _Story) -> Draft | str:
    text, lexicon, around = story.text, story.lexicon, story.surroundings()
    if is_planned(text, story.sentence_start, slot):
        return "planned"
    before = _shifted_from(slot, story)
    if before is not None:
        return from_quantity(slot.quantity, before.metric, slot, None, story.sentence)
    if changes.is_change(text, slot, lexicon):
        return changes.draft(text, slot, story.said, around, lexicon, story.sentence)
    if shares.is_share(slot, lexicon):
        return shares.draft(text, slot, story.said, around, lexicon, story.sentence)
    bond = bind(text, slot, around, lexicon)
    cue = story.lists.cue(text, slot, story.sentence_start, story.sentence)
    scope = scope_of(text, slot)
    metric = _metric(slot, bond, cue, scope, story)
    if metric is None:
        return bond.reason
    draft = from_quantity(slot.quantity, metric, slot, bond, story.sentence)
    draft.scope = scope
    draft.closed = bool(CLOSES.search(text, slot.left, slot.quantity.start))
    draft.period = period_of(text, slot, story.year, _following(slot))
    _count_over_years(draft, slot, story)
    _attach(draft, cue, story)
    _remember(story, draft, bond)
    return draft


def _shifted_from(slot: Slot, story: _Story) -> Draft | None:
    """The first number of 由412个精简至263个, where ``slot`` holds the second."""
    last = story.said[-1] if story.said else None
    if last is None or last.slot is None or last.slot.line is not slot.line:
        return None
    if last.unit != slot.quantity.unit or last.relation not in {None, "part"}:
        return None
    return last if is_shift(story.text, last.slot, slot.quantity) else None


def _following(slot: Slot) -> Quantity | None:
    later = (one for one in slot.line.quantities if one.start >= slot.quantity.end)
    return next((one for one in later if one.not_figure is None), None)


def _metric(slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: _Story) -> str | None:
    """The metric that the words name, or else the place in a list, or the number before."""
    lexicon = story.lexicon
    whole = cue.whole if cue.explicit else None
    if QUARTER in bond.levels:
        return _of_quarter(bond, story)
    if bond.metric is None or bond.bare:
        total = closing_total(story.text, slot, story.said, lexicon)
        if total is not None or closes_others(story.text, slot, story.said):
            return total
    if whole is not None and _same_measure(whole, slot.quantity):
        if _is_this_year(story, slot, whole) and _same_matter(bond, whole, lexicon):
            return _over_all_years(whole, lexicon)
        if _named_only(bond, cue, whole, lexicon) and not _listed_elsewhere(bond, story):
            same = bond.metric == whole.metric and not bond.name
            place = scope is not None or same
            return part_metric(whole.metric.removesuffix(PART), lexicon, place=place)
    if bond.bare and story.said:
        return _same_as_before(slot, bond, story)
    return bond.metric or _said_again(slot.quantity, story)


def _of_quarter(bond: Bond, story: _Story) -> str | None:
    """A number of one quarter is part of what is told of the year."""
    counts = [one.metric for one in story.said if one.relation in {None, "part"}]
    metric = bond.metric or (counts[-1] if counts else None)
    return metric.removesuffix(PART) + PART if metric else None


def _same_measure(whole: Draft, quantity: Quantity) -> bool:
    return quantity.unit in {whole.unit, ""} and quantity.kind != "percent"


def _is_this_year(story: _Story, slot: Slot, whole: Draft) -> bool:
    """Whether the part is what this year added to a number over several."""
    start = max(whole.end, slot.left)
    return bool(THIS_YEAR.search(story.text[start : slot.quantity.start]))


def _same_matter(bond: Bond, whole: Draft, lexicon: Lexicon) -> bool:
    if bond.metric is None or bond.bare or bond.metric == whole.metric:
        return True
    row = lexicon.metrics.get(bond.metric)
    return row is not None and row.cumulative == whole.metric


def _over_all_years(whole: Draft, lexicon: Lexicon) -> str:
    """Makes ``whole`` a number over all years; the metric of what this year added to it."""
    yearly = whole.metric
    for row in lexicon.metrics.values():
        if row.cumulative == whole.metric:
            yearly = row.id
    whole.period = "cumulative"
    row = lexicon.metrics.get(yearly)
    whole.metric = (row.cumulative if row else "") or whole.metric
    return yearly


def _listed_elsewhere(bond: Bond, story: _Story) -> bool:
    """Whether the metric has another whole near by, to which the number goes."""
    if bond.metric is None:
        return False
    row = story.lexicon.metrics.get(bond.metric)
    near = (one for one in story.said if story.sentence - one.sentence <= 1)
    return row is not None and any(one.metric in row.part_of for one in near)


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


def _same_as_before(slot: Slot, bond: Bond, story: _Story) -> str | None:
    """A number without words of its own speaks of what the one before it spoke of."""
    counts = [one for one in story.said if one.relation in {None, "part"}]
    last = counts[-1] if counts else None
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


def _said_again(quantity: Quantity, story: _Story) -> str | None:
    """The metric of an earlier number of the section that is the very same (46件 … 46件)."""
    if quantity.value < RARE_VALUE:
        return None
    same = {
        one.metric
        for one in story.said
        if one.value == quantity.value and one.unit == quantity.unit and not one.in_words
    }
    return same.pop() if len(same) == 1 else None


def _count_over_years(draft: Draft, slot: Slot, story: _Story) -> None:
    """新增86条，累计503条: beside a number of this year, 累计 sums up all of them."""
    last = story.said[-1] if story.said else None
    if draft.period == "this_year" and last is not None and last.metric == draft.metric:
        near = story.text[slot.left : slot.quantity.start]
        if "累计" in near and last.sentence == story.sentence and last.period == "this_year":
            draft.period = "cumulative"
    row = story.lexicon.metrics.get(draft.metric)
    if draft.period == "cumulative" and row is not None and row.cumulative:
        draft.metric = row.cumulative
    elif row is not None and any(one.cumulative == row.id for one in story.lexicon.metrics.values()):
        draft.period = "cumulative"


def _attach(draft: Draft, cue: Cue, story: _Story) -> None:
    parts = listed_before(draft, story.said, story.lexicon) if draft.closed else []
    for part in parts if draft.metric not in ADDED_UP else ():
        part.parent, part.relation = draft, "part"
    if parts:
        return
    whole = story.lists.whole(draft.metric, cue, story.sentence, story.lexicon)
    if whole is not None and draft.period == "this_year":
        draft.parent, draft.relation = whole, "part"


def _carriers(bond: Bond, lexicon: Lexicon) -> set[str]:
    """The concepts that made the bond; of two objects, the one that the rule asks for."""
    assert bond.rule is not None
    needed = {c for c in bond.rule.needs if c != NAME}
    roles = {lexicon.role[c] for c in needed}
    beside = {c for c in bond.rule.may if c in bond.levels and c != NAME and lexicon.role[c] not in roles}
    return needed | beside


def _remember(story: _Story, draft: Draft, bond: Bond) -> None:
    """Hands the objects, channels and actions of a bound number on to those after it."""
    lexicon = story.lexicon
    if bond.rule is not None:
        told = _carriers(bond, lexicon)
        roles = {lexicon.role[c] for c in told} & set(CARRIED_ROLES)
        kept = {c for c in story.carried if lexicon.role[c] not in roles}
        fresh = {c for c in told if lexicon.role[c] in CARRIED_ROLES}
        story.carried = {concept: CARRIED for concept in kept | fresh}
    else:
        story.carried = {concept: CARRIED for concept in story.carried}
    names = set(story.carried)
    for one in (draft, draft.parent):
        row = lexicon.metrics.get(one.metric.removesuffix(PART)) if one is not None else None
        if row is not None:
            names |= {row.id, row.group, row.axis} | ({"requests"} if row.group == "results" else set())
    story.tags = {name: TAG_NEAR for name in names if name}
