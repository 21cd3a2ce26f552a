"""Takes away what surrounds the report on a page: menus, paths, link lists, feet, hidden doubles.

Judged by tag, role, name and the share of links. Keeping too much is better than losing text:
an element that holds a good part of the page's text is never taken away, only what is in it,
and where too little would be left nothing is taken away at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gipr_nlp.sources.furniture import is_foot, page_data
from gipr_nlp.sources.html_stats import BREAKING, Measured, Stats

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

PROTECTED_SHARE = 0.3
KEPT_SHARE = 0.5
LINK_SHARE = 0.6
HIDDEN_STYLE = re.compile(r"(?i)(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)")
MOST_SELECTORS = 200
BRACE = re.compile(r"[{}]")
SIMPLE_SELECTOR = re.compile(r"(?:[a-zA-Z]\w*+)?+[.#][a-zA-Z_][\w-]*+")
NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
REPORT_HEADING = re.compile(r"年度?报告|年报|[一二三四五六七]、|（[一二三四五六七]）")


def remove_chrome(tree: LexborHTMLParser, measured: Measured) -> tuple[str, ...]:
    """Take away in place what is not the report from the measured tree. Gives the warnings."""
    hiding = [selector for style in tree.css("style") for selector in hiding_selectors(style)]
    for node in tree.css(", ".join(page_data()["chrome"]["drop"])):
        node.decompose()
    warnings = _remove_hidden(tree, measured, hiding[:MOST_SELECTORS])
    _Sweeper(measured).sweep()
    return warnings


def is_enough(before: Stats, after: Stats) -> bool:
    """Whether what is left can be the report."""
    kept = max(after.free, after.letters)
    return kept >= KEPT_SHARE * (before.free or before.letters)


def hiding_selectors(style: LexborNode) -> Iterator[str]:
    """The simple selectors (``.name``, ``#id``) that rules of a style element hide. Rules that
    hold others (``@media``) speak of other screens."""
    rules = style.text(deep=True)
    depth = last = inside = 0
    selectors = ""
    for match in BRACE.finditer(rules):
        if match[0] == "{":
            depth += 1
            if depth == 1:
                selectors, inside = rules[last : match.start()], match.end()
            continue
        is_hiding = depth == 1 and HIDDEN_STYLE.search(rules, inside, match.start())
        if is_hiding and "@" not in selectors:
            yield from filter(SIMPLE_SELECTOR.fullmatch, map(str.strip, selectors.split(",")))
        depth = max(0, depth - 1)
        last = match.end()


def _remove_hidden(
    tree: LexborHTMLParser, measured: Measured, selectors: list[str]
) -> tuple[str, ...]:
    """Take away hidden elements, but for one that holds most of the page's text: a script
    would have shown it."""
    hidden = [
        node
        for node in tree.css("[style], [hidden], [aria-hidden]")
        if HIDDEN_STYLE.search(node.attributes.get("style") or "")
        or "hidden" in node.attributes
        or node.attributes.get("aria-hidden") == "true"
    ]
    for selector in selectors:
        hidden.extend(tree.css(selector))
    if not hidden:
        return ()
    half = measured.all.letters / 2
    shown_later = {node.mem_id for node in hidden if measured.of(node).letters > half}
    for node in hidden:
        if node.mem_id not in shown_later and node.parent is not None:
            node.decompose()
    return ("the report stands in a hidden element",) if shown_later else ()


class _Sweeper:
    """Goes down the tree and takes away elements that are not the report."""

    def __init__(self, measured: Measured) -> None:
        data = page_data()["chrome"]
        self.measured = measured
        self.total = measured.all.free or measured.all.letters
        self.tags = frozenset(data["tags"])
        self.roles = frozenset(data["roles"])
        self.names = frozenset(data["names"])

    def sweep(self) -> None:
        """Go down from the root."""
        pending = [self.measured.root]
        while pending:
            child = pending.pop().child
            while child is not None:
                following = child.next
                if child.tag in BREAKING or child.tag in self.tags:
                    if self._is_chrome(child):
                        child.decompose()
                    else:
                        pending.append(child)
                elif child.child is not None:
                    pending.append(child)
                child = following

    def _is_chrome(self, node: LexborNode) -> bool:
        stats = self.measured.of(node)
        if stats.letters == 0:
            return False
        if stats.letters < 600 and node.tag in BREAKING and is_foot(node.text(deep=True)):
            return True
        if stats.free > PROTECTED_SHARE * self.total:
            return False
        is_links = stats.links >= 3 and stats.linked > LINK_SHARE * stats.letters
        if is_links and stats.free < 100:
            return True
        return self._is_named(node) and self._is_beside_the_report(node)

    def _is_named(self, node: LexborNode) -> bool:
        """Whether the tag, the role or the names of an element say that it is chrome."""
        attributes = node.attributes
        if node.tag in self.tags or (attributes.get("role") or "").lower() in self.roles:
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return any(part.lower() in self.names for part in NAME_PART.findall(names))

    def _is_beside_the_report(self, node: LexborNode) -> bool:
        """A named element goes if links fill it or nothing in it looks like a report's part."""
        stats = self.measured.of(node)
        if stats.linked > 0.3 * stats.letters:
            return True
        text = node.text(deep=True)
        has_data = stats.cells >= 8
        return not has_data and "。" not in text and REPORT_HEADING.search(text) is None
