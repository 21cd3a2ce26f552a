"""Damage to the characters of a passage changes none of its figures."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from gipr_nlp import extract_figures

sys.path.insert(0, str(Path(__file__).parent.parent / "corpus"))
from passages import Passage, load

WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
RADICALS = {
    ord(unicodedata.normalize("NFKC", chr(code))): code for code in reversed(range(0x2F00, 0x2FD6))
}
LINE = 20


def with_wide_digits(text: str) -> str:
    return text.translate(WIDE)


def with_spaces_around_digits(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text)


def with_line_breaks(text: str) -> str:
    return "\n".join(
        line[start : start + LINE]
        for line in text.split("\n")
        for start in range(0, max(len(line), 1), LINE)
    )


def with_radicals(text: str) -> str:
    return text.translate(RADICALS)


@lru_cache(maxsize=1)
def passages() -> list[Passage]:
    return load(splits=("dev", "test"))


@lru_cache(maxsize=4096)
def told(text: str, year: int) -> list[tuple[Any, ...]]:
    return [
        (figure.metric, figure.value, figure.unit, figure.period)
        for figure in extract_figures(text, year)
    ]


@pytest.mark.parametrize(
    ("damage", "tolerated"),
    [
        (with_wide_digits, 0),
        (with_radicals, 0),
        (with_spaces_around_digits, 0),
        (
            with_line_breaks,
            0.01,
        ),  # a break behind a colon or a decimal point may be one of the text
    ],
)
def test_the_figures_stay(damage: Callable[[str], str], tolerated: float) -> None:
    changed = [
        one.id for one in passages() if told(damage(one.text), one.year) != told(one.text, one.year)
    ]
    assert len(changed) <= tolerated * len(passages())
