"""Last year's numbers left standing: what explains an error that a report makes by itself.

Where the equations of one report cannot tell which of its numbers is wrong, the report of the
year before may: the one that is still the number of that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.operands import Operand, Sum, figure_operand
from gipr_nlp.reconcile.years.report import YearReport
from gipr_nlp.records import Change, Repair

# Smaller numbers are the same two years running without anybody's fault.
_SMALLEST = Decimal(10)


def check_kept(before: YearReport, after: YearReport) -> Iterator[Check]:
    """One finding for each error of ``after`` that a number of ``before`` explains."""
    for _, repairs in groupby(after.report.repairs, key=lambda one: one.explains):
        kept = _first_kept(repairs, before, after)
        if kept is not None:
            yield _told(kept, before, after)


def _first_kept(
    repairs: Iterable[Repair], before: YearReport, after: YearReport
) -> tuple[Change, ...] | None:
    for repair in repairs:
        values = [_kept(change, before, after) for change in repair.changes]
        if all(value is not None and value >= _SMALLEST for value in values):
            return repair.changes
    return None


def _kept(change: Change, before: YearReport, after: YearReport) -> Decimal | None:
    """The number that stands at the place of ``change``, where it is that of the year before."""
    own = _operand(change, after)
    if own is None:
        return None
    last = before.cell(change.ref) if own.kind == "cell" else None
    same = [last.value] if last else []
    if own.kind == "figure":
        same = [one.value for one in before.values(after.context.figures[change.ref].metric)]
    return own.value if own.value in same else None


def _operand(change: Change, year: YearReport) -> Operand | None:
    figure = year.context.figures.get(change.ref)
    return figure_operand(figure) if figure else year.cell(change.ref)


def _told(changes: tuple[Change, ...], before: YearReport, after: YearReport) -> Check:
    rule = after.labels.equation("last_year_kept")
    operands = [one for change in changes if (one := _operand(change, after)) is not None]
    named = [_words(change, after) for change in changes]
    zh, en = "、".join(one[0] for one in named), "; ".join(one[1] for one in named)
    return Check(
        rule.id,
        Result("mismatch", rule.severity),
        f"{after.year}年{zh}；所印仍是{before.year}年的数，疑为沿用上年数而未更新",
        f"{after.year}, {en}; what is printed is still the number of {before.year}",
        Sum.of(*map(after.told, operands)),
        Sum.of(*map(after.told, operands)),
    )


def _words(change: Change, year: YearReport) -> tuple[str, str]:
    printed, labels = change.printed.strip(), year.labels
    figure = year.context.figures.get(change.ref)
    name, name_en = (
        (f"正文“{labels.quote(figure)}”", f"'{labels.quote(figure)}'")
        if figure
        else (
            f"表格“{labels.cell(change.ref)}”印作 {printed}",
            f"the cell '{labels.cell_en(change.ref)}' reads {printed}",
        )
    )
    return (
        f"{name}，按该年各等式应为 {change.proposed_as_printed()}",
        f"{name_en}, which the equations of that year want to be {change.proposed_as_printed()}",
    )
