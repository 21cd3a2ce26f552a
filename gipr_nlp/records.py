"""The records that flow through the library: frozen, validated, serialisable.

``Document`` is what a source gives, ``Quantity`` a number as printed, ``Figure`` a quantity
bound to a metric, ``Table`` and ``Cell`` the statutory tables, ``Finding`` the outcome of one
equation at one place, ``Repair`` a change that would make equations hold, ``Report`` all of it.

Offsets are characters of ``Document.text``; values are ``Decimal`` in base units (1.18万条 is
11800 条, 386.4万元 is 3864000 元).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from gipr_nlp.interval import Interval, plain

SCHEMA_VERSION = "1.0"

_UNSCALED = re.compile(r"\d[\d,，.．]*(?P<unit>[^\d万亿千百十]*)")

Number = Annotated[Decimal, PlainSerializer(plain, return_type=str, when_used="json")]

Period = Literal["this_year", "last_year", "cumulative", "other"]
Relation = Literal["part", "share", "yoy_pct", "yoy_delta"]
CellState = Literal["stated", "blank", "nil_mark", "missing", "ambiguous"]
Outcome = Literal[
    "exact", "rounded", "truncated", "mismatch", "claim_mismatch", "blocked", "not_comparable"
]
Severity = Literal["error", "warning", "note", "ok"]
ClaimKind = Literal["all", "none", "increase", "decrease", "above", "below"]


class Record(BaseModel):
    """Base of the records: immutable, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Record):
    """A stretch of ``Document.text``: ``start`` to ``end`` in characters."""

    start: int
    end: int


class Source(Record):
    """Where a document came from."""

    path: str | None = None
    sha256: str
    media_type: str
    encoding: str | None = None


class GridCell(Place):
    """One cell of a grid, at its upper left corner; merged cells span rows and columns."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str


class Grid(Place):
    """A table that came with its geometry (HTML, DOCX, PDF); its text also stands in the document."""

    cells: tuple[GridCell, ...]


class Document(Record):
    """The text of a report as every offset counts it, and the grids that lie in it.

    ``text`` is normalised (compatibility characters and radicals folded, see
    ``sources.normalise``), paragraphs end in a newline; a grid stands in it row by row, cells
    parted by tabs. ``hard_lines`` tells whether a newline always ends a paragraph (HTML, DOCX)
    or may be a break of the layout (plain text). ``origin[i]`` is the offset of character i in
    the decoded source, where the source is text.
    """

    text: str
    source: Source
    title: str | None = None
    grids: tuple[Grid, ...] = ()
    hard_lines: bool = False
    origin: tuple[int, ...] | None = Field(default=None, repr=False)
    published: str | None = None
    warnings: tuple[str, ...] = ()


class Section(Place):
    """A titled part of the report. ``id``: overview, proactive, requests, reviews, problems, other,
    or a dotted part of one (overview.requests), or ``head`` for what stands before the first."""

    id: str
    title: str


class Quantity(Place):
    """A number as printed, with its unit and modifier.

    ``value`` and ``interval`` are in base units; ``printed`` is the number before 万 and 亿 are
    multiplied out. ``kind``: count, money, percent, points (百分点), times (倍), ratio.
    ``not_figure`` is the reason why it is no figure (document_number, date, phone ...).
    """

    text: str
    value: Decimal
    printed: Decimal
    unit: str = ""
    kind: str = "count"
    modifier: str | None = None
    interval: Interval
    not_figure: str | None = None

    @property
    def approximate(self) -> bool:
        """Whether the text says that the number is not exact (约, 近, 余, 多 ...)."""
        return self.modifier is not None


class Figure(Place):
    """A quantity bound to a metric.

    ``metric`` is an id of the catalogue, with ``_share``, ``_yoy_pct``, ``_yoy_delta`` or
    ``_part`` where one applies. ``parent`` is the id of the figure that this one is part or
    share of, or a change on; parts with the same ``split`` are one list, and ``closed`` says
    that the list claims to be complete. Zero in words has the phrase as ``text`` and value 0.
    """

    id: str
    metric: str
    label: str
    value: Number
    unit: str
    interval: Interval = Field(exclude=True)
    approximate: bool = False
    period: Period = "this_year"
    scope: str | None = None
    text: str
    section: str | None = None
    parent: str | None = None
    relation: Relation | None = None
    split: str | None = None
    closed: bool = False
    in_words: bool = False
    bound_by: Literal["rule", "model"] = "rule"

    @property
    def low(self) -> Decimal | None:
        """The lower end of what the printed number stands for."""
        return self.interval.low

    @property
    def high(self) -> Decimal | None:
        """The upper end of what the printed number stands for."""
        return self.interval.high


class Unbound(Place):
    """A quantity that no metric of the catalogue took, with the reason."""

    text: str
    value: Number
    unit: str
    reason: str = "no_metric"


class Claim(Place):
    """What the words assert about figures without a number of their own: 全部, 均, 无一, 增长, 超过.

    ``metrics`` are the metrics it speaks of, ``figures`` the ids of the figures it is about,
    and ``versus`` what it is compared with (a figure id), where there is one.
    """

    kind: ClaimKind
    text: str
    metrics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    versus: str | None = None


class Topic(Place):
    """A subject of the requests, as a label of the catalogue and the words that name it."""

    label: str
    text: str


class Cell(Place):
    """One cell of a statutory table: ``value`` in base units, ``raw`` as printed.

    ``start`` and ``end`` are equal where the cell has no characters of its own. An ambiguous
    cell keeps in ``candidates`` the values it may have. ``form`` is told where the cell's block
    is printed in another form than most of its table.
    """

    table: str
    row: str
    column: str
    value: Number | None = None
    raw: str = ""
    state: CellState
    unit: str = ""
    interval: Interval | None = Field(default=None, exclude=True)
    candidates: tuple[Number, ...] = ()
    form: str | None = None

    @property
    def ref(self) -> str:
        """The cell's name: ``table/row/column``."""
        return f"{self.table}/{self.row}/{self.column}"


class Table(Place):
    """A statutory table that was found: ``form`` is that of the block (2019, 2021, 2014 ...)."""

    id: str
    form: str
    cells: tuple[Cell, ...]


class Term(Record):
    """One number, or claim, that takes part in an equation, with where it stands."""

    kind: Literal["figure", "cell", "claim", "constant"]
    ref: str
    value: Number | None = None
    text: str = ""
    start: int | None = None
    end: int | None = None


class Finding(Record):
    """The outcome of one equation at one place.

    ``check`` is the id of the equation, ``reading`` the id of the reading under which the terms
    were compared, ``expected`` and ``actual`` the two sides as text.
    """

    id: str
    check: str
    outcome: Outcome
    severity: Severity
    message: str
    message_en: str
    reading: str | None = None
    terms: tuple[Term, ...] = ()
    expected: str | None = None
    actual: str | None = None


class Change(Record):
    """One place of a repair: what it prints, what it should, and what kind of slip that would be."""

    ref: str
    printed: str
    proposed: str
    slip: str | None = None

    def proposed_as_printed(self) -> str:
        """What is proposed with the unit that is printed, where no 万 or 亿 scales the number."""
        unscaled = _UNSCALED.fullmatch(self.printed)
        return self.proposed + (unscaled["unit"] if unscaled else "")


class Repair(Record):
    """A smallest set of changes after which the equations of ``explains`` (finding ids) hold."""

    changes: tuple[Change, ...]
    explains: tuple[str, ...]


class Coverage(Record):
    """How much of the report was understood: numbers found, bound to a metric, reconciled.

    A zero in words (未收到申请) counts as a number; one that states several metrics counts once.
    """

    quantities: int
    bound: int
    reconciled: int


class Narrative(Record):
    """All that the figures package reads off the narrative of one report."""

    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    unbound: tuple[Unbound, ...] = ()
    claims: tuple[Claim, ...] = ()
    topics: tuple[Topic, ...] = ()
    quantities: int = 0


NOTHING_FOUND = "nothing of such a report was found: no part, no table, no figure"
"""The warning of a report whose text is none: another page, an error page, an excerpt of nothing."""


class Report(Record):
    """One report, read and reconciled. ``document`` holds the text that the offsets count.

    ``period`` is the pair of ISO dates over which the report says that it counts.
    """

    schema_version: str = SCHEMA_VERSION
    source: Source
    title: str | None
    organization: str | None
    year: int | None
    period: tuple[str, str] | None = None
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    unbound: tuple[Unbound, ...]
    claims: tuple[Claim, ...]
    tables: tuple[Table, ...]
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...] = ()
    coverage: Coverage
    warnings: tuple[str, ...] = ()
    document: Document = Field(exclude=True, repr=False)
