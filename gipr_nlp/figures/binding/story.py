"""What the narrative has said so far, as far as it bears on the next number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures.binding.bind import TAG_FAR, TAG_NEAR, Bond
from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.binding.evidence import (
    CARRIED,
    CARRIED_FAR,
    CARRIED_ROLES,
    CONTEXT,
    OBJECT,
    Surroundings,
)
from gipr_nlp.figures.text.lexicon import CHANGES, CHANNEL, PART, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.figures.topics.subjects import Subjects
from gipr_nlp.records import Quantity


@dataclass(slots=True)
class Story:
    """The text, the sentence that is read, and what was said before it.

    ``subjects`` are those of the requests, wherever the text names them; ``carried`` are concepts
    that a number takes over where its own words name none of their role, with their level;
    ``tags`` are groups, axes and metrics of the last figure, with what they add to a score;
    ``said`` are the figures of the section, ``counts`` those of them that are no shares and no
    changes, ``unnamed`` the last number of the sentence that nothing names.
    """

    text: str
    lexicon: Lexicon
    year: int | None
    subjects: Subjects = field(default_factory=Subjects)
    section: tuple[str, ...] = ()
    carried: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    said: list[Draft] = field(default_factory=list)
    counts: list[Draft] = field(default_factory=list)
    sentence: int = 0
    sentence_start: int = 0
    unnamed: Quantity | None = None

    def surroundings(self) -> Surroundings:
        """What the next number takes over."""
        return Surroundings(self.carried, dict.fromkeys(self.section, TAG_FAR) | self.tags)

    def enter(self, section: tuple[str, ...], sentence: int, start: int) -> None:
        """Begins a sentence; a new section forgets what the last one said."""
        self.sentence, self.sentence_start, self.unnamed = sentence, start, None
        if section != self.section:
            self.section = section
            self.carried, self.tags, self.said, self.counts = {}, {}, [], []

    def head(self, hits: Iterable[Hit]) -> None:
        """A title that names nothing but a channel speaks for the sentence below: 1.政府网站."""
        told = [hit for hit in hits if self.lexicon.tells_much(hit.concepts[0])]
        concepts = {hit.concepts[0] for hit in told}
        if len(concepts) == 1 and all(self.lexicon.role[one] == CHANNEL for one in concepts):
            self.carried = dict.fromkeys(concepts, CONTEXT)

    def fade(self) -> None:
        """Ends a sentence: what it said weighs less in the next."""
        self.carried = dict.fromkeys(self.carried, CARRIED_FAR)
        self.tags = dict.fromkeys(self.tags, TAG_FAR)

    def say(self, made: Sequence[Draft]) -> None:
        """Takes up the figures of a number."""
        self.said += made
        counts = (one for one in made if one.relation in {None, "part"} and not one.empty)
        self.counts += (one for one in counts if not one.metric.endswith(CHANGES))

    def pass_over(self, slot: Slot) -> None:
        """Takes up what a number that nothing names speaks of: those after it speak of that, too."""
        self.unnamed = slot.quantity
        hits = (*slot.before, *slot.after)
        told = {concept for hit in hits for concept in hit.concepts if self._is_matter(concept)}
        if told:
            roles = {self.lexicon.role[concept] for concept in told}
            kept = {one for one in self.carried if self.lexicon.role[one] not in roles}
            self.carried = dict.fromkeys(kept | told, CARRIED)
            self.tags = dict.fromkeys(told, TAG_NEAR)

    def _is_matter(self, concept: str) -> bool:
        tells = self.lexicon.role[concept] in {OBJECT, CHANNEL}
        return tells and self.lexicon.tells_much(concept)

    def mention(self, metric: str) -> None:
        """Lets the words that follow speak of the same matter as ``metric``."""
        self.tags |= dict.fromkeys(_names_of(metric, self.lexicon), TAG_NEAR)

    def remember(self, draft: Draft, bond: Bond) -> None:
        """Hands the objects, channels and actions of a bound number on to those after it."""
        kept = set(self.carried)
        if bond.rule is not None:
            told = _carriers(bond, self.lexicon)
            roles = {self.lexicon.role[concept] for concept in told}
            kept = {concept for concept in kept if self.lexicon.role[concept] not in roles}
            kept |= {one for one in told if self.lexicon.role[one] in CARRIED_ROLES}
        self.carried = dict.fromkeys(kept, CARRIED)
        names = kept | _names_of(draft.metric, self.lexicon)
        if draft.parent is not None:
            names |= _names_of(draft.parent.metric, self.lexicon) - self.lexicon.axes.keys()
        self.tags = dict.fromkeys(names, TAG_NEAR)


def _carriers(bond: Bond, lexicon: Lexicon) -> set[str]:
    """The concepts that made the bond; of two objects, the one that the rule asks for."""
    assert bond.rule is not None
    needed = bond.rule.needs - {NAME}
    roles = {lexicon.role[concept] for concept in needed}
    beside = (bond.rule.may & bond.levels.keys()) - {NAME}
    return set(needed) | {one for one in beside if lexicon.role[one] not in roles}


def _names_of(metric: str, lexicon: Lexicon) -> set[str]:
    """The tags of a metric: itself, its group and axis; outcomes speak of requests."""
    row = lexicon.metrics.get(metric.removesuffix(PART))
    if row is None:
        return set()
    also = {"requests"} if row.group == "results" else set()
    return {row.id, row.group, *([row.axis] if row.axis else [])} | also
