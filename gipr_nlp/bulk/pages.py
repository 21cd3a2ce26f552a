"""Whether a page is an annual report, or what else it is: the rule and its words (``pages.toml``).

A report shows itself in three ways: it is titled like one, it prints the labels of the statutory
sections and forms, and it states figures. Two of the three make a report, since titles get lost,
tables are pictures, and small bodies had nothing to count. What does not reach that is told with
the reason: a list of links, a notice, a guide, or nothing that speaks of disclosure.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import regex

from gipr_nlp.records import Report

_LINK_LINE = regex.compile(
    r"(?:19|20)[0-9]{2}[ ]?年.{0,40}(?:报告|年报)|(?:报告|年报).{0,8}[（(\[]?(?:19|20)[0-9]{2}"
)
_LIST_OF = 5  # a report cites its predecessor and the notices; it does not list years and bodies
_ENOUGH_LABELS = 3
_ENOUGH_FIGURES = 3
_HEAD = 400


@dataclass(frozen=True, slots=True)
class _Other:
    id: str
    title: regex.Pattern[str]
    labels: tuple[regex.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Pages:
    titles: tuple[regex.Pattern[str], ...]
    labels: tuple[regex.Pattern[str], ...]
    others: tuple[_Other, ...]


def not_a_report(report: Report) -> str | None:
    """None for an annual report, else why it is none: list, notice, guide, question, other."""
    pages = _pages()
    text, head = report.document.text, _head(report)
    if _is_list(text):
        return "list"
    labels = _count(pages.labels, text)
    figures = _figures(report)
    for other in pages.others:
        titled = other.title.search(head)
        if titled and figures < 2 * _ENOUGH_FIGURES and _count(other.labels, text) >= 1:
            return other.id
    signs = (
        any(one.search(head) for one in pages.titles),
        labels >= _ENOUGH_LABELS,
        figures >= _ENOUGH_FIGURES or bool(report.tables),
    )
    return None if sum(signs) >= 2 else "other"


def _head(report: Report) -> str:
    """The title on a line of its own, and the first lines of the text."""
    return f"{report.title or ''}\n{report.document.text[:_HEAD]}"


def _figures(report: Report) -> int:
    stated = sum(cell.state == "stated" for table in report.tables for cell in table.cells)
    return len(report.figures) + stated


def _count(patterns: tuple[regex.Pattern[str], ...], text: str) -> int:
    return sum(1 for one in patterns if one.search(text))


def _is_list(text: str) -> bool:
    """Whether most lines are short titles of reports."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    titles = [line for line in lines if len(line) <= 60 and _LINK_LINE.search(line)]
    return len(titles) >= _LIST_OF and 2 * len(titles) >= len(lines)


@lru_cache(maxsize=1)
def _pages() -> _Pages:
    file = resources.files("gipr_nlp.bulk").joinpath("pages.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Pages(
        titles=_patterns(data["report"]["title"]),
        labels=_patterns(data["report"]["labels"]),
        others=tuple(_other(row) for row in data["other"]),
    )


def _other(row: dict[str, Any]) -> _Other:
    title = regex.compile(row["title"], regex.MULTILINE)
    return _Other(id=row["id"], title=title, labels=_patterns(row["labels"]))


def _patterns(rows: list[str]) -> tuple[regex.Pattern[str], ...]:
    return tuple(map(regex.compile, rows))
