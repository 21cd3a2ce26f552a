"""Where the table equations apply: one place for each row or column that they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import Literal

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation, find_sum
from gipr_nlp.catalogue.forms import Form, FormSum
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.reconcile.bonds import Linear, linear
from gipr_nlp.reconcile.operands import ONE, Sum, nothing
from gipr_nlp.reconcile.sheet import Shape

Factors = tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class Place:
    """``equation`` at the row or column ``name``: its two sides as factors and cell references."""

    equation: Equation
    name: str
    is_row: bool
    relation: Literal["equal", "at_most"]
    left: Factors
    right: Factors

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """The cells of both sides."""
        return tuple(ref for _, ref in self.left + self.right)

    @cached_property
    def bond(self) -> Linear:
        """The equation as the localiser sees it where every cell stands for one value."""
        left, right = (
            Sum(tuple((factor, nothing(ref)) for factor, ref in side))
            for side in (self.left, self.right)
        )
        return linear(left, right, at_most=self.relation == "at_most")


@lru_cache(maxsize=64)
def places_of(shape: Shape, catalogue: Catalogue) -> tuple[Place, ...]:
    """Every place of every table equation that has cells on both sides.

    Most reports print the same few forms, so the answers for their shapes are kept.
    """
    found: list[Place] = []
    for equation in catalogue.all(Equation).values():
        if equation.kind != "table":
            continue
        places = (
            _of_sum(equation, shape, catalogue)
            if equation.form_sum is not None
            else _of_sides(equation, shape)
        )
        found += [place for place in places if place.left and place.right]
    return tuple(found)


def _of_sum(equation: Equation, shape: Shape, catalogue: Catalogue) -> Iterator[Place]:
    named = find_sum(catalogue, equation.form_sum or "")
    if named is None:
        return
    form, rule = named
    if not any(table == form.table and one in form.editions for table, one in shape.editions):
        return
    by_rows = rule.among == "rows"
    relation = equation.relation or rule.relation
    for name in shape.columns(form.table) if by_rows else _rows(shape, form):
        total, parts = (
            tuple((ONE, ref) for ref in _refs(form, rule, name, ids) if ref in shape.known)
            for ids in (rule.total, rule.parts)
        )
        sides = (total, parts) if relation == "equal" else (parts, total)
        yield Place(equation, name, not by_rows, relation, *sides)


def _rows(shape: Shape, form: Form) -> list[str]:
    known = {row.id for row in form.rows}
    return [row for row in shape.rows(form.table) if row in known]


def _refs(form: Form, rule: FormSum, name: str, ids: tuple[str, ...]) -> list[str]:
    if rule.among == "rows":
        return [f"{form.table}/{one}/{name}" for one in ids]
    return [f"{form.table}/{name}/{one}" for one in ids]


def _of_sides(equation: Equation, shape: Shape) -> Iterator[Place]:
    pattern = parse_sum(equation.left or "")[0]
    is_row = pattern.row == "{each}"
    known = shape.rows(pattern.table) if is_row else shape.columns(pattern.table)
    editions = {one for table, one in shape.editions if table == pattern.table}
    if equation.forms and not editions & set(equation.forms):
        return
    for name in known:
        if any(fnmatchcase(name, one) for one in equation.each):
            left, right = (_selected(shape, side, name) for side in (equation.left, equation.right))
            yield Place(equation, name, is_row, equation.relation or "equal", left, right)


def _selected(shape: Shape, side: str | None, name: str) -> Factors:
    return tuple(
        (pattern.factor, ref)
        for pattern in parse_sum((side or "").replace("{each}", name))
        for ref in shape.select(pattern)
    )
