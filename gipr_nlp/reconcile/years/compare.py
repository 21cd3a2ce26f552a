"""Reports of one body for different years, held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import GRAVITY, Result, compare
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import ONE, Sum
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.reconcile.years.carried import check_carried
from gipr_nlp.reconcile.years.changes import check_changes
from gipr_nlp.reconcile.years.copies import Copy, copied
from gipr_nlp.reconcile.years.kept import check_kept
from gipr_nlp.reconcile.years.report import YearReport
from gipr_nlp.records import Finding, Outcome, Report, Severity, Term

_OFFICE = re.compile(r"(?:人民)?政府?(?:办公[室厅])?$|办公[室厅]$")
_FEWEST_CELLS = 5
_FEWEST_VALUES = 3


def compare_years(reports: Sequence[Report], catalogue: Catalogue) -> list[Finding]:
    """What does not fit between consecutive years of one body.

    Reports are matched by organisation and year; one that names no organisation is taken to be
    of the only body there is. A reference in the findings is ``year:figure`` or
    ``year:table/row/column``, its offsets are those of that year's document.
    """
    checks: list[Check] = []
    for group in _bodies(reports):
        years = [YearReport(one, catalogue) for one in group]
        checks += _twice(years)
        for before, after in pairwise(_one_per_year(years)):
            if after.year == before.year + 1:
                checks += _Pair(before, after, catalogue).checks()
    checks.sort(key=lambda check: -GRAVITY[check.result.severity])
    return [check.finding(f"{check.equation}#{n}") for n, check in enumerate(checks, 1)]


def _bodies(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """The reports that state their year, by body, in the order of the years."""
    groups: dict[str, list[Report]] = {}
    for report in reports:
        if report.year is not None:
            groups.setdefault(_body(report), []).append(report)
    if len(groups) == 2 and "" in groups:
        groups = {"": [report for group in groups.values() for report in group]}
    for group in groups.values():
        yield sorted(group, key=lambda one: one.year or 0)


def _body(report: Report) -> str:
    name = re.sub(r"\s++", "", report.organization or "")
    return _OFFICE.sub("", name) or name


def _one_per_year(years: Iterable[YearReport]) -> list[YearReport]:
    return list({one.year: one for one in reversed(list(years))}.values())[::-1]


def _twice(years: Sequence[YearReport]) -> Iterator[Check]:
    for one, other in pairwise(years):
        if one.year == other.year:
            paths = [report.report.source.path or "-" for report in (one, other)]
            yield _told(
                "report_twice",
                "note",
                f"{one.year}年有两份报告，以前一份为准：{paths[0]}、{paths[1]}",
                f"two reports for {one.year}, the first is used: {paths[0]}, {paths[1]}",
            )


@dataclass
class _Pair:
    """Two consecutive years of one body."""

    before: YearReport
    after: YearReport
    catalogue: Catalogue
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        self.labels = self.after.labels

    def checks(self) -> Iterator[Check]:
        """Everything that the two reports say of each other."""
        yield from check_carried(self.before, self.after)
        yield from check_kept(self.before, self.after)
        yield from self._stock()
        yield from self._items()
        yield from check_changes(self.before, self.after)
        yield from self._copied_tables()
        yield from self._copied_text()

    # --- tables -----------------------------------------------------------------------------

    def _stock(self) -> Iterator[Check]:
        for row in ("rules", "normative"):
            last = self.before.cell(f"proactive/{row}/valid")
            cells = [
                self.after.cell(f"proactive/{row}/{name}") for name in ("valid", "made", "repealed")
            ]
            if last is None or None in cells or last.implied:
                continue
            valid, made, repealed = (one for one in cells if one is not None)
            left = Sum.of(self.after.told(valid))
            right = Sum(
                (
                    (ONE, self.before.told(last)),
                    (ONE, self.after.told(made)),
                    (-ONE, self.after.told(repealed)),
                )
            )
            yield self._compared("documents_in_force", row, left, right)

    def _items(self) -> Iterator[Check]:
        for row in ("permits", "service_items", "penalties", "coercion", "fee"):
            said = self.after.cell(f"proactive/{row}/items_last_year")
            last = self.before.cell(f"proactive/{row}/items_last_year")
            change = self.before.cell(f"proactive/{row}/change")
            if said is None or last is None or change is None or said.implied or last.implied:
                continue
            left = Sum.of(self.after.told(said))
            right = Sum.of(self.before.told(last), self.before.told(change))
            yield self._compared("items_changed", row, left, right)

    def _compared(self, equation: str, row: str, left: Sum, right: Sum) -> Check:
        rule = self.labels.equation(equation)
        result = compare(left, right, margin=ZERO)
        if not result.holds:
            result = Result(result.outcome, rule.severity)
        sign = "=" if result.holds else "≠"
        sums = f"{left.arithmetic()} {sign} {right.arithmetic()} = {right.total()}"
        name = self.labels.row("proactive", row)
        return Check(
            equation,
            result,
            f"{self.after.year}年“{name}”：{rule.zh}：{sums}",
            f"{self.after.year}, {row}: {rule.en}: {sums}",
            left,
            right,
        )

    def _copied_tables(self) -> Iterator[Check]:
        """A whole table that repeats: with enough numbers in it, that is no accident."""
        for table in ("requests", "proactive", "reviews"):
            mine, theirs = (_numbers(one.sheet, table) for one in (self.after, self.before))
            if mine != theirs or not _says_much(mine):
                continue
            yield _told(
                "copied_table",
                self.labels.equation("copied_table").severity,
                f"{self.after.year}年的表格与{self.before.year}年逐格相同（{len(mine)} 个非零数）："
                f"{self.labels.table(table)[0]}",
                f"the table of {self.after.year} repeats that of {self.before.year} in every cell "
                f"({len(mine)} numbers): {self.labels.table(table)[1]}",
                tuple(self.after.told(one).term() for one in self.after.stated(table)[:3]),
            )

    # --- words ------------------------------------------------------------------------------

    def _copied_text(self) -> Iterator[Check]:
        copies, share = copied(self.after.report, self.before.report)
        if not copies:
            return
        percent = round(100 * share)
        firsts = "、".join(f"“{one.later.text.strip()[:16]}…”" for one in copies[:5])
        yield _told(
            "copied_text",
            self.labels.equation("copied_text").severity,
            f"{self.after.year}年报告有 {len(copies)} 段与{self.before.year}年相同，占叙述的 {percent}%：{firsts}",
            f"{len(copies)} paragraph(s) of {self.after.year} repeat {self.before.year}, "
            f"{percent}% of the narrative: {firsts}",
            tuple(self._term(one) for one in copies),
        )
        stale = [one for one in copies if self._keeps_year(one)]
        if stale:
            yield _told(
                "year_unchanged",
                self.labels.equation("year_unchanged").severity,
                f"{self.after.year}年报告沿用上年文字而仍写“{self.before.year}年”："
                f"“{stale[0].later.text.strip()[:24]}…”",
                f"the report for {self.after.year} repeats last year's words and still says "
                f"{self.before.year}: '{stale[0].later.text.strip()[:24]}…'",
                tuple(self._term(one) for one in stale),
            )

    def _keeps_year(self, copy: Copy) -> bool:
        """Whether the copy still speaks of the year before as its own."""
        own = re.compile(
            rf"(?:^|[。；\s]){self.before.year}年(?:度)?[，,、]?(?!.{{0,4}}(?:相比|同期))"
        )
        return bool(own.search(copy.later.text)) and str(self.after.year) not in copy.later.text

    def _term(self, copy: Copy) -> Term:
        return Term(
            kind="claim",
            ref=f"{self.after.year}:text",
            text=copy.later.text.strip()[:60],
            start=copy.later.start,
            end=copy.later.end,
        )


def _numbers(sheet: Sheet, table: str) -> dict[str, Decimal]:
    return {
        ref: operand.value
        for ref, operand in sheet.operands.items()
        if ref.startswith(f"{table}/") and operand.value != 0
    }


def _says_much(numbers: Mapping[str, Decimal]) -> bool:
    """Whether the numbers are too many, and too various, to be the same two years running."""
    own = [
        value for ref, value in numbers.items() if not re.search("/total$|/requests_answered/", ref)
    ]
    return len(own) >= _FEWEST_CELLS and len(set(own)) >= _FEWEST_VALUES


def _told(
    equation: str, severity: Severity, zh: str, en: str, terms: tuple[Term, ...] = ()
) -> Check:
    outcome: Outcome = "mismatch" if terms else "not_comparable"
    return Check(equation, Result(outcome, severity), zh, en, Sum(()), Sum(()), notes=terms)
