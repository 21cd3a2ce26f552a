"""The narrative as one reads it: without the tables, without the breaks that layout put in.

The view is what the linker works on. It leaves out the statutory tables and the reading aids,
joins lines that layout broke, drops the spaces inside words and numbers, and writes
traditional characters as simplified ones, each with the way back to ``Document.text``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import Characters
from gipr_nlp.mapped import MappedText
from gipr_nlp.records import Document, Place

_BREAK = regex.compile(r"[ \t]*+\n[ \t\n]*+|\t++")
_SPACES = regex.compile(r" ++")
_AID = regex.compile(r"(?<=\p{Han})[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}[）)]")
_CLOSED = regex.compile(r"[。！？；：!?;:.|]$")
_NUMBERED = regex.compile(
    r"[ \t]*+(?:第?[一二三四五六七八九十]{1,3}[、.．是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳㈠-㈩]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[—-][ \t]*+\d+|第[一二三四五六七八九十]+[章条])"
)
# Where lines were joined by spaces, a numbering begins a line: 总体情况 1、主动公开. Not one
# that counts the parts of a whole: 其中 1.组织机构4条.
_JOINED = regex.compile(
    r"(?<=[\p{Han}。；;：:）)] {1,8})(?<!(?:其中|包括) {1,8})(?:(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}(?:[、．]|\.(?!\d)))[ ]?\p{Han})"
)
_CLOCK = regex.compile(r"\d{1,2}[:：]\d\d")
_PROSE = regex.compile(r"[，,、。；;\d]")
_WORDS = regex.compile(r"[A-Za-z0-9]")
_TITLE_END = regex.compile(
    r"(?:情况|工作|事项|概述|概况|报告|公开|建设|管理|保障|处理|解读|回应|问题|措施|方面|其他|其它|附件|说明)$"
)
_REPORT = regex.compile(r"[^，,。；;]{0,30}(?:19|20)\d\d年?度?[\p{Han}]{0,20}年?度?报告")
_YEAR = regex.compile(r"(?:19|20)\d\d年")
TITLE_LENGTH = 16
NUMBERED_TITLE_LENGTH = 30


def narrative_view(document: Document, tables: Sequence[Place], catalogue: Catalogue) -> MappedText:
    """The text of ``document`` outside ``tables``, ready for the linker; ``\\n`` ends a paragraph."""
    source = document.text
    removed = sorted(_removals(document, tables), key=lambda one: (one[0], -one[1]))
    pieces: list[str] = []
    starts = array("q")
    cursor = 0
    for first, end, instead in removed:
        if end <= cursor:
            continue
        start = max(first, cursor)
        pieces += [source[cursor:start], instead]
        starts.extend(range(cursor, start))
        starts.extend([start] * len(instead))
        cursor = end
    pieces.append(source[cursor:])
    starts.extend(range(cursor, len(source) + 1))
    return MappedText("".join(pieces).translate(_simplified(catalogue)), starts)


@lru_cache(maxsize=8)
def _simplified(catalogue: Catalogue) -> dict[int, str]:
    return {
        ord(traditional): simplified
        for row in catalogue.all(Characters).values()
        for traditional, simplified in zip(row.written, row.read, strict=True)
    }


def _removals(document: Document, tables: Sequence[Place]) -> Iterator[tuple[int, int, str]]:
    """What the view leaves out: start, end and what stands there instead."""
    text = document.text
    for table in tables:
        yield table.start, table.end, "\n"
    for match in _AID.finditer(text):
        yield match.start(), match.end(), ""
    for start, end in outside(len(text), tables):
        yield from _breaks(document, start, end)
        for match in _SPACES.finditer(text, start, end):
            if not _parts_words(text, match.start(), match.end()):
                joined = _JOINED.match(text, match.end())
                yield match.start(), match.end(), "\n" if joined else ""


def outside(length: int, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """The stretches of a text of that length that lie in none of the places."""
    start = 0
    for place in sorted(places, key=lambda one: one.start):
        if start < place.start:
            yield start, place.start
        start = max(start, place.end)
    if start < length:
        yield start, length


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether the space stands between two Latin words, or a word and a number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (_WORDS.match(before) and _WORDS.match(after)):
        return False
    if _CLOCK.match(text, end):
        return True  # 2021-03-05 14:20
    return not (before.isdigit() and after.isdigit())


def _breaks(document: Document, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    text = document.text
    line_start = text.rfind("\n", 0, start) + 1
    opens = True
    for match in _BREAK.finditer(text, start, end):
        line = text[line_start : match.start()]
        soft = not document.hard_lines and _is_soft(line, match.group(), text, match.end(), opens)
        yield match.start(), match.end(), "" if soft else "\n"
        opens = not soft
        line_start = match.end()


def _is_soft(line: str, gap: str, text: str, following: int, opens: bool) -> bool:
    """Whether the break after ``line`` is one of the layout; ``opens``: the line opens a paragraph."""
    if gap.count("\n") != 1 or gap.endswith("  ") or "\t" in gap:
        return False
    if not line.strip() or following >= len(text) or _CLOSED.search(line):
        return False
    if _NUMBERED.match(text, following):
        return False
    title = line.strip()
    if _REPORT.fullmatch(title):
        return False
    # A number goes on with what the line says, but for a year, or below a heading.
    goes_on = text[following].isdigit() and not _YEAR.match(text, following)
    return not (opens and (_is_heading(title) if goes_on else _is_title(title)))


def _is_heading(line: str) -> bool:
    """Whether the line is numbered and ends like a title: （一）主动公开情况."""
    return bool(_NUMBERED.match(line) and _TITLE_END.search(line)) and _is_title(line)


def _is_title(line: str) -> bool:
    numbered = _NUMBERED.match(line)
    rest = line[numbered.end() :] if numbered else line
    if numbered:
        return len(line) <= NUMBERED_TITLE_LENGTH and not _PROSE.search(rest)
    return len(line) <= TITLE_LENGTH and bool(_TITLE_END.search(line)) and not _PROSE.search(line)
