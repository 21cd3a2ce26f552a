"""What the requests were about: 申请内容主要涉及土地征收、房屋拆迁等方面.

Only lists about requests count: what people enquired about, or what proposals dealt with, is
told in the same words and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import Topic
from gipr_nlp.figures.clauses import sentences
from gipr_nlp.figures.lexicon import trie_pattern

SHORTEST, LONGEST = 2, 16
# Cues that speak of what was asked, wherever they stand near the requests ...
_CONTENT = regex.compile(
    r"(?:内容|事项|诉求|热点|问题|来件|申请)[^，,。；;：:]{0,8}?(?:涉及|围绕|集中(?:在|于|为)?|包括|包含|有关|是|为|多?与|[：:])"
    r"|(?:内容|事项|诉求)(?:而言|来看|看)，[^，,。；;：:]{0,8}?(?:涉及|围绕|集中(?:在|于|为)?|是|为|多?与)"
    r"|申请(?:人)?(?:最|普遍|主要|大多|多)?(?:关心|关注|关于)(?:的是)?|(?:内容|诉求)以(?=[^，。]{2,40}为主)|申请[^，。；]{0,10}领域(?:是|为)"
    r"|申请事项[：:]"
)
# ... and cues that do so only after 申请 in their sentence.
_ASKED = regex.compile(
    r"(?:主要|大多|多数?|普遍|其中|分别|另有)?(?:涉及|询问|集中(?:在|于)|散见于|分散在|问的是|系咨询|咨询)|(?:大多|主要|多)围绕"
    r"|要求(?:公开|提供|查阅|查询|获取)|(?:多|主要)(?:是|为|申请|询问)与?|最多的?是|其次是|想弄清的，?是|(?:关注|前列|前茅)[^，,。]{0,6}?是"
    r"|属(?=[^，。；]{2,10}类)|与(?=[^，,。；;]{2,24}(?:有关|相关))"
)
_LEADING = regex.compile(r"(?:位列|位居|排名?|居)[前列第]|占比较大|占比最|类申请")
_MARKS = regex.compile(r"[，,。；;：:？！\n]")
_REQUEST = regex.compile(r"申请(?!人?(?:表|流程|渠道|平台|入口|条件|复议))|来件")
_OTHER_MATTER = regex.compile(r"咨询|建议|提案|留言|热线|来电|信箱|投诉|复议|诉讼|栏目|解读|访谈")
_STOP = regex.compile(
    r"[。；;！？\n]|，(?=[^、，。；]*(?:\d|均|已|全部|占|依法|按期|按时|都|其余))"
)
_SEPARATOR = regex.compile(r"[、，,；;]|以及|和|与|及|或|\d+[件宗条起]")
_HEAD = regex.compile(
    r"^(?:[：:\s]|[一二三四五]是|(?:主要|大多|分别|涉及|围绕|有关|关于|对|在|为|是|于|展开|另有|少数|询问|咨询|其中|了|的|等|其次是)|(?:要求)?(?:公开|提供|查阅|查询))+"
)
_TAIL = regex.compile(
    r"(?:(?:等|之类)[\p{Han}]{0,10}|的(?:申请|信息|问题|占|内容)?[\p{Han}]*|(?:方面|领域|类|事项|问题)(?:的?信息)?"
    r"|展开|有关|相关(?:信息)?|怎么.*|占.*|居.*|位列.*|较?多|为主|[.。])*$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A subject at its place in the view."""

    label: str
    start: int
    end: int


class TopicWords:
    """The topic words of a catalogue, compiled."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows = catalogue.all(Topic).values()
        strong = {word: row.id for row in rows for word in row.words}
        weak = {word: row.id for row in rows for word in row.weak}
        self._labels = [strong, weak]
        self._patterns = [re.compile(trie_pattern(words)) for words in self._labels]

    def label(self, phrase: str) -> str | None:
        """The subject that ``phrase`` names: that of its longest word, of the first among equals."""
        for pattern, labels in zip(self._patterns, self._labels, strict=True):
            found = (pattern.match(phrase, start) for start in range(len(phrase)))
            words = [match.group() for match in found if match is not None]
            if words:
                return labels[max(words, key=len)]
        return None


@lru_cache(maxsize=8)
def topic_words(catalogue: Catalogue) -> TopicWords:
    """The compiled topic words of ``catalogue``, made once."""
    return TopicWords(catalogue)


def find_topics(
    text: str, words: TopicWords, near_requests: Callable[[int], bool]
) -> Iterator[Found]:
    """The subjects of requests that ``text`` names, in order.

    ``near_requests`` tells of an offset whether its section is about requests.
    """
    before = False
    for start, end in sentences(text):
        asked = bool(_REQUEST.search(text, start, end))
        if asked or before or near_requests(start):
            follows = before or near_requests(start)
            yield from _of_sentence(text, start, end, words, follows=follows)
        before = asked and not text[start:end].endswith("\n")


def _of_sentence(
    text: str, start: int, end: int, words: TopicWords, *, follows: bool
) -> Iterator[Found]:
    done = start
    for leading in _LEADING.finditer(text, start, end):
        marks = [mark.end() for mark in _MARKS.finditer(text, done, leading.start())]
        yield from _items(text, max(marks, default=done), leading.start(), words)
        done = leading.end()
    for cue in _cues(text, start, end, follows=follows):
        if cue.start() < done or _elsewhere(text, start, cue):
            continue
        stop = _STOP.search(text, cue.end(), end)
        done = stop.start() if stop else end
        yield from _items(text, cue.end(), done, words)


def _cues(text: str, start: int, end: int, *, follows: bool) -> list[regex.Match[str]]:
    """The words that open a list of subjects, in order; ``follows``: requests were told before."""
    found = list(_CONTENT.finditer(text, start, end))
    first = _REQUEST.search(text, start, end)
    if first is not None or follows:
        found += _ASKED.finditer(text, start if follows or not first else first.start(), end)
    return sorted(found, key=lambda cue: (cue.start(), -cue.end()))


def _elsewhere(text: str, start: int, cue: regex.Match[str]) -> bool:
    """Whether the list is one of enquiries, proposals and the like: the nearest matter decides."""
    before = text[start : cue.start()]
    matters = [(m.start(), m.group()) for m in _OTHER_MATTER.finditer(before)]
    asked = [m.start() for m in _REQUEST.finditer(before)]
    return bool(matters) and (not asked or matters[-1][0] > asked[-1])


def _items(text: str, start: int, end: int, words: TopicWords) -> Iterator[Found]:
    edge = start
    for mark in [*_SEPARATOR.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        found = _item(text, edge, stop, words)
        if found:
            yield found
        edge = mark.end() if mark else end


def _item(text: str, start: int, end: int, words: TopicWords) -> Found | None:
    head = _HEAD.match(text[start:end])
    start += head.end() if head else 0
    inner = None
    for inner in _ASKED.finditer(text, start, end):  # noqa: B007
        pass
    start = inner.end() if inner else start
    phrase = text[start:end]
    tail = _TAIL.search(phrase)
    phrase = phrase[: tail.start()] if tail else phrase
    if not SHORTEST <= len(phrase) <= LONGEST:
        return None
    label = words.label(phrase)
    return Found(label, start, start + len(phrase)) if label else None
