"""What a year carried out against what the next one carried in, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.operands import Operand, Sum
from gipr_nlp.reconcile.years.report import YearReport

_MISMATCH = Result("mismatch", "error")


class _Carried(NamedTuple):
    """One column: what left the one year and what came into the next."""

    column: str
    out: Operand
    into: Operand


def check_carried(before: YearReport, after: YearReport) -> Iterator[Check]:
    """One finding for the whole row, where both reports have it and it is not empty."""
    pairs = list(_pairs(before, after))
    wrong = [one for one in pairs if one.out.value != one.into.value]
    if wrong:
        yield _wrong(wrong, pairs, before, after)
    elif any(one.out.value for one in pairs):
        yield Check(
            "carried_over",
            Result("exact", "ok"),
            "上年结转下年度与本年上年结转逐列相同",
            "what was carried out is what was carried in, column by column",
            Sum.of(*(before.told(one.out) for one in pairs)),
            Sum.of(*(after.told(one.into) for one in pairs)),
        )


def _pairs(before: YearReport, after: YearReport) -> Iterator[_Carried]:
    for column in after.sheet.shape.columns("requests"):
        out = before.cell(f"requests/requests_carried_out/{column}")
        into = after.cell(f"requests/requests_carried_in/{column}")
        if out is not None and into is not None:
            yield _Carried(column, out, into)


def _wrong(
    wrong: Sequence[_Carried], pairs: Sequence[_Carried], before: YearReport, after: YearReport
) -> Check:
    names = "；".join(
        f"{after.labels.column('requests', one.column)} {_shown(one.out)} ≠ {_shown(one.into)}"
        for one in wrong
    )
    names_en = "; ".join(
        f"{one.column.replace('_', ' ')} {_shown(one.out)} ≠ {_shown(one.into)}" for one in wrong
    )
    hint, hint_en = _hint(wrong, pairs, before)
    return Check(
        "carried_over",
        Result("blocked", "note") if _doubtful(wrong, before, after) else _MISMATCH,
        f"{before.year}年结转下年度与{after.year}年上年结转不符：{names}{hint}",
        f"carried out of {before.year} is not what was carried into {after.year}: "
        f"{names_en}{hint_en}",
        Sum.of(*(before.told(one.out) for one in wrong)),
        Sum.of(*(after.told(one.into) for one in wrong)),
    )


def _hint(
    wrong: Sequence[_Carried], pairs: Sequence[_Carried], before: YearReport
) -> tuple[str, str]:
    """How it may have come about: the numbers in other columns, or those of the year before."""
    if sorted(one.out.value for one in pairs) == sorted(one.into.value for one in pairs):
        return "（数字相同而列不同，疑为错列）", " (the same numbers in other columns)"
    last = [before.cell(f"requests/requests_carried_in/{one.column}") for one in wrong]
    same = (
        one is not None and one.value == pair.into.value
        for one, pair in zip(last, wrong, strict=True)
    )
    if all(same) and any(one.into.value for one in wrong):
        return (
            f"（与{before.year}年的“上年结转”相同，疑为沿用上年数）",
            f" (what was carried into {before.year}, printed again)",
        )
    return "", ""


def _doubtful(wrong: Sequence[_Carried], before: YearReport, after: YearReport) -> bool:
    """Whether either report contradicts itself in these very cells."""
    return any(one.out.ref in before.doubtful or one.into.ref in after.doubtful for one in wrong)


def _shown(operand: Operand) -> str:
    return operand.text.strip() or "空白"
