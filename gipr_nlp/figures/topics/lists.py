"""The items of a list of subjects, and where the list ends."""

from __future__ import annotations

import regex

from gipr_nlp.figures.topics.cues import ASKS, COMMA, CUE
from gipr_nlp.figures.topics.phrases import Found, is_organisation, subjects
from gipr_nlp.figures.topics.words import TopicWords

_HARD = regex.compile(r"[。！？!?\n]")
_BRACKET = r"[（(][^（）()\n]{0,30}[）)]"
_PART = regex.compile(
    rf"{_BRACKET}|(?P<mark>[、]|(?<=[”’》])(?=[“‘《])|(?<=[）)])[和与及]"
    r"|(?P<et>(?<![初中高平]|(?<!合)同)等(?![级待候额效同])))"
)
_NOTE = regex.compile(r"[（(](?=[^（）()\n]{0,30}[）)])(?=[^（）()\n]{0,30}(?:\d|占|如|等|含))")
_DONE = regex.compile(
    r"已|均|予以|不予|未|按时|按期|依法|答复|办结|受理|收到|作出|进行|转|告知|无法"
)
_BODIES = regex.compile(r"等?[^，。；、\n]{0,8}?(?:部门|单位|乡镇|街道|科室|委办局|机构|窗口)")
# Cues around a list end it: 与...有关, 以...为主.
_AROUND = {
    "与": regex.compile(r"有关|相关"),
    "以": regex.compile(r"为主|为多|居多|最多|较多"),
    "对": regex.compile(r"[较最]?为?(?:关注|关心)"),
    "就": regex.compile(r"提出"),
}
# 多为索取...: the asking stands behind the cue.
_ASKS_NEXT = regex.compile(r"(?:索取|查询|查阅|获取|申请)")


def list_after(
    text: str, cue: regex.Match[str], end: int, words: TopicWords
) -> tuple[tuple[Found, ...], int]:
    """The subjects after a cue, and where their list ends."""
    result: list[Found] = []
    start = cue.end()
    around = _AROUND.get(cue.group()[-1])
    closing = around.search(text, start, end) if around else None
    end = closing.start() if closing else end
    telling = bool(cue["soft"]) and not _asks(text, cue)
    while True:
        comma = COMMA.search(text, start, end)
        hard = _HARD.search(text, start, end)
        stop = min([end, *(mark.start() for mark in (comma, hard) if mark)])
        items, closed = items_of(text, start, stop)
        found = subjects_of(text, items, words, telling=telling)
        if _names_bodies(text, items, closed, stop):
            return (), stop
        if start > cue.end() and not _goes_on(text, start, stop, items, words):
            return tuple(result), start - 1
        if start == cue.end() and cue["soft"] and not (found and found[0]):
            return (), stop
        result += [one for those in found for one in those]
        if not result or closed or comma is None or stop != comma.start():
            return tuple(result), stop
        start = comma.end()


def items_of(text: str, start: int, stop: int) -> tuple[list[tuple[int, int]], bool]:
    """The items between 、 in ``text[start:stop]``, and whether 等 closes the list."""
    items, edge = [], start
    for mark in _PART.finditer(text, start, stop):
        if mark["mark"] is None:
            continue
        items.append(_without_note(text, edge, mark.start()))
        edge = mark.end()
        if mark["et"]:
            return items, True
    items.append(_without_note(text, edge, stop))
    return items, False


def subjects_of(
    text: str, items: list[tuple[int, int]], words: TopicWords, *, telling: bool
) -> list[tuple[Found, ...]]:
    """The subjects of each item of a list."""
    several = len(items) > 1
    return [
        subjects(text, item, words, telling=telling, last=several and place == len(items))
        for place, item in enumerate(items, 1)
    ]


def _asks(text: str, cue: regex.Match[str]) -> bool:
    return bool(ASKS.search(cue.group()) or _ASKS_NEXT.match(text, cue.end()))


def _goes_on(
    text: str, start: int, stop: int, items: list[tuple[int, int]], words: TopicWords
) -> bool:
    """Whether the clause after a comma is more of the list: nothing but subjects, and counts."""
    if CUE.search(text, start, stop) or _DONE.search(text, start, stop):
        return False
    return bool(items) and all(subjects_of(text, items, words, telling=True))


def _names_bodies(text: str, items: list[tuple[int, int]], closed: bool, stop: int) -> bool:
    """国土、规划等部门 are offices and no subjects."""
    if not items:
        return False
    last = items[-1]
    if closed:
        return bool(_BODIES.match(text, last[1], stop))
    return is_organisation(text[last[0] : last[1]].rstrip())


def _without_note(text: str, start: int, end: int) -> tuple[int, int]:
    note = _NOTE.search(text, start, end)
    return start, note.start() if note else end
