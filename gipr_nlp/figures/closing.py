"""Totals that close a list: 自然人39件，法人7件，合计46件."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from gipr_nlp.figures.clauses import Slot
from gipr_nlp.figures.drafts import Draft
from gipr_nlp.figures.lexicon import Lexicon

_CLOSES = regex.compile(r"合计|总计|共计|总共|总数|总量|相加|之和|共(?!享|同|有?\d)|累计共")


def closing_total(
    text: str, slot: Slot, said: Sequence[Draft], lexicon: Lexicon
) -> str | None:
    """The metric of a number that sums up the list before it, None where it does not."""
    if not _CLOSES.search(text, slot.left, slot.quantity.start):
        return None
    parts = listed_before(slot, said)
    if len(parts) < 2:
        return None
    wholes = [lexicon.metrics[one.metric].part_of for one in parts if one.metric in lexicon.metrics]
    if len(wholes) < len(parts):
        return None
    common = [whole for whole in wholes[0] if all(whole in others for others in wholes)]
    for whole in common:
        if slot.quantity.unit in lexicon.units(whole):
            return whole
    return None


def listed_before(slot: Slot, said: Sequence[Draft]) -> list[Draft]:
    """The parts right before a closing total: the numbers of its sentence and unit that have no whole."""
    found: list[Draft] = []
    for one in reversed(said):
        if one.slot is None or one.slot.line is not slot.line:
            break
        if one.relation in {"share", "yoy_pct", "yoy_delta"}:
            continue
        if one.unit != slot.quantity.unit or one.parent is not None:
            break
        found.append(one)
    return found[::-1]
