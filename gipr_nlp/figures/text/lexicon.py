"""The catalogue's words and rules: one scan finds the concepts of a piece of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import NAME, Axis, Concept, Group, Metric
from gipr_nlp.figures.text.words import WordSet

PART = "_part"
CHANGES = PERCENT, DELTA = "_yoy_pct", "_yoy_delta"
INFORMATION = "info"
CHANNEL, FILLER = "channel", "filler"
SLIGHT = 5
NAME_WEIGHT = 7


class Hit(NamedTuple):
    """A word of the catalogue at its place, with the concepts that it stands for."""

    start: int
    end: int
    concepts: tuple[str, ...]


class Rule(NamedTuple):
    """One combination of terms that names ``metric`` (see ``Metric.when``).

    ``told`` is all that it explains: what it needs and what it may take.
    """

    metric: str
    needs: frozenset[str]
    own: frozenset[str]
    may: frozenset[str]
    told: frozenset[str]
    forbids: frozenset[str]
    context: frozenset[str]
    units: frozenset[str]
    order: int


class Lexicon:
    """What the linker asks of a catalogue: concepts of words, rules by concept, units by metric."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.metrics = catalogue.all(Metric)
        self.groups = catalogue.all(Group)
        self.axes = catalogue.all(Axis)
        rows = catalogue.all(Concept)
        self.role = {row.id: row.role for row in rows.values()}
        self.weight = {NAME: NAME_WEIGHT} | {row.id: row.weight for row in rows.values()}
        self.strict = frozenset(row.id for row in rows.values() if row.strict)
        self._concepts = _concepts_of_words(rows.values())
        self._words = WordSet(self._concepts)
        self.rules = _by_concept(_rules(self.metrics.values()))
        self.rules_by_rarest = _by_rarest(self.rules)
        self.zero_rules = _by_concept(_rules(self.metrics.values(), zero=True))
        self.sums = {row.id: frozenset(row.made_of) for row in self.metrics.values() if row.made_of}
        self.yearly = {row.cumulative: row.id for row in self.metrics.values() if row.cumulative}
        self.of_information = _beside(INFORMATION, self.rules)
        self._units = {row.id: self._units_of(row) for row in self.metrics.values()}

    def scan(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """The words of the catalogue in ``text[start:end]``, not overlapping.

        The first and longest word wins, unless a longer one begins inside it and reaches beyond:
        引发行政复议 holds 行政复议 and not 发行, 网站信息发布量 holds 网站 and 信息发布量.
        """
        read = start
        for place in self._words.beginnings(text, start, end):
            if place < read:
                continue
            stop = read = self._words.end_at(text, place, end)
            longer = self._overlapping(text, place, stop, end)
            if longer is not None:
                stop, read = self._words.end_at(text, place, longer), longer
            if stop > place:
                yield Hit(place, stop, self._concepts[text[place:stop]])

    def _overlapping(self, text: str, start: int, stop: int, end: int) -> int | None:
        """Where a longer word begins inside ``text[start:stop]`` that reaches beyond it."""
        for place in range(start + 1, stop):
            other = self._words.end_at(text, place, end)
            if other > stop and other - place > stop - start:
                return place
        return None

    def tells_much(self, concept: str) -> bool:
        """Whether ``concept`` says what is counted, not only when or how."""
        return self.weight[concept] > SLIGHT

    def named_alone(self, concepts: Iterable[str]) -> frozenset[str]:
        """The metrics that one of ``concepts`` names without any other."""
        rules = (rule for concept in concepts for rule in self.rules.get(concept, ()))
        return frozenset(rule.metric for rule in rules if len(rule.needs) == 1 and not rule.context)

    def units(self, metric: str) -> frozenset[str]:
        """The measure words that ``metric`` is counted in."""
        return self._units[metric]

    def group(self, metric: str) -> str:
        """The group of ``metric``."""
        return self.metrics[metric].group

    def _units_of(self, row: Metric) -> frozenset[str]:
        return frozenset(row.units or self.groups[row.group].units)


@lru_cache(maxsize=8)
def lexicon(catalogue: Catalogue) -> Lexicon:
    """The compiled rules of ``catalogue``, made once."""
    return Lexicon(catalogue)


def _concepts_of_words(rows: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[Concept]] = {}
    for row in rows:
        for word in row.words:
            found.setdefault(word, []).append(row)
    return {word: _telling(concepts) for word, concepts in found.items()}


def _telling(rows: list[Concept]) -> tuple[str, ...]:
    """The concepts of a word; what is also a filler or a stop word is what it tells beside."""
    telling = [row.id for row in rows if row.role not in {"filler", "none"}]
    return tuple(telling or [row.id for row in rows])


def _rules(metrics: Iterable[Metric], *, zero: bool = False) -> Iterator[Rule]:
    order = 0
    for metric in metrics:
        for combination in metric.zero if zero else metric.when:
            yield _rule(metric.id, combination, order)
            order += 1
        for combination in () if zero else metric.part_when:
            yield _rule(metric.id + PART, combination, order)
            order += 1


def _rule(metric: str, combination: str, order: int) -> Rule:
    terms = combination.split()
    needs = frozenset(
        term.lstrip("+") for term in terms if term[0] not in "!@=" and term[-1] != "?"
    )
    may = frozenset(term[:-1] for term in terms if term[-1] == "?")
    return Rule(
        metric=metric,
        needs=needs,
        own=frozenset(term[1:] for term in terms if term[0] == "+"),
        may=may,
        told=needs | may,
        forbids=frozenset(term[1:] for term in terms if term[0] == "!"),
        context=frozenset(term[1:] for term in terms if term[0] == "@"),
        units=frozenset(term[1:] for term in terms if term[0] == "="),
        order=order,
    )


def _beside(concept: str, rules: Mapping[str, Iterable[Rule]]) -> frozenset[str]:
    """The concepts that some rule takes together with ``concept``."""
    told = [rule.told for those in rules.values() for rule in those]
    return frozenset(other for terms in told if concept in terms for other in terms)


def _by_concept(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for concept in rule.needs:
            found.setdefault(concept, []).append(rule)
    return {concept: tuple(those) for concept, those in found.items()}


def _by_rarest(rules: Mapping[str, Sequence[Rule]]) -> dict[str, tuple[Rule, ...]]:
    """Each rule once, by that of the concepts it needs which the fewest rules need."""
    found: dict[str, list[Rule]] = {}
    for concept, those in rules.items():
        for rule in those:
            if concept == min(sorted(rule.needs), key=lambda one: len(rules[one])):
                found.setdefault(concept, []).append(rule)
    return {concept: tuple(those) for concept, those in found.items()}
