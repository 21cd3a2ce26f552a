"""Sentences with their figures marked in the text: 受理申请[[83件|requests_new]]."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and what stands at each place: metrics, or ``?`` for none."""

    text: str
    meanings: dict[tuple[int, int], set[str]]

    def __str__(self) -> str:
        return self.text[:24]


def unmark(source: str) -> Marked:
    """``source`` without marks; a zero in words (``m=0``) keeps its ``=0``."""
    text, meanings, cursor = "", {}, 0
    for mark in _MARK.finditer(source):
        text += source[cursor : mark.start()]
        span = (len(text), len(text) + len(mark.group(1)))
        meanings[span] = set(mark.group(2).split(","))
        text += mark.group(1)
        cursor = mark.end()
    return Marked(text + source[cursor:], meanings)


def cases(name: str) -> list[Marked]:
    """The sentences of one file of cases."""
    content = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    return [unmark(line) for part in content.values() for line in part["sentences"]]
