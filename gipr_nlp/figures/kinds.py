"""Lists of kinds: what one item counts, so do the others, whatever else their nouns might name.

规划许可（7件）、学区划分（3件） are subjects of requests; 概况信息6条，法规文件14条 are categories.
"""

from __future__ import annotations

from typing import TypeGuard

import regex

from gipr_nlp.catalogue.metrics import NAME
from gipr_nlp.figures.binding.bind import DOCUMENTS, Bond
from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.relations.cues import Cue
from gipr_nlp.figures.text.clauses import hits_between, telling
from gipr_nlp.figures.text.lexicon import Lexicon
from gipr_nlp.figures.text.slots import Slot, next_figure
from gipr_nlp.figures.topics.subjects import SUBJECT_METRIC

SUBJECT = "topic"
REQUEST, REQUESTS = "request", "requests"
_SUBJECTS = regex.compile(
    r"(?:领域|内容|事项|类型|热点|类别|方面)(?:主要|依次|分别|多|大多)*(?:为|是|有|包括|涉及|集中在|集中于)[^，,。；;、]{2,20}\Z"
)
# From one item of a list to the number of the next.
_NEXT_ITEM = regex.compile(
    r"[，,][\p{Han}A-Za-z]{2,20}类(?:申请)?|[）)]?(?:、|和|与|及|以及)[\p{Han}A-Za-z]{2,20}[（(]?"
)
# 乡镇动态512条 after 网站登载要闻703条: the next kind, not another channel.
_NEXT_KIND = regex.compile(r"[，,、；;]?(?!其中|包括|包含|含|具体)[^，,、；;。：:（(]{2,24}")
PUBLISH, RESPOND, CHANNEL, FOREIGN = "publish", "respond", "channel", "foreign"
KIND_METRIC, CATEGORY = "proactive_category", "category"
_OF_KINDS = frozenset({CATEGORY, "kind", "info", "gov_info", "rest", "policy_doc", PUBLISH})
APART = regex.compile(r"[；;。\n]")


def kind_in_list(slot: Slot, bond: Bond, cue: Cue, story: Story) -> str | None:
    """The metric that the number has as an item of a list of kinds, None where it is none."""
    if story.subjects.name(slot.quantity) or _opens_subjects(slot, story):
        return SUBJECT_METRIC
    if _goes_on_with_subjects(slot, story):
        return story.counts[-1].metric
    return _kind_of_information(slot, bond, cue, story)


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


def _kind_of_information(slot: Slot, bond: Bond, cue: Cue, story: Story) -> str | None:
    """The metric of the kinds in whose list the number stands, of which the catalogue also counts
    this one for itself: 其中政策解读12条; 概况信息6条，法规文件14条; 网站登载要闻70条，通知51条."""
    if _opens_on_channel(slot, bond, story):
        return KIND_METRIC
    if cue.explicit and cue.whole is not None and _alike(cue.whole.unit, slot.quantity.unit):
        kinds, done = (
            _kinds_of(cue.whole, story.lexicon),
            acts(bond, story.lexicon) - {PUBLISH, RESPOND},
        )
    else:
        kinds, done = _kinds_before(slot, story), acts(bond, story.lexicon)
        if kinds and bond.metric is None and not done and FOREIGN not in bond.levels:
            return kinds
    return kinds if kinds and not done and _can_be_kind(bond, kinds, story.lexicon) else None


def _alike(one: str, other: str) -> bool:
    """Whether both are measure words of papers and notices (条, 件)."""
    return one == other or {one, other} <= DOCUMENTS


def _kinds_before(slot: Slot, story: Story) -> str:
    """The metric of the number before, where that is one of a list of kinds that may go on."""
    last = story.counts[-1] if story.counts else None
    if last is None or last.slot is None or last.slot.line is not slot.line:
        return ""
    if last.unit != slot.quantity.unit or not last.unit or not _is_kind(last.metric, story.lexicon):
        return ""
    return "" if APART.search(story.text, last.end, slot.quantity.start) else last.metric


def _kinds_of(whole: Draft, lexicon: Lexicon) -> str:
    """The metric of the kinds of information that ``whole`` consists of, "" where it is no such."""
    row = lexicon.metrics.get(whole.metric)
    return row.parts if row is not None and _is_kind(row.parts, lexicon) else ""


def _opens_on_channel(slot: Slot, bond: Bond, story: Story) -> bool:
    """Whether the number counts a kind that a channel carries, as the next number does."""
    row = story.lexicon.metrics.get(bond.metric or "")
    if row is None or row.axis != CHANNEL:
        return False
    if not any({NAME, CATEGORY} & set(concepts) for concepts in bond.own):
        return False
    following = next_figure(slot)
    if following is None or following.unit != slot.quantity.unit:
        return False
    if not _NEXT_KIND.fullmatch(story.text, slot.quantity.end, following.start):
        return False
    told = telling(hits_between(slot.line, slot.quantity.end, following.start))
    return all(set(hit.concepts) & _OF_KINDS for hit in told)


def acts(bond: Bond, lexicon: Lexicon) -> set[str]:
    """What is said to have been done, in the number's own words."""
    told = {concept for concepts in bond.own for concept in concepts} - {NAME}
    return {concept for concept in told if lexicon.role[concept] == "action"}


def _is_kind(metric: str, lexicon: Lexicon) -> bool:
    """Whether ``metric`` counts one kind of what is counted, whichever."""
    row = lexicon.metrics.get(metric)
    return row is not None and row.parts == row.id


def _can_be_kind(bond: Bond, kinds: str, lexicon: Lexicon) -> bool:
    """Whether what the words name is, in a list of ``kinds``, only one of them."""
    row = lexicon.metrics.get(bond.metric or "")
    if row is None or row.itself or row.apart or row.parts == kinds:
        return False
    return row.axis == lexicon.metrics[kinds].axis or lexicon.groups[row.group].kinds


def is_subject(sibling: Draft | None, lexicon: Lexicon) -> TypeGuard[Draft]:
    """Whether the part before is told by its subject, as those after it then are."""
    row = lexicon.metrics.get(sibling.metric) if sibling is not None else None
    return row is not None and row.axis == SUBJECT
