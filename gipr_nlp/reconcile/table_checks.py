"""The tables against themselves: the sums that the forms print or imply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Equation, find_sum
from gipr_nlp.catalogue.forms import FormSum
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.bonds import Bond, linear
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result, compare
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Operand, Sum, derived_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Cell

_BLANK_TOTAL = Result("mismatch", "warning")
_UNKNOWN = Result("not_comparable", "note")


@dataclass(frozen=True, slots=True)
class Instance:
    """One equation at one row or column of a sheet; ``unknown`` cells have no value."""

    equation: Equation
    place: str
    left: Sum
    right: Sum
    unknown: tuple[Cell, ...]


def check_tables(sheet: Sheet, catalogue: Catalogue, labels: Labels) -> list[Check]:
    """Every table equation that the sheet has cells for, confronted with them.

    Blank totals whose parts are filled are given the sum of the parts in ``sheet`` first, so
    that one blank is told once and what depends on it can still be compared.
    """
    equations = [one for one in catalogue.all(Equation).values() if one.kind == "table"]
    blanks = _fill_blank_totals(sheet, equations, catalogue)
    checks = [*_blank_findings(blanks, labels)]
    for equation in equations:
        checks += _confront(_instances(equation, sheet, catalogue), labels)
    return checks


def silent_bonds(sheet: Sheet, catalogue: Catalogue) -> Iterator[Bond]:
    """The table equations over zeros and blanks only, which hold and of which nothing is told."""
    for equation in catalogue.all(Equation).values():
        if equation.kind != "table" or equation.relation != "equal":
            continue
        for instance in _instances(equation, sheet, catalogue):
            operands = (*instance.left.operands, *instance.right.operands)
            if not instance.unknown and all(one.value == 0 for one in operands):
                yield linear(instance.left, instance.right)


def _instances(equation: Equation, sheet: Sheet, catalogue: Catalogue) -> Iterator[Instance]:
    if equation.form_sum is not None:
        yield from _form_instances(equation, sheet, catalogue)
        return
    for name in _names(equation, sheet):
        left = sheet.sum_of((equation.left or "").replace("{each}", name))
        right = sheet.sum_of((equation.right or "").replace("{each}", name))
        if left is not None and right is not None:
            yield Instance(equation, name, left[0], right[0], left[1] + right[1])


def _names(equation: Equation, sheet: Sheet) -> list[str]:
    """What ``{each}`` stands for: the rows or columns of the sheet that the equation lists."""
    pattern = parse_sum(equation.left or "")[0]
    known = sheet.rows(pattern.table) if pattern.row == "{each}" else sheet.columns(pattern.table)
    if equation.forms:
        editions = {table.form for table in sheet.tables if table.id == pattern.table}
        known = known if editions & set(equation.forms) else []
    return [name for name in known if any(fnmatchcase(name, one) for one in equation.each)]


def _form_instances(equation: Equation, sheet: Sheet, catalogue: Catalogue) -> Iterator[Instance]:
    found = find_sum(catalogue, equation.form_sum or "")
    if found is None:
        return
    form, rule = found
    by_rows = rule.among == "rows"
    form_rows = {row.id for row in form.rows}
    places = sheet.columns(form.table) if by_rows else sheet.rows(form.table)
    for place in places:
        if not by_rows and place not in form_rows:
            continue
        sides = [_side(sheet, form.table, place, rule, names) for names in (rule.total, rule.parts)]
        (left, one), (right, other) = sides
        if (left.terms and right.terms) or one or other:
            yield Instance(equation, place, left, right, one + other)


def _side(
    sheet: Sheet, table: str, place: str, rule: FormSum, names: Iterable[str]
) -> tuple[Sum, tuple[Cell, ...]]:
    keys = [
        (table, name, place) if rule.among == "rows" else (table, place, name) for name in names
    ]
    cells = [sheet.cells[key] for key in keys if key in sheet.cells]
    known = [sheet.operands[cell.ref] for cell in cells if cell.ref in sheet.operands]
    return Sum.of(*known), tuple(cell for cell in cells if cell.ref not in sheet.operands)


# --- blank totals -------------------------------------------------------------------------


def _fill_blank_totals(
    sheet: Sheet, equations: Iterable[Equation], catalogue: Catalogue
) -> dict[str, list[Operand]]:
    """Gives blank totals the sum of their parts; per equation, the totals that were blank.

    Rows are summed before columns, so that a column of totals left blank is known before the
    grand total is asked for.
    """
    blanks: dict[str, list[Operand]] = {}
    sums = [one for one in equations if one.relation == "equal"]
    for equation in sorted(sums, key=lambda one: _among(one, catalogue) != "columns"):
        for instance in _instances(equation, sheet, catalogue):
            filled = _filled_total(instance, sheet)
            if filled is not None:
                sheet.operands[filled.ref] = filled
                blanks.setdefault(equation.id, []).append(filled)
    return blanks


def _among(equation: Equation, catalogue: Catalogue) -> str | None:
    found = find_sum(catalogue, equation.form_sum or "")
    return found[1].among if found else None


def _filled_total(instance: Instance, sheet: Sheet) -> Operand | None:
    if len(instance.left.terms) != 1 or instance.unknown:
        return None
    total = instance.left.operands[0]
    if not total.implied or total.derived or instance.right.value == 0:
        return None
    cell = sheet.cells[tuple(total.ref.split("/"))]  # type: ignore[index]
    return derived_operand(cell, instance.right.operands)


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


def _confront(instances: Iterable[Instance], labels: Labels) -> Iterator[Check]:
    for instance in instances:
        if instance.unknown:
            yield from _not_comparable(instance, labels)
        elif any(one.value != 0 for one in (*instance.left.operands, *instance.right.operands)):
            yield _compared(instance, labels)


def _not_comparable(instance: Instance, labels: Labels) -> Iterator[Check]:
    """Told only where numbers stand beside the gap: an absent table is told elsewhere."""
    known = (*instance.left.operands, *instance.right.operands)
    if not any(not one.implied for one in known):
        return
    gaps = "、".join(labels.cell(cell.ref) for cell in instance.unknown)
    gaps_en = "; ".join(labels.cell_en(cell.ref) for cell in instance.unknown)
    equation = instance.equation
    yield Check(
        equation.id,
        _UNKNOWN,
        f"无法核对“{equation.zh}”（{_place(instance, labels)}）：{gaps}缺失或不能确定",
        f"cannot check '{equation.en}' ({instance.place}): missing or ambiguous: {gaps_en}",
        instance.left,
        instance.right,
    )


def _compared(instance: Instance, labels: Labels) -> Check:
    left, right, equation = instance.left, instance.right, instance.equation
    if equation.relation == "at_most":
        result = _at_most(left, right, equation)
    else:
        result = _severity(compare(left, right, margin=ZERO), equation)
    sign = {"equal": ("=", "≠"), "at_most": ("≤", ">")}[equation.relation][not result.holds]
    sums = _written_out(left, right, sign)
    holds, holds_en = ("", "") if result.holds else ("不成立", " does not hold")
    if not result.holds and (_all_blank(right) or _all_blank(left)):
        result = _BLANK_TOTAL
    return Check(
        equation.id,
        result,
        f"表格“{_place(instance, labels)}”：{equation.zh}{holds}：{sums}",
        f"table, {_place_en(instance, labels)}: {equation.en}{holds_en}: {sums}",
        left,
        right,
        bond="equal" if equation.relation == "equal" else None,
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
    return labels.row(table, row) if instance.place == row else labels.column(table, column)


def _place_en(instance: Instance, labels: Labels) -> str:
    table, row, column = _first_ref(instance)
    kind = "row" if instance.place == row else "column"
    return f"{table}, {kind} {instance.place.replace('_', ' ')}"


def _first_ref(instance: Instance) -> list[str]:
    return (*instance.left.operands, *instance.right.operands)[0].ref.split("/")
