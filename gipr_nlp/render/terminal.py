"""Columns for a terminal: width of Chinese characters, padding, cutting, colours."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category, east_asian_width

_COLOURS = {"red": "31", "yellow": "33", "green": "32", "bold": "1", "dim": "2"}


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def printable(text: str) -> str:
    """``text`` on one line, without control characters that a terminal would obey."""
    flat = " ".join(text.split())
    return "".join(one for one in flat if category(one) not in {"Cc", "Cf", "Cs", "Co"})


def shortened(text: str, columns: int) -> str:
    """``text`` cut to ``columns``, with an ellipsis where something was cut off."""
    if width(text) <= columns:
        return text
    kept = ""
    for one in text:
        if width(kept + one) > columns - 1:
            break
        kept += one
    return kept + "…"


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` filled up with spaces to ``columns``; ``right`` puts it at the right end."""
    space = " " * max(columns - width(text), 0)
    return space + text if right else text + space


def columns(rows: Sequence[Sequence[str]], *, numeric: frozenset[int] = frozenset()) -> list[str]:
    """``rows`` as lines with aligned columns; those in ``numeric`` are aligned at the right."""
    if not rows:
        return []
    widths = [max(width(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        "  ".join(
            padded(text, widths[index], right=index in numeric) for index, text in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def painted(text: str, colour: str, *, on: bool) -> str:
    """``text`` in a colour of the terminal, where colours are ``on``."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if on else text
