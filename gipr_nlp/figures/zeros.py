"""Zero in words: 未收到申请, 没有发生行政复议、行政诉讼, 诉讼无一例, 零投诉, 均为零.

A negation makes a figure of value 0 of each metric that the phrase covers. What it denies stands
after it, or before it in the same clause (复议与诉讼皆无).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from gipr_nlp.figures.text.clauses import BLOCK_MARKS, sentences
from gipr_nlp.figures.text.lexicon import Hit, Lexicon, Rule

_VERBS = r"收到|接收|接到|收取|受理|发生|产生|引发|引起|出现|实施|收|有|形成|涉及|被|因|申请|追究|结转|转结|提起|提出|向|制发|制定|印发|新|接|发布|办理|作出|收费|公开过|召开|举办|出台|进行|存在|发现|造成|对(?=[^，,。；;]{1,12}?(?:收取|收费|追究|实施))"
_NEGATION = regex.compile(
    rf"(?:(?:均|皆|都|也|亦|既|尚|从|并)?(?:(?:未|没)(?:有)?(?:因此|曾|再)?(?={_VERBS})|没有|(?<!信息|资料|文件)不存在|无(?!法|正当|障碍|缝|关|偿|论|误|效|序|形|需|须|疑|不(?!予)|私|锡|为|线|害|权|主|烟|纸|条件|证|人机|界|穷|限|息))"
    r"|(?:暂|均|一律)不(?=收取)"
    r"|(?:均|皆|都|全部)?(?:(?<![降减])为|是)零|(?<=[降减][为至到])零|零(?=\p{Han})(?![件条宗起例次元个份人名])|(?:均|皆|都|全)无)"
)
# 无一例申请、无一起投诉: the second says its own zero.
_CLAUSE_END = regex.compile(r"[，,。；;：:！？!?\n（）()]|、(?=[无未没])")
_ITEM = regex.compile(r"、|以及|和|与|及|或者|或")
_CONDITION = regex.compile(r"的[，,、：:]?$|的(?=[，,])|而(?:未|不)")
# 未产生与诉讼有关的支出: what is denied is named after 有关的.
_ABOUT = regex.compile(r"[^，,。；;]{0,4}?(?:与|同)[^，,。；;]{2,24}?(?:有关|相关)的?")
# 未发现不公开的现象: no outcome of a request is denied, but that something went wrong.
_PROBLEMS = regex.compile(
    r"(?:有|任何)?(?:发现|存在|出现)[^，,。；;]{0,40}(?:问题|现象|漏洞|隐患|泄密)"
)
# 没有向申请公开的对象收取费用: whom it was taken from is not what is denied.
_FROM_WHOM = regex.compile(r"[^，,。；;]{0,2}(?:向|对)[^，,。；;]{1,14}?(?=收取|收费|追究|实施)")
_CONCERNS = regex.compile(r"[^，,。；;]{0,2}(?:与|同)\p{Han}")
_SUFFIX = regex.compile(r"(?:案件|情况|事件|情形|现象|问题|行为|事项|件|案|申请|信息|等)*")
# 未产生依申请检索、复印等成本费用: what stands before 等 says which fees.
_SUCH_FEES = regex.compile(r"等(?:[\p{Han}]{0,6}?)(?:费用|收费|支出|成本费)")
_NUMBER = regex.compile(r"\d")
# 由上年3件降为零: the number that fell is another year's.
_FALLEN = regex.compile(r"(?:[由从][^，,。；;\d]{0,8}\d++[件起宗例次]?)?(?:下?降|减)[为至到]$")
_NUMBERING = regex.compile(r"\s*+[（(]?\d{1,2}[、.．）)]")


_FILLING = regex.compile(
    r"发生|产生|一例|一件|例|起|件|宗|报告|出现|收到|接到|收取|过|任何|情况|受理|办理|新增|提出|有|存在|新发案件|新发"
)
CARRY = "carry"
PASSING = frozenset({"action", "time", "mod"})


class Zero(NamedTuple):
    """A phrase that says zero of ``metrics``, at its place in the view."""

    start: int
    end: int
    metrics: tuple[str, ...]


def find_zeros(text: str, lexicon: Lexicon) -> Iterator[Zero]:
    """The phrases of ``text`` that state a zero in words."""
    for start, end in sentences(text):
        if _NEGATION.search(text, start, end):
            yield from _Sentence(text, start, end, lexicon).zeros()


class _Sentence:
    """One sentence with the words of the catalogue in it."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon) -> None:
        self.text, self.start, self.end = text, start, end
        self.lexicon = lexicon
        self.hits = list(lexicon.scan(text, start, end))

    def zeros(self) -> Iterator[Zero]:
        """The zeros of the sentence, in order."""
        done = self.start
        for negation in _NEGATION.finditer(self.text, self.start, self.end):
            if negation.start() < done or self._inside_word(negation):
                continue
            zero = self._after(negation) or self._before(negation)
            if zero is not None:
                yield zero
                done = zero.end

    def _inside_word(self, negation: regex.Match[str]) -> bool:
        """Whether the negation belongs to a word of the catalogue (无法提供, 没有现成信息)."""
        inside = next(self.lexicon.scan(self.text, negation.end(), self.end), None)
        reach = inside.end if inside is not None and inside.start == negation.end() else 0
        return any(
            hit.start <= negation.start() < hit.end
            and hit.end > max(negation.end(), reach - 1)
            and self.lexicon.weight[hit.concepts[0]] > 0
            for hit in self.hits
        )

    def _clause_end(self, place: int) -> int:
        stop = _CLAUSE_END.search(self.text, place, self.end)
        return stop.start() if stop else self.end

    def _between(self, start: int, end: int) -> list[Hit]:
        return [hit for hit in self.hits if start <= hit.start and hit.end <= end]

    def _after(self, negation: regex.Match[str]) -> Zero | None:
        """未收到申请: what is denied stands after the negation."""
        end = self._clause_end(negation.end())
        # 未提供…的, 没有…的: a case that is spoken of, not a number.
        if _CONDITION.search(self.text, negation.end(), end) or _NUMBER.search(
            self.text, negation.end(), end
        ):
            return None
        if _PROBLEMS.match(self.text, negation.end(), end):
            return None
        start = self._object(negation.end(), end)
        hits = list(self.lexicon.scan(self.text, start, end))
        times = [
            h for h in self._between(self.start, negation.start()) if self._roles([h], {"time"})
        ]
        metrics = self._metrics(start, end, hits, self._roles(times[-1:], {"time"}))
        if not metrics:
            return None
        last = max(hit.end for hit in hits if self._counts(hit))
        closed = _SUFFIX.match(self.text, last, end)
        return Zero(negation.start(), closed.end() if closed else last, metrics)

    def _object(self, start: int, end: int) -> int:
        """Where what is denied begins: behind what it only has to do with, if anything is left."""
        whom = _FROM_WHOM.match(self.text, start, end)
        if whom is not None:
            return whom.end()
        if not _CONCERNS.match(self.text, start, end):
            return start
        about = _ABOUT.match(self.text, start, end)
        return about.end() if about else end

    def _before(self, negation: regex.Match[str]) -> Zero | None:
        """行政复议、行政诉讼均为零: what is denied stands before the negation."""
        rest = self.text[negation.end() : self._clause_end(negation.end())].rstrip(". ")
        if _FILLING.sub("", rest):
            return None
        marks = [m.end() for m in _CLAUSE_END.finditer(self.text, self.start, negation.start())]
        clause = max(marks, default=self.start)
        fallen = _FALLEN.search(self.text, clause, negation.start())
        said = fallen.start() if fallen else negation.start()
        for edge in (clause, self._clause_before(clause)):
            numbering = _NUMBERING.match(self.text, edge)
            begin = numbering.end() if numbering else edge
            if _NUMBER.search(self.text, begin, said):
                return None
            metrics = self._metrics(begin, said, self._between(begin, said), set())
            if metrics:
                return Zero(negation.start(), negation.end() + len(rest), metrics)
        return None

    def _clause_before(self, clause: int) -> int:
        """The start of the clause before ``clause``, unless a 。 or ； parts them."""
        if clause <= self.start or self.text[clause - 1] in BLOCK_MARKS:
            return clause
        marks = [m.end() for m in _CLAUSE_END.finditer(self.text, self.start, clause - 1)]
        return max(marks, default=self.start)

    def _metrics(
        self, start: int, end: int, hits: Sequence[Hit], times: set[str]
    ) -> tuple[str, ...]:
        """The metrics that the items of a list name, each by its last object."""
        marks = [mark for mark in _ITEM.finditer(self.text, start, end) if not _cut(mark, hits)]
        if marks and _SUCH_FEES.search(self.text, marks[-1].end(), end):
            start = marks[-1].end()
        edges = [start, *(mark.end() for mark in marks if mark.end() > start), end]
        verbs = self._roles(hits, {"action", "time"}) | times
        objects = self._roles(hits, {"object"})
        found: list[str] = []
        for left, right in pairwise(edges):
            item = [hit for hit in hits if left <= hit.start and hit.end <= right]
            shared = verbs if self._roles(item, {"object"}) else verbs | objects
            found += self._named(item, shared)
        return tuple(dict.fromkeys(found))

    def _named(self, item: Sequence[Hit], shared: set[str]) -> list[str]:
        """The metrics that the last telling word of an item names; what is carried comes first.

        A word for two things (复议诉讼) names the metrics of both.
        """
        said = {concept for hit in item for concept in hit.concepts}
        carried = [hit for hit in item if hit.concepts[0].startswith(CARRY)]
        for hit in [*carried, *reversed(item)]:
            rules = [self._best(concept, said | shared) for concept in hit.concepts]
            fitting = [rule for rule in rules if rule is not None]
            if fitting:
                of_two = len(fitting) == len(self._roles([hit], {"object"}))
                chosen = fitting if of_two else [max(fitting, key=_rank)]
                return [rule.metric for rule in chosen]
            if self._counts(hit) and not self._roles([hit], PASSING):
                return []
        return []

    def _best(self, concept: str, said: set[str]) -> Rule | None:
        rules = self.lexicon.zero_rules.get(concept, ())
        return max((rule for rule in rules if rule.needs <= said), key=_rank, default=None)

    def _roles(self, hits: Sequence[Hit], roles: frozenset[str] | set[str]) -> set[str]:
        return {c for hit in hits for c in hit.concepts if self.lexicon.role[c] in roles}

    def _counts(self, hit: Hit) -> bool:
        return self.lexicon.tells_much(hit.concepts[0])


def _rank(rule: Rule) -> tuple[int, int]:
    return len(rule.needs), -rule.order


def _cut(mark: regex.Match[str], hits: Sequence[Hit]) -> bool:
    """Whether the separator is part of a longer word."""
    return any(
        hit.start <= mark.start()
        and mark.end() <= hit.end
        and hit.end - hit.start > len(mark.group())
        for hit in hits
    )
