"""One number and its words: which metric do they name?

Each rule of the catalogue that shares a concept with the words is weighed: what it explains
counts for it, by how much the word tells and how near it stands; what it leaves unexplained
counts against it. The best rule wins if it is good enough and clearly better than the best of
any other metric; otherwise the number stays unbound, since a wrong meaning is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gipr_nlp.figures.binding.enumerations import names_two
from gipr_nlp.figures.binding.evidence import CONTEXT, Evidence, Surroundings, gather
from gipr_nlp.figures.text.lexicon import PART, Lexicon, Rule
from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.records import Quantity

# Scores, in hundredths of a weight.
TAG_NEAR, TAG_FAR = 400, 300
UNIT_STRANGE = 400
UNEXPLAINED = 60
GOOD_ENOUGH = 450
GOOD_BARE = 300
MARGIN = 60
DOCUMENTS = frozenset(["件", "条", "份", "篇", "宗", "起", "例", "项", "则"])
# Words after which no channel of an earlier clause is meant.
WHOLLY = frozenset({"gov_info", "proactive"})


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


def _bond(evidence: Evidence, rule: Rule | None = None, score: int = 0, reason: str = "") -> Bond:
    own = tuple(concepts for concepts, _ in evidence.own)
    metric = rule.metric if rule is not None else None
    return Bond(metric, reason, rule, score, evidence.levels, evidence.name, evidence.bare, own)


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
    explained = sum(levels[concept] * weight[concept] for concept in rule.told if concept in levels)
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
