"""One cause, one error: failures put together with the changes that would mend them.

Where one change explains several failures, the one that shows it best stays an error and names
the change; the others are blocked by it. Where no change within reach explains them, what
depends on a table that disagrees with itself is blocked, and everything else stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from gipr_nlp.interval import plain
from gipr_nlp.reconcile.bonds import Bond, bond_of, is_growth, operands_of
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.localise import Correction, Localisation, Localiser
from gipr_nlp.reconcile.operands import Operand, figure_operand
from gipr_nlp.reconcile.table_checks import TableAudit
from gipr_nlp.records import Change, Narrative, Repair, Term

_BLOCKED = Result("blocked", "note")
_SAME_CAUSE = ("（与所列错误同出一源，不另计）", " (the same cause as the error named)")
_AT_ODDS = ("（所据表格自身有误，不作结论）", " (the table disagrees with itself there)")
_SLIPS = {
    "transposed": ("数字颠倒", "digits transposed"),
    "dropped_digit": ("漏一位数字", "a digit dropped"),
    "doubled_digit": ("数字重复", "a digit doubled"),
    "off_by_one": ("相差一", "off by one"),
    "one_digit": ("一位数字有误", "one digit wrong"),
    "neighbour": ("误填相邻数", "the neighbour's number"),
    "swapped": ("两数互换", "two numbers swapped"),
    "last_year": ("误用上年数", "last year's number"),
    "left_blank": ("漏填", "left blank"),
    "left_zero": ("误填为零", "left at zero"),
    "shifted": ("整行错列", "the row shifted by one column"),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """The checks with their final outcomes, and repairs that point at them by position."""

    checks: tuple[Check, ...]
    repairs: tuple[tuple[tuple[Change, ...], tuple[int, ...]], ...]


@dataclass(frozen=True)
class Ground:
    """Where changes may be sought: the tables with their equations, and the figures."""

    audits: Sequence[TableAudit]
    narrative: Narrative

    def silent_bonds(self) -> list[Bond]:
        """The equations that hold over zeros and blanks, of which no check is told."""
        return [bond for audit in self.audits for bond in audit.silent_bonds()]

    def operands(self) -> dict[str, Operand]:
        """Every cell that has a value."""
        return {ref: one for audit in self.audits for ref, one in audit.sheet.operands.items()}

    def neighbours(self) -> dict[str, frozenset[Decimal]]:
        """The numbers that stand beside each place: in the next row or column, the next figure."""
        beside: dict[str, set[Decimal]] = {}
        lines = [line for audit in self.audits for line in audit.sheet.lines()]
        figures = [figure_operand(figure) for figure in self.narrative.figures]
        for line in [*lines, figures]:
            for one, other in pairwise(line):
                beside.setdefault(one.ref, set()).add(other.value)
                beside.setdefault(other.ref, set()).add(one.value)
        return {ref: frozenset(values) for ref, values in beside.items()}

    def last_years(self) -> dict[str, frozenset[Decimal]]:
        """For figures of this year, what the narrative says that last year had."""
        before: dict[str, set[Decimal]] = {}
        for figure in self.narrative.figures:
            if figure.period == "last_year":
                before.setdefault(figure.metric, set()).add(figure.value)
        return {
            figure.id: frozenset(before[figure.metric])
            for figure in self.narrative.figures
            if figure.period == "this_year" and figure.metric in before
        }


def settle(checks: Sequence[Check], ground: Ground, labels: Labels) -> Settled:
    """Localises what failed among ``checks`` and lets one error stand for each change."""
    if not any(check.failed for check in checks):
        return Settled(tuple(checks), ())
    bonds = {n: bond for n, check in enumerate(checks) if (bond := _firm_bond(check)) is not None}
    operands = ground.operands()
    operands |= {one.ref: one for n in bonds for one in operands_of(checks[n])}
    localiser = Localiser(
        [*bonds.values(), *ground.silent_bonds()],
        operands,
        _signed(operands) | {bond.percent for bond in bonds.values() if is_growth(bond)},
        ground.neighbours(),
        ground.last_years(),
    )
    place_of = {id(bond): n for n, bond in bonds.items()}
    final = list(checks)
    repairs: list[tuple[tuple[Change, ...], tuple[int, ...]]] = []
    for found in localiser.localise():
        failed = [place_of[id(bond)] for bond in found.violated if id(bond) in place_of]
        if found.sets:
            _attribute(final, failed, found, labels)
            repairs += [(_changes(one), tuple(failed)) for one in found.sets]
        else:
            _block_dependants(final, failed)
    return Settled(tuple(final), tuple(repairs))


def repairs_of(settled: Settled, ids: Mapping[int, str]) -> tuple[Repair, ...]:
    """The repairs as records, with the ids of the findings that they explain."""
    return tuple(
        Repair(changes=changes, explains=tuple(ids[n] for n in explained))
        for changes, explained in settled.repairs
    )


def _firm_bond(check: Check) -> Bond | None:
    """The bond of a check that holds or is an error; what is merely odd binds nothing."""
    bond = bond_of(check)
    if bond is None or check.failed or check.result.holds:
        return bond
    return bond if check.bond == "at_most" and bond.holds(_values(check)) else None


def _signed(operands: Mapping[str, Operand]) -> frozenset[str]:
    return frozenset(
        ref for ref, one in operands.items() if one.value < 0 or ref.endswith("/change")
    )


def _attribute(
    final: list[Check], failed: Sequence[int], found: Localisation, labels: Labels
) -> None:
    """Leaves one error for each cause in the best set; the rest, and what is odd because of it, is blocked."""
    best = found.sets[0]
    changed = {one.operand.ref: one.value for one in best}
    standing: dict[int, list[Correction]] = {}
    for cause in _causes(best):
        showing = [
            (n, one)
            for one in cause
            for n in failed
            if n not in standing and one.operand.ref in _refs(final[n])
        ]
        if showing:
            clearest, _ = min(showing, key=lambda pair: _preference(final[pair[0]], pair[1]))
            standing[clearest] = cause
    evidence = [term for n in failed for term in _evidence(final[n])]
    for n, check in enumerate(final):
        if n in standing:
            tail = _advice(standing[n], found, labels)
            final[n] = replace(
                check,
                message=check.message + tail[0],
                message_en=check.message_en + tail[1],
                notes=check.notes + tuple(evidence),
            )
        elif n in failed or (changed.keys() & check.refs and _mended(check, changed)):
            final[n] = _blocked(check, _SAME_CAUSE)


def _blocked(check: Check, why: tuple[str, str]) -> Check:
    return replace(
        check,
        result=_BLOCKED,
        message=check.message + why[0],
        message_en=check.message_en + why[1],
    )


def _causes(corrections: Iterable[Correction]) -> list[list[Correction]]:
    """The corrections by cause: what is wrong in a cell is wrong by as much in the total of its line."""
    causes: list[list[Correction]] = []
    for one in corrections:
        cause = next((cause for cause in causes if _same_cause(one, cause[0])), None)
        if cause is None:
            causes.append([one])
        else:
            cause.append(one)
    return causes


def _same_cause(one: Correction, other: Correction) -> bool:
    if "cell" not in {one.operand.kind} & {other.operand.kind}:
        return False
    table, row, column = one.operand.ref.split("/")
    table_, row_, column_ = other.operand.ref.split("/")
    in_line = table == table_ and (row == row_ or column == column_)
    return in_line and one.value - one.operand.value == other.value - other.operand.value


def _mended(check: Check, changed: Mapping[str, Decimal]) -> bool:
    """Whether what was odd about ``check`` is gone once the numbers are changed."""
    bond = bond_of(check) if check.result.severity == "warning" else None
    if bond is None:
        return False
    return bond.fits({**_values(check), **changed})


def _values(check: Check) -> dict[str, Decimal]:
    return {one.ref: one.value for one in operands_of(check)}


def _evidence(check: Check) -> Iterable[Term]:
    """The numbers of a failure that say something."""
    return (one.term() for one in check.operands if one.value != 0 or not one.implied)


def _refs(check: Check) -> frozenset[str]:
    return frozenset(one.ref for one in operands_of(check))


def _preference(check: Check, change: Correction) -> tuple[bool, int]:
    """A wrong figure shows best against the table, a wrong cell in the shortest sum of its table."""
    is_narrative = check.equation == "narrative_table"
    is_table = all(one.kind == "cell" for one in check.operands)
    fitting = is_narrative if change.operand.kind == "figure" else is_table
    return not fitting, len([one for one in check.operands if one.value != 0])


def _block_dependants(final: list[Check], failed: Sequence[int]) -> None:
    """Narrative failures over cells on which the table disagrees with itself."""
    tables = [n for n in failed if all(one.kind == "cell" for one in final[n].operands)]
    doubtful = {ref for n in tables for ref in final[n].refs}
    for n in failed:
        if n not in tables and final[n].refs & doubtful:
            final[n] = _blocked(final[n], _AT_ODDS)


def _advice(own: Sequence[Correction], found: Localisation, labels: Labels) -> tuple[str, str]:
    """What would mend an error with the cause ``own``, as the tail of its message."""
    zh = "，且".join(_change_words(one, labels)[0] for one in own)
    en = " and ".join(_change_words(one, labels)[1] for one in own)
    all_, all_en = (
        ("相关等式全部成立", "every equation")
        if len(own) == len(found.sets[0])
        else ("该等式成立", "it")
    )
    others = len(found.sets) - 1
    more = f"（另有 {others} 种改法同样可使等式成立）" if others else ""
    more_en = f" ({others} other change(s) would do as well)" if others else ""
    return f"；若{zh}，{all_}{more}", f"; {all_en} holds if {en}{more_en}"


def _change_words(change: Correction, labels: Labels) -> tuple[str, str]:
    operand = change.operand
    printed, value = operand.text.strip(), _change(change).proposed_as_printed()
    slip = None if _says_nothing(change) else _SLIPS.get(change.slip or "")
    zh_slip, en_slip = (f"（{slip[0]}）", f" ({slip[1]})") if slip else ("", "")
    if operand.kind == "cell":
        name, name_en = (
            f"表格“{labels.cell(operand.ref)}”",
            f"the cell '{labels.cell_en(operand.ref)}'",
        )
    else:
        start, end = operand.start or 0, operand.end or 0
        name, name_en = f"正文“{labels.quoted(start, end)}”", f"'{labels.quoted(start, end)}'"
    was, was_en = (f"由 {printed} ", printed) if printed else ("由空白", "blank")
    return (
        f"{name}{was}改为 {value}{zh_slip}",
        f"{name_en} reads {value} instead of {was_en}{en_slip}",
    )


def _says_nothing(change: Correction) -> bool:
    """One digit of a number that has but one."""
    return change.slip == "one_digit" and len(plain(change.operand.value)) == 1


def _changes(corrections: Iterable[Correction]) -> tuple[Change, ...]:
    return tuple(map(_change, corrections))


def _change(one: Correction) -> Change:
    return Change(
        ref=one.operand.ref,
        printed=one.operand.text.strip(),
        proposed=plain(one.value),
        slip=one.slip,
    )
