"""Slots: each number of a line that may be a figure, with the words that can name it.

A line is cut into clauses by commas and into items by 、 and 和. A number is named by its item
(words before it since the last number or comma, words after it up to the next), or by the clauses
before it that hold no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from gipr_nlp.figures.text.clauses import BLOCK_MARKS, Line, hits_between, telling
from gipr_nlp.figures.text.edges import (
    SHARE,
    before_next,
    clause_start,
    explained,
    lead,
    right_edge,
)
from gipr_nlp.figures.text.lexicon import Hit, Lexicon
from gipr_nlp.records import Quantity

_DIVIDED = regex.compile(r"[\p{Han}]{0,8}?的(?:约|近|超过?|大约)?[\d一二三四五六七八九十百]")
# What is said of all of them names none of them: 3件申请全部为自然人提交.
_WHOLLY = regex.compile(r"(?:全部|均|都|皆)(?:为|是|系|由|通过)")
_ITEMS = regex.compile(
    r"(?:大|单位|部门|平台|渠道|项目|种|类)*(?:合计|总计|共计|相加|之和|共|平台|渠道|途径|自媒体|载体|方式|情形|收件|[\p{Han}]{0,4}分别)"
)
# 涉及17个领域, 26个试点领域标准目录: what is told of, not how much of it.
_FIELDS = regex.compile(
    r"[\p{Han}]{0,3}?(?:领域|方面|环节|维度|层面|板块|版块|模块|目录|部分|章节)"
)
FEW = 12


class Slot(NamedTuple):
    """A number with the words that can name it.

    ``before`` and ``after`` are its own words, ``context`` those of the clauses before it that
    hold no number, ``opens`` tells whether it is the first number of its line; ``name`` is the
    noun that names it, and ``told`` the words, where they stand in a list of their own (分别);
    ``divided`` that a share is taken of it.
    """

    quantity: Quantity
    line: Line
    left: int
    right: int
    clause: int
    context_start: int
    before: tuple[Hit, ...]
    after: tuple[Hit, ...]
    context: tuple[Hit, ...]
    opens: bool
    name: str | None = None
    told: str | None = None
    divided: bool = False


def slots(text: str, line: Line, lexicon: Lexicon) -> list[Slot]:
    """The numbers of a line that may be figures, each with its words."""
    result: list[Slot] = []
    claimed = line.start
    context_start = line.start
    figures = [
        one for one in line.quantities if one.not_figure is None and not counts_items(text, one)
    ]
    for index, quantity in enumerate(figures):
        following = figures[index + 1].start if index + 1 < len(figures) else line.end
        clause = clause_start(text, line, quantity, lexicon)
        left = max(clause, claimed)
        blocks = [m + 1 for m in line.marks if context_start <= m < left and text[m] in BLOCK_MARKS]
        context_start = max([context_start, *blocks])
        before = hits_between(line, left, quantity.start)
        divided = is_divided(text, quantity, before)
        if divided:
            before = _after_share(before)
        named = bool(telling(before))
        right, claimed = right_edge(text, line, quantity, following, named)
        if not named and right == following < line.end:
            right = claimed = before_next(text, line, quantity, following, lexicon)
        if not named and not telling(hits_between(line, quantity.end, right)):
            right = claimed = explained(text, line, quantity, right, following)
            if index == 0 and right == line.end:
                left, before = lead(text, line, left, before, lexicon)
        wholly = None if named else _WHOLLY.search(text, quantity.end, right)
        if wholly is not None:
            right = wholly.start()
        result.append(
            Slot(
                quantity=quantity,
                line=line,
                left=left,
                right=right,
                clause=clause,
                context_start=min(context_start, left),
                before=before,
                after=hits_between(line, quantity.end, right),
                context=hits_between(line, context_start, left)
                if clause > context_start and not divided
                else (),
                opens=index == 0,
                divided=divided,
            )
        )
        context_start = max(right, claimed)
    return result


def next_figure(slot: Slot) -> Quantity | None:
    """The next number of the line that may be a figure."""
    later = (one for one in slot.line.quantities if one.start >= slot.quantity.end)
    return next((one for one in later if one.not_figure is None), None)


def is_divided(text: str, quantity: Quantity, before: Sequence[Hit]) -> bool:
    """Whether a share is taken of the number: 占全部申请140件的25%, 占全年138件申请的72%."""
    taken = any(SHARE in hit.concepts for hit in before)
    return taken and _DIVIDED.match(text, quantity.end) is not None


def _after_share(before: Sequence[Hit]) -> tuple[Hit, ...]:
    last = max(index for index, hit in enumerate(before) if SHARE in hit.concepts)
    return tuple(before[last + 1 :])


def counts_items(text: str, quantity: Quantity) -> bool:
    """Whether the number only counts the items of a list: 三项合计, 四大平台, 17个领域; or what
    something is told of each of: 每10条信息."""
    if text.endswith("每", 0, quantity.start):
        return True
    if quantity.unit == "个" and _FIELDS.match(text, quantity.end):
        return True
    few = quantity.kind == "count" and quantity.value <= FEW and not quantity.text[:1].isdigit()
    return few and bool(_ITEMS.match(text, quantity.end))
