"""The tables against themselves: the sums that the forms print or imply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation
from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.bonds import Bond
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
        told = [
            _instance(place, self.sheet)
            for place in self.places
            if not _is_silent(place, self.sheet)
        ]
        checks = [
            *_blank_findings(self.blanks, self.labels),
            *(_compared(one, self.labels) for one in told if _is_comparable(one)),
            *_not_comparable([one for one in told if one.unknown], self.labels),
        ]
        return checks if self.sheet.primary else [replace(one, bond=None) for one in checks]

    def silent_bonds(self) -> Iterator[Bond]:
        """The equations over zeros and blanks only, which hold and of which nothing is told."""
        for place in self.places:
            is_whole = all(ref in self.sheet.operands for ref in place.refs)
            if place.relation == "equal" and is_whole and _is_silent(place, self.sheet):
                yield place.bond


def _is_silent(place: Place, sheet: Sheet) -> bool:
    """Whether there is nothing but zeros and blanks to compare."""
    return sheet.telling.isdisjoint(place.refs)


def _instance(place: Place, sheet: Sheet) -> Instance:
    operands = sheet.operands
    left, right = (
        Sum(tuple((factor, operands[ref]) for factor, ref in side if ref in operands))
        for side in (place.left, place.right)
    )
    return Instance(place, left, right, tuple(ref for ref in place.refs if ref not in operands))


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
        if total is None or not total.implied or total.derived:
            continue
        if any(ref not in sheet.operands for _, ref in place.right):
            del sheet.operands[total.ref]  # the blank total of what cannot be read is no zero
            continue
        if _is_silent(place, sheet):
            continue
        filled = _filled_total(_instance(place, sheet), sheet)
        if filled is not None:
            sheet.fill(filled)
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


def _is_comparable(instance: Instance) -> bool:
    if instance.unknown:
        return False
    derived = any(one.derived for one in instance.left.operands)
    return not derived or not _is_sum_itself(instance)


def _is_sum_itself(instance: Instance) -> bool:
    """Whether the total was filled in from these very parts, so that there is nothing to compare."""
    (total,) = instance.left.operands if len(instance.left.terms) == 1 else (None,)
    return total is not None and total.derived_from == instance.right.operands


def _not_comparable(instances: Iterable[Instance], labels: Labels) -> Iterator[Check]:
    """What the gaps of a table leave unchecked: one note for all lines with the same gaps.

    Told only where numbers stand beside the gap: an absent table is told elsewhere.
    """
    gaps: dict[tuple[str, bool, tuple[str, ...]], list[Instance]] = {}
    for one in instances:
        if any(not operand.implied for operand in (*one.left.operands, *one.right.operands)):
            gap = tuple(_across(ref, one.place) for ref in one.unknown)
            gaps.setdefault((one.equation.id, one.place.is_row, gap), []).append(one)
    for (_, _, gap), lines in gaps.items():
        yield _gap(lines, gap, labels)


def _across(ref: str, place: Place) -> str:
    """The column of a cell in a row, the row of a cell in a column."""
    _, row, column = ref.split("/")
    return column if place.is_row else row


def _gap(lines: Sequence[Instance], gap: Sequence[str], labels: Labels) -> Check:
    first = lines[0]
    table, is_row = first.unknown[0].split("/")[0], first.place.is_row
    own, other = (labels.row, labels.column) if is_row else (labels.column, labels.row)
    names = "、".join(own(table, one.place.name) for one in lines)
    names_en = ", ".join(labels.row_en(one.place.name) for one in lines)
    gaps = "、".join(other(table, one) for one in gap)
    gaps_en = ", ".join(labels.row_en(one) for one in gap)
    line, line_en = ("行", "row") if is_row else ("列", "column")
    return Check(
        first.equation.id,
        _UNKNOWN,
        f"无法核对表格“{names}”{'各' if len(lines) > 1 else '一'}{line}的“{first.equation.zh}”："
        f"“{gaps}”缺失或不能确定",
        f"cannot check '{first.equation.en}' ({line_en}: {names_en}): missing or ambiguous: {gaps_en}",
        Sum(tuple(term for one in lines for term in one.left.terms)),
        Sum(tuple(term for one in lines for term in one.right.terms)),
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
    return f"{table}, {kind} '{labels.row_en(instance.place.name)}'"


def _first_ref(instance: Instance) -> list[str]:
    return (*instance.left.operands, *instance.right.operands)[0].ref.split("/")
