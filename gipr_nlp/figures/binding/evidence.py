"""What speaks for a meaning of a number: the concepts around it, by how near they stand.

Those of its own words count most, then those of the clauses before it, then what earlier numbers
of the sentence and the sentence before hand on. A nearer word closes a role for those further off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures.binding.enumerations import without_examples, without_modifiers
from gipr_nlp.figures.binding.nouns import head_name, is_kind
from gipr_nlp.figures.text.lexicon import CHANNEL, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot

# Levels, in hundredths: how much a word counts by where it stands.
NEAREST, STEP, FARTHEST = 100, 8, 50
AFTER, AFTER_APART, AFTER_SECOND = 95, 55, 25
CONTEXT, CARRIED, CARRIED_FAR = 55, 45, 30
ACROSS_ITEM = 75
OBJECT, ACTION = "object", "action"
CARRIED_ROLES = (OBJECT, CHANNEL, ACTION)
WEAK_ROLES = frozenset({"time", "cmp", "change"})
# Where its own words say how it came out or what was done, those of the clauses before do not.
CLOSED_ROLES = frozenset({CHANNEL, ACTION})
HAPPENS = frozenset({ACTION, "outcome", "verdict"})
# 政府信息公开 before a noun says only that the noun has to do with it.
DISCLOSURE = "disclosure"
CONCERNING = "concerning"
_JOINS = frozenset("、和与及")


class Surroundings(NamedTuple):
    """What the number's clause takes over: concepts by level, and tags with their scores."""

    carried: Mapping[str, int] = {}
    tags: Mapping[str, int] = {}


class Evidence(NamedTuple):
    """The concepts around one number, with the level of each, those of its own words, and those
    handed on that cannot take its own words' place: what the sentence before was about, and what
    happened to other numbers.

    ``told`` are all concepts of its own words, ``counted`` those of the noun that it counts,
    ``strict`` those before it that a rule has to take; ``costs`` tells what each of its words costs
    a rule that does not explain it.
    """

    levels: Mapping[str, int]
    own: tuple[tuple[tuple[str, ...], int], ...]
    told: frozenset[str]
    counted: frozenset[str]
    strict: frozenset[str]
    costs: tuple[tuple[tuple[str, ...], int], ...]
    carried: frozenset[str]
    bare: bool
    name: str


def gather(text: str, slot: Slot, around: Surroundings, lexicon: Lexicon) -> Evidence:
    """The concepts near the number, from its own words outwards; nearer ones close a role."""
    slot = without_modifiers(text, without_examples(text, slot, lexicon), lexicon)
    found = [*_before(text, slot, lexicon), *_after(text, slot, lexicon)]
    name = head_name(text, slot)
    if name:
        found.append(((NAME,), 100))
    elif is_kind(text, slot):
        found.append(((NAME,), NEAREST - STEP))
    levels: dict[str, int] = {}
    _add(levels, found)
    own = [one for one in found if one[0][0] == NAME or lexicon.role[one[0][0]] not in WEAK_ROLES]
    roles = _roles(levels, lexicon)
    context = [
        (hit.concepts, CONTEXT)
        for hit in slot.context
        if _is_context(hit, lexicon)
        and not (roles & {lexicon.role[hit.concepts[0]]} & CLOSED_ROLES)
    ]
    _add(levels, context)
    carried = [
        ((concept,), level)
        for concept, level in around.carried.items()
        if lexicon.role[concept] not in roles and concept not in levels
    ]
    _add(levels, carried)
    return Evidence(
        levels=levels,
        own=tuple(own),
        told=frozenset(concept for concepts, _ in own for concept in concepts),
        counted=_counted(own, lexicon),
        strict=lexicon.strict & {concept for hit in slot.before for concept in hit.concepts},
        costs=tuple(_costs(own, lexicon)),
        carried=frozenset(
            one
            for (one,), level in carried
            if level <= CARRIED_FAR or (lexicon.role[one] in HAPPENS and not _is_joined(text, slot))
        ),
        bare=not own,
        name=name,
    )


def _is_joined(text: str, slot: Slot) -> bool:
    """Whether what was done to the number before is done to this one: 制定规章5件、规范性文件40件."""
    return not slot.opens and text[slot.left - 1 : slot.left] in _JOINS


def _counted(own: Sequence[tuple[tuple[str, ...], int]], lexicon: Lexicon) -> frozenset[str]:
    """The very noun that the number counts, as far as it tells."""
    concepts = own[0][0] if own else ()
    return frozenset(
        one for one in concepts if lexicon.role.get(one) == OBJECT and lexicon.tells_much(one)
    )


def _costs(
    own: Iterable[tuple[tuple[str, ...], int]], lexicon: Lexicon
) -> Iterable[tuple[tuple[str, ...], int]]:
    """The words that a rule has to explain, with what each costs it where it does not."""
    for concepts, level in own:
        if DISCLOSURE not in concepts:
            yield concepts, level * min(lexicon.weight[concept] for concept in concepts)


def _is_context(hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a word of an earlier clause says what the number is about; outcomes do not."""
    return _tells(hit, lexicon) and lexicon.role[hit.concepts[0]] not in {"outcome", "verdict"}


def _tells(hit: Hit, lexicon: Lexicon) -> bool:
    return lexicon.weight[hit.concepts[0]] > 0


def _before(text: str, slot: Slot, lexicon: Lexicon) -> Iterable[tuple[tuple[str, ...], int]]:
    marks = [mark for mark in slot.line.marks if slot.left <= mark < slot.quantity.start]
    level = NEAREST
    for hit in reversed(_without_subject(text, slot)):
        if not _tells(hit, lexicon):
            continue
        across = any(hit.end <= mark and text[mark] == "、" for mark in marks)
        yield hit.concepts, level * (ACROSS_ITEM if across else 100) // 100
        level = max(level - STEP, FARTHEST)


def _without_subject(text: str, slot: Slot) -> Sequence[Hit]:
    """The words before the number but those of X in 涉及X的8件."""
    about = next((hit for hit in slot.before if CONCERNING in hit.concepts), None)
    if about is None or not text.endswith("的", 0, slot.quantity.start):
        return slot.before
    return [hit for hit in slot.before if hit.end <= about.end]


def _after(text: str, slot: Slot, lexicon: Lexicon) -> Iterable[tuple[tuple[str, ...], int]]:
    named = any(_tells(hit, lexicon) for hit in slot.before)
    edge, level, subject = slot.quantity.end, AFTER, False
    for hit in slot.after:
        if hit.start - edge > 1:
            level = min(level, AFTER_APART)
        edge = max(edge, hit.end)
        if subject and lexicon.role[hit.concepts[0]] != "outcome":
            continue
        if _tells(hit, lexicon):
            yield hit.concepts, min(level, AFTER_SECOND) if named and level < AFTER else level
            level = AFTER_APART
        subject = subject or CONCERNING in hit.concepts


def _add(levels: dict[str, int], found: Iterable[tuple[tuple[str, ...], int]]) -> None:
    for concepts, level in found:
        for concept in concepts:
            levels[concept] = max(level, levels.get(concept, 0))


def _roles(concepts: Iterable[str], lexicon: Lexicon) -> set[str]:
    return {lexicon.role[c] for c in concepts if c != NAME and lexicon.tells_much(c)}
