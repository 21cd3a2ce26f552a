"""Damage of the kind that scraping and typing do to tables, for the layout bench.

What is damaged is labels and separators, never a value: every gold cell stays what it was, but
for the rows that are dropped (their cells are missing then).
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from grids import Box, Grid
from samples import Sample

_LABEL = re.compile(r"[\u4e00-\u9fff]{4,}")
_NEAR = dict(
    zip("情形息项数量请开理新申掌握作另结", "况型讯向教粮清升里薪甲撑握做令节", strict=True)
)


def damaged(sample: Sample, seed: int) -> Sample:
    """The sample with typos, cut labels, stray spaces, repeated heads and lost rows."""
    random_ = random.Random(seed)
    gold = dict(sample.gold)
    tables = iter(dict.fromkeys(ref.split("/")[0] for ref in gold))
    parts = []
    for part in sample.page.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            parts.append(_grid(part, random_, next(tables), gold))
    return Sample(replace(sample.page, parts=parts), sample.form, gold)


def _grid(grid: Grid, random_: random.Random, table: str, gold: dict[str, str]) -> Grid:
    rows = [[_box(box, random_) for box in row] for row in grid]
    rows = _without_a_row(rows, random_, table, gold)
    return _with_second_head(rows, random_)


def _box(box: Box, random_: random.Random) -> Box:
    if box.ref is not None or not _LABEL.search(box.text) or random_.random() > 0.15:
        return box
    change = random_.choice((_typo, _cut, _spaced, _spaced, _wrapped))
    return replace(box, text=change(box.text, random_))


def _typo(text: str, random_: random.Random) -> str:
    places = [place for place, one in enumerate(text) if one in _NEAR]
    if not places:
        return text
    place = random_.choice(places)
    return text[:place] + _NEAR[text[place]] + text[place + 1 :]


def _cut(text: str, random_: random.Random) -> str:
    return text[: -random_.randint(1, 2)] if len(text) > 9 else text


def _spaced(text: str, random_: random.Random) -> str:
    place = random_.randint(1, len(text) - 1)
    return f"{text[:place]} {text[place:]}"


def _wrapped(text: str, random_: random.Random) -> str:
    place = len(text) // 2
    return f"{text[:place]}\n{text[place:]}"


def _without_a_row(rows: Grid, random_: random.Random, table: str, gold: dict[str, str]) -> Grid:
    """The grid without one row of zeros or blanks that no merged cell begins in."""
    lost = [
        number
        for number, row in enumerate(rows)
        if number > 3
        and table == "requests"
        and all(box.rowspan == 1 for box in row)
        and all(box.text in {"", "0", "-"} for box in row if box.ref)
    ]
    if not lost or random_.random() < 0.5:
        return rows
    gone = random_.choice(lost)
    for box in rows[gone]:
        if box.ref is not None:
            del gold[f"{table}/{box.ref[0]}/{box.ref[1]}"]
    return [
        [_shorter(box, number, gone) for box in row]
        for number, row in enumerate(rows)
        if number != gone
    ]


def _shorter(box: Box, row: int, gone: int) -> Box:
    covers = row < gone < row + box.rowspan
    return replace(box, rowspan=box.rowspan - 1) if covers else box


def _with_second_head(rows: Grid, random_: random.Random) -> Grid:
    """The grid with its head once more in the middle, where no merged cell is cut by it."""
    head = next((n for n, row in enumerate(rows) if any(box.ref for box in row)), 0)
    places = [
        number
        for number in range(head + 2, len(rows))
        if not any(start + box.rowspan > number for start in range(number) for box in rows[start])
    ]
    if not head or not places or random_.random() < 0.6:
        return rows
    place = random_.choice(places)
    return [*rows[:place], *rows[:head], *rows[place:]]


def without_separators(data: bytes, seed: int) -> bytes:
    """A text with one separator of each hundred lost (tabs and pipes inside lines)."""
    random_ = random.Random(seed)

    def keep(match: re.Match[str]) -> str:
        return "" if random_.random() < 0.01 else match[0]

    return re.sub(r"(?<=[^\n|\t ])(?:\t| \| )(?=[^\n|\t ])", keep, data.decode()).encode()
