"""HTML: the report's text in reading order with its data tables as grids.

Lexbor parses as browsers do, so unclosed and crossed tags come out as they were seen. Then
what surrounds the report goes (``html_chrome``), and the tree is walked into blocks without
recursion (``html_walk``), layout tables unwrapped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from gipr_nlp.sources.furniture import iso_date
from gipr_nlp.sources.html_chrome import is_enough, remove_chrome
from gipr_nlp.sources.html_doubles import without_doubles
from gipr_nlp.sources.html_stats import Measured, letters
from gipr_nlp.sources.html_walk import blocks_of
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.normalise import fold_text
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.polish import polish
from gipr_nlp.sources.wrapped import read_inner

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NESTING = re.compile(
    r"(?i)<(/?)(?:div|section|article|main|ul|ol|dl|table|blockquote|center|form|fieldset|nav"
    r"|aside|header|footer|details|figure|pre|span|address|menu|dir|listing)(?=[\s>/])"
)
FORMATTING = re.compile(
    r"(?i)<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:\s[^<>]*+)?+>"
)
CELL = re.compile(r"(?i)<t[dh](?=[\s>])")
DATA_ADDRESS = re.compile(r"(?i)data:[\w/+.;=-]{1,60}+;base64,[a-z0-9+/=\s]++")
LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,30}+)\s[^<>]{5000,}+>?")
# Formatting left open is opened again in every later paragraph: beyond this many it would
# multiply the tree, so the tags go instead. They carry no text.
OPEN_FORMATTING = 100
TITLE_METAS = ("articletitle", "og:title", "title")
DATE_METAS = ("pubdate", "publishdate", "article:published_time", "createdate", "pubtime")
REPORT = re.compile(r"报告|年报|報告|年報")
SITE_NAME = re.compile(r"\s*+[-_|—–]++\s*+[^-_|—–]*+$")
# A text area holds the report when it holds this many times the letters that the page shows;
# where a page shows next to none, its scripts are searched too.
SHADOW_SHARE = 2
SHOWN_LITTLE = 80
DEEPEST_SHADOW = 2
SCRIPT_STRING = re.compile(r'"(?:[^"\\\n]++|\\.)*+"')
LONG_STRING = 300


def read_html(markup: str, limits: Limits, level: int = 0) -> Parts:
    """The parts of a document from the ``markup`` of a page, of a fragment, or of a page that
    holds the report inside a text area; ``level`` counts how deep in such areas it was found."""
    clock = limits.clock()
    markup = _eased(markup, limits)
    tree = LexborHTMLParser(markup)
    if tree.body is None:
        return Parts(text="")
    before = Measured(tree.body, clock)
    title, published = _title(tree), _published(tree)
    inner = _shadow_report(tree, before.all.letters) if level < DEEPEST_SHADOW else None
    if inner is not None:
        parts = read_inner(inner, limits, level + 1)
        return replace(parts, title=parts.title or title, published=parts.published or published)
    warnings = remove_chrome(tree, before)
    after = Measured(tree.body, clock)
    if not is_enough(before.all, after.all):
        tree = LexborHTMLParser(markup)
        assert tree.body is not None
        after = Measured(tree.body, clock)
        warnings = ("the report could not be told from the page around it",)
    blocks, doubled = without_doubles(blocks_of(after, limits, clock))
    warnings = (*warnings, *doubled)
    return polish(blocks, limits, title=title, published=published, warnings=warnings)


def _eased(markup: str, limits: Limits) -> str:
    """The markup without what makes parsers slow: data in addresses, endless attributes,
    formatting that is never closed. Refuses elements that nest too deep."""
    markup = DATA_ADDRESS.sub("", markup)
    markup = LONG_TAG.sub(r"<\1>", markup)
    limits.check_elements(markup.count("<"))
    limits.check_cells(len(CELL.findall(markup)))
    depth = 0
    for closes in NESTING.findall(markup):
        depth = max(0, depth - 1) if closes else depth + 1
        if depth > limits.max_depth:
            limits.check_depth(depth)
    formatting = FORMATTING.findall(markup)
    left_open = len(formatting) - 2 * formatting.count("/")
    return FORMATTING.sub("", markup) if left_open > OPEN_FORMATTING else markup


def _shadow_report(tree: LexborHTMLParser, shown: int) -> str | None:
    """The content of a text area (or a script's string) that holds the report where the page,
    of ``shown`` letters in all, itself shows little or nothing."""
    areas = tree.css("textarea, xmp")
    contents = [area.text(deep=True) for area in areas]
    shown -= sum(map(letters, contents))
    contents += [script.text(deep=True) for script in tree.css("script[type^='text/'][id]")]
    if shown < SHOWN_LITTLE:
        contents.extend(_script_strings(tree))
    best = max(contents, key=len, default="")
    return best if letters(best) > max(SHOWN_LITTLE, SHADOW_SHARE * shown) else None


def _script_strings(tree: LexborHTMLParser) -> Iterator[str]:
    for script in tree.css("script"):
        for match in SCRIPT_STRING.finditer(script.text(deep=True)):
            if len(match[0]) < LONG_STRING:
                continue
            with suppress(ValueError):
                yield json.loads(match[0])


def _title(tree: LexborHTMLParser) -> str | None:
    """The page's title: that of its metadata or headings, first the one that names a report."""
    candidates = [meta for name in TITLE_METAS if (meta := _meta(tree, name))]
    headings = [heading.text(deep=True) for heading in tree.css("h1, h2")[:5]]
    candidates += filter(REPORT.search, headings)
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
