"""What the requests were about: 申请内容主要涉及土地征收、房屋拆迁等方面.

A list of subjects is opened by a cue (涉及, 集中在, 要求公开) or closed by one (位列前三,
类申请占多数), and counts only where the text speaks of requests: what people enquired about,
or what proposals dealt with, is told in the same words and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import regex

from gipr_nlp.figures.text.clauses import sentences
from gipr_nlp.figures.topics.closings import lists_before
from gipr_nlp.figures.topics.cues import (
    CUE,
    Sentence,
    is_of_requests,
    is_opened_again,
    last_matter,
)
from gipr_nlp.figures.topics.lists import list_after
from gipr_nlp.figures.topics.phrases import Found
from gipr_nlp.figures.topics.words import TopicWords

LONGEST_SENTENCE = 600
_PROSE = regex.compile(r"[，,。；;\d]")


def find_topics(
    text: str, words: TopicWords, near_requests: Callable[[int], bool]
) -> Iterator[Found]:
    """The subjects of requests that ``text`` names, in order.

    ``near_requests`` tells of an offset whether its section is about requests.
    """
    follows = False
    for start, end in _pieces(text):
        inside = near_requests(start)
        asked = last_matter(text, start, end)
        if follows or inside or asked or "申请" in text[start:end]:
            sentence = Sentence(start, end, follows, inside)
            found = sorted(_of_sentence(text, sentence, words), key=lambda one: one.start)
            yield from found
            if found:  # what the subjects are called says nothing (投诉处理 is no complaint)
                asked = last_matter(text, found[-1].end, end) is not False
        ends = text[start:end].rstrip()
        follows = (follows if asked is None else asked) and (
            not text[start:end].endswith("\n") or ends[-1:] in "：:；;" or _is_title(ends)
        )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of ``text``; what runs on without a full stop comes in pieces.

    All that is looked for around a cue lies in its piece, which keeps the time linear.
    """
    for start, end in sentences(text):
        for first in range(start, end, LONGEST_SENTENCE):
            yield first, min(end, first + LONGEST_SENTENCE)


def _is_title(line: str) -> bool:
    return len(line) <= 40 and not _PROSE.search(line)


def _of_sentence(text: str, sentence: Sentence, words: TopicWords) -> Iterator[Found]:
    done, place = sentence.start, sentence.start
    while (cue := CUE.search(text, place, sentence.end)) is not None:
        found: tuple[Found, ...] = ()
        stop = cue.end()
        if is_of_requests(text, done, cue, sentence):
            found, stop = list_after(text, cue, sentence.end, words)
        if found and not is_opened_again(text, cue, found[0].end):
            if cue.group().startswith("其次"):
                yield from lists_before(text, done, replace(sentence, end=cue.start()), words)
            yield from found
            done = stop
            place = stop
        else:
            place = cue.start() + 1
    yield from lists_before(text, done, sentence, words)
