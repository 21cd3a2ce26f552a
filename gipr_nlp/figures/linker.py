"""Walks the sentences of the narrative and binds their numbers, one after the other.

What a sentence has said so far (objects, channels, actions, the last metric) is handed on to the
numbers that follow, weaker over a full stop, and forgotten at the end of a section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
)
from gipr_nlp.figures.clauses import Line, Slot, lines, sentences, slots
from gipr_nlp.figures.drafts import Draft, from_quantity
from gipr_nlp.figures.lexicon import Lexicon
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

    section: tuple[str, ...] = ()
    carried: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    said: list[Draft] = field(default_factory=list)

    def surroundings(self, host_bond: Bond | None = None) -> Surroundings:
        tags = {tag: TAG_FAR for tag in self.section}
        tags.update(self.tags)
        return Surroundings(self.carried, tags)


def link(
    text: str, quantities: Sequence[Quantity], section_of: SectionOf, lexicon: Lexicon
) -> Linked:
    """Every number of ``text``, bound to a metric where its words name one."""
    result = Linked()
    story = _Story()
    index = 0
    for number, (start, end) in enumerate(sentences(text)):
        first = index
        while index < len(quantities) and quantities[index].start < end:
            index += 1
        here = quantities[first:index]
        if not any(one.not_figure is None for one in here):
            continue
        _enter(story, section_of(start))
        for line in _in_reading_order(lines(text, start, end, here, lexicon)):
            _link_line(text, line, story, lexicon, result, number)
        _fade(story)
    return result


def _in_reading_order(found: Sequence[Line]) -> Iterable[Line]:
    return found


def _enter(story: _Story, section: tuple[str, ...]) -> None:
    if section != story.section:
        story.section = section
        story.carried.clear()
        story.tags.clear()


def _fade(story: _Story) -> None:
    story.carried = {concept: CARRIED_FAR for concept in story.carried}
    story.tags = {tag: TAG_FAR for tag in story.tags}


def _link_line(
    text: str, line: Line, story: _Story, lexicon: Lexicon, result: Linked, number: int
) -> None:
    for slot in slots(text, line):
        draft = _draft(text, slot, story, lexicon, number)
        if isinstance(draft, str):
            result.unbound.append((slot.quantity, draft))
            continue
        result.drafts.append(draft)
        story.said.append(draft)


def _draft(text: str, slot: Slot, story: _Story, lexicon: Lexicon, number: int) -> Draft | str:
    """The draft of the slot's number, or the reason why it has none."""
    if changes.is_change(slot, lexicon):
        return changes.draft(text, slot, story.said, story.surroundings(), lexicon, number)
    if shares.is_share(slot, lexicon):
        return shares.draft(text, slot, story.said, story.surroundings(), lexicon, number)
    bond = bind(text, slot, story.surroundings(), lexicon)
    if bond.metric is None:
        return bond.reason
    _remember(story, bond, lexicon)
    return from_quantity(slot.quantity, bond.metric, slot, bond, number)


def _remember(story: _Story, bond: Bond, lexicon: Lexicon) -> None:
    """Hands the objects, channels and actions of a bound number on to those after it."""
    assert bond.rule is not None and bond.metric is not None
    told = {c for c in bond.rule.needs | bond.rule.may if c != NAME and c in bond.levels}
    roles = {lexicon.role[c] for c in told} & set(CARRIED_ROLES)
    kept = {c for c in story.carried if lexicon.role[c] not in roles}
    fresh = {c for c in told if lexicon.role[c] in CARRIED_ROLES}
    story.carried = {concept: CARRIED for concept in kept | fresh}
    metric = lexicon.metrics[bond.metric]
    names = {metric.id, metric.group, metric.axis} | set(story.carried)
    if metric.group == "results":
        names.add("requests")
    story.tags = {name: TAG_NEAR for name in names if name}
