"""What the words before a number say of its whole: 其中, brackets, lists after a colon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import regex

from gipr_nlp.figures.binding.drafts import Draft, since
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.relations.naming import named_whole
from gipr_nlp.figures.text.clauses import BLOCK_MARKS
from gipr_nlp.figures.text.lexicon import CHANGES, PART
from gipr_nlp.figures.text.slots import Slot

_OPENS = regex.compile(
    r"其中|包括|包含|涵盖|内有(?!关)|含(?!量)|分别(?!负责|由|向|在|对|从|到|与|于|就|将|以)|具体(?:为|是|包括|情况)|分为|构成为"
)
_OPENS_OUTRIGHT = regex.compile(r"其中|包括|包含|涵盖|内有(?!关)|含(?!量)")
_OF_THESE = regex.compile(r"\A[\p{Han}]{0,12}?(?:中|里)[，,：:]?")
_BLOCK = regex.compile(r"[；;]")
# ；专题专栏包括机构4条: what has a subject of its own opens a list of its own.
# ，涵盖政策、经济等多个方面，发布动态128条: what is told without numbers is told out.
_TOLD_OUT = regex.compile(
    r"(?:包括|包含|涵盖)[^，,。；;]*等[^，,。；;、]{0,8}[，,](?!其中)[^，,。；;]+\Z"
)
_OWN_LIST = regex.compile(r"[；;](?!其中)[^，,。；;、]{2,16}(?:包括|包含|含)[^，,。；;]*\Z")
# What is told in brackets opens no list outside them: 收到41（其中信函15、网络26）件，答复40件.
_ASIDE = regex.compile(r"[（(][^（）()]{0,80}[）)]")
_NEXT_BLOCK = regex.compile(r"[；;、][^，,。；;、]{1,14}\d++[\p{Han}]{1,2}[；;、。]")
# 公示77条等；在媒体刊发16条: the list has ended, and what follows stands beside its whole.
_ENDED = regex.compile(r"等(?:信息|内容|方面|类别)?[；;]")
# Each part with its share is told in a block of its own: 网站320条，占64%；公众号180条，占36%.
_WITH_SHARE = regex.compile(r"[，,、（(]?(?:约?占)[^，,。；;\d]{0,14}[\d.]++[%％][）)]?")
# A colon right before the number only parts it from its name: 予以公开：3，部分公开：2.
_COLON = regex.compile(r"\A(?:[^，,。；;]{0,12}[：:]|[，,][^，,。；;]{1,20}[：:](?=\S))")
_PASSED = regex.compile(r"(?:突破|跨过|越过|迈过|站上)(?:了)?\Z")
_VIEWED = regex.compile(
    r"(?:从|按|就)[^，,。；;]{1,12}?(?:看|分|划分|区分|统计|分类|来说)[，,：:]?|(?:方面|情况|结果|渠道|类别|内容|分布上)[，,：:]"
)


@dataclass(slots=True)
class Cue:
    """What the words before a number say of its whole: named outright, or left to the sense.

    ``listed``: a list is announced (从渠道看); ``direct``: the number comes right after 其中, or
    after a part that only a noun names; ``sibling``: the part of the whole before the number.
    """

    whole: Draft | None = None
    explicit: bool = False
    listed: bool = False
    direct: bool = False
    sibling: Draft | None = None


def cue_of(slot: Slot, story: Story) -> Cue:
    """The whole that the words before the number of ``slot`` point to."""
    if slot.divided:
        return Cue()
    host = slot.line.host
    here = since(story.sentence, story.counts)
    inside = next((one for one in here if host and one.start == host.start), None)
    if inside is not None:
        return _in_bracket(slot, inside, story)
    named = named_whole(slot, story)
    if named is not None:
        return Cue(named, explicit=True, direct=True)
    told = (one for one in reversed(story.counts) if one.period in {"this_year", "cumulative"})
    last = _last_of_unit(told, slot.quantity.unit)
    return Cue() if last is None else _after(last, slot, story)


def _after(last: Draft, slot: Slot, story: Story) -> Cue:
    """What the words between ``last`` and the number say: 其中, a colon, or that a list goes on."""
    here = last.sentence == story.sentence
    begins = _behind_changes(last.end, story) if here else story.sentence_start
    gap = _ASIDE.sub("", story.text[begins : slot.quantity.start])
    if story.sentence - last.sentence > 1:
        return Cue(listed=bool(_VIEWED.search(gap)))
    # 分别 that deals out a list of names opens no list of parts.
    opens = _OPENS if slot.told is None else _OPENS_OUTRIGHT
    opened = opens.search(gap) or (here and (_OF_THESE.match(gap) or _COLON.match(gap)))
    apart = _OWN_LIST.search(gap) or _TOLD_OUT.search(gap)
    if opened and (apart or _of_unnamed(last, slot, opens, story)):
        return Cue()
    if opened:
        whole = _outside_brackets(last, slot) if here else _outer(last, story)
        return Cue(whole, explicit=True, direct=True)
    beside = _outside_brackets(last, slot)
    if here and beside.relation == "part" and beside.parent is not None:
        if _ENDED.match(gap) and beside.parent.relation != "part":
            return Cue()
        beside = beside.parent if _ENDED.match(gap) else beside
        return _next_part(slot, beside, gap, story)
    return Cue(listed=bool(_VIEWED.search(gap)))


def _behind_changes(place: int, story: Story) -> int:
    """``place``, or the end of the changes that are told after it: 收到66件，其中较上年增长8%；答复64件."""
    changes = (one for one in since(story.sentence, story.said) if one.metric.endswith(CHANGES))
    return max([place, *(one.end for one in changes)])


def _outside_brackets(last: Draft, slot: Slot) -> Draft:
    """``last``, or what the bracket is about in which it stands and ``slot`` does not."""
    while (
        last.slot is not None
        and last.slot.line is not slot.line
        and last.slot.line.host is not None
        and last.parent is not None
    ):
        last = last.parent
    return last


def _of_unnamed(last: Draft, slot: Slot, opens: regex.Pattern[str], story: Story) -> bool:
    """Whether what is opened up is a number after ``last`` that nothing names."""
    other = story.unnamed
    if other is None or other.start < last.end or other.unit != slot.quantity.unit:
        return False
    return bool(opens.search(story.text, other.end, slot.quantity.start))


def opens_unnamed(part: Draft, story: Story) -> bool:
    """Whether ``part`` stands in the list of a number before it that nothing names."""
    other = story.unnamed
    if other is None or other.unit != part.unit or other.end > part.start:
        return False
    return bool(_OPENS_OUTRIGHT.search(story.text, other.end, part.start))


def _next_part(slot: Slot, last: Draft, gap: str, story: Story) -> Cue:
    """The cue of a number that follows ``last`` in its list."""
    same = (
        last.slot is not None and last.slot.line is slot.line and _goes_on(slot, last, gap, story)
    )
    named = last.metric.endswith(PART) and gap[:1] == "、"
    return Cue(last.parent, explicit=same, direct=same and named, sibling=last)


def _goes_on(slot: Slot, last: Draft, gap: str, story: Story) -> bool:
    """Whether the list of ``last`` goes on after ``gap``: over a ； only if it is parted by ；, or by
    ； from its first part on."""
    if not _BLOCK.search(gap):
        return True
    if _WITH_SHARE.match(gap) and _WITH_SHARE.match(story.text, slot.quantity.end):
        return True
    parts = [one for one in story.counts if one.parent is last.parent]
    if len(parts) == 1:
        return (
            gap[:1] in BLOCK_MARKS and _NEXT_BLOCK.match(story.text, slot.quantity.end) is not None
        )
    return bool(_BLOCK.search(story.text, parts[0].end, parts[1].start))


def _in_bracket(slot: Slot, host: Draft, story: Story) -> Cue:
    inside = [one for one in story.counts if one.slot is not None and one.slot.line is slot.line]
    if inside:
        gap = story.text[inside[-1].end : slot.quantity.start]
        if _OPENS.search(gap) or _COLON.match(gap):
            return Cue(inside[-1], explicit=True)
        if inside[-1].relation == "part":
            return Cue(inside[-1].parent, explicit=True, sibling=inside[-1])
    return Cue(host, explicit=True, direct=True)


def _last_of_unit(backwards: Iterator[Draft], unit: str) -> Draft | None:
    """The last count, or the last of its sentence that is counted in ``unit``."""
    last = next(backwards, None)
    if last is None or last.unit == unit:
        return last
    near = takewhile(lambda one: one.sentence == last.sentence, backwards)
    return next((one for one in near if one.unit == unit), last)


def is_mark_passed(one: Draft, story: Story) -> bool:
    """Whether ``one`` is only a round number that the one before it has passed: 4.02万件，首次突破4万件."""
    if one.slot is None or not _PASSED.search(story.text, one.slot.left, one.start):
        return False
    here = (other for other in story.counts if other.sentence == one.sentence)
    return any(other.metric == one.metric and other.start < one.start for other in here)


def _outer(last: Draft, story: Story) -> Draft:
    """The last count of a sentence outside its brackets."""
    here = (one for one in story.counts if one.sentence == last.sentence)
    near = [one for one in here if one.period != "last_year" and not is_mark_passed(one, story)]
    outside = [one for one in near if one.slot is not None and one.slot.line.host is None]
    counted = [one for one in outside if one.unit == last.unit]
    return (counted or outside or [last])[-1]
