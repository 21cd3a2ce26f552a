"""What the forms and the law ask of a report beyond its arithmetic: notes, never errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation
from gipr_nlp.catalogue.sections import SectionKind
from gipr_nlp.figures.text.heading import Heading
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.records import Document, Figure, Narrative, Section, Table, Term

_SIX = ("overview", "proactive", "requests", "reviews", "problems", "other")
_TABLES = ("proactive", "requests", "reviews")
# The review table is the same in both editions.
_EDITED = ("proactive", "requests")
_FIRST_YEAR = 2019
_SHORTEST_BODY = 2
_DEPARTMENT = re.compile(r"(?:局|厅|委|委员会|部|办公室|中心)$")


def check_compliance(
    narrative: Narrative,
    tables: Sequence[Table],
    catalogue: Catalogue,
    document: Document,
    heading: Heading,
) -> list[Check]:
    """The notes on one report. Reports before 2019 followed other forms and get none on them."""
    auditor = _Auditor(narrative, tables, catalogue, document, heading)
    checks = [*auditor.period(), *auditor.publication()]
    if heading.year is not None and heading.year >= _FIRST_YEAR:
        checks += [*auditor.sections(), *auditor.forms(), *auditor.fees()]
    return checks


@dataclass(frozen=True)
class _Auditor:
    narrative: Narrative
    tables: Sequence[Table]
    catalogue: Catalogue
    document: Document
    heading: Heading

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self.heading.year

    def period(self) -> Iterator[Check]:
        """The statistics period: of the report's year, and the whole of it."""
        period = self.heading.period
        if period is None or self.year is None or _is_school_year(period):
            return
        start, end = period
        if str(self.year) not in {start[:4], end[:4]} or end[:4] != str(self.year):
            yield self._told(
                "period_year",
                f"报告年度为{self.year}年，统计期限却是 {start} 至 {end}",
                f"the report is for {self.year}, but counts from {start} to {end}",
            )
        elif (start[5:], end[5:]) != ("01-01", "12-31"):
            yield self._told(
                "period_full_year",
                f"统计期限 {start} 至 {end} 不是完整年度",
                f"the period {start} to {end} is not a full calendar year",
            )

    def publication(self) -> Iterator[Check]:
        """The day of publication, where the document states one."""
        published = self.document.published
        if published is None or self.year is None or self.year < _FIRST_YEAR:
            return
        is_department = bool(_DEPARTMENT.search(self.heading.organization or ""))
        last = f"{self.year + 1}-{'01-31' if is_department else '03-31'}"
        if published[:10] > last:
            yield self._told(
                "published_in_time",
                f"公布日期 {published[:10]} 晚于法定期限 {last}",
                f"published on {published[:10]}, after the legal date {last}",
            )

    def sections(self) -> Iterator[Check]:
        """The six parts: there, and with something in them."""
        present = {section.id.partition(".")[0] for section in self.narrative.sections}
        if not present - {"head"}:
            return
        missing = [one for one in _SIX if one not in present]
        if missing:
            yield self._named("sections_present", "缺少部分：", "sections missing: ", missing)
        empty = [one for one in self.narrative.sections if one.id in _SIX and self._is_empty(one)]
        if empty:
            ids = list(dict.fromkeys(one.id for one in empty))
            yield self._named(
                "sections_filled", "没有内容的部分：", "sections without content: ", ids
            )

    def _is_empty(self, section: Section) -> bool:
        text = "".join(self.document.text[section.start : section.end].split())
        body = text.partition(section.title)[2]
        has_table = any(section.start <= table.start < section.end for table in self.tables)
        return len(body) <= _SHORTEST_BODY and not has_table and "无" not in body

    def forms(self) -> Iterator[Check]:
        """The tables: all three, of the edition in force, zeros filled in."""
        assert self.year is not None
        present = {table.id for table in self.tables}
        missing = [one for one in _TABLES if one not in present]
        if missing:
            yield self._named(
                "tables_present", "未见法定表格：", "statutory tables not found: ", missing
            )
        if self.year > 2020 and any(
            table.form == "2019" and table.id in _EDITED for table in self.tables
        ):
            yield self._told(
                "form_in_force",
                f"{self.year}年报告应使用 2021 年格式，部分表格为 2019 年格式",
                f"the report for {self.year} uses tables of the 2019 edition instead of that of 2021",
            )
        yield from self._blanks()

    def _blanks(self) -> Iterator[Check]:
        for table in self.tables:
            blank = sum(cell.state == "blank" for cell in table.cells)
            if blank and table.id in _TABLES:
                name, name_en = Labels(self.catalogue, self.document).table(table.id)
                yield self._told(
                    "zeros_filled",
                    f"表格“{name}”有 {blank} 格留空，没有发生的应填 0",
                    f"{blank} cells of the table {name_en} are blank where 0 is expected",
                )

    def fees(self) -> Iterator[Check]:
        """Fees that were charged belong in section six."""
        charged = [
            one
            for one in self.narrative.figures
            if one.metric in {"request_fees", "request_fee_cases"}
            and one.value > 0
            and one.period == "this_year"
        ]
        other = [one for one in self.narrative.sections if one.id.partition(".")[0] == "other"]
        if not charged or not other or any("费" in self._text(one) for one in other):
            return
        quotes = _quoted(charged, self.document, self.catalogue)
        yield self._told(
            "fees_reported",
            f"正文称{quotes[0]}，第六部分未说明收取信息处理费的情况",
            f"the narrative says {quotes[1]}, but section six does not report fees",
            charged,
        )

    def _text(self, section: Section) -> str:
        return self.document.text[section.start : section.end]

    def _named(self, equation: str, zh: str, en: str, ids: Sequence[str]) -> Check:
        kinds = self.catalogue.all(SectionKind)
        names = [kinds[one].zh if one in kinds else one for one in ids]
        names_en = [kinds[one].en if one in kinds else one for one in ids]
        return self._told(equation, zh + "；".join(names), en + "; ".join(names_en))

    def _told(self, equation: str, zh: str, en: str, figures: Sequence[Figure] = ()) -> Check:
        rule = self.catalogue.all(Equation)[equation]
        terms: tuple[Term, ...] = tuple(figure_operand(one).term() for one in figures)
        result = Result("mismatch", rule.severity)
        return Check(equation, result, zh, en, Sum(()), Sum(()), notes=terms)


def _is_school_year(period: tuple[str, str]) -> bool:
    return period[0][5:7] == "09" and period[1][5:7] == "08"


def _quoted(figures: Sequence[Figure], document: Document, catalogue: Catalogue) -> tuple[str, str]:
    labels = Labels(catalogue, document)
    quotes = [labels.quote(one) for one in figures]
    return "、".join(f"“{one}”" for one in quotes), ", ".join(f"'{one}'" for one in quotes)
