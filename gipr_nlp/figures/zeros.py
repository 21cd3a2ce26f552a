"""Zero in words: 未收到申请, 没有发生行政复议、行政诉讼, 诉讼无一例, 零投诉, 均为零.

A negation makes a figure of value 0 of each metric that the phrase covers. What it denies stands
after it, or before it in the same clause (复议与诉讼皆无).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from gipr_nlp.figures.clauses import BLOCK_MARKS, sentences
from gipr_nlp.figures.lexicon import Hit, Lexicon, Rule

_VERBS = (
    r"收到|接收|接到|收取|受理|发生|产生|引发|引起|出现|实施|收|有|形成|涉及|被|因|申请|追究|结转|转结|提起|提出|向|制发|制定|新|接|发布|办理|作出|收费|公开过|召开|举办|出台|进行|存在|发现|造成"
)
_NEGATION = regex.compile(
    rf"(?:(?:均|皆|都|也|亦|既|尚|从|并)?(?:(?:未|没)(?:有)?(?:因此|曾|再)?(?={_VERBS})|没有|不存在|无(?!法|正当|障碍|缝|关|偿|论|误|效|序|形|需|须|疑|不|私|锡|为|线|害|权|主|烟|纸|条件|证|人机|界|穷|限|息))"
    r"|(?:均|皆|都|全部)?(?:为|是)零|零(?=\p{Han})(?![件条宗起例次元个份人名])|(?:均|皆|都|全)无)"
)
_CLAUSE_END = regex.compile(r"[，,。；;：:！？!?\n（）()]")
_ITEM = regex.compile(r"、|以及|和|与|及|或者|或")
_CONDITION = regex.compile(r"的[，,、：:]?$|的(?=[，,])")
_SUFFIX = regex.compile(r"(?:案件|情况|事件|情形|现象|问题|行为|事项|件|案|申请|信息|等)*")
_NUMBER = regex.compile(r"\d")


CARRY = "carry"
PASSING = frozenset({"action", "time", "mod"})


@dataclass(frozen=True, slots=True)
class Zero:
    """A phrase that says zero of ``metrics``, at its place in the view."""

    start: int
    end: int
    metrics: tuple[str, ...]


def find_zeros(text: str, lexicon: Lexicon) -> Iterator[Zero]:
    """The phrases of ``text`` that state a zero in words."""
    for start, end in sentences(text):
        if not _NEGATION.search(text, start, end):
            continue
        hits = list(lexicon.scan(text, start, end))
        done = start
        for negation in _NEGATION.finditer(text, start, end):
            if negation.start() < done or _inside_word(negation, hits, lexicon):
                continue
            zero = _zero(text, start, end, negation, hits, lexicon)
            if zero is not None:
                yield zero
                done = zero.end


def _inside_word(negation: regex.Match[str], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether the negation belongs to a word of the catalogue (无法提供, 没有现成信息)."""
    return any(
        hit.start <= negation.start() < hit.end
        and hit.end > negation.end()
        and lexicon.weight[hit.concepts[0]] > 0
        for hit in hits
    )


def _zero(
    text: str,
    start: int,
    end: int,
    negation: regex.Match[str],
    hits: Sequence[Hit],
    lexicon: Lexicon,
) -> Zero | None:
    stop = _CLAUSE_END.search(text, negation.end(), end)
    clause_end = stop.start() if stop else end
    after = [h for h in hits if negation.end() <= h.start and h.end <= clause_end]
    if not _is_condition(text, negation.end(), clause_end):
        times = [h for h in hits if start <= h.start and h.end <= negation.start()]
        near = [h for h in times if "time" in {lexicon.role[c] for c in h.concepts}]
        metrics = _metrics(text, negation.end(), clause_end, after, lexicon, near[-1:])
        if metrics:
            last = max(h.end for h in after if _counts(h, lexicon))
            closed = _SUFFIX.match(text, last, clause_end)
            return Zero(negation.start(), closed.end() if closed else last, metrics)
    return _before(text, start, negation, clause_end, hits, lexicon)


def _is_condition(text: str, start: int, end: int) -> bool:
    """未提供…的, 没有…的: a case that is spoken of, not a number."""
    return bool(_CONDITION.search(text, start, end)) or bool(_NUMBER.search(text, start, end))


def _before(
    text: str,
    start: int,
    negation: regex.Match[str],
    clause_end: int,
    hits: Sequence[Hit],
    lexicon: Lexicon,
) -> Zero | None:
    """行政复议、行政诉讼均为零: what is denied stands before the negation."""
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, start, negation.start())), default=start)
    rest = text[negation.end() : clause_end]
    if regex.sub(_FILLING, "", rest):
        return None
    for begin in (clause, _clause_before(text, start, clause)):
        near = [h for h in hits if begin <= h.start and h.end <= negation.start()]
        if _NUMBER.search(text, begin, negation.start()):
            return None
        metrics = _metrics(text, begin, negation.start(), near, lexicon)
        if metrics:
            return Zero(negation.start(), negation.end() + len(rest), metrics)
    return None


_FILLING = r"发生|产生|一例|一件|例|起|件|宗|报告|出现|收到|接到|收取|过|任何|情况|受理|办理|新增|提出|有|存在"


def _clause_before(text: str, start: int, clause: int) -> int:
    """The start of the clause before ``clause``, unless a 。 or ； parts them."""
    if clause <= start or text[clause - 1] in BLOCK_MARKS:
        return clause
    marks = [m.end() for m in _CLAUSE_END.finditer(text, start, clause - 1)]
    return max(marks, default=start)


def _metrics(
    text: str,
    start: int,
    end: int,
    hits: Sequence[Hit],
    lexicon: Lexicon,
    times: Sequence[Hit] = (),
) -> tuple[str, ...]:
    """The metrics that the items of a list name, each by its last object."""
    edges = [start, *(m.end() for m in _ITEM.finditer(text, start, end) if not _cut(m, hits)), end]
    verbs = _of_roles((*hits, *times), {"action", "time"}, lexicon)
    objects = _of_roles(hits, {"object"}, lexicon)
    found: list[str] = []
    for left, right in zip(edges, edges[1:], strict=False):
        item = [h for h in hits if left <= h.start and h.end <= right]
        shared = verbs if _of_roles(item, {"object"}, lexicon) else verbs | objects
        rule = _rule(item, shared, lexicon)
        if rule is not None and rule.metric not in found:
            found.append(rule.metric)
    return tuple(found)


def _cut(mark: regex.Match[str], hits: Sequence[Hit]) -> bool:
    return any(hit.start <= mark.start() and mark.end() <= hit.end and hit.end - hit.start > len(mark.group()) for hit in hits)


def _of_roles(hits: Sequence[Hit], roles: set[str], lexicon: Lexicon) -> set[str]:
    return {c for hit in hits for c in hit.concepts if lexicon.role[c] in roles}


def _rule(item: Sequence[Hit], shared: set[str], lexicon: Lexicon) -> Rule | None:
    """The rule that the last telling word of an item decides; what is carried comes first."""
    said = {concept for hit in item for concept in hit.concepts}
    carried = [hit for hit in item if hit.concepts[0].startswith(CARRY)]
    for hit in [*carried, *reversed(item)]:
        fitting = [
            rule
            for concept in hit.concepts
            for rule in lexicon.zero_rules.get(concept, ())
            if rule.needs <= said | shared
        ]
        if fitting:
            return max(fitting, key=lambda rule: (len(rule.needs), -rule.order))
        if _counts(hit, lexicon) and not {lexicon.role[c] for c in hit.concepts} & PASSING:
            return None
    return None


def _counts(hit: Hit, lexicon: Lexicon) -> bool:
    return lexicon.weight[hit.concepts[0]] > 5
