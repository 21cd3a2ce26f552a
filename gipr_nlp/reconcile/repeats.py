"""The narrative against itself: one metric stated twice, what was received against what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.catalogue.metrics import Axis, Metric
from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result, compare
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.firm import Ties, doubted
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.slips import slip_between
from gipr_nlp.records import Figure, Outcome, Severity

_SAME_WORDS = 6
_ALIKE = 4
# What a body has one number of in a year; letters, calls and posts come over several platforms.
_OF_THE_BODY = frozenset({"proactive", "regulations", "requests", "results", "reviews"})
# Smaller numbers may well be each other's digits by chance.
_LONGEST_CHANCE = 100
_FLOW = frozenset(
    {
        "requests_new",
        "requests_carried_in",
        "requests_total",
        "requests_answered",
        "requests_carried_out",
    }
)
CUMULATED = "累计"
# Where only one of two numbers is said to be of disclosure, the other may be of other requests.
DISCLOSURE = "公开"


def check_repeats(
    context: Context, settled: frozenset[str], ties: Ties, catalogue: Catalogue, labels: Labels
) -> Iterator[Check]:
    """Metrics that the narrative states twice with different values.

    ``settled`` are figures that the tables confirm under some reading, or contradict: what is
    wrong with them is told there. For most metrics a second value may well count something
    else (another site, another body), which only the same words rule out.
    """
    policies = catalogue.all(Policy)
    once, nil = set(policies["stated_once"].metrics), set(policies["nil_or_not"].metrics)
    judge = _Judge(context, catalogue, labels)
    groups: dict[str, list[Figure]] = {}
    for figure in context.figures.values():
        if _is_headline(figure, context) and figure.id not in settled:
            groups.setdefault(figure.metric, []).append(figure)
    for metric, figures in groups.items():
        for one, other in combinations(figures[:8], 2):
            strict = metric in once or (metric in nil and one.in_words != other.in_words)
            check = judge.compare(one, other, strict=strict)
            if check is not None:
                yield doubted(check, ties.repeated((one, other)) if strict else None)
                break


def _is_headline(figure: Figure, context: Context) -> bool:
    whole = context.parent(figure)
    return (
        (whole is None or (figure.relation == "part" and whole.period == "cumulative"))
        and figure.relation in {None, "part"}
        and figure.scope is None
        and figure.period == "this_year"
        and figure.bound_by == "rule"
    )


class _Judge:
    """Holds two numbers of one metric against each other."""

    def __init__(self, context: Context, catalogue: Catalogue, labels: Labels) -> None:
        self.context = context
        self.labels = labels
        self.metrics = catalogue.all(Metric)
        self.axes = catalogue.all(Axis)
        self.wide = re.compile(catalogue.all(Policy)["wide_scope"].words or "")

    def compare(self, one: Figure, other: Figure, *, strict: bool) -> Check | None:
        """What the two tell; ``strict``: there is one value of the metric in a report."""
        if one.unit != other.unit and not (one.in_words or other.in_words):
            return None
        left, right = Sum.of(figure_operand(one)), Sum.of(figure_operand(other))
        approximate = one.approximate or other.approximate
        result = compare(left, right, approximate=approximate, margin=ZERO)
        quote, again = self.labels.quote(one), self.labels.quote(other)
        if result.holds or _sums_up(one, other, quote, again):
            return None
        swapped = self._is_swapped(one, other)
        if not strict and not swapped and not _same_words(one, other, self.context):
            return None
        alike = (DISCLOSURE in quote) == (DISCLOSURE in again)
        sure = swapped or (strict and not approximate and alike)
        severity: Severity = "error" if sure else "warning"
        outcome: Outcome = "claim_mismatch" if one.in_words != other.in_words else "mismatch"
        zh, en = self.labels.metric(one.metric)
        sums = f"{left.arithmetic()} ≠ {right.arithmetic()}"
        return Check(
            "stated_twice",
            Result(outcome, severity),
            f"正文对“{zh}”前后表述不一：“{quote}”与“{again}”：{sums}",
            f"the narrative states '{en}' twice: '{quote}' and '{again}': {sums}",
            left,
            right,
            bond="equal",
        )

    def _is_swapped(self, one: Figure, other: Figure) -> bool:
        """Whether the two are one number with two digits transposed (4018条, 4108条), and no two
        items of a list: such a likeness is no chance."""
        row = self.metrics.get(one.metric)
        axis = self.axes.get(row.axis) if row is not None else None
        listed = axis is not None and (axis.open or not (axis.implicit or axis.outright))
        if (
            row is None
            or listed
            or row.group not in _OF_THE_BODY
            or min(one.value, other.value) < _LONGEST_CHANCE
        ):
            return False
        if slip_between(one.value, other.value) != "transposed":
            return False
        leads = [self.context.lead(figure) for figure in (one, other)]
        if len({bool(self.wide.search(lead)) for lead in leads}) > 1:
            return False
        return self.context.parted(one.end, other.start) or _share_words(*leads)


def _share_words(one: str, other: str) -> bool:
    """Whether the two have a few characters in a row in common (主动公开)."""
    pieces = {one[n : n + _ALIKE] for n in range(len(one) - _ALIKE + 1)}
    return any(other[n : n + _ALIKE] in pieces for n in range(len(other) - _ALIKE + 1))


def _sums_up(one: Figure, other: Figure, quote: str, again: str) -> bool:
    """Whether the larger number sums up more than the year, beside one that does not: 截至年底累计48件."""
    larger, smaller = (quote, again) if one.value > other.value else (again, quote)
    return CUMULATED in larger and CUMULATED not in smaller


def _same_words(one: Figure, other: Figure, context: Context) -> bool:
    """Whether the clauses say the same up to the number, and of the same: 抖音…播放3万次 is no
    second value of 微博…播放5万次."""
    leads = [context.lead(figure) for figure in (one, other)]
    same = leads[0] == leads[1] and len(leads[0]) >= _SAME_WORDS
    return same and context.subject(one) == context.subject(other)


def check_received(context: Context, apart: frozenset[str], labels: Labels) -> Iterator[Check]:
    """Received with those carried in against answered with those carried out, all in the narrative.

    What the narrative does not state may well not be zero: without both ends there is nothing
    to compare. Figures ``apart`` speak of other bodies or of parts.
    """
    stated = {metric: _only(context, metric, apart) for metric in _FLOW}
    answered, out = stated["requests_answered"], stated["requests_carried_out"]
    if answered is None or out is None:
        return
    for received in _received(stated):
        left = Sum.of(*map(figure_operand, received))
        right = Sum.of(figure_operand(answered), figure_operand(out))
        result = compare(left, right, margin=ZERO)
        sign = "=" if result.holds else "≠"
        quotes = "、".join(f"“{labels.quote(one)}”" for one in (*received, answered, out))
        quotes_en = ", ".join(f"'{labels.quote(one)}'" for one in (*received, answered, out))
        sums = f"{left.arithmetic()} {sign} {right.arithmetic()}"
        yield Check(
            "received_handled",
            result,
            f"正文{quotes}：收到与办理不平衡：{sums}"
            if not result.holds
            else f"正文{quotes}：{sums}",
            f"the narrative's {quotes_en}: {sums}",
            left,
            right,
            bond="equal",
        )
        return


def _received(stated: dict[str, Figure | None]) -> Iterator[Sequence[Figure]]:
    new, carried, total = (
        stated["requests_new"],
        stated["requests_carried_in"],
        stated["requests_total"],
    )
    if total is not None and (new is None or carried is None or _adds_up((new, carried), total)):
        yield (total,)
    elif total is None and new is not None and carried is not None:
        yield (new, carried)


def _adds_up(parts: Sequence[Figure], total: Figure) -> bool:
    """Whether the total is that of what came in; 办理55件 may be what was handled of it."""
    summed = Sum.of(*map(figure_operand, parts))
    return compare(summed, Sum.of(figure_operand(total)), margin=ZERO).holds


def _only(context: Context, metric: str, apart: frozenset[str]) -> Figure | None:
    """The one figure of the whole report that states ``metric``; none where there are several values."""
    figures = [
        figure
        for figure in context.figures.values()
        if figure.metric == metric
        and figure.id not in apart
        and figure.scope is None
        and figure.relation in {None, "part"}
        and (figure.period == "this_year" or metric == "requests_carried_in")
        and not _is_one_way(figure, context)
    ]
    return figures[0] if len({figure.value for figure in figures}) == 1 else None


def _is_one_way(figure: Figure, context: Context) -> bool:
    """Whether the number stands in a list of what became of them: 其中发告知书52件，口头答复2件."""
    if figure.relation != "part":
        return False
    beside = (one for one in context.figures.values() if one.parent == figure.parent)
    return any(one.relation == "part" and one.metric not in _FLOW for one in beside)
