"""Numbers told together: 予以公开、部分公开分别为26件、9件; 专职、兼职人员各3名; 答复率、满意率均为100%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from gipr_nlp.figures.text.clauses import BLOCK_MARKS, Line
from gipr_nlp.figures.text.lexicon import Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot

_RESPECTIVELY = regex.compile(r"分别|依次|对应")
_ABOVE = regex.compile(r"上述|以上|前述|同上")
_EACH = regex.compile(r"(?:各|均|都|双双|双)(?:自|分别)?(?:为|是|达到|达|占|有)?[约近超]?$")
_BETWEEN = regex.compile(
    r"[、，,]?(?:和|与|及|以及)?(?:增长|下降|上升|减少|增加|提高|降低|约|近|超|占)?"
)
_SEPARATOR = regex.compile(r"、|以及|和|与|及")
# 住建局、公安局、教育局三家收件最多: the last name ends before the count of all.
_COUNTED = regex.compile(r"(?<=[\p{Han}]{2})(?:[两二三四五六七八九十]|\d+)[家个级].*\Z")
_LETTERS = regex.compile(r"[\p{Han}A-Za-z0-9]")
SHARED_ROLES = frozenset({"action", "change", "cmp", "rate", "mod", "object"})


class Item(NamedTuple):
    """One name of a list: its words and its text."""

    hits: tuple[Hit, ...]
    text: str


class Told(NamedTuple):
    """A number with the slots that name it: one, or several where it is told of each."""

    slots: tuple[Slot, ...]
    unclear: bool = False


def tell_apart(text: str, found: Sequence[Slot], lexicon: Lexicon) -> Iterator[Told]:
    """The slots of a line, with lists of names dealt out to lists of numbers."""
    index = 0
    names: list[Item] = []
    while index < len(found):
        slot = found[index]
        cue = _last(_RESPECTIVELY, text, slot.left, slot.quantity.start)
        if cue is None:
            each = _each(text, slot, lexicon)
            yield Told(tuple(each) if each else (slot,))
            index += 1
            continue
        run = _run(text, found[index:])
        listed = _items(text, slot, cue.start())
        if len(listed) < 2 and not names:
            listed = [Item(one.before, "") for one in _told_before(text, found[:index], run)]
        names = listed if len(listed) >= 2 else names
        dealt = _dealt(names, len(run))
        if not dealt:
            yield from (Told((one,), unclear=len(run) > 1) for one in run)
        else:
            shared = _hits(slot.line, slot.left, slot.quantity.start)
            common = _common(dealt, shared, len(listed) >= 2, lexicon)
            for place, (one, item) in enumerate(zip(run, dealt, strict=True)):
                yield Told((_named(one, item, common, lexicon, first=place == 0),))
        index += len(run)


def _last(pattern: regex.Pattern[str], text: str, start: int, end: int) -> regex.Match[str] | None:
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007
        pass
    return found


def _run(text: str, following: Sequence[Slot]) -> list[Slot]:
    """The numbers that stand one after the other: 26件、9件、4件和17件."""
    run = [following[0]]
    for slot in following[1:]:
        if slot.quantity.unit not in {run[0].quantity.unit, ""}:
            break
        if not _BETWEEN.fullmatch(text[run[-1].quantity.end : slot.quantity.start]):
            break
        run.append(slot)
    return run


def _told_before(text: str, before: Sequence[Slot], run: Sequence[Slot]) -> Sequence[Slot]:
    """The numbers whose words name those of ``run``, one for each; 上述 speaks of the block before:
    维持15件、纠正3件；复议后起诉4件，上述结果依次为3件、1件."""
    slot = run[0]
    if _ABOVE.search(text, slot.left, slot.quantity.start):
        blocks = [
            mark for mark in slot.line.marks if mark < slot.left and text[mark] in BLOCK_MARKS
        ]
        last = max(blocks, default=slot.left)
        before = [one for one in before if one.quantity.end <= last]
    return before[max(0, len(before) - len(run)) :]


def _items(text: str, slot: Slot, cue: int) -> list[Item]:
    """The names before 分别, in this clause or, where it holds none, in the one before."""
    start = slot.left
    if len(_LETTERS.findall(text[start:cue])) < 2:
        marks = [m + 1 for m in slot.line.marks if m + 1 < start and text[m] in "，,；;：:"]
        start = max([slot.context_start, *[m for m in marks if m >= slot.context_start]])
    return _split(text, slot.line, start, cue)


def _split(text: str, line: Line, start: int, end: int) -> list[Item]:
    items = []
    edge = start
    covered = [(hit.start, hit.end) for hit in line.hits]
    for mark in [*_SEPARATOR.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        if mark and any(s <= mark.start() and mark.end() <= e and e - s > mark.end() - mark.start()
                        for s, e in covered):  # fmt: skip
            continue
        if any(s <= stop < e for s, e in line.holes):
            continue
        if len(_LETTERS.findall(text[edge:stop])) >= 2:
            name = _COUNTED.sub("", text[edge:stop].strip("，,；;：: "))
            items.append(Item(_hits(line, edge, stop), name))
        edge = mark.end() if mark else end
    return items


def _dealt(names: Sequence[Item], numbers: int) -> Sequence[Item]:
    """The names that go with so many numbers: as many, the last ones; none where it cannot be told."""
    if len(names) < numbers or (numbers == 1 and len(names) != 1):
        return []
    return names[-numbers:]


def _common(
    names: Sequence[Item], shared: Sequence[Hit], fresh: bool, lexicon: Lexicon
) -> tuple[Hit, ...]:
    """What the whole list shares: words after its last name (件数, 发布量), or of the new clause."""
    if not fresh:
        return tuple(hit for hit in shared if _shareable(hit, lexicon))
    last = [hit for hit in names[-1].hits if lexicon.weight[hit.concepts[0]] > 0]
    tail = [hit for hit in last[1:] if _shareable(hit, lexicon)]
    listed = {hit.start for item in names for hit in item.hits}
    outside = [hit for hit in shared if hit.start not in listed and _shareable(hit, lexicon)]
    return (*tail, *outside)


def _shareable(hit: Hit, lexicon: Lexicon) -> bool:
    return any(
        lexicon.role[concept] in SHARED_ROLES and lexicon.weight[concept] > 0
        for concept in hit.concepts
    )


def _named(
    slot: Slot, item: Item, common: Sequence[Hit], lexicon: Lexicon, *, first: bool = True
) -> Slot:
    own: tuple[Hit, ...] = () if first else slot.before
    if any(_is_change(hit, lexicon) for hit in own):
        common = [hit for hit in common if not _is_change(hit, lexicon)]
    before = tuple(sorted({*item.hits, *common, *own}, key=lambda hit: hit.start))
    known = any(lexicon.weight[hit.concepts[0]] > 3 for hit in item.hits)
    name = "" if known or item.text[:1].isdigit() else item.text
    return slot._replace(before=before, after=(), context=(), name=name, told=item.text)


def _is_change(hit: Hit, lexicon: Lexicon) -> bool:
    return any(lexicon.role[concept] == "change" for concept in hit.concepts)


def _each(text: str, slot: Slot, lexicon: Lexicon) -> list[Slot]:
    """One slot for each name of a list that the number is told of, none where it is of one."""
    cue = _EACH.search(text, slot.left, slot.quantity.start)
    if cue is None or cue.end() != slot.quantity.start:
        return []
    names = [item for item in _split(text, slot.line, slot.left, cue.start()) if item.hits]
    if len(names) < 2:
        return []
    common = _common(names, _hits(slot.line, slot.left, slot.quantity.start), True, lexicon)
    return [_named(slot, item, common, lexicon) for item in names]


def _hits(line: Line, start: int, end: int) -> tuple[Hit, ...]:
    return tuple(hit for hit in line.hits if start <= hit.start and hit.end <= end)
