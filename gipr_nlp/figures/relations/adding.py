"""Lists that show by adding up: 公开信息231条。网站143条、微信60条、微博28条, with no word that opens them.

Numbers that follow their total, or stand before it, and add up to it exactly are its parts; a tie
that holds can raise no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from gipr_nlp.figures.binding.drafts import Draft
from gipr_nlp.figures.relations.closing import CLOSES
from gipr_nlp.figures.relations.wholes import fits_into
from gipr_nlp.figures.text.lexicon import CHANGES, PART, Lexicon
from gipr_nlp.interval import ZERO

# Sums that stand beside what they add up: not parts but another number.
ADDED_UP = frozenset({"requests_total", "proposals_total"})
NEAR = 24
CHANNEL = "channel"


def tie_sums(text: str, drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """Makes numbers that add up to the total beside them its parts.

    What closes its list (合计25件) takes it over from a whole of another sentence.
    """
    counts = [one for one in drafts if _is_count(one)]
    for place, whole in enumerate(counts):
        if not whole.interval.is_point or whole.value <= 1 or whole.slot is None:
            continue
        closes = CLOSES.search(text, whole.slot.left, whole.start) is not None
        for those in _beside(whole, counts, place):
            listed = _list(whole, those, lexicon, closes=closes)
            for parts in _runs(listed, lexicon) if len(listed) > 1 else ():
                if _is_new(parts, whole, lexicon) and adds_up(parts, whole):
                    for part in parts:
                        part.parent, part.relation = whole, "part"


def _beside(whole: Draft, counts: Sequence[Draft], place: int) -> Iterator[list[Draft]]:
    """The counts after and before ``whole`` that may be its list: those of its sentence, of the
    next to it, and those of one sentence each (numbered lines)."""
    after, before = counts[place + 1 : place + NEAR], counts[max(0, place - NEAR) : place][::-1]
    for those, step in ((after, 1), (before, -1)):
        yield [one for one in those if one.sentence == whole.sentence]
        yield [one for one in those if one.sentence == whole.sentence + step]
    following = [one.sentence for one in (whole, *after)]
    alone = takewhile(lambda index: following[index + 1] == following[index] + 1, range(len(after)))
    yield [after[index] for index in alone if following.count(following[index + 1]) == 1]


def adds_up(parts: Sequence[Draft], whole: Draft) -> bool:
    """Whether two or more exact numbers are together exactly the whole."""
    exact = all(part.interval.is_point for part in (*parts, whole))
    return exact and len(parts) > 1 and sum((one.value for one in parts), ZERO) == whole.value


def axis_of(part: Draft, lexicon: Lexicon) -> str:
    """By what the part divides its whole; "place" for the parts of offices, "" for none."""
    if part.metric.endswith(PART):
        return "place" if part.scope else ""
    row = lexicon.metrics.get(part.metric)
    return row.axis if row else ""


def _is_count(one: Draft) -> bool:
    return one.relation in {None, "part"} and not one.metric.endswith(CHANGES)


def _list(whole: Draft, others: Iterable[Draft], lexicon: Lexicon, *, closes: bool) -> list[Draft]:
    """The numbers of a sentence that stand one after the other and could be parts of ``whole``;
    what is part of one of them is passed over."""
    found: list[Draft] = []
    for one in others:
        if one.parent is not None and one.parent is not whole:
            if one.parent.sentence == one.sentence:
                continue
            if not closes:
                break
        alike = one.unit in {whole.unit, ""} and one.period == whole.period
        if not alike or one.in_words or not fits_into(one, whole, lexicon):
            break
        found.append(one)
    return found


def _runs(parts: Sequence[Draft], lexicon: Lexicon) -> Iterator[list[Draft]]:
    """All of a list, and each stretch of it on one axis."""
    yield list(parts)
    for _, those in groupby(parts, key=lambda one: axis_of(one, lexicon)):
        yield list(those)


def _is_new(parts: Sequence[Draft], whole: Draft, lexicon: Lexicon) -> bool:
    """Whether the sum says more than the words: some part is not tied yet, and none of those tells
    of something else (网站公开143条: what was done there).

    Those that only words can tie (办理55件，答复50件，结转5件) need another beside them that is tied.
    """
    free = [one for one in parts if one.parent is not whole]
    if not free or any(_is_told_of(one, lexicon) for one in free):
        return False
    tied = any(one.parent is whole and not _is_outright(one, lexicon) for one in parts)
    beside = whole.metric in ADDED_UP or any(_is_outright(one, lexicon) for one in free)
    return tied or not beside


def _is_outright(part: Draft, lexicon: Lexicon) -> bool:
    axis = lexicon.axes.get(axis_of(part, lexicon))
    return axis is not None and axis.outright


def _is_told_of(part: Draft, lexicon: Lexicon) -> bool:
    """Whether a channel has a predicate of its own."""
    own = part.bond.own if part.bond is not None else ()
    acts = any(lexicon.role.get(concept) == "action" for concepts in own for concept in concepts)
    return acts and axis_of(part, lexicon) == CHANNEL
