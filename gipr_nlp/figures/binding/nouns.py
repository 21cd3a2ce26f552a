"""Nouns that the catalogue does not know, and what stands right before a number tells by them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from gipr_nlp.figures.text.lexicon import FILLER, INFORMATION, Hit
from gipr_nlp.figures.text.slots import Slot

DOCUMENT = "文件"
STOP = "none"
_OFFICE = regex.compile(r"政府|[局委办厅级区县市镇]$|中央|上级|国务院")
_MARKS = '“”"：: 、，,-—《》'
_LAST_FILLERS = "共达为约近超逾的了各均仅只有是等"
_CONTENT = regex.compile(r"[\p{Han}A-Za-z]")


def head_name(text: str, slot: Slot) -> str:
    """The unknown noun right before the number (or right after it), "" where there is none."""
    if slot.name is not None:
        return slot.name
    holes = [end for _, end in slot.line.holes if slot.left <= end <= slot.quantity.start]
    told = [hit.end for hit in slot.before if hit.concepts[0] not in {FILLER, STOP}]
    numbers = [one.end for one in slot.line.quantities if one.end <= slot.quantity.start]
    edge = max([slot.left, slot.line.start, *holes, *told, *numbers])
    name = _without_fillers(text, edge, slot.quantity.start, slot.before)
    if name or slot.before or slot.after:
        return name
    return _without_fillers(text, slot.quantity.end, slot.right, slot.after)


def _without_fillers(text: str, start: int, end: int, hits: Sequence[Hit]) -> str:
    """What stands between ``start`` and ``end`` when the fillers at both ends are taken off."""
    for hit in hits:
        if hit.concepts[0] == STOP:
            continue
        if text[start : hit.start].strip(_MARKS) == "" and start <= hit.start:
            start = max(start, hit.end)
    for hit in reversed(hits):
        if hit.concepts[0] == STOP or _ends_a_noun(text, hit):
            continue
        if hit.start >= start and text[hit.end : end].strip(_MARKS) == "":
            end = min(end, hit.start)
    name = text[start:end].strip(_MARKS)
    return name if len(_CONTENT.findall(name)) >= 2 else ""


def _ends_a_noun(text: str, hit: Hit) -> bool:
    """Whether a filler of one character may be the end of a noun (基本, 行为)."""
    return hit.end - hit.start == 1 and text[hit.start] not in _LAST_FILLERS


def is_kind(text: str, slot: Slot) -> bool:
    """Whether a noun that the catalogue does not know says what kind of information is counted."""
    told = [hit for hit in slot.before if hit.concepts[0] not in {FILLER, STOP}]
    if not told or slot.name is not None:
        return False
    last = told[-1]
    edge = max([slot.left, *(hit.end for hit in told[:-1])])
    run = text[edge : last.start]
    if text[last.start : last.end] == DOCUMENT and not _OFFICE.search(run):
        return bool(_without_fillers(text, edge, last.start, slot.before))
    # 各类气象信息 is all of it, 各类市场数据 one kind.
    whole = "各类" in run and text.endswith("信息", 0, last.end)
    if INFORMATION not in last.concepts or whole or "、" in run or "等" in run:
        return False
    if run.endswith(("各类", "的")):
        return False
    end = last.start - 2 if run.endswith(("有关", "相关")) else last.start
    return bool(_without_fillers(text, edge, end, slot.before))
