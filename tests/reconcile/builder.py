"""Reports for the tests of the reconciler, built without reading any: marked text and plain tables.

The text marks its figures as the corpus does: ``受理申请[[83件|requests_new|id=a]]``. Attributes:
``id``, ``part``, ``share``, ``pct``, ``delta`` (each naming another mark), ``split``, ``closed``,
``value``, ``unit``, ``approx``, ``low``, ``high``, ``period``, ``scope``. ``[[未收到|requests_new=0]]`` is zero in
words, ``[[12个|?]]`` unbound, ``[[均维持|~all|metrics=reviews_upheld|figures=a]]`` a claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.figures.text.heading import read_heading
from gipr_nlp.figures.text.sections import find_sections
from gipr_nlp.interval import Interval
from gipr_nlp.reconcile import Verdict, reconcile
from gipr_nlp.records import (
    Cell,
    Claim,
    Coverage,
    Document,
    Figure,
    Narrative,
    Report,
    Source,
    Table,
    Unbound,
)

COLUMNS = ("natural_person", "enterprise", "research", "ngo", "law_firm", "other_org", "total")
REVIEW_COLUMNS = ("upheld", "corrected", "other", "pending", "total")
_MARK = re.compile(r"\[\[(.+?)\]\]")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_SCALES = {"万": 10_000, "亿": 100_000_000}
Rows = Mapping[str, Sequence[object]]


class Built:
    """A document with its narrative and tables, ready to be reconciled."""

    def __init__(
        self,
        text: str,
        year: int | None = 2021,
        form: str = "2021",
        published: str | None = None,
        **tables: Rows,
    ) -> None:
        self.year = year
        plain, narrative = read_marks(text)
        parts = [plain, "\n"]
        self.tables = tuple(
            make_table(name, rows, form, parts) for name, rows in tables.items() if rows is not None
        )
        source = Source(sha256="0" * 64, media_type="text/plain")
        self.document = Document(text="".join(parts), source=source, published=published)
        sections = find_sections(self.document.text, default_catalogue(), self.tables)
        self.narrative = narrative.model_copy(update={"sections": sections})

    def report(self, organization: str = "青禾县", **extra: object) -> Report:
        """The whole report, reconciled, as a comparison over the years takes it."""
        found = self.verdict()
        return Report(
            source=self.document.source,
            title=None,
            organization=organization,
            year=self.year,
            sections=self.narrative.sections,
            figures=self.narrative.figures,
            unbound=self.narrative.unbound,
            claims=self.narrative.claims,
            tables=self.tables,
            topics=(),
            findings=found.findings,
            repairs=found.repairs,
            coverage=Coverage(quantities=0, bound=0, reconciled=found.reconciled),
            document=self.document,
            **extra,  # type: ignore[arg-type]
        )

    def verdict(self, *, compliance: bool = False) -> Verdict:
        return reconcile(
            self.narrative,
            self.tables,
            default_catalogue(),
            document=self.document,
            heading=replace(read_heading(self.document), year=self.year),
            compliance=compliance,
        )


def verdict(text: str, **tables: Rows) -> Verdict:
    """What reconciling finds in ``text`` and ``tables``."""
    return Built(text, **tables).verdict()


def by_severity(found: Verdict, severity: str) -> list[str]:
    """The messages of one severity."""
    return [one.message for one in found.findings if one.severity == severity]


def requests(
    form: str = "2021", **rows: Sequence[object] | Mapping[str, int]
) -> dict[str, list[object]]:
    """A request table: rows not given are blank, a row given as a mapping has its total filled in."""
    statutory = default_catalogue().all(Form)["requests"]
    table: dict[str, list[object]] = {row.id: [""] * 7 for row in statutory.rows_of(form)}
    for name, row in rows.items():
        if isinstance(row, Mapping):
            filled = [row.get(column, "") for column in COLUMNS[:-1]]
            table[name] = [*filled, sum(value for value in filled if isinstance(value, int))]
        else:
            table[name] = list(row)
    return table


def reviews(
    review: Sequence[object] = (0,) * 5,
    direct: Sequence[object] = (0,) * 5,
    post_review: Sequence[object] = (0,) * 5,
) -> Rows:
    """A review table: each group as upheld, corrected, other, pending, total."""
    return {"review": review, "direct": direct, "post_review": post_review}


def from_case(case: Mapping[str, object]) -> Built:
    """A report written as a TOML table: ``text``, ``year``, ``form`` and the tables row by row.

    A row is a string of numbers; ``.`` is a blank cell, ``-`` a nil mark, ``?`` an ambiguous
    one, ``!`` a missing one. Request rows that are not given are filled with ``fill``.
    """
    form = str(case.get("form", "2021"))
    tables = {}
    for name in ("proactive", "requests", "reviews", "statistics"):
        rows = case.get(name)
        if isinstance(rows, Mapping):
            tables[name] = _case_rows(name, rows, form, str(case.get("fill", ".")))
    year = case.get("year", 2021)
    assert isinstance(year, int)
    published = case.get("published")
    return Built(
        str(case.get("text", "")),
        year=year,
        form=form,
        published=str(published) if published else None,
        **tables,
    )


_TOKENS = {".": "", "?": "?", "!": None}


def _case_rows(name: str, rows: Mapping[str, str], form: str, fill: str) -> Rows:
    written = {row: line.split() for row, line in rows.items()}
    if name == "requests":
        known = [row.id for row in default_catalogue().all(Form)["requests"].rows_of(form)]
        written = {row: written.get(row, [fill] * 7) for row in [*known, *written]}
    if name == "reviews":
        written = {row: written.get(row, [fill] * 5) for row in ("review", "direct", "post_review")}
    return {row: [_TOKENS.get(one, one) for one in line] for row, line in written.items()}


# --- tables -------------------------------------------------------------------------------


def make_table(
    name: str,
    rows: Rows,
    form: str,
    parts: list[str],
    columns: Sequence[str] | None = None,
) -> Table:
    """The table ``name``; its text is appended to ``parts``. ``columns`` are those of the form."""
    start = sum(map(len, parts))
    cells: list[Cell] = []
    for row, values in rows.items():
        parts.append(row)
        for column, value in zip(
            columns or _columns(name, row, form, len(values)), values, strict=True
        ):
            parts.append("\t")
            at = sum(map(len, parts))
            raw = "" if value is None or value == "?" else str(value)
            parts.append(raw)
            cells.append(_cell((name, row, column), value, raw, at))
        parts.append("\n")
    return Table(id=name, form=form, cells=tuple(cells), start=start, end=sum(map(len, parts)))


def _columns(table: str, row: str, form: str, count: int) -> Sequence[str]:
    if table == "requests":
        return COLUMNS
    if table == "reviews":
        return REVIEW_COLUMNS
    if table == "statistics":
        return ("value",)
    for block in default_catalogue().all(Form).values():
        if block.table == table and row in {one.id for one in block.rows_of(form)}:
            return [one.id for one in block.columns_of(form)][:count]
    raise KeyError((table, row, form))


def _cell(name: tuple[str, str, str], value: object, raw: str, at: int) -> Cell:
    place = dict(zip(("table", "row", "column"), name, strict=True))
    place |= {"start": at, "end": at + len(raw)}
    if value is None:
        return Cell(**place, state="missing")
    if value == "?":
        return Cell(**place, state="ambiguous")
    if raw in {"", "-", "/", "无"}:
        return Cell(**place, raw=raw, state="blank" if not raw else "nil_mark")
    number = Decimal(raw)
    return Cell(**place, raw=raw, state="stated", value=number, interval=Interval.point(number))


# --- text ---------------------------------------------------------------------------------


def read_marks(text: str) -> tuple[str, Narrative]:
    """The text without its marks, and the narrative that they describe."""
    plain, place = [], 0
    figures: list[Figure] = []
    claims: list[Claim] = []
    unbound: list[Unbound] = []
    for mark in _MARK.finditer(text):
        plain.append(text[place : mark.start()])
        start = sum(map(len, plain))
        place = mark.end()
        span, what, *rest = mark[1].split("|")
        plain.append(span)
        attributes = dict(one.partition("=")[::2] for one in rest)
        where = {"start": start, "end": start + len(span), "text": span}
        if what == "?":
            value, unit, _ = _read_number(span, attributes)
            unbound.append(Unbound(**where, value=value, unit=unit))
        elif what.startswith("~"):
            claims.append(_claim(what[1:], attributes, where))
        elif not what.startswith(("!", "@")):
            for metric in what.split(","):
                figures.append(_figure(metric, attributes, where, len(figures)))
    plain.append(text[place:])
    return "".join(plain), Narrative(
        figures=tuple(figures),
        claims=tuple(claims),
        unbound=tuple(unbound),
        quantities=len(figures),
    )


def _figure(
    metric: str, attributes: dict[str, str], where: dict[str, object], number: int
) -> Figure:
    metric, _, zero = metric.partition("=")
    in_words = zero == "0"
    value, unit, interval = _read_number(str(where["text"]), attributes)
    if in_words:
        value, unit, interval = Decimal(0), "", Interval.point(0)
    relations = {"part": "part", "share": "share", "pct": "yoy_pct", "delta": "yoy_delta"}
    relation = next((key for key in relations if key in attributes), None)
    return Figure(
        **where,  # type: ignore[arg-type]
        id=attributes.get("id", f"n{number}"),
        metric=metric,
        label=metric,
        value=value,
        unit=unit,
        interval=interval,
        approximate="approx" in attributes,
        period=attributes.get("period", "this_year"),  # type: ignore[arg-type]
        scope=attributes.get("scope"),
        parent=attributes[relation] or None if relation else None,
        relation=relations[relation] if relation else None,  # type: ignore[arg-type]
        split=attributes.get("split", "1") if relation == "part" else None,
        closed="closed" in attributes,
        in_words=in_words,
    )


def _read_number(span: str, attributes: dict[str, str]) -> tuple[Decimal, str, Interval]:
    found = _NUMBER.search(span)
    printed = Decimal(found[0].replace(",", "")) if found else Decimal(0)
    rest = span[found.end() :] if found else ""
    scale = _SCALES.get(rest[:1], 1)
    unit = attributes.get("unit", rest.lstrip("万亿余多几"))
    value = Decimal(attributes["value"]) if "value" in attributes else printed * scale
    if "low" in attributes:
        return value, unit, Interval(Decimal(attributes["low"]), Decimal(attributes["high"]))
    if scale > 1 or unit == "%":
        last = Decimal(1).scaleb(int(printed.as_tuple().exponent)) * scale  # type: ignore[arg-type]
        return value, unit, Interval.rounded(value, last)
    return value, unit, Interval.point(value)


def _claim(kind: str, attributes: dict[str, str], where: dict[str, object]) -> Claim:
    named = {key: tuple(attributes.get(key, "").split(",")) for key in ("metrics", "figures")}
    return Claim(
        **where,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        metrics=tuple(filter(None, named["metrics"])),
        figures=tuple(filter(None, named["figures"])),
        versus=attributes.get("versus"),
    )
