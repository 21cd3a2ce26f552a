"""Totals that close a list: 自然人39件，法人7件，合计46件."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.text.clauses import Line
from gipr_nlp.figures.text.lexicon import PART, Lexicon
from gipr_nlp.figures.text.slots import Slot

CLOSES = regex.compile(
    r"合计|总计|共计|总共|总数|总量|相加|之和|应办|(?<![公中])共(?!享|同|和|建|青|产|富|治|识|性|商|促)"
)

# Words for the total of one thing (信息发布总量506条) as well as of a list.
OWN_TOTALS = frozenset({"总数", "总量", "共", "共计", "总共"})
_KINDS = (frozenset({"人", "名", "位"}), frozenset({"次", "人次"}))


def closing_total(text: str, slot: Slot, said: Sequence[Draft], lexicon: Lexicon) -> str | None:
    """The metric of a number that sums up the list before it, None where it does not."""
    if not CLOSES.search(text, slot.left, slot.quantity.start):
        return None
    parts = _list_before(slot, said)
    kinds = {one.metric for one in parts[-2:]}
    if len(parts) > 1 and len(kinds) == 1 and _are_places(parts[-2:]):
        return parts[-1].metric.removesuffix(PART)
    ranks: dict[str, int] = {}
    count = 0
    for part in reversed(parts):
        wholes = {one: rank for rank, one in enumerate(_wholes(part.metric, lexicon))}
        shared = {one: max(ranks.get(one, 0), wholes[one]) for one in wholes if one in ranks}
        shared = shared if count else wholes
        if not shared:
            break
        ranks, count = shared, count + 1
    nearest = sorted(ranks, key=lambda one: ranks[one])
    fitting = (one for one in nearest if slot.quantity.unit in {*lexicon.units(one), ""})
    return next(fitting, None) if count >= 2 else None


def _wholes(metric: str, lexicon: Lexicon) -> list[str]:
    """What ``metric`` is part of, and what that is part of in turn, the nearest first."""
    found: dict[str, None] = {}
    waiting = [metric]
    while waiting:
        row = lexicon.metrics.get(waiting.pop(0))
        new = [one for one in (row.part_of if row is not None else ()) if one not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return list(found)


def _are_places(parts: Sequence[Draft]) -> bool:
    """Whether the numbers are of several offices or quarters."""
    return all(one.scope is not None or one.metric.endswith(PART) for one in parts)


def closes_others(text: str, slot: Slot, said: Sequence[Draft]) -> bool:
    """Whether the number sums up a list whose sum the catalogue has no name for."""
    found = CLOSES.search(text, slot.left, slot.quantity.start)
    return bool(found) and len({one.metric for one in _list_before(slot, said)}) > 1


def listed_before(total: Draft, said: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """The parts that ``total`` closes, first to last."""
    if total.slot is None:
        return []
    parts: list[Draft] = []
    for part in reversed(_list_before(total.slot, said)):
        row = lexicon.metrics.get(part.metric)
        named = row is not None and total.metric in row.part_of
        if not named and part.metric != total.metric + PART:
            break
        parts.append(part)
    return parts[::-1] if len(parts) >= 2 else []


def _list_before(slot: Slot, said: Sequence[Draft]) -> list[Draft]:
    """The counts before ``slot`` in its line that are in its unit and no part of anything yet.

    A total that opens its sentence (。总计209件) closes the list of the sentence before.
    """
    found: list[Draft] = []
    line: Line | None = slot.line
    if slot.opens and said and said[-1].slot is not None:
        line = _outer_line(said)
    for one in reversed(said):
        if line is None or one.slot is None:
            break
        stands = _stands_in(one.slot)
        if stands.host is not None and line.host is None:
            continue
        if stands is not line:
            break
        if one.relation in {"share", "yoy_pct", "yoy_delta"}:
            continue
        if one.parent is not None and _stands_inside(one):
            continue
        if not _alike(slot.quantity.unit, one.unit) or one.parent is not None:
            break
        found.append(one)
    return found[::-1]


def _stands_inside(part: Draft) -> bool:
    """Whether a part belongs to an item of its sentence's list: 审结34件，其中维持28件；在审6件."""
    whole = part.parent
    return whole is not None and whole.sentence == part.sentence and whole.start < part.start


def _stands_in(slot: Slot) -> Line:
    """The line of a number; one in the bracket of its share (占61%（27件）) stands beside it."""
    line = slot.line
    beside = line.host is not None and line.host.kind == "percent" and line.outer is not None
    return line.outer if beside and line.outer is not None else line


def _alike(unit: str, other: str) -> bool:
    """Whether two measure words count the same kind of thing (名 and 人)."""
    return unit == other or "" in {unit, other} or any({unit, other} <= kind for kind in _KINDS)


def _outer_line(said: Sequence[Draft]) -> Line | None:
    """The line of the last number that stands in no bracket."""
    slots = (one.slot for one in reversed(said) if one.slot is not None)
    return next((slot.line for slot in slots if slot.line.host is None), None)
