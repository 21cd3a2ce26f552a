"""Subjects whose cue stands behind them: ...位列前三, ...类申请占多数, 土地征收类12件."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from gipr_nlp.figures.topics.cues import Sentence, last_matter
from gipr_nlp.figures.topics.lists import items_of, subjects_of
from gipr_nlp.figures.topics.phrases import Found, subjects
from gipr_nlp.figures.topics.words import TopicWords

_OF_REQUESTS = r"(?:的?(?:政府)?(?:信息)?(?:公开)?申请)"
# A list closed by its cue: ...位列前四, ...类申请占比较大, ...等方面的申请有12件.
_CLOSING = regex.compile(
    rf"(?:等[\p{{Han}}]{{0,6}}?)?(?:的|类|方面|领域)*{_OF_REQUESTS}?(?:数?量)?的?"
    r"(?:合计?|共计?|总)?(?:位列|位居|排名?(?:在|前)|居(?:前|首|第|多)|占[比了]?(?:[较最多大绝据近超约总全半一二两三四五六七八九十]|\d)|数量(?:相当|相近|接近)|[较最更](?:多|为?集中|为?突出|为?常见|大)|为主|次之|再次(?=[，,。；;])|明显增多|增多"
    r"|(?:是|[成仍]?为|依然是|仍是)[^，。；]{0,16}?(?:热点|焦点|高频(?:事项|内容|领域)))"
    rf"|(?:等[\p{{Han}}]{{0,6}}?)?(?:类|方面|领域)+{_OF_REQUESTS}(?=[共有合计约达\d]{{0,2}}\d|数?量?(?:较|最|居|增|占|减|下降|上升|明显|大幅|持续))"
)
# 土地征收类12件: a subject with its count; bare counts (土地征收12件) are subjects only in a list.
_COUNT = regex.compile(
    rf"(?P<kind>类(?:别|型|事项|信息)?{_OF_REQUESTS}?|相关{_OF_REQUESTS}?|{_OF_REQUESTS})?"
    r"[共有合计约达各]{0,2}(?:\d[\d,]*+|[一二两三四五六七八九十])余?多?[件宗条起份]"
)
_OPENING = regex.compile(r"[，,。；;：:？?]")
_BEFORE_COUNT = regex.compile(r"[^，,。；;：:、（）()\n\d]{2,20}$")


def lists_before(text: str, done: int, sentence: Sentence, words: TopicWords) -> Iterator[Found]:
    """The subjects after ``done`` of lists that their cue closes, and of counts.

    Such a list in front of one that a cue opens is its heading (土地类申请居多，主要涉及...) and
    left out: the list itself says more.
    """
    told: int | None = None
    for cue in _CLOSING.finditer(text, done, sentence.end):
        if cue.start() < done:
            continue
        opening = [mark.end() for mark in _OPENING.finditer(text, done, cue.start())]
        items, _ = items_of(text, opening[-1] if opening else done, cue.start())
        found = subjects_of(text, items, words, telling=True)
        flat = [one for those in found for one in those]
        if all(found) and _of_requests(text, told, flat, cue.end(), sentence):
            yield from flat
            done = told = cue.end()
    yield from _counted(text, done, sentence, words)


def _counted(text: str, done: int, sentence: Sentence, words: TopicWords) -> Iterator[Found]:
    """The subjects after ``done`` that stand with their counts."""
    found: list[Found] = []
    kinds = 0
    for count in _COUNT.finditer(text, done, sentence.end):
        name = _BEFORE_COUNT.search(text, done, count.start())
        if name is None or not _counts_requests(text, sentence, count):
            continue
        here = subjects(text, name.span(), words, telling=True)
        found += here
        kinds += bool(here and count["kind"])
    if kinds or len(found) > 1:
        yield from found


def _of_requests(
    text: str, told: int | None, found: list[Found], end: int, sentence: Sentence
) -> bool:
    """Whether a list that its cue closes at ``end`` is of requests.

    ``told``: where an earlier list of requests ends. The sentence may say so before the list,
    behind its subjects or after it; what the subjects are called says nothing.
    """
    asked = last_matter(text, sentence.start if told is None else told, found[0].start)
    if asked is None:
        asked = last_matter(text, found[-1].end, end)
    if asked is None and told is None:
        return sentence.follows or bool(last_matter(text, end, sentence.end))
    return asked is not False


def _counts_requests(text: str, sentence: Sentence, count: regex.Match[str]) -> bool:
    """Whether a count is of requests; without 类 its own sentence has to speak of them before."""
    asked = last_matter(text, sentence.start, count.end())
    if asked is None and count["kind"]:
        return sentence.follows or "申请" in count["kind"]
    return bool(asked)
