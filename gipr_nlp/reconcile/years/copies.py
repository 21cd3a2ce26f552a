"""What a report took over from the year before word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gipr_nlp.records import Report

_SHORTEST = 40
_SHINGLE = 6
_SAME = 0.9
_YEARS = re.compile(r"(?:19|20)[0-9]{2}|[0-9]{1,2}月|[0-9]{1,2}日")
_BLANKS = re.compile(r"\s++")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the narrative; ``key`` is its text without spaces, years and days."""

    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph of the later report and the one of the earlier report that it repeats."""

    later: Paragraph
    earlier: Paragraph


def paragraphs(report: Report) -> Iterator[Paragraph]:
    """The paragraphs of the narrative that are long enough to be told apart, tables left out."""
    tables = [(table.start, table.end) for table in report.tables]
    parts = [one.start for one in report.sections if one.id != "head"]
    first = min(parts, default=0)  # what stands before the first part is much the same every year
    place = 0
    for line in report.document.text.split("\n"):
        start, place = place, place + len(line) + 1
        key = _YEARS.sub("", _BLANKS.sub("", line))
        inside = any(low <= start < high for low, high in tables)
        if len(key) >= _SHORTEST and start >= first and not inside and "\t" not in line:
            yield Paragraph(start=start, end=start + len(line), text=line, key=key)


def copied(later: Report, earlier: Report) -> tuple[list[Copy], float]:
    """The paragraphs of ``later`` that repeat one of ``earlier``, and their share of its narrative."""
    own = list(paragraphs(later))
    before = [(one, _shingles(one.key)) for one in paragraphs(earlier)]
    copies = [Copy(one, match) for one in own if (match := _match(one, before)) is not None]
    length = sum(len(one.key) for one in own)
    return copies, sum(len(one.later.key) for one in copies) / length if length else 0.0


def _match(one: Paragraph, before: Iterable[tuple[Paragraph, frozenset[str]]]) -> Paragraph | None:
    shingles = _shingles(one.key)
    for other, theirs in before:
        common = len(shingles & theirs)
        if common >= _SAME * max(len(shingles), len(theirs)):
            return other
    return None


def _shingles(key: str) -> frozenset[str]:
    return frozenset(key[n : n + _SHINGLE] for n in range(len(key) - _SHINGLE + 1))
