"""Lines around a report that are not part of it: page numbers, publication metadata, buttons.

The words are those of page.toml. What a line says of the date of publication is kept.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from gipr_nlp.mapped import MappedText, without

LONGEST_METADATA = 200
PAGE_NUMBER = re.compile(
    r"\s*+(?:第\s*+\d{1,4}+\s*+页(?:\s*+[,，/、]?\s*+共\s*+\d{1,4}+\s*+页)?+|共\s*+\d{1,4}+\s*+页"
    r"|(?i:page)\s++\d{1,4}+(?:\s*+(?:of|/)\s*+\d{1,4}+)?+"
    r"|[-—–－―]++\s*+\d{1,4}+\s*+[-—–－―]++"
    r"|\[bookmark: [^\]\n]{0,40}+\])\s*+"  # left by converters of Word files
)
DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*+[-/.年]\s*+(1[0-2]|0?[1-9])\s*+[-/.月]\s*+(3[01]|[12]\d|0?[1-9])(?!\d)"
)
OPENING = r"[\s\[【〖（(|│·•▪*]*+"
COLON = r"\s*+(?:[】〗\])）]\s*+)?[:：]"


def without_furniture(text: str) -> tuple[MappedText, str | None]:
    """``text`` without the lines that are furniture, mapped to it, and the date of publication."""
    dropped = [match for match in _short_lines().finditer(text) if is_furniture(match[0])]
    dates = (published_in(match[0]) for match in dropped)
    published = next((date for date in dates if date), None)
    return without(text, (match.span() for match in dropped)), published


def is_furniture(line: str) -> bool:
    """Whether ``line`` is nothing but a page number, metadata of the publication, or buttons.

    One character alone on its line is not: it may be part of a label that is set vertically.
    """
    words = line.strip()
    if len(words) < 2 or words[0] not in _beginnings() or len(line) > LONGEST_METADATA:
        return False
    if PAGE_NUMBER.fullmatch(line):
        return True
    if "。" in line:
        return False
    return _metadata().match(line) is not None or _buttons().fullmatch(line) is not None


def published_in(text: str) -> str | None:
    """The date (``2022-01-20``) that ``text`` gives after a label of publication dates."""
    for label in page_data()["metadata"]["dates"]:
        match = re.search(_spaced(label) + COLON + r"?\s*+", text)
        if match is not None:
            date = iso_date(text[match.end() : match.end() + 30])
            if date is not None:
                return date
    return None


def iso_date(text: str) -> str | None:
    """The first full date in ``text`` as ``YYYY-MM-DD``."""
    match = DATE.search(text)
    if match is None:
        return None
    year, month, day = match.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"


def is_label(cell: str) -> bool:
    """Whether the text of a cell is a label of publication metadata."""
    return len(cell) < 20 and _label().fullmatch(cell) is not None


def is_foot(text: str) -> bool:
    """Whether ``text`` is the foot of a site: short, with two of the words that feet have."""
    if len(text) >= 600 or "。" in text or _foot().search(text) is None:
        return False
    return sum(word in text for word in page_data()["metadata"]["foot"]) >= 2


@lru_cache(maxsize=1)
def page_data() -> dict[str, Any]:
    """The authored words (page.toml)."""
    file = resources.files("gipr_nlp.sources").joinpath("page.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _labels() -> str:
    data = page_data()["metadata"]
    words = sorted([*data["dates"], *data["labels"]], key=len, reverse=True)
    return "(?:" + "|".join(map(_spaced, words)) + ")"


@lru_cache(maxsize=1)
def _foot() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, page_data()["metadata"]["foot"])))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The characters that furniture can begin with: hardly any line of a report does."""
    data = page_data()["metadata"]
    words = [*data["dates"], *data["labels"], *data["buttons"]]
    return frozenset("第共Pp-—–－―[]【】〖（）()|│·•▪*:：").union(word[0] for word in words)


@lru_cache(maxsize=1)
def _short_lines() -> re.Pattern[str]:
    """The lines that are short and begin as furniture does."""
    beginnings = re.escape("".join(sorted(_beginnings())))
    return re.compile(rf"(?m)^(?=[^\S\n]*+[{beginnings}])[^\n]{{2,{LONGEST_METADATA}}}$\n?")


@lru_cache(maxsize=1)
def _metadata() -> re.Pattern[str]:
    return re.compile(OPENING + _labels() + COLON)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return re.compile(OPENING + _labels() + r"\s*+[】\])）]?\s*+[:：]?\s*+")


@lru_cache(maxsize=1)
def _buttons() -> re.Pattern[str]:
    words = sorted(page_data()["metadata"]["buttons"], key=len, reverse=True)
    return re.compile(
        r"[\s\[\]【】（）()|:：]*+(?:(?:" + "|".join(words) + r")[\s\[\]【】（）()|:：]*+)++"
    )


def _spaced(word: str) -> str:
    """A pattern for ``word`` whose characters may stand apart, as in 索 引 号."""
    return r"[ \u3000]{0,4}+".join(map(re.escape, word))
