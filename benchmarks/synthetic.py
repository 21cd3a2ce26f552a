"""Consistent reports from a seed number: marked narrative and full tables that agree throughout.

They are the ground on which the mutation benchmark plants its slips. Numbers vary from a
township's handful of requests to a city's thousands; wording varies a little, since it is the
arithmetic that is measured here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.forms import Form
from tests.reconcile.builder import COLUMNS, Built

_OUTCOME_WEIGHTS = {"result_granted": 10, "result_partial": 4, "result_unable_not_held": 5}
_GROUPS = {
    "result_denied": ("不予公开", "result_denied_"),
    "result_unable": ("无法提供", "result_unable_"),
    "result_not_processed": ("不予处理", "result_np_"),
}


def consistent_report(seed: int) -> Built:
    """A report in which every equation holds."""
    random = Random(seed)
    form = random.choice(["2019", "2021"])
    table = _requests(random, form)
    groups = _reviews(random)
    proactive = _proactive(random, form)
    text = _narrative(random, table, groups, proactive, form)
    return Built(text, form=form, requests=table, reviews=groups, proactive=proactive)


def _requests(random: Random, form: str) -> dict[str, list[object]]:
    rows = [row.id for row in default_catalogue().all(Form)["requests"].rows_of(form)]
    outcomes = [row for row in rows if row.startswith("result_")]
    size = random.choice([6, 30, 120, 600, 3000])
    table: dict[str, list[object]] = {row: [0] * 7 for row in rows}
    for column in range(6):
        share = {0: 1.0, 1: 0.25, 5: 0.1}.get(column, 0.03)
        answered = random.randint(0, max(1, int(size * share)))
        for _ in range(min(answered, 40)):
            chosen = random.choices(outcomes, [_OUTCOME_WEIGHTS.get(one, 1) for one in outcomes])[0]
            table[chosen][column] += max(1, answered // 40)  # type: ignore[operator]
        total = sum(table[row][column] for row in outcomes)  # type: ignore[misc]
        carried_out = random.randint(0, 1 + total // 12)
        carried_in = random.randint(0, min(total + carried_out, 1 + total // 12))
        table["requests_answered"][column] = total
        table["requests_carried_out"][column] = carried_out
        table["requests_carried_in"][column] = carried_in
        table["requests_new"][column] = total + carried_out - carried_in
    for row in rows:
        table[row][6] = sum(table[row][:6])  # type: ignore[arg-type]
    return table


def _reviews(random: Random) -> dict[str, list[object]]:
    groups: dict[str, list[object]] = {}
    for group in ("review", "direct", "post_review"):
        parts = [random.randint(0, random.choice([0, 3, 40])) for _ in range(4)]
        groups[group] = [*parts, sum(parts)]
    return groups


def _proactive(random: Random, form: str) -> dict[str, list[object]]:
    made, valid = random.randint(0, 40), random.randint(60, 400)
    if form == "2019":
        return {
            "normative": [made, made, valid],
            "permits": [random.randint(50, 300), random.randint(0, 9), random.randint(10, 9000)],
        }
    return {"normative": [made, random.randint(0, 9), valid], "permits": [random.randint(10, 9000)]}


def _narrative(
    random: Random,
    table: dict[str, list[object]],
    groups: dict[str, list[object]],
    proactive: dict[str, list[object]],
    form: str,
) -> str:
    total = {row: int(cells[6]) for row, cells in table.items()}  # type: ignore[call-overload]
    lines = [
        _applicants(table, total),
        _outcomes(random, total, form),
        _reviewed(groups),
        f"制发规范性文件[[{proactive['normative'][0]}件|normative_made]]，"
        f"作出行政许可决定[[{proactive['permits'][-1]}件|permits_decisions]]。",
    ]
    return "\n".join(lines)


def _applicants(table: dict[str, list[object]], total: dict[str, int]) -> str:
    new = total["requests_new"]
    person = int(table["requests_new"][0])  # type: ignore[call-overload]
    return (
        f"2021年收到政府信息公开申请[[{new}件|requests_new|id=new|closed]]，"
        f"上年结转[[{total['requests_carried_in']}件|requests_carried_in]]。其中自然人申请"
        f"[[{person}件|requests_natural_person|part=new|id=person]]{_share(person, new)}，"
        f"法人或其他组织申请[[{new - person}件|requests_legal_entity|part=new]]{_share(new - person, new)}。"
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return ""
    percent = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"，占[[{percent}%|requests_share|share=new]]"


def _outcomes(random: Random, total: dict[str, int], form: str) -> str:
    parts = [
        f"予以公开[[{total['result_granted']}件|result_granted|part=done]]",
        f"部分公开[[{total['result_partial']}件|result_partial|part=done]]",
    ]
    for metric, (words, prefix) in _GROUPS.items():
        value = sum(count for row, count in total.items() if row.startswith(prefix))
        parts.append(f"{words}[[{value}件|{metric}|part=done]]")
    others = ("result_other", "result_correction_lapsed", "result_fee_lapsed", "result_other_rest")
    value = sum(total.get(row, 0) for row in others)
    parts.append(f"其他处理[[{value}件|result_other|part=done]]")
    said = random.choice(["共办结", "本年度答复", "办理答复"])
    return (
        f"{said}[[{total['requests_answered']}件|requests_answered|id=done|closed]]，"
        f"{'，'.join(parts)}；结转下年度继续办理[[{total['requests_carried_out']}件|requests_carried_out]]。"
    )


def _reviewed(groups: dict[str, list[object]]) -> str:
    review, direct, post = (groups[name] for name in ("review", "direct", "post_review"))
    suits = int(direct[4]) + int(post[4])  # type: ignore[call-overload]
    return (
        f"行政复议[[{review[4]}件|reviews_total|id=rev]]，其中维持[[{review[0]}件|reviews_upheld|part=rev]]、"
        f"纠正[[{review[1]}件|reviews_corrected|part=rev]]；行政诉讼[[{suits}件|litigation_total]]。"
    )


__all__ = ["COLUMNS", "consistent_report"]
