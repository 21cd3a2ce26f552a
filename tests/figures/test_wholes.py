"""What each number is part or share of, which lists there are, and which are closed."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.figures.conftest import Read, by_text
from tests.figures.marked import CASES

WHOLES = [
    case
    for name in ("wholes", "ties")
    for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", WHOLES, ids=lambda case: case["name"])
def test_parts_go_to_their_whole(case: dict[str, Any], read: Read) -> None:
    figures = by_text(read(case["text"]))
    names = {figure.id: figure.text for figure in figures.values()}
    found = [
        f"{figure.text} < {names[figure.parent]}"
        for figure in figures.values()
        if figure.parent is not None
    ]
    assert found == case["parts"]


@pytest.mark.parametrize(
    "case", [case for case in WHOLES if "splits" in case], ids=lambda case: case["name"]
)
def test_lists_are_kept_apart(case: dict[str, Any], read: Read) -> None:
    figures = by_text(read(case["text"]))
    splits = [{figures[text].split for text in those} for those in case["splits"]]
    assert all(len(split) == 1 for split in splits)
    assert len(set().union(*splits)) == len(splits)


@pytest.mark.parametrize(
    "case", [case for case in WHOLES if "closed" in case], ids=lambda case: case["name"]
)
def test_only_words_close_a_list(case: dict[str, Any], read: Read) -> None:
    figures = by_text(read(case["text"]))
    assert [figure.text for figure in figures.values() if figure.closed] == case["closed"]
