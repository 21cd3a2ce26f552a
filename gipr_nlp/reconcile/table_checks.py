"""The tables against themselves: the sums that the forms print or imply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation
from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.bonds import Bond, linear
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result, compare
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Operand, Sum, derived_operand
from gipr_nlp.reconcile.places import Place, places_of
from gipr_nlp.reconcile.sheet import Sheet

_BLANK_TOTAL = Result("mismatch", "warning")
_UNKNOWN = Result("not_comparable", "note")


@dataclass(frozen=True, slots=True)
class Instance:
    """One equation at one row or column of a sheet; ``unknown`` are cells without a value."""

    place: Place
    left: Sum
    right: Sum
    unknown: tuple[str, ...]

    @property
    def equation(self) -> Equation:
        """The equation."""
        return self.place.equation


class TableAudit:
    """The table equations of one sheet.

    Blank totals whose parts are filled are given the sum of the parts in ``sheet`` at once, so
    that one blank is told once and what depends on it can still be compared.
    """

    def __init__(self, sheet: Sheet, catalogue: Catalogue, labels: Labels) -> None:
        self.sheet = sheet
        self.labels = labels
        self.places = places_of(sheet.shape, catalogue)
        self.blanks = _fill_blank_totals(sheet, self.places)

    def checks(self) -> list[Check]:
        """Every equation that says something, confronted with the cells."""
        checks = [*_blank_findings(self.blanks, self.labels)]
        for place in self.places:
            if not _is_silent(place, self.sheet):
                checks += _confront(_instance(place, self.sheet), self.labels)
        return checks if self.sheet.primary else [replace(one, bond=None) for one in checks]

    def silent_bonds(self) -> Iterator[Bond]:
        """The equations over zeros and blanks only, which hold and of which nothing is told."""
        for place in self.places:
            if place.relation == "equal" and _is_silent(place, self.sheet):
                instance = _instance(place, self.sheet)
                if not instance.unknown:
                    yield linear(instance.left, instance.right)


def _is_silent(place: Place, sheet: Sheet) -> bool:
    """Whether there is nothing but zeros and blanks to compare."""
    operands = sheet.operands
    return not any(
        (operand := operands.get(ref)) is not None and operand.value != 0 for _, ref in place.terms
    )


def _instance(place: Place, sheet: Sheet) -> Instance:
    operands = sheet.operands
    left, right = (
        Sum(tuple((factor, operands[ref]) for factor, ref in side if ref in operands))
        for side in (place.left, place.right)
    )
    return Instance(place, left, right, tuple(ref for _, ref in place.terms if ref not in operands))


# --- blank totals -------------------------------------------------------------------------


def _fill_blank_totals(sheet: Sheet, places: Sequence[Place]) -> dict[str, list[Operand]]:
    """Gives blank totals the sum of their parts; per equation, the totals that were blank.

    Rows are summed before columns, so that a column of totals left blank is known before the
    grand total is asked for.
    """
    blanks: dict[str, list[Operand]] = {}
    single = [one for one in places if one.relation == "equal" and len(one.left) == 1]
    for place in sorted(single, key=lambda one: not one.is_row):
        total = sheet.operands.get(place.left[0][1])
        if total is None or not total.implied or total.derived or _is_silent(place, sheet):
            continue
        filled = _filled_total(_instance(place, sheet), sheet)
        if filled is not None:
            sheet.operands[filled.ref] = filled
            blanks.setdefault(place.equation.id, []).append(filled)
    return blanks


def _filled_total(instance: Instance, sheet: Sheet) -> Operand | None:
    if instance.unknown or instance.right.value == 0:
        return None
    total = instance.left.operands[0]
    return derived_operand(sheet.cells[total.ref], instance.right.operands)


def _blank_findings(blanks: dict[str, list[Operand]], labels: Labels) -> Iterator[Check]:
    for equation, totals in blanks.items():
        names = "、".join(labels.cell(one.ref) for one in totals)
        names_en = "; ".join(labels.cell_en(one.ref) for one in totals)
        sums = "、".join(one_sum.total() for one_sum in map(Sum.of, totals))
        yield Check(
            equation,
            _BLANK_TOTAL,
            f"总计未填而各部分有数：{names}；按各部分计算应为 {sums}",
            f"totals left blank although their parts are filled: {names_en}; the parts add up to "
            f"{sums.replace('、', ', ')}",
            Sum.of(*totals),
            Sum.of(*totals),
        )


# --- confrontation ------------------------------------------------------------------------


def _confront(instance: Instance, labels: Labels) -> Iterator[Check]:
    if instance.unknown:
        yield from _not_comparable(instance, labels)
    elif not any(one.derived for one in instance.left.operands) or not _is_sum_itself(instance):
        yield _compared(instance, labels)


def _is_sum_itself(instance: Instance) -> bool:
    """Whether the total was filled in from these very parts, so that there is nothing to compare."""
    (total,) = instance.left.operands if len(instance.left.terms) == 1 else (None,)
    return total is not None and total.derived_from == instance.right.operands


def _not_comparable(instance: Instance, labels: Labels) -> Iterator[Check]:
    """Told only where numbers stand beside the gap: an absent table is told elsewhere."""
    known = (*instance.left.operands, *instance.right.operands)
    if not any(not one.implied for one in known):
        return
    gaps = "、".join(labels.cell(ref) for ref in instance.unknown)
    gaps_en = "; ".join(labels.cell_en(ref) for ref in instance.unknown)
    equation = instance.equation
    yield Check(
        equation.id,
        _UNKNOWN,
        f"无法核对表格{_place(instance, labels)}的“{equation.zh}”：{gaps}缺失或不能确定",
        f"cannot check '{equation.en}' ({instance.place.name}): missing or ambiguous: {gaps_en}",
        instance.left,
        instance.right,
    )


def _compared(instance: Instance, labels: Labels) -> Check:
    left, right, equation = instance.left, instance.right, instance.equation
    if instance.place.relation == "at_most":
        result = _at_most(left, right, equation)
    else:
        result = _severity(compare(left, right, margin=ZERO), equation)
    sign = {"equal": ("=", "≠"), "at_most": ("≤", ">")}[instance.place.relation][not result.holds]
    sums = _written_out(left, right, sign)
    holds, holds_en = ("成立", "holds") if result.holds else ("不成立", "does not hold")
    if not result.holds and (_all_blank(right) or _all_blank(left)):
        result = _BLANK_TOTAL
    return Check(
        equation.id,
        result,
        f"表格{_place(instance, labels)}，“{equation.zh}”{holds}：{sums}",
        f"table, {_place_en(instance, labels)}: '{equation.en}' {holds_en}: {sums}",
        left,
        right,
        bond=instance.place.relation,
    )


def _all_blank(side: Sum) -> bool:
    return all(one.implied and not one.derived for one in side.operands)


def _at_most(left: Sum, right: Sum, equation: Equation) -> Result:
    low, high = left.interval.low, right.interval.high
    if low is not None and high is not None and low > high:
        return Result("mismatch", equation.severity)
    return Result("exact", "ok")


def _severity(result: Result, equation: Equation) -> Result:
    if result.severity == "error":
        return Result(result.outcome, equation.severity)
    return result


def _written_out(left: Sum, right: Sum, sign: str) -> str:
    """``258 ≠ 272 + 3 = 275``; with sums on both sides ``251 + 13 ≠ 205 + 14 (264 ≠ 219)``."""
    one, other = left.arithmetic(), right.arithmetic()
    total, other_total = left.total(), right.total()
    written = f"{one} {sign} {other}"
    if one != total:
        return f"{written} ({total} {sign} {other_total})"
    return written + (f" = {other_total}" if other != other_total else "")


def _place(instance: Instance, labels: Labels) -> str:
    table, row, column = _first_ref(instance)
    if instance.place.is_row:
        return f"“{labels.row(table, row)}”一行"
    return f"“{labels.column(table, column)}”一列"


def _place_en(instance: Instance, labels: Labels) -> str:
    table, _, _ = _first_ref(instance)
    kind = "row" if instance.place.is_row else "column"
    return f"{table}, {kind} {instance.place.name.replace('_', ' ')}"


def _first_ref(instance: Instance) -> list[str]:
    return (*instance.left.operands, *instance.right.operands)[0].ref.split("/")
