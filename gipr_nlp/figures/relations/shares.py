"""Numbers that state a share of another figure: 公民申请41件，约占全部申请的49%."""

from __future__ import annotations

from decimal import Decimal

import regex

from gipr_nlp.figures.binding.bind import bind
from gipr_nlp.figures.binding.drafts import Draft, from_quantity, since
from gipr_nlp.figures.binding.evidence import CONCERNING
from gipr_nlp.figures.binding.story import Story
from gipr_nlp.figures.relations.wholes import is_part
from gipr_nlp.figures.text.lexicon import PART, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.figures.topics.subjects import SUBJECT_METRIC

SHARE = "_share"
FOREIGN = "foreign"
_OF = regex.compile(r"[）)]?(?:[\p{Han}]{2,8})?的(?:约|近|超过?)?")
# 当年32件申请中，九成来自农村.
_AMONG = regex.compile(r"\p{Han}{0,8}(?:中|里|当中)[，,]?(?:有|约|近|超过?|大约)*")
_TAKES = regex.compile(r"占[^，,。；;]{0,20}\Z")
# A rate that the catalogue does not know: 原创率只有35%.
_RATE = regex.compile(r"[\p{Han}]率(?:分别|均|仅|只|约|已)*(?:达到|达|为|有|是|升至|降至)?约?\Z")
_TAKES_AT_ONCE = regex.compile(r"[，,（(]?(?:约?占|占比)[^，,。；;]{0,12}")
_EACH = regex.compile(r"分别|依次")
_AND = regex.compile(r"、|和|及|与|以及")


def is_share(text: str, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the number is a percentage that no rate of its own claims."""
    if slot.quantity.kind != "percent":
        return False
    near = [concept for hit in (*slot.before, *slot.after) for concept in hit.concepts]
    if "share" in near:
        return True
    if _RATE.search(text, slot.left, slot.quantity.start):
        return False
    return not any(lexicon.role[concept] == "rate" for concept in near) and not slot.context


def draft(slot: Slot, story: Story) -> Draft | str:
    """The share as a draft on its whole, or the reason why it has none."""
    whole = _told_whole(slot, story)
    counted = (one for one in reversed(story.counts) if one is not whole)
    part = next(counted, None)
    if part is not None and story.sentence - part.sentence > 1:
        part = None
    if _of_something_else(slot):
        return "no_base"
    named = SUBJECT_METRIC if story.subjects.name(slot.quantity) else _named(slot, story)
    unnamed = _of_unnamed(part, slot, story)
    of = None if unnamed else part or whole
    spoken = None if named or of or unnamed else _spoken_of(slot, story)
    metric = named or (of.metric if of else spoken)
    if metric is None:
        return "no_base"
    base = part if part is not None and part.metric == metric else None
    share = _of_part(metric, base, story.lexicon)
    made = from_quantity(slot.quantity, share, slot, None, story.sentence)
    if share.endswith(SHARE):
        made.relation, made.named, made.base, made.parent = "share", named or spoken, base, whole
    if base is not None and whole is not None:
        for one in _listed(base, whole, story):
            _tie(one, whole, story.lexicon)
    story.mention(metric)
    return made


def _of_unnamed(part: Draft | None, slot: Slot, story: Story) -> bool:
    """Whether the share is of a number after ``part`` that nothing names: 其余各类18件，占5.3%."""
    other = story.unnamed
    if part is None or other is None or other.start < part.end:
        return False
    return _TAKES_AT_ONCE.fullmatch(story.text, other.end, slot.quantity.start) is not None


def _of_something_else(slot: Slot) -> bool:
    """Whether the noun whose share the number is counts for no metric: 改革事项占比99%."""
    told = [concept for hit in slot.before for concept in hit.concepts]
    nouns = {hit.end for hit in slot.before if FOREIGN in hit.concepts}
    taken = (hit.start for hit in slot.before if "share" in hit.concepts)
    return CONCERNING not in told and any(start in nouns for start in taken)


def _told_whole(slot: Slot, story: Story) -> Draft | None:
    """The number between 占 and the share: 占申请总数91件的70.3%, 占全部申请（96件）的八成, 占
    全年138件申请的72%."""
    last = story.said[-1] if story.said else None
    if last is None or last.sentence != story.sentence:
        return None
    gap = story.text[last.end : slot.quantity.start]
    if last.relation == "share":
        return last.parent if _AND.fullmatch(gap) else None
    told = _OF.fullmatch(gap) and _TAKES.search(story.text, story.sentence_start, last.start)
    return last if told or (_AMONG.fullmatch(gap) and last.relation is None) else None


def _listed(base: Draft, whole: Draft, story: Story) -> list[Draft]:
    """``base``, or all of its list where their shares are told together (分别占全年58件申请的…)."""
    near = since(base.sentence, story.said)
    alike = [one for one in near if one.metric == base.metric and one.parent is None]
    together = _EACH.search(story.text, base.end, whole.start)
    return alike if together else [one for one in alike if one is base]


def _tie(part: Draft, whole: Draft, lexicon: Lexicon) -> None:
    if is_part(part.metric, whole.metric, lexicon):
        part.parent, part.relation = whole, "part"


def _of_part(metric: str, base: Draft | None, lexicon: Lexicon) -> str:
    """The metric of the share of a part; parts of the disclosed information are its categories,
    and what is disclosed is part of what was made."""
    whole = lexicon.metrics.get(base.parent.metric) if base is not None and base.parent else None
    row = lexicon.metrics.get(metric)
    if whole is not None and whole.parts and row is not None and row.axis != "channel":
        return share_metric(whole.parts, lexicon)
    if whole is not None and row is not None and row.cumulative:
        return metric + SHARE
    listed = base is not None and base.parent is not None
    return share_metric(metric, lexicon, listed=listed)


def share_metric(metric: str, lexicon: Lexicon, *, listed: bool = False) -> str:
    """The metric of a share of ``metric``: one that the catalogue names for its kind, or its own."""
    row = lexicon.metrics.get(metric.removesuffix(PART))
    if row is None:
        return metric + SHARE
    tags = {row.id, row.group, row.axis}
    shares = (one.id for one in lexicon.metrics.values() if set(one.share_of) & tags)
    for share in shares:
        # The share of a part of what was answered is no rate of answers.
        if share.endswith(SHARE) or not metric.endswith(PART):
            return share
    return (row.id if listed else row.alone or row.id) + SHARE


def _spoken_of(slot: Slot, story: Story) -> str | None:
    """What the clauses before say that the shares of its subjects are told, or the share before did:
    咨询内容方面，拆迁类占45%，住房类占30%."""
    lexicon = story.lexicon
    told = tuple(hit for hit in slot.context if lexicon.tells_much(hit.concepts[0]))
    if told:
        return _bound(slot, told, story)
    last = story.said[-1] if story.said else None
    goes_on = last is not None and last.relation == "share" and last.sentence == story.sentence
    return last.named if last is not None and goes_on else None


def _named(slot: Slot, story: Story) -> str | None:
    """The metric of a part that has no count of its own (其中网络申请占63.1%)."""
    own = []
    for hit in slot.before:
        if hit.concepts == ("share",):
            break
        if story.lexicon.weight[hit.concepts[0]] > 0:
            own.append(hit)
    if not own or own[0].concepts == ("rest",):
        own += [hit for hit in slot.after if story.lexicon.weight[hit.concepts[0]] > 0]
    return _bound(slot, tuple(own), story) if own else None


def _bound(slot: Slot, words: tuple[Hit, ...], story: Story) -> str | None:
    """The metric that ``words`` name before a count."""
    plain = slot.quantity.model_copy(update={"kind": "count", "unit": "", "value": Decimal(1)})
    trial = slot._replace(quantity=plain, before=words, after=(), name="")
    return bind(story.text, trial, story.surroundings(), story.lexicon).metric
