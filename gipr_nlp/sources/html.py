"""HTML: the report's text in reading order with its data tables as grids.

Lexbor parses as browsers do, so unclosed and crossed tags come out as they were seen. Then
what surrounds the report goes (``html_chrome``), and the tree is walked into blocks without
recursion (``html_walk``), layout tables unwrapped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from selectolax.lexbor import LexborHTMLParser

from gipr_nlp.sources.furniture import iso_date
from gipr_nlp.sources.html_chrome import remove_chrome
from gipr_nlp.sources.html_stats import letters, weight_of
from gipr_nlp.sources.html_walk import blocks_of
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.normalise import fold_text
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.polish import polish

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NESTING = regex.compile(
    r"(?i)<(/?)(?:div|section|article|main|ul|ol|dl|table|blockquote|center|form|fieldset|nav"
    r"|aside|header|footer|details|figure|pre|span|address|menu|dir|listing)(?=[\s>/])"
)
FORMATTING = regex.compile(
    r"(?i)<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:\s[^<>]*+)?+>"
)
# Formatting left open is opened again in every later paragraph: beyond this many it would
# multiply the tree, so the tags go instead. They carry no text.
OPEN_FORMATTING = 100
TITLE_METAS = ("articletitle", "og:title", "title")
DATE_METAS = ("pubdate", "publishdate", "article:published_time", "createdate", "pubtime")
REPORT = regex.compile(r"报告|年报|報告|年報")
SITE_NAME = regex.compile(r"\s*+[-_|—–]++\s*+[^-_|—–]*+$")
# A text area holds the report when it holds this many times the letters that the page shows;
# where a page shows next to none, its scripts are searched too.
SHADOW_SHARE = 2
SHOWN_LITTLE = 150
SCRIPT_STRING = regex.compile(r'"(?:[^"\\\n]++|\\.){300,}+"')


def read_html(markup: str, limits: Limits) -> Parts:
    """The parts of a document from the ``markup`` of a page, of a fragment, or of a page that
    holds the report inside a text area."""
    _check_nesting(markup, limits)
    markup = _without_open_formatting(markup)
    tree = LexborHTMLParser(markup)
    if tree.root is None:
        return Parts(text="")
    inner = _shadow_report(tree)
    if inner is not None:
        return _read_inner(inner, _title(tree), limits)
    title, published = _title(tree), _published(tree)
    warnings = remove_chrome(tree, limits)
    if warnings is None:  # what was left is not the report: take the whole page
        tree = LexborHTMLParser(markup)
        warnings = ("the report could not be told from the page around it",)
    assert tree.root is not None
    blocks = blocks_of(tree.body or tree.root, limits)
    return polish(blocks, limits, title=title, published=published, warnings=warnings)


def _read_inner(inner: str, title: str | None, limits: Limits) -> Parts:
    from gipr_nlp.sources.wrapped import read_inner

    parts = read_inner(inner, limits)
    return replace(parts, title=parts.title or title)


def _check_nesting(markup: str, limits: Limits) -> None:
    """Refuse markup whose elements nest too deep: parsing it takes quadratic time."""
    depth = 0
    for match in NESTING.finditer(markup):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > limits.max_depth:
            limits.check_depth(depth)


def _without_open_formatting(markup: str) -> str:
    balance = sum(-1 if match[1] else 1 for match in FORMATTING.finditer(markup))
    return FORMATTING.sub("", markup) if balance > OPEN_FORMATTING else markup


def _shadow_report(tree: LexborHTMLParser) -> str | None:
    """The content of a text area, or of a string in a script, that holds the report where the
    page itself shows little or nothing."""
    areas = tree.css("textarea, xmp, script[type='text/html'], script[type='text/template']")
    contents = [area.text(deep=True) for area in areas]
    shown = weight_of(tree) - sum(letters(content) for content in contents)
    if shown < SHOWN_LITTLE:
        contents.extend(_script_strings(tree))
    best = max(contents, key=len, default="")
    return best if letters(best) > max(SHOWN_LITTLE, SHADOW_SHARE * shown) else None


def _script_strings(tree: LexborHTMLParser) -> Iterator[str]:
    for script in tree.css("script"):
        for match in SCRIPT_STRING.finditer(script.text(deep=True)):
            with suppress(ValueError):
                yield json.loads(match[0])


def _title(tree: LexborHTMLParser) -> str | None:
    """The page's title: that of its metadata or headings, first the one that names a report."""
    candidates = [meta for name in TITLE_METAS if (meta := _meta(tree, name))]
    candidates += [heading.text(deep=True) for heading in tree.css("h1, h2")[:5]]
    page = tree.css_first("title")
    if page is not None:
        candidates.append(SITE_NAME.sub("", page.text(deep=True).strip()))
    folded = [" ".join(fold_text(candidate).split()) for candidate in candidates]
    known = [candidate for candidate in folded if candidate]
    return next(filter(REPORT.search, known), known[0] if known else None)


def _published(tree: LexborHTMLParser) -> str | None:
    for name in DATE_METAS:
        content = _meta(tree, name)
        if content and (date := iso_date(content)):
            return date
    return None


def _meta(tree: LexborHTMLParser, name: str) -> str | None:
    for node in tree.css("meta[content]"):
        if _attribute(node, "name").lower() == name or _attribute(node, "property") == name:
            return _attribute(node, "content") or None
    return None


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
