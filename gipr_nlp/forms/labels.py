"""Finds the labels of the statutory forms in a text, whatever stands between their characters.

A label is compared by its ideographs alone: spaces, punctuation, pipes, line ends and numbering
digits are left out on both sides, so a label that a line end or a cell border cut in two is
still the label. All labels of the catalogue make one pattern; the longest at a place wins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.forms import Form

RoleKind = Literal["row", "column", "head", "heading"]

_RUN = re.compile(r"[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff]++")
_NOT_IDEOGRAPH = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]++")
_NUMBERING = re.compile(
    r"(?:其中[:：])?(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[、.．])?"
)
# Words that deny what they name (本单位未制作规章) print no label.
_DENIED = re.compile(r"(?:未|没有|不涉及)[\u4e00-\u9fff]{0,6}$")
LONGEST_DENIAL = 10


@dataclass(frozen=True, slots=True)
class Role:
    """What a label may be: a row, column or head of a form, or the heading before its table."""

    form: str
    table: str
    kind: RoleKind
    id: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one label may be, and the kinds of that, by table and alone.

    ``rows`` are the forms and rows that it may be the label of; ``tables`` are those that it may
    stand in: none where it can be the heading before one.
    """

    rows: tuple[tuple[str, str], ...]
    kinds: frozenset[tuple[str, RoleKind]]
    parts: frozenset[RoleKind]
    tables: frozenset[str]
    is_heading: bool

    @classmethod
    def of(cls, roles: Iterable[Role]) -> Meaning:
        """What a label means that may play these roles."""
        found = tuple(roles)
        is_heading = any(role.kind == "heading" for role in found)
        return cls(
            tuple((role.form, role.id) for role in found if role.kind == "row"),
            frozenset((role.table, role.kind) for role in found),
            frozenset(role.kind for role in found),
            frozenset() if is_heading else frozenset(role.table for role in found),
            is_heading,
        )


class Hit(NamedTuple):
    """A label found: its ideographs, its place in the text, what it may be."""

    label: str
    start: int
    end: int
    meaning: Meaning

    def is_kind(self, table: str, *kinds: RoleKind) -> bool:
        """Whether the label may play one of these parts in the table."""
        return any((table, kind) in self.meaning.kinds for kind in kinds)


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """Every label of a catalogue, as one pattern over ideographs."""

    meanings: dict[str, Meaning]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text less all punctuation and space: ``text[starts[i]]`` is the source's ``places[i]``.

    There is one such pair for each run of characters that stand together in the source.
    """

    text: str
    places: Sequence[int]
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``: from its first character through its last."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, at: int) -> int:
        run = bisect_right(self.starts, at) - 1
        return self.places[run] + at - self.starts[run]


def ideographs(text: str) -> str:
    """The ideographs of ``text`` alone."""
    return _NOT_IDEOGRAPH.sub("", text)


def has_ideographs(text: str) -> bool:
    """Whether there is an ideograph in ``text``."""
    return not text.isascii() and _NOT_IDEOGRAPH.fullmatch(text) is None


@lru_cache(maxsize=8192)
def bare_label(label: str) -> str:
    """The ideographs of a label without its numbering: what it is compared by."""
    return ideographs(_NUMBERING.sub("", label, count=1))


def skeleton(text: str) -> Skeleton:
    """The ideographs of ``text``, with the digits and letters that part a label from another."""
    runs: list[str] = []
    places: list[int] = []
    for match in _RUN.finditer(text):
        runs.append(match[0])
        places.append(match.start())
    return Skeleton("".join(runs), places, list(accumulate(map(len, runs), initial=0)))


def find_labels(text: str, catalogue: Catalogue) -> list[Hit]:
    """The labels in ``text``, from left to right, without overlaps."""
    index = label_index(catalogue)
    bones = skeleton(text)
    found: list[Hit] = []
    for match in index.pattern.finditer(bones.text):
        hit = Hit(match[0], *bones.span(*match.span()), index.meanings[match[0]])
        before = max(found[-1].end if found else 0, hit.start - LONGEST_DENIAL)
        if not _DENIED.search(text, before, hit.start):
            found.append(hit)
    return found


@lru_cache(maxsize=8)
def label_index(catalogue: Catalogue) -> LabelIndex:
    """The labels of the catalogue's forms; built once for a catalogue."""
    roles: dict[str, dict[Role, None]] = defaultdict(dict)
    for form in catalogue.all(Form).values():
        for role, label in _labels(form):
            roles[bare_label(label)][role] = None
    pattern = _alternatives(roles)
    meanings = {label: Meaning.of(found) for label, found in roles.items()}
    return LabelIndex(meanings, pattern)


def _labels(form: Form) -> Iterable[tuple[Role, str]]:
    for row in form.rows:
        for label in row.labels:
            yield Role(form.id, form.table, "row", row.id), label
    for column in form.columns:
        for label in column.labels:
            yield Role(form.id, form.table, "column", column.id), label
    for label in form.heads:
        yield Role(form.id, form.table, "head", bare_label(label)), label
    for label in form.headings:
        yield Role(form.id, form.table, "heading", bare_label(label)), label


def _alternatives(labels: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all labels, the longest first, alternatives with a common start merged."""
    trie: dict[str, dict[str, object]] = {}
    for label in labels:
        node: dict[str, dict[str, object]] = trie
        for character in label:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return re.compile(_branch(trie) if trie else r"(?!)")


def _branch(node: dict[str, dict[str, object]]) -> str:
    ways = [key + _branch(child) for key, child in node.items() if key]  # type: ignore[arg-type]
    if not ways:
        return ""
    inner = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return inner + "?" if "" in node else inner
