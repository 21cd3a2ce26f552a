"""Folds the many forms of one character into one, with a map back to the source.

Folding is one character to one character, but for characters that have no width or no meaning
(dropped) and CRLF (one newline). Full-width digits, letters and signs of numbers become ASCII;
full-width punctuation stays, since a comma must never become a thousands separator; enumerators
(①, ㈠, ⒈) stay too, since NFKC would make them numbers.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources

from gipr_nlp.mapped import MappedText, without

# Full-width forms of the characters that numbers, words and cells are made of.
WIDE_SIGNS = "％＋－／＠＿｜＃＆＊＝＂"
COMPATIBLE_RANGES = (
    (0x2E80, 0x2FD5),  # radicals: the few of the supplement that NFKC knows, and Kangxi
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFF10, 0xFF19),  # full-width digits
    (0xFF21, 0xFF3A),  # full-width capital letters
    (0xFF41, 0xFF5A),  # full-width small letters
    (0x1D7CE, 0x1D7FF),  # mathematical digits
    (0x2F800, 0x2FA1D),  # compatibility ideographs, supplement
)
# Vertical, small and half-width forms of punctuation become its ordinary full-width form.
PUNCTUATION = dict(
    zip(
        "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︐︑︒︓︔︕︖﹐﹑﹒﹔﹕﹖﹗﹙﹚﹪｡｢｣､",
        "（）｛｝〔〕【】《》〈〉「」『』，、。：；！？，、．；：？！（）%。「」、",
        strict=True,
    )
)
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BREAKS = "\u000b\u000c\u0085\u2028\u2029"
# Controls, zero-width characters, soft hyphens, direction marks, variation selectors.
DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]++|\r(?=\n)"
)
WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


def fold(text: str) -> MappedText:
    """``text`` with every character in its plain form, mapped to ``text``."""
    plain = _plain_forms(text)
    kept = without(plain, (match.span() for match in DROPPED.finditer(plain)))
    # A carriage return that is left stands alone: an old Macintosh line end.
    return MappedText(kept.text.replace("\r", "\n"), kept.starts)


def fold_text(text: str) -> str:
    """``fold`` where nobody needs the map: for pieces of markup and cells."""
    return DROPPED.sub("", _plain_forms(text)).replace("\r", "\n")


def _plain_forms(text: str) -> str:
    """``text`` with each character in its plain form: as many as before."""
    folded = _folding().sub(lambda found: found[0].translate(_forms()), text)
    return WIDE_POINT.sub(".", folded) if "．" in folded else folded


@lru_cache(maxsize=1)
def character_data() -> dict[str, dict[str, str]]:
    """The authored pairs of characters (characters.toml)."""
    file = resources.files("gipr_nlp.sources").joinpath("characters.toml")
    data: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return data


def character_map(name: str) -> dict[int, str]:
    """The pairs of one list of characters.toml as a table for ``str.translate``."""
    pairs = character_data()[name]
    return {ord(a): b for a, b in zip(pairs["from"], pairs["to"], strict=True)}


@lru_cache(maxsize=1)
def _forms() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, last in COMPATIBLE_RANGES:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[code] = plain
    table.update(character_map("radicals"))
    table.update({ord(sign): unicodedata.normalize("NFKC", sign) for sign in WIDE_SIGNS})
    table.update({ord(form): plain for form, plain in PUNCTUATION.items()})
    table.update(dict.fromkeys(map(ord, SPACES), " "))
    table.update(dict.fromkeys(map(ord, BREAKS), "\n"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    table[7] = "\t"  # Word's mark at the end of a cell, left by text converters
    return table


@lru_cache(maxsize=1)
def _folding() -> re.Pattern[str]:
    """The characters that have a plain form: a text holds few, and looking for them takes a tenth
    of the time in which all of it is translated."""
    table = _forms()
    firsts = (chr(code) for code in sorted(table) if code - 1 not in table)
    lasts = (chr(code) for code in sorted(table) if code + 1 not in table)
    ranges = (f"{one}-{last}" for one, last in zip(firsts, lasts, strict=True))
    return re.compile(f"[{''.join(ranges)}]++")
