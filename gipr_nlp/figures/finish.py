"""What can only be said when all numbers are known: wholes of shares, splits, closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import regex

from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.relations.adding import adds_up, axis_of, tie_sums
from gipr_nlp.figures.relations.bases import find_bases
from gipr_nlp.figures.relations.closing import CLOSES, OWN_TOTALS
from gipr_nlp.figures.relations.wholes import HANDLED
from gipr_nlp.figures.text.lexicon import Lexicon

_RESPECTIVELY = regex.compile(r"分别|依次|具体为|具体是")
_LINK = regex.compile(r"(?:有|为|是|达|约|近|计)*")
_THESE = regex.compile(r"以上|上述|各项")
LONG = 4
AMOUNTS = frozenset({"总数", "总量"})
REST, OUTCOME = "rest", "outcome"
RECEIVED, ANSWERED = "requests_new", "requests_answered"


def finish(text: str, drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """Completes ``drafts`` (in order of their place), each in its turn."""
    tie_sums(text, drafts, lexicon)
    for draft in drafts:
        _stand_alone(draft, drafts, lexicon)
    for whole, parts in _wholes(drafts):
        _made_of(whole, parts, lexicon)
        _came_to(whole, parts, lexicon)
    find_bases(text, drafts, lexicon)
    for whole, parts in _wholes(drafts):
        _number_splits(whole, parts, lexicon)
        whole.closed = _is_closed(text, whole, [one for one in parts if one.split == "1"], lexicon)


def _stand_alone(draft: Draft, drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """A part that stands in no list is what its metric is ``alone``."""
    row = lexicon.metrics.get(draft.metric)
    if row is None or not row.alone or draft.parent is not None:
        return
    siblings = [
        one for one in drafts if one.metric == draft.metric and one.sentence == draft.sentence
    ]
    if len(siblings) == 1:
        draft.metric = row.alone


def _made_of(whole: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> None:
    """办理申请49件（新收46件、上年结转3件） is what came in and what was carried in."""
    told = {part.metric for part in parts}
    rule = whole.bond.rule if whole.bond else None
    neutral = rule is not None and HANDLED in rule.needs
    for metric, made in lexicon.sums.items():
        beside = whole.metric in made and bool(told & (made - {whole.metric}))
        if told >= made or beside or (neutral and told & made):
            whole.metric = metric


def _came_to(whole: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> None:
    """办理申请36件，其中予以公开15件: what has outcomes has been answered."""
    rule = whole.bond.rule if whole.bond else None
    if rule is None or HANDLED not in rule.needs or whole.metric != RECEIVED:
        return
    stated = [part for part in parts if part.stated and axis_of(part, lexicon) == OUTCOME]
    if len(stated) == len(parts):
        whole.metric = ANSWERED


def _wholes(drafts: Iterable[Draft]) -> Iterable[tuple[Draft, list[Draft]]]:
    found: dict[int, tuple[Draft, list[Draft]]] = {}
    for draft in drafts:
        draft.closed = False
        if draft.relation == "part" and draft.parent is not None:
            found.setdefault(id(draft.parent), (draft.parent, []))[1].append(draft)
    return found.values()


def _number_splits(whole: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> None:
    """Numbers the lists of a whole: parts on one axis are one list, others join the one they stand
    in; so do those of one sentence that only together are the whole (工作信息24条、微信13条)."""
    axes = [axis_of(part, lexicon) for part in parts]
    for _, those in groupby(range(len(parts)), key=lambda index: parts[index].sentence):
        told = list(those)
        if _only_together([parts[index] for index in told], whole, lexicon):
            for index in told:
                axes[index] = axes[told[0]]
    numbers: dict[str, str] = {}
    last: Draft | None = None
    for index, part in enumerate(parts):
        axis = axes[index]
        if not axis and last is None:
            later = zip(axes[index:], parts[index:], strict=True)
            axis = next(
                (one for one, other in later if one and other.sentence == part.sentence), ""
            )
        if not axis and last is not None and last.sentence == part.sentence:
            part.split = last.split
        else:
            part.split = numbers.setdefault(axis, str(len(numbers) + 1))
        last = part


def _only_together(parts: Sequence[Draft], whole: Draft, lexicon: Lexicon) -> bool:
    """Whether the parts are the whole, and none of the axes that they lie on is so by itself."""
    axes = {axis_of(one, lexicon) for one in parts}
    lists = ([one for one in parts if axis_of(one, lexicon) == axis] for axis in axes)
    return adds_up(parts, whole) and not any(adds_up(those, whole) for those in lists)


def _is_closed(text: str, whole: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether the first list of ``whole`` claims to be complete, or shows that it is."""
    if not parts:
        return False
    if parts[-1].end <= whole.start and (_sums_up(text, whole) or adds_up(parts, whole)):
        return True
    if _is_complete(parts, lexicon):
        return True
    if any(_is_rest(one) for one in parts) or _names_every(whole, parts, lexicon):
        return True
    near = parts[0].stated or parts[0].sentence == whole.sentence
    told = _RESPECTIVELY.search(text, whole.end, max(whole.end, parts[0].start))
    return near and bool(told)


def _sums_up(text: str, whole: Draft) -> bool:
    """Whether the words of ``whole`` close the list before it: 合计46件, 共46件; not 全年共公开信息46条,
    答复总量46件, which are totals of their own."""
    if whole.slot is None or whole.slot.divided:
        return False
    found = CLOSES.search(text, whole.slot.left, whole.start)
    if found is None or found.group() not in OWN_TOTALS:
        return found is not None
    if found.group() in AMOUNTS:
        return _THESE.search(text, whole.slot.left, found.start()) is not None
    return _LINK.fullmatch(text, found.end(), whole.start) is not None


def _is_complete(parts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether the list names all that there can be."""
    told = {part.metric for part in parts}
    names = {axis_of(part, lexicon) for part in parts}
    axes = [lexicon.axes[name] for name in names if name in lexicon.axes]
    lists = [every for axis in axes for every in axis.complete]
    return any(told >= set(every) or _reaches_the_last(told, every) for every in lists)


def _reaches_the_last(told: set[str], every: Sequence[str]) -> bool:
    """Whether of a long list most are told, the last of them too, which is all the others (其他处理):
    those between that are left out were none."""
    most = len(told & set(every)) * 3 >= len(every) * 2
    return len(every) > LONG and most and every[-1] in told


def _names_every(whole: Draft, parts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether the list names every outcome, channel or applicant that there was: they add up.
    Kinds, subjects and offices have no end that a sum could show."""
    rows = [lexicon.metrics.get(part.metric) for part in parts]
    axes = [lexicon.axes.get(row.axis) if row is not None else None for row in rows]
    ends = any(axis is not None for axis in axes) and None not in rows
    return ends and adds_up(parts, whole) and not any(axis and axis.open for axis in axes)


def _is_rest(part: Draft) -> bool:
    return part.bond is not None and any(REST in concepts for concepts in part.bond.own)
