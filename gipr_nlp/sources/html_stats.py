"""Counts over a tree of HTML: how much text each element holds, how much of it in links.

One pass in document order lists the nodes; the way back adds every element to its parent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gipr_nlp.sources.limits import Clock

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NO_LETTERS = re.compile(r"[^\u3400-\u9fff0-9a-zA-Z\u2e80-\u2fdf０-９％]++")
BREAKING = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center"),
        *("dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *("legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"),
        "xmp",
    ]
)
# Longer than this, what stands in an <a> is text that an editor wrapped.
LINK_LENGTH = 60


def letters(text: str) -> int:
    """The number of letters, Chinese characters and digits in ``text``."""
    return len(NO_LETTERS.sub("", text))


@dataclass(slots=True)
class Stats:
    """What an element holds: ``letters`` of text, of them ``linked`` in ``links``; the table
    ``cells`` and the elements that break a line (``breaks``) below it."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    cells: int = 0
    breaks: int = 0

    @property
    def free(self) -> int:
        """The letters outside links."""
        return self.letters - self.linked

    def add(self, other: Stats) -> None:
        """Count ``other``, a child, in."""
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links
        self.cells += other.cells
        self.breaks += other.breaks


class Measured:
    """The stats of every element at and below ``root``, by node."""

    def __init__(self, root: LexborNode, clock: Clock) -> None:
        self.root = root
        self._stats: defaultdict[int, Stats] = defaultdict(Stats)
        nodes = list(root.traverse(include_text=True))
        for number, node in enumerate(reversed(nodes)):
            if number % 10_000 == 0:
                clock.check()
            self._count(node)

    @property
    def all(self) -> Stats:
        """The stats of the root."""
        return self.of(self.root)

    def of(self, node: LexborNode) -> Stats:
        """The stats of ``node``."""
        return self._stats.get(node.mem_id) or Stats()

    def _count(self, node: LexborNode) -> None:
        tag, parent = node.tag, node.parent
        if tag == "-text":
            text = node.text_content
            if parent is not None and text and not text.isspace():
                self._stats[parent.mem_id].letters += letters(text)
            return
        if tag in {"-comment", "script", "style"}:
            return
        stats = self._stats[node.mem_id]
        stats.cells += tag in {"td", "th"}
        stats.breaks += tag in BREAKING
        if tag == "a" and stats.letters <= LINK_LENGTH and "href" in node.attributes:
            stats.linked, stats.links = stats.letters, 1
        if parent is not None:
            self._stats[parent.mem_id].add(stats)
