"""Shares: part / whole against the percentage that is printed.

Real reports cut shares off instead of rounding them, and move one so that a list adds up to
100; they also take another base than the one they name. One full unit in the last printed
place is the tolerance of an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.interval import HUNDRED, ZERO, plain
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.firm import Ties, doubted, is_named, is_rated
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand, to_place
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Figure, Severity

_DECIMALS = regex.compile(r"[.．](\d++)")
_ABOUT = regex.compile(r"(?<![节预条契公])约|大概|左右|大致|近似")
# 占办结总数的, but not 占比约, 占总数的.
_BASE_NAMED = regex.compile(
    r"^(?:了)?(?!比|到|约|近|总数|总量|总体|全部|\p{Han}?比例|比重)\p{Han}{2,}"
)
_MATCHES = regex.compile(r"^[，,]?(?:分别)?对应")
_BASES = (
    ("requests/requests_new/total", "本年新收", "new this year"),
    (
        "requests/requests_new/total + requests/requests_carried_in/total",
        "新收＋上年结转",
        "new + carried in",
    ),
    ("requests/requests_answered/total", "办理结果总计", "handled in total"),
)
_BASE_METRICS = frozenset({"requests_new", "requests_total", "requests_answered"})


@dataclass(frozen=True, slots=True)
class Share:
    """A printed percentage with the part and the whole that it may speak of, likeliest first."""

    figure: Figure
    pairs: tuple[tuple[Figure, Figure], ...]


def find_shares(context: Context) -> Iterator[Share]:
    """Every share of which part and whole are both stated.

    A share names its whole, and its part is the nearest part of that whole before it; where
    it names a part instead, the whole is that part's. Which of the two was meant the numbers
    tell.
    """
    for figure in context.figures.values():
        parent = context.parent(figure)
        if figure.relation == "share" and parent is not None:
            pairs = tuple(_pairs(figure, parent, context))
            if pairs:
                yield Share(figure, pairs)


def _pairs(share: Figure, parent: Figure, context: Context) -> Iterator[tuple[Figure, Figure]]:
    figures = context.figures.values()
    before = [
        one
        for one in figures
        if one.relation == "part" and one.parent == parent.id and one.end <= share.start
    ]
    matched = _matched_part(share, parent, context)
    if matched is not None and parent.value > 0:
        yield matched, parent
        return
    named = _named_part(before, share, parent, context)
    if named is not None and parent.value > 0:
        yield named, parent
    elif before and not _number_between(before[-1], share, context) and parent.value > 0:
        yield before[-1], parent
        # 收到15件，同意14件，占93%；补正1件，占7%: both of what was received.
        outer = _whole_of_share_before(share, context) or next(context.wholes(parent), None)
        if outer is not None and outer.value > 0 and outer.id != parent.id:
            yield before[-1], outer
    whole = context.parent(parent) if parent.relation == "part" else None
    if whole is None or whole.value <= 0 or parent.end > share.start:
        return
    if not _number_between(parent, share, context):
        yield parent, whole


def _matched_part(share: Figure, whole: Figure, context: Context) -> Figure | None:
    """The part behind the shares that is told to go with this one: 占6.1%、33.3%，对应4件、22件."""
    here = [
        one
        for one in context.figures.values()
        if one.parent == whole.id and context.same_sentence(one, share)
    ]
    shares = [one for one in here if one.relation == "share"]
    parts = [one for one in here if one.relation == "part" and one.start > shares[-1].end]
    if len(parts) != len(shares):
        return None
    between = context.document.text[shares[-1].end : parts[0].start]
    return parts[shares.index(share)] if _MATCHES.search(between) else None


def _named_part(
    parts: Sequence[Figure], share: Figure, whole: Figure, context: Context
) -> Figure | None:
    """The one part whose words the share repeats, or that it is the rate of: 复议12件，其中维持8件、
    纠正4件，纠错率33%."""
    alike = [part for part in parts if is_named(part, share, context)]
    rated = [part for part in parts if is_rated(part, share, whole)]
    return next((those[0] for those in (alike, rated) if len(those) == 1), None)


def _whole_of_share_before(share: Figure, context: Context) -> Figure | None:
    """What the share before this one is of."""
    shares = [
        one
        for one in context.figures.values()
        if one.relation == "share" and one.end <= share.start
    ]
    return context.parent(shares[-1]) if shares else None


def _number_between(part: Figure, share: Figure, context: Context) -> bool:
    """Whether another number stands between the two, to which the share may belong."""
    inner = {
        one.id
        for one in context.figures.values()
        if any(whole.id == part.id for whole in context.wholes(one))
    }
    figures = [one for one in context.figures.values() if one.id not in inner]
    return any(
        part.end <= one.start < share.start for one in (*figures, *context.narrative.unbound)
    )


def last_place(text: str) -> Decimal:
    """What one unit in the last printed place of a percentage is worth, in percentage points."""
    decimals = _DECIMALS.search(text)
    if decimals:
        return Decimal(1).scaleb(-len(decimals[1]))
    return Decimal(10) if "成" in text else Decimal(1)


def check_shares(
    context: Context, sheets: Sequence[Sheet], ties: Ties, catalogue: Catalogue, labels: Labels
) -> list[Check]:
    """Every share held against its part and whole, or against another base that fits."""
    tolerance = catalogue.all(Policy)["share_tolerance"].number or Decimal(1)
    judge = _Judge(context, sheets, tolerance, labels, ties)
    return [judge.check(share) for share in find_shares(context)]


def compare_share(printed: Figure, true: Decimal, tolerance: Decimal, *, about: bool) -> Result:
    """How the printed percentage compares with the true one.

    Where the words say 约, a round number stands for what rounds to it in its own last place
    (约50% for 46 to 55).
    """
    unit = last_place(printed.text)
    if about and to_place(printed.value, Decimal(10)) == printed.value:
        unit = max(unit, Decimal(10))
    elif about and to_place(printed.value, Decimal(5)) == printed.value:
        unit = max(unit, Decimal(5))
    difference = true - printed.value
    if difference == 0:
        return Result("exact", "ok")
    if abs(difference) <= unit / 2:
        return Result("rounded", "ok")
    if printed.approximate and not about and true in printed.interval:
        return Result("rounded", "ok")
    if ZERO < difference < unit:
        return Result("truncated", "note")
    if abs(difference) <= unit * tolerance:
        return Result("rounded", "warning")
    return Result("mismatch", "error")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A percentage with one part and whole."""

    figure: Figure
    part: Figure
    whole: Figure


class _Judge:
    def __init__(
        self,
        context: Context,
        sheets: Sequence[Sheet],
        tolerance: Decimal,
        labels: Labels,
        ties: Ties,
    ) -> None:
        self.context = context
        self.sheets = sheets
        self.tolerance = tolerance
        self.labels = labels
        self.ties = ties

    def check(self, share: Share) -> Check:
        """The first pair of part and whole that the percentage fits, or the first of all."""
        checks = [self._check(_Pair(share.figure, *pair)) for pair in share.pairs]
        return next((one for one in checks if not one.failed), checks[0])

    def _check(self, pair: _Pair) -> Check:
        result = self._result(pair, pair.whole.value)
        if result.severity == "error":
            for base, zh, en in self._other_bases(pair):
                other = self._result(pair, base)
                if other.severity in {"ok", "note"}:
                    severity: Severity = "warning" if self._names_base(pair.figure) else "note"
                    return self._told(pair, Result(other.outcome, severity), base, zh, en)
        told = self._told(pair, result, pair.whole.value, "", "")
        return doubted(told, self.ties.share(pair.part, pair.figure, pair.whole))

    def _result(self, pair: _Pair, base: Decimal) -> Result:
        if not pair.part.interval.is_point or not pair.whole.interval.is_point:
            return self._approximate(pair)
        true = pair.part.value * HUNDRED / base
        return compare_share(pair.figure, true, self.tolerance, about=self._about(pair.figure))

    def _approximate(self, pair: _Pair) -> Result:
        """With a part or whole that is itself approximate only a gross error can be told."""
        true = pair.part.value * HUNDRED / pair.whole.value
        close = abs(true - pair.figure.value) <= max(true, pair.figure.value) / 10
        return Result("rounded", "ok") if close else Result("mismatch", "warning")

    def _names_base(self, figure: Figure) -> bool:
        """Whether the words between 占 and the number name what the share is of."""
        lead = self.context.lead(figure)
        _, said, base = lead.rpartition("占")
        return bool(said) and bool(_BASE_NAMED.search(base))

    def _about(self, figure: Figure) -> bool:
        return bool(_ABOUT.search(self.context.clause(figure)))

    def _other_bases(self, pair: _Pair) -> Iterator[tuple[Decimal, str, str]]:
        """The other numbers for all requests, from the tables and from the narrative; and what
        else the sentence counts in the same measure word."""
        base = pair.whole.metric in _BASE_METRICS
        for sheet in self.sheets if base else ():
            for cells, zh, en in _BASES:
                found = sheet.sum_of(cells)
                if found and not found[1] and found[0].value > 0:
                    yield found[0].value, f"表格“{zh}”", f"the table's {en}"
        for figure in self.context.figures.values():
            if figure.value <= pair.part.value or figure.id == pair.whole.id:
                continue
            beside = figure.unit == pair.whole.unit and self.context.same_sentence(
                figure, pair.figure
            )
            if (base and figure.metric in _BASE_METRICS) or (beside and figure.relation is None):
                quote = self.labels.quote(figure)
                yield figure.value, f"正文“{quote}”", f"the narrative's '{quote}'"

    def _told(self, pair: _Pair, result: Result, base: Decimal, zh: str, en: str) -> Check:
        true = to_place(pair.part.value * HUNDRED / base, last_place(pair.figure.text) / 100)
        sign = "=" if result.outcome == "exact" else "≈" if result.severity != "error" else "≠"
        arithmetic = (
            f"{plain(pair.part.value)} ÷ {plain(base)} = {plain(true)}% {sign} {pair.figure.text}"
        )
        quote, part = self.labels.quote(pair.figure), self.labels.quote(pair.part)
        whole = self.labels.quote(pair.whole)
        tail = f"；所用基数不是“{whole}”而是{zh}" if zh else ""
        tail_en = f"; the base is not '{whole}' but {en}" if en else ""
        return Check(
            "share",
            result,
            f"正文“{quote}”（“{part}”占“{whole}”）：{arithmetic}{tail}",
            f"the narrative's '{quote}' ('{part}' of '{whole}'): {arithmetic}{tail_en}",
            Sum.of(figure_operand(pair.figure)),
            Sum.of(figure_operand(pair.part), figure_operand(pair.whole)),
            bond=None if zh or not pair.part.interval.is_point else "share",
        )
