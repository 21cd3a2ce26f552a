"""Walks the sentences of the narrative and binds their numbers, one after the other.

What a sentence has said so far (objects, channels, actions, the last metric) is handed on to the
numbers that follow, weaker over a full stop, and forgotten at the end of a section.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures import changes, shares
from gipr_nlp.figures.binding import (
    CARRIED,
    CARRIED_FAR,
    CARRIED_ROLES,
    TAG_FAR,
    TAG_NEAR,
    Bond,
    Surroundings,
    bind,
    unit_cost,
)
from gipr_nlp.figures.clauses import Line, Slot, lines, sentences, slots
from gipr_nlp.figures.closing import closing_total
from gipr_nlp.figures.distribution import Told, tell_apart
from gipr_nlp.figures.drafts import Draft, from_quantity
from gipr_nlp.figures.lexicon import Lexicon
from gipr_nlp.figures.periods import period_of
from gipr_nlp.figures.scopes import scope_of
from gipr_nlp.figures.wholes import PART, Cue, Lists, part_metric
from gipr_nlp.records import Quantity

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
        story.sentence, story.sentence_start = number, start
        _enter(story, section_of(start))
        for line in lines(text, start, end, here, lexicon):
            _link_line(line, story, result)
        _fade(story)
    return result


def _enter(story: _Story, section: tuple[str, ...]) -> None:
    if section != story.section:
        story.section = section
        story.carried = {}
        story.tags = {}
        story.lists = Lists()


def _fade(story: _Story) -> None:
    story.carried = {concept: CARRIED_FAR for concept in story.carried}
    story.tags = {tag: TAG_FAR for tag in story.tags}


def _link_line(line: Line, story: _Story, result: Linked) -> None:
    found = slots(story.text, line)
    for told in tell_apart(story.text, found, story.lexicon):
        made = _drafts(told, story)
        if isinstance(made, str):
            result.unbound.append((told.slots[0].quantity, made))
            continue
        result.drafts.extend(made)
        story.said.extend(made)


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
    if changes.is_change(slot, lexicon):
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
    draft.period = period_of(text, slot, story.year, _following(slot))
    _attach(draft, cue, story)
    _remember(story, metric, bond)
    return draft


def _following(slot: Slot) -> Quantity | None:
    later = (one for one in slot.line.quantities if one.start >= slot.quantity.end)
    return next((one for one in later if one.not_figure is None), None)


def _metric(
    slot: Slot, bond: Bond, cue: Cue, scope: str | None, story: _Story
) -> str | None:
    """The metric that the words name, or else the place in a list, or the number before."""
    lexicon = story.lexicon
    whole = cue.whole if cue.explicit else None
    if bond.metric is None or bond.bare:
        total = closing_total(story.text, slot, story.said, lexicon)
        if total is not None:
            return total
    if whole is not None and _named_only(bond, whole, scope):
        base = whole.metric.removesuffix(PART)
        if whole.unit == slot.quantity.unit or slot.quantity.unit == "":
            return part_metric(base, lexicon, place=scope is not None)
    if bond.bare and bond.metric is None or bond.bare and story.said:
        return _same_as_before(slot, bond, story)
    return bond.metric


def _named_only(bond: Bond, whole: Draft, scope: str | None) -> bool:
    """Whether a part of ``whole`` is told by a noun alone, or by an office that has its share."""
    if bond.metric is None:
        return bool(bond.name) or scope is not None
    return bond.metric == whole.metric and scope is not None


def _same_as_before(slot: Slot, bond: Bond, story: _Story) -> str | None:
    """A number without words of its own speaks of what the one before it spoke of."""
    counts = [one for one in story.said if one.relation in {None, "part"}]
    last = counts[-1] if counts else None
    if last is None or story.sentence - last.sentence > 1:
        return bond.metric
    row = story.lexicon.metrics.get(last.metric)
    if row is None or slot.quantity.unit != last.unit:
        return bond.metric
    return last.metric if unit_cost(last.metric, slot.quantity, story.lexicon) is not None else None


def _attach(draft: Draft, cue: Cue, story: _Story) -> None:
    whole = story.lists.whole(draft.metric, cue, story.sentence, story.lexicon)
    if whole is not None and draft.period == "this_year":
        draft.parent, draft.relation = whole, "part"


def _remember(story: _Story, name: str, bond: Bond) -> None:
    """Hands the objects, channels and actions of a bound number on to those after it."""
    lexicon = story.lexicon
    if bond.rule is not None:
        told = {c for c in bond.rule.needs | bond.rule.may if c != NAME and c in bond.levels}
        roles = {lexicon.role[c] for c in told} & set(CARRIED_ROLES)
        kept = {c for c in story.carried if lexicon.role[c] not in roles}
        fresh = {c for c in told if lexicon.role[c] in CARRIED_ROLES}
        story.carried = {concept: CARRIED for concept in kept | fresh}
    else:
        story.carried = {concept: CARRIED for concept in story.carried}
    metric = lexicon.metrics.get(name.removesuffix(PART))
    if metric is None:
        return
    names = {metric.id, metric.group, metric.axis} | set(story.carried)
    if metric.group == "results":
        names.add("requests")
    story.tags = {name: TAG_NEAR for name in names if name}
