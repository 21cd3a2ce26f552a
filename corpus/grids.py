"""The statutory tables as grids: what each cell prints and how many rows and columns it spans.

`statutory.toml` holds the labels; the values are those that an authored report prints. A grid
knows no file format: `corpus/pages.py` lays it out as text or HTML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
FORMS: Mapping[str, Any] = tomllib.loads((ROOT / "statutory.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Box:
    """One printed cell; ``ref`` (row, column) where it holds a value of the form."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    ref: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What a report prints in one table: a row's texts by its id, ``fill`` in all others.

    ``form`` is the edition; ``mixed`` names the blocks (by their article) of another edition.
    ``printed`` replaces labels, for the variants and damage of real reports.
    """

    table: str
    form: str
    rows: Mapping[str, Sequence[str]]
    fill: str = ""
    mixed: Mapping[str, str] | None = None
    printed: Mapping[str, str] | None = None

    def label(self, text: str) -> str:
        """``text`` as this report prints it."""
        return (self.printed or {}).get(text, text)

    def boxes(self, row: str, columns: Sequence[str]) -> list[Box]:
        """The value cells of ``row``."""
        texts = self.rows.get(row, [self.fill] * len(columns))
        if len(texts) != len(columns):
            raise ValueError(f"{self.table}/{row}: {len(texts)} values for {len(columns)} columns")
        return [Box(text, ref=(row, column)) for text, column in zip(texts, columns, strict=True)]


Grid = list[list[Box]]


def grid(values: Values) -> Grid:
    """The whole table as rows of boxes, merged cells at their upper left corner only."""
    builders = {
        "proactive": _proactive,
        "requests": _requests,
        "reviews": _reviews,
        "statistics": _statistics,
    }
    rows = [
        [
            Box(values.label(box.text), box.rowspan, box.colspan) if box.ref is None else box
            for box in row
        ]
        for row in builders[values.table](values)
    ]
    known = {box.ref[0] for row in rows for box in row if box.ref}
    if unknown := set(values.rows) - known:
        raise ValueError(f"{values.table}: no such rows: {', '.join(sorted(unknown))}")
    return rows


def editions(values: Values) -> dict[str, str]:
    """The edition of the block that each row stands in."""
    if values.table != "proactive":
        return {box.ref[0]: values.form for row in grid(values) for box in row if box.ref}
    return {row: block["form"] for block in _blocks(values) for row, _ in block["rows"]}


def _blocks(values: Values) -> Iterator[Mapping[str, Any]]:
    """The blocks of the proactive table, each in the edition that the report uses for it."""
    for block in FORMS["proactive"]:
        wanted = (values.mixed or {}).get(block["article"], values.form)
        if block["form"] == wanted:
            yield block


def _proactive(values: Values) -> Iterator[list[Box]]:
    for block in _blocks(values):
        yield [Box(block["article"], colspan=4)]
        yield _stretched([Box(text) for text in block["head"]], 4)
        for row, label in block["rows"]:
            yield _stretched([Box(label), *values.boxes(row, block["columns"])], 4)


def _stretched(boxes: list[Box], width: int) -> list[Box]:
    """``boxes`` with the last one merged over the columns that are left."""
    last = boxes[-1]
    return [*boxes[:-1], Box(last.text, last.rowspan, width - len(boxes) + 1, last.ref)]


def _requests(values: Values) -> Iterator[list[Box]]:
    form = FORMS["requests"]
    columns = form["columns"]
    yield [Box(form["corner"], 3, 3), Box(form["applicants"], 1, 7)]
    yield [Box(form["person"], 2), Box(form["organisations"], 1, 5), Box(form["total"], 2)]
    yield [Box(text) for text in form["kinds"]]
    yield [Box(form["new"], 1, 3), *values.boxes("requests_new", columns)]
    yield [Box(form["carried_in"], 1, 3), *values.boxes("requests_carried_in", columns)]
    outcomes = list(_outcomes(values))
    yield [Box(form["results"], len(outcomes)), *outcomes[0]]
    yield from outcomes[1:]
    yield [Box(form["carried_out"], 1, 3), *values.boxes("requests_carried_out", columns)]


def _outcomes(values: Values) -> Iterator[list[Box]]:
    columns = FORMS["requests"]["columns"]
    for group in FORMS["requests"]["group"]:
        if group.get("form", values.form) != values.form:
            continue
        if "row" in group:
            yield [Box(group["label"], 1, 2), *values.boxes(group["row"], columns)]
            continue
        for number, (row, label) in enumerate(group["rows"]):
            first = [] if number else [Box(group["label"], len(group["rows"]))]
            yield [*first, Box(label), *values.boxes(row, columns)]


def _reviews(values: Values) -> Iterator[list[Box]]:
    form = FORMS["reviews"]
    kinds, columns = form["kinds"], form["columns"]
    yield [Box(form["review"], 1, 5), Box(form["litigation"], 1, 10)]
    yield [
        *(Box(kind, 2) for kind in kinds),
        Box(form["direct"], 1, 5),
        Box(form["post_review"], 1, 5),
    ]
    yield [Box(kind) for kind in kinds] * 2
    yield [box for row in ("review", "direct", "post_review") for box in values.boxes(row, columns)]


def _statistics(values: Values) -> Iterator[list[Box]]:
    form = FORMS["statistics"]
    yield [Box(text) for text in form["head"]]
    for row, label, unit in form["rows"]:
        value = values.boxes(row, ["value"]) if row else [Box("")]
        yield [Box(label), Box(unit), *value]
