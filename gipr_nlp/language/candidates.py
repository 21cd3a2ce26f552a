"""The metrics that a number may state, and the evidence for each, as keys of a linear model.

What makes a metric likely is mostly not a matter of that metric alone (its words stand right
before the number, its measure word fits, it belongs with the metric before), so the weights of
such evidence are shared by all metrics: rare ones, and those of a user's own catalogue, profit
from what is learnt on the common ones. Beside it, each metric has weights for plain words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from gipr_nlp.figures.text.lexicon import CHANGES, Lexicon, Rule
from gipr_nlp.language.context import ZONES, Context

NONE = "none"
"""The candidate that stands for: no metric of the catalogue."""

SUFFIXES = ("_share", *CHANGES, "_part")
_OF_PERCENT, _OF_COUNTS = ("_share", "_yoy_pct"), ("_part", "_yoy_delta")
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

Keys = npt.NDArray[np.uint64]
Evidence = list[Keys]


def base_of(metric: str, lexicon: Lexicon) -> tuple[str, str]:
    """The metric of the catalogue that ``metric`` is made from, and the suffix that made it."""
    if metric in lexicon.metrics:
        return metric, ""
    suffix = next((one for one in SUFFIXES if metric.endswith(one)), "")
    return metric.removesuffix(suffix), suffix


def candidates(context: Context, lexicon: Lexicon) -> list[str]:
    """The metrics that the measure word of a number allows, and ``NONE``."""
    percent = context.unit == "%"
    plain = [
        metric
        for metric, row in lexicon.metrics.items()
        if (row.measure == "percent") == percent and _fits(metric, context.unit, lexicon)
    ]
    derived = [
        base + suffix
        for base in _told_of(context, lexicon)
        if percent or _fits(base, context.unit, lexicon)
        for suffix in (_OF_PERCENT if percent else _OF_COUNTS)
        if base + suffix not in lexicon.metrics
    ]
    return [*plain, *dict.fromkeys(derived), NONE]


def _fits(metric: str, unit: str, lexicon: Lexicon) -> bool:
    return not unit or unit in lexicon.units(metric)


def _told_of(context: Context, lexicon: Lexicon) -> Iterator[str]:
    """The metrics that the words around the number, or the numbers around it, speak of."""
    told = [
        rule.metric
        for zone in ZONES
        for concept in context.notions[zone]
        for rule in lexicon.rules.get(concept, ())
    ]
    for metric in (*told, context.before, context.earlier, context.after):
        base, _ = base_of(metric, lexicon)
        if base in lexicon.metrics:
            yield base


class Weigher:
    """Writes down the evidence for each candidate of one context."""

    def __init__(self, context: Context, lexicon: Lexicon) -> None:
        self.context = context
        self.lexicon = lexicon
        notions = list(_notion_words(context))
        said = [f"unit={context.unit}", f"before={context.before}", f"open={context.bracketed}"]
        place = [f"after={context.after}", f"earlier={context.earlier}"]
        own = [word for word in context.words if not word.startswith("told")]
        self._words = _keys([*context.words, *notions, *said, *place])
        self._notions = _keys([*notions, *said])
        self._own = _keys([*own, *notions, *said])

    def evidence(self, metric: str) -> Evidence:
        """The keys for ``metric``, in families that count alike, however many keys they have."""
        joint = [_join(self._words, metric)]
        if metric == NONE:
            return joint
        base, suffix = base_of(metric, self.lexicon)
        group = self.lexicon.metrics[base].group
        shared = [
            *self._told(base, suffix),
            *self._beside(base, suffix),
            *self._counted(base, suffix),
        ]
        return [
            *joint,
            _join(self._notions, f"group {group}{suffix}"),
            _join(self._own, f"suffix {suffix}"),
            _keys(shared),
        ]

    def _told(self, base: str, suffix: str) -> list[str]:
        """How well the words around the number name the metric, by its best combination."""
        near = self.context.near
        known = _rules(self.lexicon)
        named = [*known.get(base, ()), *(known.get(base + suffix, ()) if suffix else ())]
        rules = [rule for rule in named if not rule.forbids & near]
        if not rules:
            return ["untold"]
        return max((self._match(rule, suffix) for rule in rules), key=lambda one: one[0])[1]

    def _match(self, rule: Rule, suffix: str) -> tuple[tuple[float, ...], list[str]]:
        notions, near, lexicon = self.context.notions, self.context.near, self.lexicon
        clause = near.union(notions["clause"])
        needs, told = len(rule.needs), rule.needs | rule.may
        own = len(rule.needs & near) / needs
        close = len(rule.needs & clause) / needs
        far = len(rule.needs & clause.union(notions["told"])) / needs
        weight = sum(lexicon.weight.get(concept, 5) for concept in told & near)
        before = frozenset(notions["before"])
        spare = min(len(before - told), 3)
        full = f"{own == 1:d}{close == 1:d}{far == 1:d}"
        return (own, close, far, weight, -spare), [
            f"full {full}{suffix}",
            f"own {own:.2f}{suffix}",
            f"spare {spare}{suffix}",
            f"told {min(len(before & told), 3)}{suffix}",
            f"weight {weight // 4}{suffix}",
            f"own {own == 1:d} spare {spare}",
            f"full {full} weight {weight // 4} spare {spare}",
        ]

    def _beside(self, base: str, suffix: str) -> Iterator[str]:
        """What the metric has to do with those of the numbers around it."""
        row = self.lexicon.metrics[base]
        context = self.context
        for name, neighbour in (
            ("before", context.before),
            ("earlier", context.earlier),
            ("after", context.after),
        ):
            other, its_suffix = base_of(neighbour, self.lexicon)
            beside = self.lexicon.metrics.get(other)
            if beside is None:
                yield f"{name} {neighbour[:1]} none"
                continue
            ties = [
                f"same {other == base:d}",
                f"group {beside.group == row.group:d}",
                f"axis {bool(row.axis) and beside.axis == row.axis:d}",
                f"whole {other in row.part_of:d}",
                f"parts {beside.parts == base:d}",
                f"suffix {its_suffix}",
            ]
            yield from (f"{name} {tie} {suffix}" for tie in ties)
            yield f"{name} {' '.join(ties)} open {context.bracketed:d}"

    def _counted(self, base: str, suffix: str) -> Iterator[str]:
        row = self.lexicon.metrics[base]
        known = self.context.unit in self.lexicon.units(base)
        yield f"unit {known:d}{suffix}"
        yield f"suffix {suffix}"
        yield f"unit {known:d} group {row.group}"
        yield f"measure {row.measure}{suffix}"


def _notion_words(context: Context) -> Iterator[str]:
    """The concepts of each zone: each, in pairs, the last, and all together."""
    for zone in ZONES:
        notions = context.notions[zone]
        yield from (f"{zone}#{concept}" for concept in notions)
        if not notions:
            continue
        yield f"{zone}#last={notions[-1]}"
        yield f"{zone}#all={'+'.join(notions)}"
        yield from (f"{zone}#{a}+{b}" for a, b in pairwise(notions))


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> dict[str, list[Rule]]:
    """The combinations that name each metric, in the order of the catalogue."""
    found: dict[str, list[Rule]] = {}
    known = {rule.order: rule for rules in lexicon.rules.values() for rule in rules}
    for _, rule in sorted(known.items()):
        found.setdefault(rule.metric, []).append(rule)
    return found


def _keys(words: Iterable[str]) -> Keys:
    return np.unique(np.array([crc32(word.encode()) for word in words], dtype=np.uint64))


def _join(keys: Keys, what: str) -> Keys:
    """The keys, made the keys of ``what``."""
    return keys * _SPREAD ^ np.uint64(crc32(what.encode()))
