"""What the requests were about: 申请内容主要涉及土地征收、房屋拆迁等方面.

A list of subjects is opened by a cue (涉及, 集中在, 要求公开) or closed by one (位列前三,
类申请占多数), and counts only where the text speaks of requests: what people enquired about,
or what proposals dealt with, is told in the same words and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import regex

from gipr_nlp.figures.clauses import sentences
from gipr_nlp.figures.topic_phrases import (
    TELLING,
    Found,
    TopicWords,
    is_organisation,
    subjects,
    topic_words,
)

__all__ = ["Found", "TopicWords", "find_topics", "topic_words"]

LONGEST_SENTENCE = 600

# What the text speaks of; the nearest before a cue decides.
_REQUEST = (
    r"(?<!被)申请(?!人?(?:表|流程|渠道|平台|入口|条件|指南|办法|书|材料|应当|处理行为)"
    r"|(?:行政)?复议|仲裁|法院|强制|执行)"
)
_MATTER = regex.compile(
    rf"(?P<requests>{_REQUEST}|公开申请书(?=[，,。；;])|新收(?=\d)|来件|收件)"
    r"|(?:没有|未曾?|无(?![法正]))(?:收到|接到|接收|受理)?[^，,。；;\n]{0,14}?申请"
    r"|咨询|建议|提案|留言|热线|来电|来信|来访|信箱|工单|复议|诉讼|解读|访谈|专栏|栏目|公开栏|舆情|培训|征集"
    r"|(?<![已应可])主动公开|(?<!举报)投诉(?!、?举报|类)"
)
_VERB = (
    r"(?:涉及到?|围绕|集中(?:分布)?(?:在|于|为|体现在)?|聚焦(?:于|在)?|主要在|包括|包含|涵盖|有关|关于|分布(?:在|于)|指向"
    r"|[主多]?[是为]|有(?![关所效力待限些一])|以(?=[^。；;\n]{2,60}?(?:为主|为多|居多|最多|较多))|多?与(?=[^。；;\n]{2,60}?(?:有关|相关))|对(?=[^。；;\n]{2,60}?(?:关注|关心))|[：:])"
)
_WHAT = r"(?:关注点|内容|事项|诉求|需求|热点|焦点|主题|领域|问题|类别|类型|方向)"
_CUE = regex.compile(
    # what was asked: 申请内容主要涉及, 从内容上看，...
    rf"(?P<content>(?<!存在的?(?:主要)?){_WHAT}(?:而言|来看|上看|看|上|方面)?[，,][^，,。；;：:、\n]{{0,8}}?{_VERB}"
    rf"|(?:{_WHAT}|(?:申请(?:公开)?的|所涉)(?:政府)?信息|(?!申请人){_REQUEST}|来件)[^，,。；;：:、\n]{{0,8}}?{_VERB}"
    rf"|内容(?:而言|来看|上看|看|上)[，,])"
    r"|(?P<firm>(?<![因由所未不])涉及到?|集中(?:在|于|为)|聚焦(?:于|在)|散见于|分散在|分布(?:在|于))"
    r"|(?P<soft>围绕|询问|问的是|咨询|关于|针对(?![我本])|反映|涵盖"
    r"|(?:要求|希望|请求|(?<!依)申请)(?:公开|提供|查阅|查询|获取|了解|索取)(?:了|的是)?"
    r"|(?:大多|多|主要|普遍|分别|均|都|系)(?:是|为|申请|查询|查阅|了解|有|包括)与?"
    r"|最[多高大][^，,。、\n]{0,6}?的?[是为]|其次[是为]|[再另]有(?=[^，。；\n]{2,20}申请)"
    r"|(?:关注|关心|弄清|前列|前茅|了解|知道)[^，,。、\n]{0,6}?[，,]?[是为]|(?:人|群众|公众|居民|村民)[^，,。、\n]{0,4}?(?:关心|关注(?!点))的?"
    r"|[，,](?:例如|比如|诸如|如)(?![何实期果有下上前])"
    r"|属于?(?=[^，。；\n]{2,20}类)|(?<!参)与(?=[^。；\n]{2,40}?(?:有关|相关))|以(?=[^。；\n]{2,40}?(?:为主|为多|居多|最多))"
    r"|对(?=[^，。；\n]{2,40}(?:关注|关心))|就(?=[^，。；\n]{2,60}?提出的[^，。；、\n]{0,8}申请))"
)
# 对涉及征地的申请，建立会商机制: a rule for such requests, not a report of them.
_RULE = regex.compile(r"(?:对于?|针对|凡是?|遇到?|如|若|遇有|特别是|尤其是|将|就)$")
_GOVERNED = regex.compile(r"[^，,。；;\n]{2,60}?的(?:政府)?(?:信息公开)?(?:依)?申请")
# 涉及征地补偿的占26.4%, of what the sentence goes on to say.
_SHARED = regex.compile(r"[^，,。；;\n]{2,30}?的[约共]?(?:占|有)[约近]?\d")
_COUNTED_AFTER = regex.compile(
    rf"[^。\n]{{2,60}}?[，,；;][^，,；;。\n]{{0,12}}{_REQUEST}[^，,；;。\n]{{0,6}}\d"
)
# 申请人多为被征地农民, 申请人以企业为主: who asks, not what for.
_APPLICANTS = regex.compile(r"(?:申请人|申请主体|申请者)(?:的?(?:身份|类型|构成)|主要|大多|普遍)?$")
_COUNTED = regex.compile(r"\d|[一二两三四五六七八九十]+[件宗份]")
_HARD = regex.compile(r"[。！？!?\n]")
_COMMA = regex.compile(r"(?<!\d)[，,；;]|[，,；;](?!\d)")
_BRACKET = r"[（(][^（）()\n]{0,30}[）)]"
_PART = regex.compile(
    rf"{_BRACKET}|(?P<mark>[、]|(?<=[）)])[和与及]|(?P<et>(?<![初中高平]|(?<!合)同)等(?![级待候额效同])))"
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
# Words for papers (档案, 合同) are subjects only of what somebody asks for.
_ASKS = regex.compile(r"要求|希望|请求|申请|询问|查询|查阅|索取")
# A list closed by its cue: ...位列前四, ...类申请占比较大, ...等方面的申请有12件.
_CLOSING = regex.compile(
    r"(?:等[\p{Han}]{0,6}?)?(?:的|类|方面|领域)*(?:的?(?:政府)?(?:信息公开)?申请)?(?:数?量)?的?"
    r"(?:位列|位居|排名?(?:在|前)|居(?:前|首|第|多)|占比?(?:[较最多大绝据近超约总全半一二三四五六七八九十]|\d)|数量(?:相当|相近|接近)|[较最更](?:多|为?集中|为?突出|为?常见|大)|为主|次之|明显增多|增多|成为[^，。；]{0,8}热点)"
    r"|(?:等[\p{Han}]{0,6}?)?(?:类|方面|领域)+的?(?:政府)?(?:信息公开)?申请(?=[共有计约达\d]{0,2}\d|数?量?(?:较|最|居|增|占))"
)
# 土地征收类12件: a subject with its count; bare counts (土地征收12件) are subjects only in a list.
_COUNT = regex.compile(
    r"(?P<kind>类(?:的?申请|信息)?|的?申请)?[共有计约达各]{0,2}(?:\d[\d,]*+|[一二两三四五六七八九十])余?多?[件宗条起份]"
)
_BEFORE_COUNT = regex.compile(r"[^，,。；;：:、（）()\n\d]{2,20}$")


@dataclass(slots=True)
class _Sentence:
    """A sentence, with what it may take over from the text before it.

    ``follows``: the sentence before (or a title) speaks of requests; ``inside``: the part of the
    report does.
    """

    start: int
    end: int
    follows: bool
    inside: bool


def find_topics(
    text: str, words: TopicWords, near_requests: Callable[[int], bool]
) -> Iterator[Found]:
    """The subjects of requests that ``text`` names, in order.

    ``near_requests`` tells of an offset whether its section is about requests.
    """
    follows = False
    for start, end in _pieces(text):
        inside = near_requests(start)
        asked = _last_matter(text, start, end)
        if follows or inside or asked or "申请" in text[start:end]:
            sentence = _Sentence(start, end, follows, inside)
            yield from sorted(_of_sentence(text, sentence, words), key=lambda one: one.start)
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
    return len(line) <= 40 and not regex.search(r"[，,。；;\d]", line)


def _last_matter(text: str, start: int, end: int) -> bool | None:
    """Whether the last matter that the stretch speaks of is requests; None where it names none."""
    last = None
    for last in _MATTER.finditer(text, start, end):  # noqa: B007
        pass
    return None if last is None else last["requests"] is not None


def _of_sentence(text: str, sentence: _Sentence, words: TopicWords) -> Iterator[Found]:
    done, place = sentence.start, sentence.start
    while (cue := _CUE.search(text, place, sentence.end)) is not None:
        found: tuple[Found, ...] = ()
        stop = cue.end()
        if _holds(text, done, cue, sentence):
            found, stop = _list(text, cue, sentence.end, words)
        if found and not _opened_again(text, cue, found[0]):
            if cue.group().startswith("其次"):
                yield from _closed(text, done, replace(sentence, end=cue.start()), words)
            yield from found
            done = stop
            place = stop
        else:
            place = cue.start() + 1
    yield from _closed(text, done, sentence, words)


def _opened_again(text: str, cue: regex.Match[str], first: Found) -> bool:
    """Whether a clearer cue follows before the list: 咨询的内容以户籍管理为主."""
    again = _CUE.search(text, cue.end())
    return again is not None and again.end() <= first.end and not again["soft"]


def _holds(text: str, done: int, cue: regex.Match[str], sentence: _Sentence) -> bool:
    """Whether the cue speaks of requests."""
    if cue.group()[-1] in "是为以有" and _APPLICANTS.search(text, sentence.start, cue.start()):
        return False
    if (
        cue["soft"]
        and regex.search(_REQUEST, cue.group())
        and _counted_clause(text, cue, sentence.end)
    ):
        return True
    if cue["content"] and regex.search(r"申请(?!公开的?(?:政府)?信息工作)|来件|诉求", cue.group()):
        return not _is_rule(text, cue, sentence.end)
    asked = _last_matter(text, sentence.start if done == sentence.start else done, cue.start())
    if asked is None:
        told = done > sentence.start or sentence.follows
        asked = told or (sentence.inside and not cue["soft"]) or _told_after(text, cue, sentence)
    return asked and not _is_rule(text, cue, sentence.end)


def _told_after(text: str, cue: regex.Match[str], sentence: _Sentence) -> bool:
    """Whether the requests stand behind the list: 涉及土地征收的申请12件; 所涉事项以...居多，收到申请8件."""
    if cue.group() == "就":
        return True
    if cue["firm"]:
        shared = _SHARED.match(text, cue.end(), sentence.end)
        rest = shared and _last_matter(text, shared.end(), sentence.end)
        return bool(rest) or _GOVERNED.match(text, cue.end()) is not None
    published = "公开" in text[sentence.start : cue.end()]
    after = _COUNTED_AFTER.match(text, cue.end(), sentence.end)
    return bool(cue["content"]) and after is not None and not published


def _is_rule(text: str, cue: regex.Match[str], end: int) -> bool:
    before = text[max(0, cue.start() - 3) : cue.start()]
    return bool(_RULE.search(before)) and not _counted_clause(text, cue, end)


def _counted_clause(text: str, cue: regex.Match[str], end: int) -> bool:
    stop = _COMMA.search(text, cue.end(), end)
    return _COUNTED.search(text, cue.end(), stop.start() if stop else end) is not None


def _list(
    text: str, cue: regex.Match[str], end: int, words: TopicWords
) -> tuple[tuple[Found, ...], int]:
    """The subjects after a cue, and where their list ends."""
    result: list[Found] = []
    start = cue.end()
    around = _AROUND.get(cue.group()[-1])
    closing = around.search(text, start, end) if around else None
    end = closing.start() if closing else end
    least = TELLING if cue["soft"] and not _ASKS.search(cue.group()) else 1
    while True:
        comma = _COMMA.search(text, start, end)
        hard = _HARD.search(text, start, end)
        stop = min([end, *(mark.start() for mark in (comma, hard) if mark)])
        items, closed = _parts(text, start, stop)
        found = [subjects(text, *item, words, least) for item in items]
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


def _goes_on(
    text: str, start: int, stop: int, items: list[tuple[int, int]], words: TopicWords
) -> bool:
    """Whether the clause after a comma is more of the list: nothing but subjects, and counts."""
    if _CUE.search(text, start, stop) or _DONE.search(text, start, stop):
        return False
    return bool(items) and all(subjects(text, *item, words, TELLING) for item in items)


def _names_bodies(text: str, items: list[tuple[int, int]], closed: bool, stop: int) -> bool:
    """国土、规划等部门 are offices and no subjects."""
    if not items:
        return False
    last = items[-1]
    if closed:
        return bool(_BODIES.match(text, last[1], stop))
    return is_organisation(text[last[0] : last[1]].rstrip())


def _parts(text: str, start: int, stop: int) -> tuple[list[tuple[int, int]], bool]:
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


def _without_note(text: str, start: int, end: int) -> tuple[int, int]:
    note = _NOTE.search(text, start, end)
    return start, note.start() if note else end


def _closed(text: str, done: int, sentence: _Sentence, words: TopicWords) -> Iterator[Found]:
    """The subjects after ``done`` of lists that their cue closes.

    Such a list in front of one that a cue opens is its heading (土地类申请居多，主要涉及...) and
    left out: the list itself says more.
    """
    for cue in _CLOSING.finditer(text, done, sentence.end):
        if cue.start() < done or not _of_requests(text, sentence, cue):
            continue
        opening = [m.end() for m in regex.finditer(r"[，,。；;：:？?]", text[done : cue.start()])]
        items, _ = _parts(text, done + (opening[-1] if opening else 0), cue.start())
        found = [subjects(text, *item, words, TELLING) for item in items]
        if all(found):
            yield from (one for those in found for one in those)
            done = cue.end()
    yield from _counted(text, done, sentence, words)


def _counted(text: str, done: int, sentence: _Sentence, words: TopicWords) -> Iterator[Found]:
    """The subjects after ``done`` that stand with their counts."""
    found: list[Found] = []
    kinds = 0
    for count in _COUNT.finditer(text, done, sentence.end):
        name = _BEFORE_COUNT.search(text, done, count.start())
        if name is None or not _of_requests(text, sentence, count):
            continue
        here = subjects(text, name.start(), name.end(), words, TELLING)
        found += here
        kinds += bool(here and count["kind"])
    if kinds or len(found) > 1:
        yield from found


def _of_requests(text: str, sentence: _Sentence, cue: regex.Match[str]) -> bool:
    asked = cue.group().endswith("申请热点") or _last_matter(text, sentence.start, cue.start())
    if asked is None:
        after = _last_matter(text, cue.end(), sentence.end)
        return sentence.follows if after is None else after
    return asked
