"""What happened while a report was read, in the language of the reader."""

from __future__ import annotations

import re

from gipr_nlp.render.words import Language

_CHINESE = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"traditional characters were read as simplified ones", "繁体字按简体读取"),
        (r"reading aids in brackets after characters were left out", "字后括号内的注音已略去"),
        (r"the report could not be told from the page around it", "未能将报告与网页其他内容区分开"),
        (r"the page carries text or tables twice: they were read once", "网页中重复的文字或表格只读取一次"),
        (r"tables on page (\d+) could not be read", r"第\1页的表格无法读取"),
        (r"page (\d+) is a drawing: its tables were not looked for", r"第\1页是图形，未查找其中的表格"),
        (r"page (\d+) is an image without text: it was not read", r"第\1页是没有文字的图像，未读取"),
        (r"(\d+) broken characters could not be decoded", r"\1个损坏的字符无法解码"),
        (r"the encoding was guessed: (.+)", r"编码系推测：\1"),
        (r"nothing of such a report was found: no part, no table, no figure", "未见政府信息公开年度报告应有的部分、表格或数字"),
    )
]  # fmt: skip


def notice(text: str, language: Language) -> str:
    """The notice ``text`` of a report, which is English, in ``language``."""
    if language == "zh":
        for pattern, words in _CHINESE:
            found = pattern.fullmatch(text)
            if found:
                return found.expand(words)
    return text
