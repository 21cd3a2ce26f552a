"""Numbers that state a share of another figure: 公民申请41件，约占全部申请的49%."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gipr_nlp.figures.binding import bind
from gipr_nlp.figures.clauses import Slot
from gipr_nlp.figures.drafts import Draft, from_quantity
from gipr_nlp.figures.lexicon import Lexicon
from gipr_nlp.figures.story import Story

SHARE = "_share"


def is_share(slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the number is a percentage that no rate of its own claims."""
    if slot.quantity.kind != "percent":
        return False
    near = [concept for hit in (*slot.before, *slot.after) for concept in hit.concepts]
    if "share" in near:
        return True
    return not any(lexicon.role[concept] == "rate" for concept in near) and not slot.context


def draft(slot: Slot, story: Story) -> Draft | str:
    """The share as a draft on its whole, or the reason why it has none."""
    part = next((one for one in reversed(story.said) if one.relation != "share"), None)
    if part is not None and story.sentence - part.sentence > 1:
        part = None
    named = _named(slot, story)
    metric = named or (part.metric if part else None)
    if metric is None:
        return "no_base"
    base = part if part is not None and part.metric == metric else None
    share = _of_part(metric, base, story.lexicon)
    made = from_quantity(slot.quantity, share, slot, None, story.sentence)
    made.relation, made.named, made.base = "share", named, base
    story.mention(metric)
    return made


def _of_part(metric: str, base: Draft | None, lexicon: Lexicon) -> str:
    """The metric of the share of a part; parts of the disclosed information are its categories."""
    whole = lexicon.metrics.get(base.parent.metric) if base is not None and base.parent else None
    row = lexicon.metrics.get(metric)
    if whole is not None and whole.parts and row is not None and row.axis != "channel":
        return share_metric(whole.parts, lexicon)
    return share_metric(metric, lexicon)


def share_metric(metric: str, lexicon: Lexicon) -> str:
    """The metric of a share of ``metric``: one that the catalogue names for its kind, or its own."""
    row = lexicon.metrics.get(metric.removesuffix("_part"))
    if row is None:
        return metric + SHARE
    tags = {row.id, row.group, row.axis}
    for share in lexicon.metrics.values():
        if set(share.share_of) & tags:
            return share.id
    return (row.alone or metric) + SHARE


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
    if not own:
        return None
    plain = slot.quantity.model_copy(update={"kind": "count", "unit": "", "value": Decimal(1)})
    trial = replace(slot, quantity=plain, before=tuple(own), after=(), name="")
    return bind(story.text, trial, story.surroundings(), story.lexicon).metric
