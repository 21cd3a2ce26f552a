"""Finds where the statutory tables stand: runs of their labels with nothing but values between.

A narrative names the same things (予以公开52件，部分公开24件), but between its labels stand
words and the punctuation of sentences; between those of a table stand values, separators,
numbering, and at most a label that is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipr_nlp.forms.labels import Hit, ideographs

# Everything that may stand between two labels of a table besides damaged labels.
_VALUES = re.compile(
    r"(?:[\s|\d+\-—–−－_/\\.．,*·•●%＋（）()\[\]【】“”\"‘’'《》]++"
    r"|[一二三四五六七八九十]++\s*+[、.．,，]"
    r"|[（(]\s*+[一二三四五六七八九十]++\s*+[）)]"
    r"|[、](?=[^、]{0,12}$)"
    r"|[万亿]?元|无|单位[:：]?|其中)++"
)
# What stands between the labels of a table that is intact.
_PLAIN = re.compile(r"[\s|\d.．\-—/]*+")
# What stands in brackets behind a label, and the words before the first of several parts.
_NOTE = re.compile(r"[（(][^（）()\t|]{0,60}[）)]|其中[:：]")
_SENTENCE = re.compile(
    r"[\u4e00-\u9fff]\s*+[，,；;。：:？！]|\d\s*+[万亿]?[余多]?[件条宗份项次个起人篇]{1,2}+\s*+[、和及与或]"
)
# A label right before this ends a sentence: 未发生行政复议、行政诉讼。
_ENDED = re.compile(r"\s*+[。！？]")
_LISTED = re.compile(r"\s*+[、，,和及与或]\s*+")
LONGEST_GAP = 6000
LONGEST_DAMAGE = 120


@dataclass(frozen=True, slots=True)
class Region:
    """The labels of one table that stand together, in the order of the text."""

    table: str
    hits: tuple[Hit, ...]

    @property
    def start(self) -> int:
        """Where its first label begins."""
        return self.hits[0].start


def find_regions(text: str, hits: Sequence[Hit], table: str) -> list[Region]:
    """The runs of at least two labels of ``table`` that stand like those of a table."""
    return [Region(table, tuple(run)) for run in _runs(text, hits, table) if len(run) > 1]


def _runs(text: str, hits: Sequence[Hit], table: str) -> Iterator[list[Hit]]:
    run: list[Hit] = []
    for hit in hits:
        is_heading = hit.meaning.is_heading
        belongs = table in hit.meaning.tables
        if not belongs and not is_heading:
            continue
        if is_heading or (run and not _is_tabular(text, run[-1].end, hit.start)):
            yield run
            run = []
        if belongs:
            run.append(hit)
    yield run


def _is_tabular(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` can stand between two labels of one table."""
    if end - start > LONGEST_GAP:
        return False
    gap = text[start:end]
    if _PLAIN.fullmatch(gap):
        return True
    if _LISTED.fullmatch(gap) or _ENDED.match(gap):
        return False
    bare = _NOTE.sub(" ", gap)
    if _VALUES.fullmatch(bare):
        return True
    if _SENTENCE.search(bare):
        return False
    return len(ideographs(_VALUES.sub(" ", bare))) <= LONGEST_DAMAGE
