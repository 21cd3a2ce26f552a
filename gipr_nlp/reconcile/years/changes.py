"""Growth, differences and last year's numbers as stated, against the report of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.interval import HUNDRED, ZERO, plain
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import GRAVITY, Result, compare
from gipr_nlp.reconcile.growth import base_metric, growth_result
from gipr_nlp.reconcile.operands import ONE, Operand, Sum, figure_operand, to_place
from gipr_nlp.reconcile.shares import last_place
from gipr_nlp.reconcile.years.report import YearReport
from gipr_nlp.records import Claim, Figure


def check_changes(before: YearReport, after: YearReport) -> Iterator[Check]:
    """Every change that ``after`` states on the year before, and every number of last year in it."""
    judge = _Judge(before, after)
    for figure in after.report.figures:
        if figure.scope is not None:
            continue
        if figure.relation in {"yoy_pct", "yoy_delta"}:
            yield from judge.change(figure)
        elif figure.period == "last_year" and figure.relation in {None, "part"}:
            yield from judge.restated(figure)
    for claim in after.report.claims:
        if claim.kind in {"increase", "decrease"} and claim.versus is None:
            yield from judge.claim(claim)


@dataclass(frozen=True)
class _Judge:
    before: YearReport
    after: YearReport

    def change(self, figure: Figure) -> Iterator[Check]:
        """The stated change against all that the two reports may mean by the metric; the best fit counts."""
        parent = self.after.context.parent(figure)
        metric = parent.metric if parent else base_metric(figure)
        now = [Sum.of(figure_operand(parent))] if parent else list(self.after.values(metric))
        last = list(self.before.values(metric))
        trials = [
            (result, one, other)
            for one, other in product(now, last)
            if one.is_exact
            and other.is_exact
            and (result := self._result(figure, one, other)) is not None
        ]
        if not trials:
            return
        result, one, other = min(trials, key=lambda trial: GRAVITY[trial[0].severity])
        if result.severity == "error" and self._doubtful(one, other):
            result = Result("blocked", "note")
        yield self._told(figure, result, one, other)

    def _result(self, figure: Figure, now: Sum, last: Sum) -> Result | None:
        if figure.relation == "yoy_delta":
            change = Sum.of(figure_operand(figure))
            return compare(change, Sum((*now.terms, *_negated(last))), margin=ZERO)
        if last.value <= 0 or figure.unit != "%":
            return None
        tolerance = self.after.catalogue.all(Policy)["share_tolerance"].number or ONE
        return growth_result(figure, now.value, last.value, tolerance)

    def _told(self, figure: Figure, result: Result, now: Sum, last: Sum) -> Check:
        rule = self.after.labels.equation("growth_over_years")
        difference = now.value - last.value
        true = plain(difference)
        own = plain(figure.value) + ("%" if figure.unit == "%" else "")
        sums = f"{plain(now.value)} - {plain(last.value)} = {true}"
        if figure.relation == "yoy_pct":
            rate = to_place(difference * HUNDRED / last.value, last_place(figure.text) / 100)
            sums = (
                f"({plain(now.value)} - {plain(last.value)}) ÷ {plain(last.value)} = {plain(rate)}%"
            )
        sign = "≠" if result.severity == "error" else "=" if result.outcome == "exact" else "≈"
        quote = self.after.labels.quote(figure)
        year = self.before.year
        fails = result.severity == "error"
        return Check(
            "growth_over_years",
            result,
            f"{self.after.year}年正文称“{quote}”，与{year}年报告{'不符' if fails else '相符'}：{sums} {sign} {own}",
            f"the narrative of {self.after.year} says '{quote}'; {rule.en}{' - no' if fails else ''}: {sums} {sign} {own}",
            Sum.of(self.after.told(figure_operand(figure))),
            Sum(
                (
                    *((f, self.after.told(one)) for f, one in now.terms),
                    *((f, self.before.told(one)) for f, one in last.terms),
                )
            ),
        )

    def restated(self, figure: Figure) -> Iterator[Check]:
        """Last year's number as told this year."""
        own = Sum.of(figure_operand(figure))
        values = list(self.before.values(figure.metric))
        if not values or any(compare(own, value, margin=ZERO).holds for value in values):
            return
        rule = self.after.labels.equation("last_year_restated")
        quote = self.after.labels.quote(figure)
        told = Sum(tuple((f, self.before.told(one)) for f, one in values[0].terms))
        sums = f"{own.arithmetic()} ≠ {values[0].arithmetic()}"
        yield Check(
            rule.id,
            Result("mismatch", rule.severity),
            f"{self.after.year}年正文称上年“{quote}”，与{self.before.year}年报告不符：{sums}",
            f"the narrative of {self.after.year} says of last year '{quote}', unlike the report for "
            f"{self.before.year}: {sums}",
            Sum.of(self.after.told(figure_operand(figure))),
            told,
        )

    def claim(self, claim: Claim) -> Iterator[Check]:
        """增长 or 下降 without a number: every reading must contradict it before it is an error."""
        for metric, now in self._claimed(claim):
            last = [value for value in self.before.values(metric) if value.is_exact]
            if (
                not now
                or not last
                or any(_goes(claim, one, other) for one, other in product(now, last))
            ):
                continue
            one, other = now[0], last[0]
            sums = f"{plain(other.value)} → {plain(one.value)}"
            yield Check(
                "claim_over_years",
                Result("claim_mismatch", "error"),
                f"{self.after.year}年正文称“{claim.text}”，而与{self.before.year}年报告相比为 {sums}",
                f"the narrative of {self.after.year} claims '{claim.text}', but against "
                f"{self.before.year}: {sums}",
                Sum(tuple((f, self.after.told(term)) for f, term in one.terms)),
                Sum(tuple((f, self.before.told(term)) for f, term in other.terms)),
            )

    def _claimed(self, claim: Claim) -> Iterator[tuple[str, Sequence[Sum]]]:
        for figure in filter(None, map(self.after.context.figures.get, claim.figures)):
            if figure.period == "this_year" and figure.scope is None:
                yield figure.metric, [Sum.of(figure_operand(figure))]
        if not claim.figures:
            for metric in claim.metrics:
                yield metric, [value for value in self.after.values(metric) if value.is_exact]

    def _doubtful(self, now: Sum, last: Sum) -> bool:
        return any(one.ref in self.after.doubtful for one in now.operands) or any(
            one.ref in self.before.doubtful for one in last.operands
        )


def _negated(side: Sum) -> tuple[tuple[Decimal, Operand], ...]:
    return tuple((-factor, operand) for factor, operand in side.terms)


def _goes(claim: Claim, now: Sum, last: Sum) -> bool:
    return now.value > last.value if claim.kind == "increase" else now.value < last.value
