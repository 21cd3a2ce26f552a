"""Rows about what must agree: equations, readings of a metric over cells, claims, policies."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field

from gipr_nlp.catalogue.entries import Entry, Pattern
from gipr_nlp.catalogue.forms import Form, FormSum
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.catalogue.sums import parse_sum

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue

_SUFFIXES = ("_share", "_yoy_pct", "_yoy_delta", "_part")


def _is_sum(text: str) -> str:
    parse_sum(text)
    return text


Sum = Annotated[str, AfterValidator(_is_sum)]
Level = Literal["error", "warning", "note"]
Strength = Literal["none", "hint", "cue"]


class Equation(Entry):
    """A relation that must hold.

    ``kind`` says what it ranges over: the cells of one report's tables (``table``), figures and
    cells (``narrative``), the words (``claim``), two years (``years``). A table equation states
    ``left`` and ``right`` as sums over cells, once for each name that stands for ``{each}``;
    those of other kinds are carried out by the module of that kind. ``relation`` is that
    of the form's sum unless stated (parts that need not be complete are ``at_most``).
    ``severity`` is that of a plain violation, ``source`` the rule's origin.
    """

    kind: Literal["table", "narrative", "claim", "years", "compliance"]
    zh: str
    en: str
    source: str
    severity: Level = "error"
    form_sum: str | None = None
    relation: Literal["equal", "at_most"] | None = None
    left: Sum | None = None
    right: Sum | None = None
    each: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """Table equations say what they compare; ``{each}`` has names to stand for."""
        sides = [side for side in (self.left, self.right) if side is not None]
        if self.form_sum is not None and find_sum(catalogue, self.form_sum) is None:
            yield f"form_sum: there is no sum {self.form_sum!r}"
        if len(sides) != (2 if self.kind == "table" and self.form_sum is None else 0):
            yield "left, right: both for a table equation without a form_sum, none for another"
        if bool(self.each) != any("{each}" in side for side in sides):
            yield "each: names are given exactly where {each} is used"


def find_sum(catalogue: Catalogue, name: str) -> tuple[Form, FormSum] | None:
    """The form and the sum that ``form.sum`` names."""
    form_id, _, sum_id = name.partition(".")
    form = catalogue.all(Form).get(form_id)
    found = next((one for one in form.sums if one.id == sum_id), None) if form else None
    return (form, found) if form and found else None


class Reading(Entry):
    """One admissible meaning of a metric, as a sum over cells.

    Readings of a metric are tried in ``order``; the first is what the words say. ``cue`` is
    what the words around the figure say where this reading is meant, ``hint`` a weaker sign,
    ``wholes`` the metrics as part of which the figure has this reading. A reading with
    ``only_with_cue`` is not tried without its cue or whole. ``severity`` caps what a mismatch
    may be called. ``metric`` "*" serves every metric, its id standing for ``{metric}``.
    """

    metric: str
    order: int = Field(ge=1)
    cells: Sum
    zh: str
    en: str
    cue: Pattern | None = None
    hint: Pattern | None = None
    wholes: tuple[str, ...] = ()
    only_with_cue: bool = False
    severity: Level = "error"

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """Metrics exist, and no two readings of one metric have the same place."""
        yield from _unknown_metrics(catalogue, (self.metric, *self.wholes), {"*"})
        for other in catalogue.all(Reading).values():
            if (other.metric, other.order) == (self.metric, self.order) and other.id > self.id:
                yield f"order: {other.id} has the same place among the readings of {self.metric}"


class ClaimRule(Entry):
    """What cells would contradict a claim of ``kind`` about ``metric``.

    ``counter`` sums the cells that must be zero where the claim is true; ``parts`` are metrics of
    which the narrative then tells no part. Where the words match
    ``unless`` the claim says less and is not checked; where they match ``qualified`` a
    contradiction is a warning.
    """

    kind: Literal["all", "none"]
    metric: str
    counter: Sum
    zh: str
    en: str
    parts: tuple[str, ...] = ()
    unless: Pattern | None = None
    qualified: Pattern | None = None

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The metrics exist."""
        yield from _unknown_metrics(catalogue, (self.metric, *self.parts), set())


class Rescue(Entry):
    """How strong a sign a later reading needs, for numbers of at least ``at_least``."""

    at_least: Decimal
    needs: Strength
    zh: str
    en: str


class Policy(Entry):
    """A named choice of the auditor: a number, a set of metrics or a pattern of words."""

    zh: str
    en: str
    number: Decimal | None = None
    metrics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: Pattern | None = None

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The metrics exist."""
        yield from _unknown_metrics(catalogue, self.metrics, set())


def _unknown_metrics(
    catalogue: Catalogue, metrics: Iterable[str], allowed: set[str]
) -> Iterable[str]:
    known = catalogue.all(Metric)
    for metric in metrics:
        bases = {metric, *(metric.removesuffix(suffix) for suffix in _SUFFIXES)}
        if metric not in allowed and not bases & known.keys():
            yield f"there is no metric {metric!r}"
