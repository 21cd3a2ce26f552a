"""Rows that describe the statutory tables: their rows, columns, labels and sums, by edition."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from gipr_nlp.catalogue.entries import Entry, Identifier

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identifier


class _Labelled(_Part):
    labels: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()


class FormRow(_Labelled):
    """One row: its id, every form of its label, the digit that numbers it (``2`` in ``2.重复申请``).

    ``code`` is what a code column prints for it, ``unit`` what a unit column prints; a row
    with a ``scale`` overrides that of its column (万元 in a column of counts).
    """

    number: str = ""
    code: str = ""
    unit: str = ""
    scale: Decimal | None = None


class FormColumn(_Labelled):
    """One column: ``scale`` turns what is printed without a unit into base units.

    ``signed``: the column may print a minus sign (本年增/减); in every other a lone dash is a
    nil mark.
    """

    unit: str = ""
    scale: Decimal = Decimal(1)
    signed: bool = False


class FormSum(_Part):
    """The ``total`` rows (or columns) add up to what the ``parts`` add up to.

    ``among = "columns"`` holds in every row, ``"rows"`` in every column. ``at_most``: the
    parts do not exceed the total. Ids that an edition lacks are left out of its sum.
    """

    among: Literal["rows", "columns"]
    total: tuple[str, ...]
    parts: tuple[str, ...]
    relation: Literal["equal", "at_most"] = "equal"


class Form(Entry):
    """One block of a statutory table, in its editions (the form years, or a local form's name).

    ``layout``: ``rows`` has a label at the head of each row; ``across`` prints all its values
    in one row below the heads, row by row of the block. ``heads`` are labels that belong to
    the table but name neither a row nor a column, ``headings`` the section titles that stand
    before it and are no part of it.
    """

    table: str
    zh: str
    en: str
    editions: tuple[str, ...]
    layout: Literal["rows", "across"] = "rows"
    rows: tuple[FormRow, ...]
    columns: tuple[FormColumn, ...]
    sums: tuple[FormSum, ...] = ()
    heads: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    def rows_of(self, edition: str) -> tuple[FormRow, ...]:
        """The rows that the edition has, in order."""
        return tuple(row for row in self.rows if not row.editions or edition in row.editions)

    def columns_of(self, edition: str) -> tuple[FormColumn, ...]:
        """The columns that the edition has, in order."""
        return tuple(one for one in self.columns if not one.editions or edition in one.editions)

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """Editions and sums that refer to nothing."""
        parts: tuple[_Labelled, ...] = (*self.rows, *self.columns)
        for part in parts:
            for edition in set(part.editions) - set(self.editions):
                yield f"{part.id}: the form has no edition {edition!r}"
        known = {"rows": {row.id for row in self.rows}, "columns": {one.id for one in self.columns}}
        for rule in self.sums:
            for name in {*rule.total, *rule.parts} - known[rule.among]:
                yield f"{rule.id}: the form has no {rule.among[:-1]} {name!r}"
