"""Mirrors in traditional characters: read as simplified, character for character.

Only a text that is clearly traditional is touched. Reading aids that such mirrors mix in,
公(gong)開, are dropped, with the map kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gipr_nlp.mapped import MappedText, without
from gipr_nlp.sources.encodings import CHINESE
from gipr_nlp.sources.normalise import character_data, character_map

SAMPLE = 50_000
SYLLABLE = re.compile(
    r"(?<=[\u3400-\u9fff])[（(]\s*+(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?+"
    r"[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}+(?:ng|n|r)?+\s*+[)）]"
)
SHARE = 0.05
NOTICE = "traditional characters were read as simplified ones"
AIDS_NOTICE = "reading aids in brackets after characters were left out"


def simplify(text: str) -> tuple[MappedText, tuple[str, ...]]:
    """``text``, read as simplified where it is traditional, mapped to it; and what was done."""
    if not is_traditional(text):
        return MappedText.identity(text), ()
    plain = simplified(text)
    aids = len(plain.text) < len(text)
    return plain, (NOTICE, AIDS_NOTICE) if aids else (NOTICE,)


def simplified(text: str) -> MappedText:
    """``text`` in simplified characters without reading aids, mapped to it."""
    plain = without(text, (match.span() for match in SYLLABLE.finditer(text)))
    characters = plain.text.translate(_table())
    for word, other in character_data()["words"].items():
        characters = characters.replace(word, other)
    return MappedText(characters, plain.starts)


def is_traditional(text: str) -> bool:
    """Whether so many characters of ``text`` are only traditional that they are no accident.

    About a third of a traditional text is; a mirror converted by halves has fewer.
    """
    sample = text[:SAMPLE]
    traditional = len(_traditional().findall(sample))
    return traditional >= 5 and traditional > SHARE * len(CHINESE.findall(sample))


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _table()))}]")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return character_map("traditional")
