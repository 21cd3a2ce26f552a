"""Whether a line break ends a paragraph or only the line: for soft breaks and lines of a page."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[。！？!?；;：:…]['\"”’）)】》]*+\s*+$")
# What a paragraph begins with, and a broken line hardly ever.
OPENING = re.compile(
    r"\s*+(?:[一二三四五六七八九十]{1,3}+\s*+[、.．，]|[（(]\s*+[一二三四五六七八九十0-9]{1,3}+\s*+[)）]"
    r"|第[一二三四五六七八九十]{1,3}+[章节部条]?[，、\s]|\d{1,2}\s*+[、.．](?!\d)|[㈠-㈩①-⑳⒈-⒛⑴-⒇]"
    r"|[（(]?(?:附件|附表|备注|注)[\d一二三四五六七八九十]{0,2}+[：:])"
)


def ends_paragraph(before: str, after: str) -> bool:
    """Whether the break between two lines is more than a turn of the line: a sentence ends
    before it, or a numbered head begins after it."""
    return SENTENCE_END.search(before) is not None or OPENING.match(after) is not None


def join(before: str, after: str) -> str:
    """Two lines of one paragraph as one: a space stays only between two Latin words."""
    left, right = before.rstrip(), after.lstrip()
    if left and right and left[-1].isascii() and right[0].isascii():
        letters = left[-1].isalpha() and right[0].isalpha()
        return f"{left} {right}" if letters else left + right
    return left + right
