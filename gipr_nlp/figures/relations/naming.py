"""Wholes that the clause before a number names: 新收申请中，自然人39件; 市本级中，市公安局88件."""

from __future__ import annotations

import regex

from gipr_nlp.figures.binding.drafts import Draft, since
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.text.slots import Slot

REACH = 4
_AMONG = regex.compile(r"(?:在|上述|全部)?([^，,。；;：:（(]{2,16}?)(?:中|里|当中)[，,：:]")
_AMONG_ENDS = regex.compile(r"[中里][，,：:]")
# What may follow the name of a part: 行政执法信息中, 区政府办的申请中.
_OF_WHAT = regex.compile(r"(?:类|方面|部分)?的?(?:政府信息|信息|申请件?|内容)?\Z")
# Words that are as good as no name: they speak of every total.
_NO_NAME = regex.compile(
    r"(?:主动|政府|政务|公开|信息|依|申请|答复|办结|受理|收到|全部|的|其|这些|全年)*"
)


def named_whole(slot: Slot, story: Story) -> Draft | None:
    """The count that the clause before the number of ``slot`` says it is among."""
    stretch = (story.text, slot.context_start, slot.quantity.start)
    clause = _AMONG.search(*stretch) if _AMONG_ENDS.search(*stretch) else None
    if clause is None:
        return None
    hits = (
        hit for hit in slot.line.hits if clause.start() <= hit.start and hit.end <= clause.end()
    )
    told = {concept for hit in hits for concept in hit.concepts}
    near = since(story.sentence - REACH, story.counts)[::-1]
    name = _OF_WHAT.sub("", clause.group(1))
    if len(name) > 1 and not _NO_NAME.fullmatch(name):
        named = next((one for one in near if _is_told(name, one, story.text)), None)
        if named is not None:
            return named
    for one in near:
        rule = one.bond.rule if one.bond is not None else None
        if rule is not None and rule.needs <= told:
            return one
    return None


def _is_told(name: str, one: Draft, text: str) -> bool:
    """Whether the very words before ``one`` hold ``name``."""
    return one.slot is not None and name in text[one.slot.left : one.start]
