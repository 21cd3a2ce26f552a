"""Changes on the year before: differences and growth rates against the two years they compare."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.figures.text.lexicon import DELTA, PERCENT
from gipr_nlp.interval import HUNDRED, ZERO, plain
from gipr_nlp.reconcile.checks import Bond, Check
from gipr_nlp.reconcile.comparison import Result, compare
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.firm import Ties, doubted
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import ONE, Sum, figure_operand, to_place
from gipr_nlp.reconcile.shares import compare_share, last_place
from gipr_nlp.records import Figure

TIMES = "倍"
# 翻了一番: twice as much, or more.
_DOUBLED = "翻"


def check_growth(
    context: Context, ties: Ties, catalogue: Catalogue, labels: Labels
) -> Iterator[Check]:
    """Every change that the narrative states together with what it compares."""
    tolerance = catalogue.all(Policy)["share_tolerance"].number or ONE
    for figure in context.figures.values():
        if figure.relation not in {"yoy_delta", "yoy_pct"} or figure.scope is not None:
            continue
        base = base_metric(figure)
        now = context.parent(figure) or _stated(context, base, "this_year")
        if now is None or now.period != "this_year" or now.relation not in {None, "part"}:
            continue
        before = _stated(context, now.metric, "last_year")
        if figure.relation == "yoy_delta" and before is not None:
            yield doubted(_delta(figure, now, before, labels), ties.change(figure, now, before))
        elif figure.relation == "yoy_pct":
            base_figure = before or _delta_of(context, now)
            if base_figure is not None and figure.unit in {"%", TIMES}:
                check = _pct(figure, now, base_figure, tolerance, labels)
                yield doubted(check, ties.change(figure, now, base_figure))


def growth_result(printed: Figure, now: Decimal, before: Decimal, tolerance: Decimal) -> Result:
    """How a printed growth rate compares with the two numbers."""
    if printed.unit == TIMES:
        return _times_result(printed, now / before, tolerance)
    true = (now - before) * HUNDRED / before
    if printed.text.startswith(_DOUBLED) and true >= printed.value:
        return Result("rounded", "ok")
    return compare_share(printed, true, tolerance, about=printed.approximate)


def _times_result(printed: Figure, times: Decimal, tolerance: Decimal) -> Result:
    """增长1.5倍 is two and a half times as much; some mean only one and a half times."""
    strictly = compare_share(printed, times - 1, tolerance, about=printed.approximate)
    if strictly.severity != "error":
        return strictly
    loosely = compare_share(printed, times, tolerance, about=printed.approximate)
    return loosely if loosely.severity == "error" else Result("rounded", "warning")


def _delta(figure: Figure, now: Figure, before: Figure, labels: Labels) -> Check:
    own = Sum.of(figure_operand(figure))
    change = Sum(((ONE, figure_operand(now)), (-ONE, figure_operand(before))))
    result = compare(own, change, margin=ZERO)
    sign = "=" if result.holds else "≠"
    sums = f"{change.arithmetic()} = {change.total()} {sign} {own.arithmetic()}"
    message, message_en = _words("growth_delta", result, (figure, now, before), sums, labels)
    return Check("growth_delta", result, message, message_en, own, change, bond="equal")


def _pct(figure: Figure, now: Figure, other: Figure, tolerance: Decimal, labels: Labels) -> Check:
    """``other`` is last year's number, or the difference from it."""
    is_delta = other.relation == "yoy_delta"
    before = now.value - other.value if is_delta else other.value
    bond: Bond | None = "growth_by" if is_delta else "growth"
    if before <= 0 or not now.interval.is_point or not other.interval.is_point:
        result, true, bond = Result("not_comparable", "note"), "?", None
    else:
        result = growth_result(figure, now.value, before, tolerance)
        scale = ONE if figure.unit == TIMES else HUNDRED
        rate = (now.value - before) * scale / before
        true = plain(to_place(rate, last_place(figure.text) / 100)) + figure.unit
        bond = None if figure.unit == TIMES else bond
    sign = "≠" if result.severity == "error" else "≈"
    change = f"({plain(now.value)} - {plain(before)}) ÷ {plain(before)}"
    sums = f"{change} = {true} {sign} {plain(figure.value)}{figure.unit}"
    message, message_en = _words("growth_pct", result, (figure, now, other), sums, labels)
    own = Sum.of(figure_operand(figure))
    compared = Sum.of(figure_operand(now), figure_operand(other))
    return Check("growth_pct", result, message, message_en, own, compared, bond=bond)


def _words(
    equation: str, result: Result, figures: tuple[Figure, ...], sums: str, labels: Labels
) -> tuple[str, str]:
    quotes = "、".join(f"“{labels.quote(one)}”" for one in figures)
    quotes_en = ", ".join(f"'{labels.quote(one)}'" for one in figures)
    rule = labels.equation(equation)
    holds, holds_en = ("", "") if result.severity != "error" else ("不成立", " does not hold")
    return (
        f"正文{quotes}：{rule.zh}{holds}：{sums}",
        f"the narrative's {quotes_en}: {rule.en}{holds_en}: {sums}",
    )


def base_metric(figure: Figure) -> str:
    """The metric that ``figure`` tells the change of."""
    return figure.metric.removesuffix(PERCENT).removesuffix(DELTA)


def _stated(context: Context, metric: str, period: str) -> Figure | None:
    """The one headline figure of ``metric`` for ``period``."""
    figures = [
        figure
        for figure in context.figures.values()
        if figure.metric == metric
        and figure.period == period
        and figure.scope is None
        and figure.relation in {None, "part"}
    ]
    return figures[0] if len({figure.value for figure in figures}) == 1 else None


def _delta_of(context: Context, now: Figure) -> Figure | None:
    figures = [
        figure
        for figure in context.figures.values()
        if figure.relation == "yoy_delta" and figure.parent == now.id and figure.unit == now.unit
    ]
    return figures[0] if len(figures) == 1 else None
