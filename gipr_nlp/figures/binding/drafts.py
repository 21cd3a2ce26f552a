"""A figure while it is being made: what the linker, the relations and the periods write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from gipr_nlp.figures.binding.bind import Bond
from gipr_nlp.figures.text.slots import Slot
from gipr_nlp.interval import Interval
from gipr_nlp.records import Period, Quantity, Relation


@dataclass(slots=True, eq=False)
class Draft:
    """A number, or a phrase that says zero, with what is known of it; offsets are of the view.

    ``base`` is the part whose share a number is, ``named`` the metric of a part without a count;
    ``stated``: the words tie the part to its whole, nothing is inferred; ``empty``: a zero beside
    a number, of which alone 其中 can speak.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    interval: Interval
    metric: str
    approximate: bool = False
    slot: Slot | None = None
    bond: Bond | None = None
    period: Period = "this_year"
    scope: str | None = None
    parent: Draft | None = None
    relation: Relation | None = None
    stated: bool = False
    empty: bool = False
    split: str | None = None
    closed: bool = False
    in_words: bool = False
    sentence: int = 0
    base: Draft | None = field(default=None, repr=False)
    named: str | None = None


def since(sentence: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The last of ``drafts``, those from ``sentence`` on."""
    near = list(takewhile(lambda one: one.sentence >= sentence, reversed(drafts)))
    return near[::-1]


def from_quantity(
    quantity: Quantity, metric: str, slot: Slot, bond: Bond | None, sentence: int
) -> Draft:
    """The draft of a number bound to ``metric``."""
    return Draft(
        start=quantity.start,
        end=quantity.end,
        value=quantity.value,
        unit=quantity.unit,
        interval=quantity.interval,
        metric=metric,
        approximate=quantity.approximate,
        slot=slot,
        bond=bond,
        sentence=sentence,
    )


def upwards(draft: Draft | None) -> Iterator[Draft]:
    """``draft``, its whole, the whole of that, and so on."""
    while draft is not None:
        yield draft
        draft = draft.parent


def outermost(draft: Draft) -> Draft:
    """``draft``, or the whole of the whole ... that it is part of."""
    *_, last = upwards(draft)
    return last
