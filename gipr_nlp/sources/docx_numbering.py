"""The numbers that Word puts before paragraphs by itself: 一、 （一） 1. stand in no text run.

Without them the sections of many reports would have no heads. Bullets are no text.
"""

from __future__ import annotations

import re
from typing import Any

from gipr_nlp.sources.docx_xml import child, name_of, number, value

DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital"),
        "japaneseDigitalTen",
    }
)
LEVEL = re.compile(r"%([1-9])")
DEEPEST_STYLE = 20


class Numbering:
    """Counts the numbered paragraphs of one document as Word does."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[str, str] = {}
        for item in () if numbering is None else numbering:
            if name_of(item) == "abstractNum":
                self._abstract[value(item, "abstractNumId")] = item
            elif name_of(item) == "num":
                self._numbers[value(item, "numId")] = value(child(item, "abstractNumId"))
        self._styles = {
            value(style, "styleId"): style
            for style in (() if styles is None else styles)
            if name_of(style) == "style"
        }
        self._counts: dict[str, list[int]] = {}

    def restart(self) -> None:
        """Count from the beginning again."""
        self._counts.clear()

    def label(self, paragraph: Any) -> str:
        """The number that stands before ``paragraph`` (``一、``), counted on; empty for none."""
        properties = child(paragraph, "pPr")
        if properties is None or not self._numbers:
            return ""
        source, level = self._source(properties)
        abstract = self._abstract.get(self._numbers.get(source, ""))
        if abstract is None:
            return ""
        levels = {value(item, "ilvl"): item for item in abstract if name_of(item) == "lvl"}
        definition = levels.get(str(level))
        if definition is None:
            return ""
        counts = self._count(value(abstract, "abstractNumId"), level, levels)
        if value(child(definition, "numFmt")) == "bullet":
            return ""
        pattern = value(child(definition, "lvlText"))
        return LEVEL.sub(lambda match: _numeral(counts, levels, int(match[1]) - 1), pattern)

    def _source(self, properties: Any) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or those of its style."""
        own = child(properties, "numPr")
        style = value(child(properties, "pStyle"))
        for _ in range(DEEPEST_STYLE):
            if own is not None and child(own, "numId") is not None:
                return value(child(own, "numId")), number(child(own, "ilvl"))
            if style not in self._styles:
                break
            own = child(self._styles[style], "pPr", "numPr")
            style = value(child(self._styles[style], "basedOn"))
        return "", 0

    def _count(self, identity: str, level: int, levels: dict[str, Any]) -> list[int]:
        counts = self._counts.setdefault(identity, [0] * 9)
        for above in range(level):
            counts[above] = counts[above] or _start(levels, above)
        counts[level] = counts[level] + 1 if counts[level] else _start(levels, level)
        counts[level + 1 :] = [0] * (8 - level)
        return counts


def _start(levels: dict[str, Any], level: int) -> int:
    definition = levels.get(str(level))
    return 1 if definition is None else max(1, number(child(definition, "start"), 1))


def _numeral(counts: list[int], levels: dict[str, Any], level: int) -> str:
    definition = levels.get(str(level))
    kind = "" if definition is None else value(child(definition, "numFmt"))
    if kind in CHINESE:
        return chinese(counts[level])
    return str(counts[level])


def chinese(count: int) -> str:
    """``count`` (1 to 99) in Chinese numerals: 12 → 十二; larger ones in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")
