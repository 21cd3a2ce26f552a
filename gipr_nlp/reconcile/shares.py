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
from gipr_nlp.interval import ZERO, plain
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Figure

_DECIMALS = regex.compile(r"[.．](\d++)")
_ABOUT = regex.compile(r"(?<![节预条契公])约|大概|左右|大致|近似")
_HUNDRED = Decimal(100)
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
    """A printed percentage with the part and the whole that it speaks of."""

    figure: Figure
    part: Figure
    whole: Figure


def find_shares(context: Context) -> Iterator[Share]:
    """Every share whose part and whole are both stated.

    A share names its whole as parent, and its part is the nearest part of that whole before
    it; where it names a part instead, the whole is that part's.
    """
    counts = [figure for figure in context.figures.values() if figure.relation in {None, "part"}]
    for figure in context.figures.values():
        parent = context.parent(figure)
        if figure.relation != "share" or parent is None:
            continue
        before = [one for one in counts if one.parent == parent.id and one.end <= figure.start]
        own_whole = context.parent(parent) if parent.relation == "part" else None
        if before and not _other_share_between(before[-1], figure, context):
            yield Share(figure, before[-1], parent)
        elif own_whole is not None and parent.end <= figure.start:
            yield Share(figure, parent, own_whole)


def _other_share_between(part: Figure, share: Figure, context: Context) -> bool:
    return any(
        one.relation == "share" and part.end <= one.start < share.start
        for one in context.figures.values()
    )


def last_place(text: str) -> Decimal:
    """What one unit in the last printed place of a percentage is worth, in percentage points."""
    decimals = _DECIMALS.search(text)
    if decimals:
        return Decimal(1).scaleb(-len(decimals[1]))
    return Decimal(10) if "成" in text else Decimal(1)


def check_shares(
    context: Context, sheets: Sequence[Sheet], catalogue: Catalogue, labels: Labels
) -> list[Check]:
    """Every share held against its part and whole, or against another base that fits."""
    tolerance = catalogue.all(Policy)["share_tolerance"].number or Decimal(1)
    judge = _Judge(context, sheets, tolerance, labels)
    return [judge.check(share) for share in find_shares(context) if share.whole.value > 0]


def compare_share(printed: Figure, true: Decimal, tolerance: Decimal, *, about: bool) -> Result:
    """How the printed percentage compares with the true one.

    Where the words say 约, a round number stands for what rounds to it in its own last place
    (约50% for 46 to 55).
    """
    unit = last_place(printed.text)
    if about and printed.value % 10 == 0:
        unit = max(unit, Decimal(10))
    elif about and printed.value % 5 == 0:
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


class _Judge:
    def __init__(
        self, context: Context, sheets: Sequence[Sheet], tolerance: Decimal, labels: Labels
    ) -> None:
        self.context = context
        self.sheets = sheets
        self.tolerance = tolerance
        self.labels = labels

    def check(self, share: Share) -> Check:
        result = self._result(share, share.whole.value)
        if result.severity == "error":
            for base, zh, en in self._other_bases(share):
                other = self._result(share, base)
                if other.severity in {"ok", "note"}:
                    return self._told(share, Result(other.outcome, "warning"), base, zh, en)
        return self._told(share, result, share.whole.value, "", "")

    def _result(self, share: Share, base: Decimal) -> Result:
        if not base or not share.part.interval.is_point:
            return self._approximate(share)
        true = share.part.value * _HUNDRED / base
        return compare_share(share.figure, true, self.tolerance, about=self._about(share.figure))

    def _approximate(self, share: Share) -> Result:
        """With a part or whole that is itself approximate only a gross error can be told."""
        true = share.part.value * _HUNDRED / share.whole.value
        close = abs(true - share.figure.value) <= max(true, share.figure.value) / 10
        return Result("rounded", "ok") if close else Result("mismatch", "warning")

    def _about(self, figure: Figure) -> bool:
        return bool(_ABOUT.search(self.context.clause(figure)))

    def _other_bases(self, share: Share) -> Iterator[tuple[Decimal, str, str]]:
        """The other numbers for all requests, from the tables and from the narrative."""
        if share.whole.metric not in _BASE_METRICS:
            return
        for sheet in self.sheets:
            for cells, zh, en in _BASES:
                found = sheet.sum_of(cells)
                if found and not found[1] and found[0].value > 0:
                    yield found[0].value, f"表格“{zh}”", f"the table's {en}"
        for figure in self.context.figures.values():
            if figure.metric in _BASE_METRICS and figure.value > 0 and figure.id != share.whole.id:
                quote = self.labels.quote(figure)
                yield figure.value, f"正文“{quote}”", f"the narrative's '{quote}'"

    def _told(self, share: Share, result: Result, base: Decimal, zh: str, en: str) -> Check:
        true = (share.part.value * _HUNDRED / base).quantize(last_place(share.figure.text) / 100)
        sign = "=" if result.outcome == "exact" else "≈" if result.severity != "error" else "≠"
        arithmetic = (
            f"{plain(share.part.value)} ÷ {plain(base)} = {plain(true)}% {sign} {share.figure.text}"
        )
        quote, part = self.labels.quote(share.figure), self.labels.quote(share.part)
        whole = self.labels.quote(share.whole)
        tail = f"；所用基数不是“{whole}”而是{zh}" if zh else ""
        tail_en = f"; the base is not '{whole}' but {en}" if en else ""
        return Check(
            "share",
            result,
            f"正文“{quote}”（“{part}”占“{whole}”）：{arithmetic}{tail}",
            f"the narrative's '{quote}' ('{part}' of '{whole}'): {arithmetic}{tail_en}",
            Sum.of(figure_operand(share.figure)),
            Sum.of(figure_operand(share.part), figure_operand(share.whole)),
            bond=None if zh or not share.part.interval.is_point else "share",
        )
