"""Rows that say what figures mean: metrics and their groups, the words that name them, topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from gipr_nlp.catalogue.entries import Entry

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue

Measure = Literal["count", "money", "percent", "days"]
Role = Literal[
    "none", "object", "channel", "action", "outcome", "verdict", "applicant", "path", "mod",
    "time", "rate", "cmp", "change", "actor", "filler",
]  # fmt: skip


class Group(Entry):
    """A family of metrics; ``units`` serves those of its metrics that name none.

    ``kinds``: in a list of kinds of information, what its metrics count is a kind like the others.
    """

    zh: str
    en: str
    units: tuple[str, ...] = ()
    kinds: bool = False


class Concept(Entry):
    """A notion in which figures are told, with the words for it.

    ``role`` is the place that it fills in a statement: a clause that names no object takes over
    the object of the one before, and so on. ``weight`` (0 to 20) is how much the notion tells.
    ``strict``: where it stands, only a metric that takes it can be meant (每月2次 is no total).
    """

    role: Role
    weight: int = Field(ge=0, le=20)
    strict: bool = False
    words: tuple[str, ...]


class Axis(Entry):
    """A way in which a total is split; the parts of one list lie on one axis.

    ``implicit`` parts need no 其中: outcomes that follow a number of requests are its parts.
    ``complete`` lists the sets of metrics of which each leaves nothing out; there is no end to
    the parts of an ``open`` axis (subjects, kinds), which no sum makes complete. ``outright``
    parts need 其中 right before them, or another of the axis.
    """

    zh: str
    en: str
    implicit: bool = False
    open: bool = False
    outright: bool = False
    complete: tuple[tuple[str, ...], ...] = ()

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The metrics of the complete sets must exist."""
        for metric in {metric for whole in self.complete for metric in whole}:
            if metric not in catalogue.all(Metric):
                yield f"complete: there is no metric {metric!r}"


class Metric(Entry):
    """What a figure can state. ``units`` are the measure words it is counted in.

    ``when`` lists the combinations of concepts that name the metric, each as words: ``receive``
    must be there, ``info?`` may be, ``@requests`` asks that the text around speaks of that
    group, axis or metric, ``+web`` must be a word of the number's own,
    ``!share`` forbids, ``=条`` asks for that measure word. ``zero`` lists the combinations that a negation
    (未收到 ...) turns into a figure of value 0. ``part_of`` names the wholes that a list opened
    by 其中 or a bracket makes it part of; parts on the same ``axis`` are one list. ``share_of``
    names the metrics, axes or groups whose shares are this metric. ``parts`` is the metric of
    parts that only a noun names, ``kinds`` that of parts told by their kind (学区划分类),
    ``part_when`` are combinations that name a part of this very
    metric, ``alone`` is what a part is that stands in no list, ``cumulative`` the metric of the
    sum over all years. ``itself``: it stays what it is in a list of kinds, where the nouns of others
    are only kinds. A whole whose parts are all of ``made_of`` is this metric. One that is
    ``apart`` is no kind of what another metric counts, whatever list it stands in. ``standing``
    is what there is at a time (staff), not what is done in a year: 自2008年起配备 adds nothing up.
    """

    zh: str
    en: str
    group: str
    measure: Measure = "count"
    units: tuple[str, ...] = ()
    axis: str = ""
    when: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    part_when: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    parts: str = ""
    kinds: str = ""
    alone: str = ""
    cumulative: str = ""
    itself: bool = False
    apart: bool = False
    standing: bool = False

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The group, the concepts and the wholes must exist."""
        if self.group not in catalogue.all(Group):
            yield f"group: there is no group {self.group!r}"
        concepts = catalogue.all(Concept)
        for term in " ".join((*self.when, *self.zero, *self.part_when)).split():
            name = term.strip("?!+")
            if name[0] not in "@=" and name not in concepts and name != NAME:
                yield f"when: there is no concept {name!r}"
        for other in (
            *self.part_of,
            *self.made_of,
            self.parts,
            self.kinds,
            self.alone,
            self.cumulative,
        ):
            if other and other not in catalogue.all(Metric):
                yield f"there is no metric {other!r}"
        if self.axis and self.axis not in catalogue.all(Axis):
            yield f"axis: there is no axis {self.axis!r}"


NAME = "name"
"""The term of ``when`` for a noun that the catalogue does not know, next to the number."""


class Characters(Entry):
    """Characters that are ``written`` for those that are ``read``, one for one."""

    written: str
    read: str

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """Both strings must be of one length."""
        if len(self.written) != len(self.read):
            yield f"written has {len(self.written)} characters, read has {len(self.read)}"


WordKind = Literal[
    "acts", "statistics", "series", "money", "permits", "words", "general", "trades", "documents",
    "slight", "papers",
]  # fmt: skip
"""What a word of a topic is, in the order in which the words of a phrase decide."""

MATTERS: tuple[WordKind, ...] = ("words", "general", "trades")
"""The kinds that name what a phrase deals with, whatever is asked of it."""

MUTE: tuple[WordKind, ...] = ("slight", "papers")
"""The kinds that name a subject only where it is plain that one is named."""


class TopicPair(BaseModel):
    """Two words of a phrase, apart from each other, that name a topic only together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: WordKind
    first: tuple[str, ...]
    second: tuple[str, ...]


class Topic(Entry):
    """A subject of requests, with the words that name it, by their kind.

    ``keeps`` are the kinds that its matters outrank: 环评审批 is about the environment.
    """

    zh: str
    en: str
    keeps: tuple[WordKind, ...] = ()
    acts: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    pairs: tuple[TopicPair, ...] = ()

    def by_kind(self) -> dict[WordKind, tuple[str, ...]]:
        """All words by their kind, the weightiest first."""
        return {kind: getattr(self, kind) for kind in get_args(WordKind)}

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """A topic is named by something, and keeps only what matters do not name themselves."""
        if not self.pairs and not any(self.by_kind().values()):
            yield "no words"
        for kind in self.keeps:
            if kind in (*MATTERS, "documents", *MUTE):
                yield f"keeps: {kind} outrank no matter"
