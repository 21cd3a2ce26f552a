"""One number and its words: which metric do they name?

Each rule of the catalogue that shares a concept with the words is weighed: what it explains
counts for it, by how much the word tells and how near it stands; what it leaves unexplained
counts against it. The best rule wins if it is good enough and clearly better than the best of
any other metric; otherwise the number stays unbound, since a wrong meaning is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import regex

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures.enumerations import names_two, without_examples, without_modifiers
from gipr_nlp.figures.lexicon import PART, Hit, Lexicon, Rule
from gipr_nlp.figures.slots import Slot
from gipr_nlp.records import Quantity

# Levels, in hundredths: how much a word counts by where it stands.
NEAREST, STEP, FARTHEST = 100, 8, 50
AFTER, AFTER_APART, AFTER_SECOND = 95, 55, 25
CONTEXT, CARRIED, CARRIED_FAR = 55, 45, 30
ACROSS_ITEM = 75
# Scores, in hundredths of a weight.
TAG_NEAR, TAG_FAR = 400, 300
UNIT_STRANGE = 400
UNEXPLAINED = 60
SLIGHT = 5
GOOD_ENOUGH = 450
GOOD_BARE = 300
MARGIN = 60
CARRIED_ROLES = ("object", "channel", "action")
WEAK_ROLES = frozenset({"time", "cmp", "change"})
DOCUMENTS = frozenset(["件", "条", "份", "篇", "宗", "起", "例", "项", "则"])
# Words after which no channel of an earlier clause is meant.
WHOLLY = frozenset({"gov_info", "proactive"})
# 政府信息公开 before a noun says only that the noun has to do with it.
DISCLOSURE = "disclosure"
CONCERNING = "concerning"
DOCUMENT = "文件"
_OFFICE = regex.compile(r"政府|[局委办厅级区县市镇]$|中央|上级|国务院")
CHANNEL = "channel"
OBJECT = "object"
# Where its own words say how it came out or what was done, those of the clauses before do not.
CLOSED_ROLES = frozenset({CHANNEL, "action"})
HAPPENS = frozenset({"action", "outcome", "verdict"})
_JOINS = frozenset("、和与及")
FILLER, STOP = "filler", "none"
_MARKS = '“”"：: 、，,-—《》'
_LAST_FILLERS = "共达为约近超逾的了各均仅只有是等"
_CONTENT = regex.compile(r"[\p{Han}A-Za-z]")


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


class Bond(NamedTuple):
    """The outcome: a metric with the rule and concepts that gave it, or the reason for none."""

    metric: str | None
    reason: str = ""
    rule: Rule | None = None
    score: int = 0
    levels: Mapping[str, int] = {}
    name: str = ""
    bare: bool = False
    own: tuple[tuple[str, ...], ...] = ()


def bind(text: str, slot: Slot, around: Surroundings, lexicon: Lexicon) -> Bond:
    """The metric that the words of ``slot`` name, or why none is named."""
    evidence = gather(text, slot, around, lexicon)
    scored = [
        (score, rule)
        for rule in _candidates(evidence, lexicon)
        if (score := _score(rule, evidence, around, slot.quantity, lexicon)) is not None
    ]
    ranked = _best_of_each(_about_the_number(scored, evidence))
    if not ranked or ranked[0][0] < (GOOD_BARE if evidence.bare else GOOD_ENOUGH):
        return _bond(evidence, reason="no_metric")
    close = [one for one in ranked if ranked[0][0] - one[0] < MARGIN]
    if len(close) > 1:
        close = [one for one in close if one[1].needs & evidence.counted]
    if len(close) != 1:
        return _bond(evidence, reason="ambiguous")
    score, rule = close[0]
    if names_two(text, slot, lexicon) and _needs_any(rule, evidence.own[:2]):
        return _bond(evidence, reason="ambiguous")
    return _bond(evidence, rule, score)


def _best_of_each(scored: Iterable[tuple[int, Rule]]) -> list[tuple[int, Rule]]:
    """The best rule of each metric, the best metric first."""
    best: dict[str, tuple[int, Rule]] = {}
    for one in sorted(scored, key=lambda one: (-one[0], one[1].order)):
        best.setdefault(one[1].metric, one)
    return list(best.values())


def _needs_any(rule: Rule, words: Iterable[tuple[tuple[str, ...], int]]) -> bool:
    return any(rule.needs & set(concepts) for concepts, _ in words)


def _about_the_number(scored: list[tuple[int, Rule]], evidence: Evidence) -> list[tuple[int, Rule]]:
    """Without the rules that need what only is handed on, where one is about what the number's own
    words count."""
    good = [rule for score, rule in scored if score >= GOOD_ENOUGH]
    counted = [rule for rule in good if rule.needs & evidence.counted]
    if not counted:
        return scored
    own = [one for one in scored if one[1].needs & evidence.told]
    if all(rule.needs & evidence.carried for rule in counted):
        return own
    return [one for one in own if not one[1].needs & evidence.carried]


def _counted(own: Sequence[tuple[tuple[str, ...], int]], lexicon: Lexicon) -> frozenset[str]:
    """The very noun that the number counts, as far as it tells."""
    concepts = own[0][0] if own else ()
    return frozenset(
        one for one in concepts if lexicon.role.get(one) == OBJECT and lexicon.weight[one] > SLIGHT
    )


def _costs(
    own: Iterable[tuple[tuple[str, ...], int]], lexicon: Lexicon
) -> Iterable[tuple[tuple[str, ...], int]]:
    """The words that a rule has to explain, with what each costs it where it does not."""
    for concepts, level in own:
        if DISCLOSURE not in concepts:
            yield concepts, level * min(lexicon.weight[concept] for concept in concepts)


def _bond(evidence: Evidence, rule: Rule | None = None, score: int = 0, reason: str = "") -> Bond:
    own = tuple(concepts for concepts, _ in evidence.own)
    metric = rule.metric if rule is not None else None
    return Bond(metric, reason, rule, score, evidence.levels, evidence.name, evidence.bare, own)


def gather(text: str, slot: Slot, around: Surroundings, lexicon: Lexicon) -> Evidence:
    """The concepts near the number, from its own words outwards; nearer ones close a role."""
    slot = without_modifiers(text, without_examples(text, slot, lexicon), lexicon)
    found = [*_before(text, slot, lexicon), *_after(text, slot, lexicon)]
    name = head_name(text, slot)
    if name:
        found.append(((NAME,), 100))
    elif _is_kind(text, slot):
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


def head_name(text: str, slot: Slot) -> str:
    """The unknown noun right before the number (or right after it), "" where there is none."""
    if slot.name is not None:
        return slot.name
    holes = [end for _, end in slot.line.holes if slot.left <= end <= slot.quantity.start]
    told = [hit.end for hit in slot.before if hit.concepts[0] not in {FILLER, STOP}]
    numbers = [one.end for one in slot.line.quantities if one.end <= slot.quantity.start]
    edge = max([slot.left, slot.line.start, *holes, *told, *numbers])
    name = _without_fillers(text, edge, slot.quantity.start, slot.before)
    if name or slot.before or slot.after:
        return name
    return _without_fillers(text, slot.quantity.end, slot.right, slot.after)


def _without_fillers(text: str, start: int, end: int, hits: Sequence[Hit]) -> str:
    """What stands between ``start`` and ``end`` when the fillers at both ends are taken off."""
    for hit in hits:
        if hit.concepts[0] == STOP:
            continue
        if text[start : hit.start].strip(_MARKS) == "" and start <= hit.start:
            start = max(start, hit.end)
    for hit in reversed(hits):
        if hit.concepts[0] == STOP or _ends_a_noun(text, hit):
            continue
        if hit.start >= start and text[hit.end : end].strip(_MARKS) == "":
            end = min(end, hit.start)
    name = text[start:end].strip(_MARKS)
    return name if len(_CONTENT.findall(name)) >= 2 else ""


def _ends_a_noun(text: str, hit: Hit) -> bool:
    """Whether a filler of one character may be the end of a noun (基本, 行为)."""
    return hit.end - hit.start == 1 and text[hit.start] not in _LAST_FILLERS


def _is_kind(text: str, slot: Slot) -> bool:
    """Whether a noun that the catalogue does not know says what kind of information is counted."""
    told = [hit for hit in slot.before if hit.concepts[0] not in {FILLER, STOP}]
    if not told or slot.name is not None:
        return False
    last = told[-1]
    edge = max([slot.left, *(hit.end for hit in told[:-1])])
    run = text[edge : last.start]
    if text[last.start : last.end] == DOCUMENT and not _OFFICE.search(run):
        return bool(_without_fillers(text, edge, last.start, slot.before))
    # 各类气象信息 is all of it, 各类市场数据 one kind.
    whole = "各类" in run and text.endswith("信息", 0, last.end)
    if "info" not in last.concepts or whole or "、" in run or "等" in run:
        return False
    if run.endswith(("各类", "的")):
        return False
    end = last.start - 2 if run.endswith(("有关", "相关")) else last.start
    return bool(_without_fillers(text, edge, end, slot.before))


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
    return {lexicon.role[c] for c in concepts if c != NAME and lexicon.weight[c] > 5}


def _candidates(evidence: Evidence, lexicon: Lexicon) -> Iterable[Rule]:
    concepts = evidence.levels.keys()
    for concept in concepts:
        for rule in lexicon.rules_by_rarest.get(concept, ()):
            if rule.needs <= concepts:
                yield rule


def _score(
    rule: Rule, evidence: Evidence, around: Surroundings, quantity: Quantity, lexicon: Lexicon
) -> int | None:
    levels, weight = evidence.levels, lexicon.weight
    if not rule.context <= around.tags.keys() or not rule.forbids.isdisjoint(levels):
        return None
    if rule.units and quantity.unit not in rule.units:
        return None
    if not evidence.strict <= rule.told:
        return None
    strange = unit_cost(rule.metric.removesuffix(PART), quantity, lexicon)
    if strange is None or not _is_own(rule, evidence) or not rule.own <= evidence.told:
        return None
    explained = sum(levels[concept] * weight[concept] for concept in rule.told & levels.keys())
    unexplained = sum(cost for word, cost in evidence.costs if rule.told.isdisjoint(word))
    tagged = sum(around.tags[tag] for tag in rule.context)
    return explained + tagged - strange - unexplained * UNEXPLAINED // 100


def _is_own(rule: Rule, evidence: Evidence) -> bool:
    """Whether the number's own words ask for the rule, or those of the clause before it do."""
    if evidence.bare or rule.needs & evidence.told:
        return True
    if WHOLLY & evidence.told or not rule.told & evidence.told:
        return False
    return any(evidence.levels[concept] >= CONTEXT for concept in rule.needs)


def unit_cost(metric: str, quantity: Quantity, lexicon: Lexicon) -> int | None:
    """What the measure word costs the metric: nothing where it fits, None where it cannot be."""
    measure = lexicon.metrics[metric].measure
    if (measure == "percent") != (quantity.kind == "percent"):
        return None
    if quantity.kind not in {"count", "money", "percent"}:
        return None
    units = lexicon.units(metric)
    if quantity.unit in units:
        return 0
    if quantity.unit in DOCUMENTS and units & {"件", "条"} and measure == "count":
        return UNIT_STRANGE
    return UNIT_STRANGE // 4 if quantity.unit == "" else None
