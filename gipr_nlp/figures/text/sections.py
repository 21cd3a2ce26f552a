"""The parts of a report: where each begins and ends, and which of the prescribed parts it is.

The notices of 2019 and 2021 prescribe six parts; real reports number them in many ways, skip
or repeat numbers, and write titles on a line of their own or before the first sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.sections import SectionKind
from gipr_nlp.figures.text.view import outside
from gipr_nlp.records import Place, Section

HEAD = "head"

# 一、 or its damaged forms (—、 for 一、) opens a part; （一） or ㈠ a subsection.
_NUMBER = r"[一二三四五六七八九十]{1,3}"
_LEVEL_1 = rf"(?:(?:{_NUMBER}|[—－-])[ \t]*+[、.．,，：:]|第{_NUMBER}(?:部分|章)[ \t]*+[、.．,，：:]?)[ \t]*+"
_LEVEL_2 = rf"(?:[（(][ \t]*+(?:{_NUMBER})?[ \t]*+[）)]|[㈠-㈩])[ \t]*+[、.．]?[ \t]*+"
# 1、 is a part where no part has a Chinese number, a subsection where the part has no others.
_BULLETS = "•●■◆▪"
_DIGITS = rf"(?:[0-9]{{1,2}}[ \t]*+[、.．](?![0-9])|[{_BULLETS}])[ \t]*+"
_HEADED = (
    rf"[ \t|#*]*+(?:(?P<part>{_LEVEL_1})|(?P<subsection>{_LEVEL_2})"
    rf"|(?P<digits>{_DIGITS})|(?P<bare>(?=\S)))"
)
_FIRST = re.compile(_HEADED)
_OPENING = re.compile(  # a third of the time that regex takes over so many places
    rf"(?:^|(?<=[。；;：:])){_HEADED}"
    rf"|(?<=[况述项效])[ \t]*+(?P<next>{_LEVEL_2})"  # 一、总体情况（一）主动公开情况
    rf"|(?<=[^\s|][ \t])[ \t]*+(?P<inside>{_LEVEL_1})",
    re.MULTILINE,
)
_NEXT = rf"[ \t]*+[（(]{_NUMBER}[）)]"
_TITLE = regex.compile(
    rf"(?:(?!{_NEXT})[^。：:；;|\n]"
    rf"|\n(?!{_NEXT}|{_NUMBER}、)(?=[^\n。：:；;]{{0,12}}(?:情况|事项)[、。]?[ \t|]*$)){{2,45}}",
    regex.M,
)
_BARE_TITLE = regex.compile(
    r"[\p{Han}、和及与的（）()]{2,28}(?:情况|事项|概述|措施)[：:。、]?[ \t|]*$", regex.M
)
# 一、 to 四、 also number the rows of the request table, which may have lost its borders.
_TABLE_LABEL = regex.compile(r"(?:本年新收|上年结转|本年度办理结果|结转下一?年度)")
# A title that its first sentence follows without a stop ends where the name of the part does.
_SAYS_MORE = regex.compile(r"[，,\d]")
_NAME_ENDS = regex.compile(r"(?:公开)?(?:[\p{Han}]{0,6}?(?:情况|事项|建设|管理|保障))?")
_PROSE = regex.compile(r"[0-9]+[条件次个篇]|[0-9]{4}年.{0,40}[，,]")
# Dots that lead to a page number stand in a table of contents.
_LEADERS = regex.compile(r"\.{4}|…{2}|·{4}")
_PART, _SUBSECTION, _NUMBERED = 1, 2, 3


class _Heading(NamedTuple):
    start: int
    body: int
    level: int
    title: str
    kind: str
    part: str | None = None


def find_sections(
    text: str, catalogue: Catalogue, tables: Sequence[Place] = ()
) -> tuple[Section, ...]:
    """The titled parts and subsections of ``text`` in order, subsections inside their part.

    What stands before the first part is the section ``head``; labels inside the statutory
    ``tables`` are no titles. Offsets are those of ``text``.
    """
    found = [
        heading
        for start, end in outside(len(text), tables)
        for heading in _headings(text, start, end, catalogue)
    ]
    headings = _without_contents_list(_nested(_without_items(found, text)), text)
    first = headings[0].start if headings else len(text)
    head = [Section(id=HEAD, title="", start=0, end=first)] if first else []
    return (*head, *(_section(headings, index, text) for index in range(len(headings))))


def section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """The innermost section that holds ``offset``."""
    inwards = reversed(sections)  # a subsection stands behind the part that it lies in
    return next((one for one in inwards if one.start <= offset < one.end), None)


def _headings(text: str, start: int, end: int, catalogue: Catalogue) -> Iterator[_Heading]:
    for opening in _openings(text, start, end):
        level = _level(opening)
        found = (_TITLE if level else _BARE_TITLE).match(text, opening.end(), end)
        if found is None or (level == 0 and text[max(opening.start() - 1, 0)] in "。；;：:"):
            continue
        title, kind, named = _named(found, min(level or _PART, _SUBSECTION), catalogue)
        alone = level == _NUMBERED and _BARE_TITLE.match(text, opening.end(), end)
        part = _kind(title, _PART, catalogue)[0] if alone else None
        if (opening["digits"] or " ")[0] in _BULLETS and not alone:
            continue
        untold = opening.lastgroup == "inside" or _PROSE.search(title)
        if kind is None and part is None and (level != _PART or untold):
            continue
        if _TABLE_LABEL.match(title):
            continue
        if not _LEADERS.search(title):
            title = title[:named] if kind and _SAYS_MORE.search(title) else title.rstrip("、")
            yield _Heading(opening.start(), found.end(), level or _PART, title, kind or HEAD, part)


def _level(opening: re.Match[str]) -> int:
    """1 for a part, 2 for a subsection, 3 for what has an Arabic number, 0 for no number."""
    if opening.lastgroup in {"part", "inside"}:
        return _PART
    if opening.lastgroup in {"subsection", "next"}:
        return _SUBSECTION
    return _NUMBERED if opening.lastgroup == "digits" else 0


def _openings(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where a heading can begin: on a new line, after a sentence, right behind a table.

    In a text that lost its lines also after a blank, where it must name a part that is known.
    """
    first = _FIRST.match(text, start, end)
    begins = text[start - 1 : start] in {"", "\n"}
    if first is not None and first.lastgroup != "bare" and not begins:
        yield first
    yield from _OPENING.finditer(text, start, end)


def _named(
    found: regex.Match[str], level: int, catalogue: Catalogue
) -> tuple[str, str | None, int]:
    """The title without blanks, the part that it names, and where in it the name ends.

    Where a sentence follows on the same line, the words before the first blank are the title,
    if they name a part.
    """
    words = found.group().split()
    whole = "".join(words)
    runs_on = found.string[found.end() : found.end() + 1].strip()
    for title in [words[0], whole] if runs_on and words else [whole]:
        kind, named = _kind(title, level, catalogue)
        if kind is not None:
            return title, kind, named
    return whole, None, 0


def _kind(title: str, level: int, catalogue: Catalogue) -> tuple[str | None, int]:
    """The part that a title names, and where in it the name ends."""
    # A long "title" is a sentence: only what stands before its first comma can name the part.
    words = regex.split(r"[，,]", title)[0] if len(title) > 30 else title
    for row, pattern, forbid in _patterns(catalogue):
        if row.level != level or (forbid and forbid.search(words)):
            continue
        if (name := pattern.search(words)) is not None:
            tail = _NAME_ENDS.match(title, name.end())
            return row.id, tail.end() if tail else name.end()
    return None, 0


@lru_cache(maxsize=8)
def _patterns(
    catalogue: Catalogue,
) -> tuple[tuple[SectionKind, regex.Pattern[str], regex.Pattern[str] | None], ...]:
    return tuple(
        (row, regex.compile(row.title), regex.compile(row.forbid) if row.forbid else None)
        for row in catalogue.all(SectionKind).values()
    )


def _nested(headings: list[_Heading]) -> list[_Heading]:
    """Parts and subsections; Arabic numbers count where a part has no subsections of its own."""
    levels = {heading.level for heading in headings}
    if _PART not in levels:
        headings = [_as_part(one, levels) for one in headings]
    parts = list(accumulate(heading.level == _PART for heading in headings))
    divided = {part for part, one in zip(parts, headings, strict=True) if one.level == _SUBSECTION}
    return [
        one._replace(level=min(one.level, _SUBSECTION))
        for part, one in zip(parts, headings, strict=True)
        if one.level != _NUMBERED or (part not in divided and one.kind != HEAD)
    ]


def _as_part(heading: _Heading, levels: set[int]) -> _Heading:
    """``heading`` as a part of a report none of whose parts has a Chinese number."""
    if heading.level == _SUBSECTION:
        return heading._replace(level=_PART, kind=heading.kind.split(".")[-1])
    if heading.part is not None and _SUBSECTION not in levels:
        return heading._replace(level=_PART, kind=heading.part)
    return heading


def _without_items(headings: list[_Heading], text: str) -> list[_Heading]:
    """The headings but the items of a sentence that lists the parts: （一）总体情况；（二）…。"""
    kept: list[_Heading] = []
    reached = 0
    for heading in headings:
        item = text[heading.body : heading.body + 1] in {"；", ";"}
        goes_on = reached and not text[reached : heading.start].strip(" \t\n；;")
        if heading.level != _PART and (item or goes_on):
            reached = heading.body if item else 0
        else:
            kept.append(heading)
            reached = 0
    return kept


def _without_contents_list(headings: list[_Heading], text: str) -> list[_Heading]:
    """A title with nothing under it whose part comes again later stands in a table of contents."""
    kept = []
    for index, heading in enumerate(headings):
        following = headings[index + 1 :]
        end = following[0].start if following else len(text)
        empty = not text[heading.body : end].strip(" \t\n|。、：:.…0123456789")
        again = any(one.kind == heading.kind and one.level == heading.level for one in following)
        if not (empty and again and heading.level == 1):
            kept.append(heading)
    return kept


def _section(headings: list[_Heading], index: int, text: str) -> Section:
    heading = headings[index]
    ends = (one.start for one in headings[index + 1 :] if one.level <= heading.level)
    return Section(
        id=heading.kind, title=heading.title, start=heading.start, end=next(ends, len(text))
    )
