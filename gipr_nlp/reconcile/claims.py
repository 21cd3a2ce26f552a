"""What the words assert without a number of their own, against the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gipr_nlp.catalogue.equations import ClaimRule
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.firm import Ties, doubted
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand, printed
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Claim, Figure, Severity, Term

_OF_ALL = re.compile(r"(?:\s|行政复议|案件|，|,|：|:|（|\(|结果|最终|审理)*")
_BEFORE = 24
_AFTER = 24
_DIRECTION = {
    "increase": (1, ">", "增长", "growth"),
    "decrease": (-1, "<", "下降", "decline"),
    "above": (1, ">", "超过", "above"),
    "below": (-1, "<", "不足", "below"),
}


def check_claims(
    context: Context, sheets: Sequence[Sheet], ties: Ties, labels: Labels
) -> Iterator[Check]:
    """Every claim that cells or figures can contradict, confronted with them."""
    for claim in context.narrative.claims:
        if claim.kind in _DIRECTION:
            yield from _directions(claim, context, ties, labels)
        else:
            yield from _totals(claim, context, sheets, labels)


def _totals(
    claim: Claim, context: Context, sheets: Sequence[Sheet], labels: Labels
) -> Iterator[Check]:
    """全部, 均, 无一: the cells that must then be zero."""
    words = _around(claim, context)
    rules = [
        rule
        for rule in labels.catalogue.all(ClaimRule).values()
        if rule.kind == claim.kind and rule.metric in claim.metrics
    ]
    for rule in rules:
        if rule.unless and re.search(rule.unless, words):
            continue
        if _is_partial(claim, context) or _is_far(claim, context):
            continue
        yield from _told_against(claim, rule, context, labels)
        for sheet in sheets[:1]:
            found = sheet.sum_of(rule.counter)
            if found is not None and not found[1]:
                yield _total(claim, rule, found[0], words, labels)


def _told_against(
    claim: Claim, rule: ClaimRule, context: Context, labels: Labels
) -> Iterator[Check]:
    """What the narrative itself tells after the claim: 复议5件，均被维持。其中1件被确认违法.

    Only where the claim is of them all: not 其中4件均被维持, 县政府受理的均被维持.
    """
    about = [context.figures[one] for one in claim.figures if one in context.figures]
    last = max((one.end for one in about), default=claim.start)
    if not _OF_ALL.fullmatch(context.document.text, last, claim.start):
        return
    for figure in context.figures.values():
        told = figure.relation == "part" and figure.parent in claim.figures
        if not told or figure.metric not in rule.parts or figure.start < claim.end:
            continue
        if figure.value > 0 and context.adjacent(context.figures[figure.parent or ""], figure):
            quote = labels.quote(figure)
            tails = (f"，而正文又称“{quote}”", f", but it also says '{quote}'")
            against = Sum.of(figure_operand(figure))
            result = Result("claim_mismatch", "error")
            yield _check(f"claim_{claim.kind}", result, claim, tails, against)


def _total(claim: Claim, rule: ClaimRule, counter: Sum, words: str, labels: Labels) -> Check:
    against = [one for one in counter.operands if one.value != 0]
    severity: Severity = (
        "warning" if rule.qualified and re.search(rule.qualified, words) else "error"
    )
    result = Result("claim_mismatch", severity) if counter.value != 0 else Result("exact", "ok")
    tail = f"，与表格相符（{rule.zh}均为零）"
    tail_en = f", as the table has it (none for {rule.en})"
    if counter.value != 0:
        cells = "、".join(f"“{labels.cell(one.ref)}”为 {printed(one)}" for one in against)
        cells_en = ", ".join(f"'{labels.cell_en(one.ref)}' {printed(one)}" for one in against)
        tail = f"，而表格{cells}"
        tail_en = f", but the table says {cells_en}"
    shown = Sum.of(*against) if against else counter
    return _check(f"claim_{claim.kind}", result, claim, (tail, tail_en), shown)


def _directions(claim: Claim, context: Context, ties: Ties, labels: Labels) -> Iterator[Check]:
    """增长, 下降, 超过, 不足: the two numbers that the words compare."""
    versus = context.figures.get(claim.versus or "")
    if versus is None:
        return
    sign, symbol, zh, en = _DIRECTION[claim.kind]
    for figure in filter(None, map(context.figures.get, claim.figures)):
        alike = figure.unit == versus.unit and figure.scope == versus.scope
        if figure.period != "this_year" or not alike:
            continue
        holds = _may_exceed(figure, versus) if sign > 0 else _may_exceed(versus, figure)
        result = Result("exact", "ok") if holds else Result("claim_mismatch", "error")
        arithmetic = f"{figure.text} {symbol if holds else '≯' if sign > 0 else '≮'} {versus.text}"
        tail = f"：“{labels.quote(figure)}”与“{labels.quote(versus)}”：{arithmetic}"
        tail_en = f": '{labels.quote(figure)}' and '{labels.quote(versus)}': {arithmetic}"
        if not holds:
            tail, tail_en = f"，与“{zh}”不符{tail}", f", which is no {en}{tail_en}"
        shown = Sum.of(figure_operand(figure), figure_operand(versus))
        check = _check("claim_change", result, claim, (tail, tail_en), shown)
        yield doubted(check, ties.claimed(figure, versus, claim.start))


def _may_exceed(one: Figure, other: Figure) -> bool:
    """Whether some value of ``one`` lies above some value of ``other``."""
    high, low = one.interval.high, other.interval.low
    return high is None or low is None or high > low


def _check(
    equation: str, result: Result, claim: Claim, tails: tuple[str, str], against: Sum
) -> Check:
    term = Term(kind="claim", ref="claim", text=claim.text, start=claim.start, end=claim.end)
    return Check(
        equation,
        result,
        f"正文称“{claim.text}”{tails[0]}",
        f"the narrative claims '{claim.text}'{tails[1]}",
        Sum(()),
        against,
        notes=(term,),
    )


def _is_partial(claim: Claim, context: Context) -> bool:
    """Whether the claim speaks of another body's or year's figures, or of some of them only."""
    return any(
        figure.scope is not None or figure.period != "this_year" or figure.relation == "part"
        for figure in filter(None, map(context.figures.get, claim.figures))
    )


def _is_far(claim: Claim, context: Context) -> bool:
    """Whether other things were spoken of between the figures and the claim about them."""
    about = [one for one in map(context.figures.get, claim.figures) if one is not None]
    if not about:
        return False
    last = max(about, key=lambda one: one.end)
    families = {one.metric.partition("_")[0] for one in about} | {"result", "requests"}
    between = context.document.text[last.end : claim.start]
    return "\n" in between or any(
        last.end <= one.start < claim.start and one.metric.partition("_")[0] not in families
        for one in context.figures.values()
    )


def _around(claim: Claim, context: Context) -> str:
    text = context.document.text
    before = text[max(claim.start - _BEFORE, 0) : claim.start].rpartition("。")[2]
    after = text[claim.end : claim.end + _AFTER].partition("。")[0]
    return before + text[claim.start : claim.end] + after
