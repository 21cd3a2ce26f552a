"""Lists of kinds: what one item counts, so do the others, whatever else their nouns might name.

规划许可（7件）、学区划分（3件） are subjects of requests; 概况信息6条，法规文件14条 are categories.
"""

from __future__ import annotations

from typing import TypeGuard

import regex

from gipr_nlp.figures.binding import Bond
from gipr_nlp.figures.drafts import Draft
from gipr_nlp.figures.lexicon import Lexicon
from gipr_nlp.figures.slots import Slot
from gipr_nlp.figures.story import Story
from gipr_nlp.figures.wholes import Cue

SUBJECT = "topic"
REQUEST, REQUESTS, SUBJECT_METRIC = "request", "requests", "requests_topic"
_SUBJECTS = regex.compile(
    r"(?:领域|内容|事项|类型|热点|类别|方面)(?:主要|依次|分别|多|大多)*(?:为|是|有|包括|涉及|集中在|集中于)[^，,。；;、]{2,20}\Z"
)
# From one item of a list to the number of the next.
_NEXT_ITEM = regex.compile(
    r"[，,][\p{Han}A-Za-z]{2,20}类(?:申请)?|[）)]?(?:、|和|与|及|以及)[\p{Han}A-Za-z]{2,20}[（(]?"
)
APART = regex.compile(r"[；;。\n]")


def kind_in_list(slot: Slot, bond: Bond, cue: Cue, story: Story) -> str | None:
    """The metric that the number has as an item of a list of kinds, None where it is none."""
    if _opens_subjects(slot, story):
        return SUBJECT_METRIC
    if _goes_on_with_subjects(slot, story) or _goes_on_with_kinds(slot, bond, cue, story):
        return story.counts[-1].metric
    return None


def _opens_subjects(slot: Slot, story: Story) -> bool:
    """Whether the number stands behind the first subject of a list that is announced as one:
    申请量居前的领域依次为山林权属（7件）."""
    outer = slot.line.outer
    if outer is None or slot.line.host is not None:
        return False
    told = {concept for hit in outer.hits for concept in hit.concepts}
    if REQUEST not in told and REQUESTS not in story.surroundings().tags:
        return False
    return _SUBJECTS.search(story.text, outer.start, slot.line.start - 1) is not None


def _goes_on_with_subjects(slot: Slot, story: Story) -> bool:
    """Whether the number stands in a list of subjects that the one before it belongs to:
    规划许可（7件）、学区划分（3件）, whatever else the noun might name."""
    last = story.counts[-1] if story.counts else None
    if last is None or last.unit != slot.quantity.unit or not is_subject(last, story.lexicon):
        return False
    return _NEXT_ITEM.fullmatch(story.text, last.end, slot.quantity.start) is not None


def _goes_on_with_kinds(slot: Slot, bond: Bond, cue: Cue, story: Story) -> bool:
    """Whether the number stands in a list of kinds (概况信息6条，法规文件14条) of which the catalogue
    also counts this one for itself."""
    last = story.counts[-1] if story.counts else None
    if last is None or last.slot is None or last.slot.line is not slot.line:
        return False
    one, other = (
        story.lexicon.metrics.get(bond.metric or ""),
        story.lexicon.metrics.get(last.metric),
    )
    if one is None or other is None or one.parts or one.itself or other.parts != other.id:
        return False
    if one.axis != other.axis or last.unit != slot.quantity.unit or not last.unit:
        return False
    listed = cue.explicit and cue.sibling is last
    return listed or not APART.search(story.text, last.end, slot.quantity.start)


def is_subject(sibling: Draft | None, lexicon: Lexicon) -> TypeGuard[Draft]:
    """Whether the part before is told by its subject, as those after it then are."""
    row = lexicon.metrics.get(sibling.metric) if sibling is not None else None
    return row is not None and row.axis == SUBJECT
