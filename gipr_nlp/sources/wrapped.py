"""Reports wrapped in something else: a JSON answer of a site's interface, a web archive."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gipr_nlp.sources.detect import kind_of_text
from gipr_nlp.sources.encodings import CHINESE, decode
from gipr_nlp.sources.furniture import iso_date
from gipr_nlp.sources.html_stats import letters
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.text import read_text

CALL = re.compile(r"\s*+[\w.$]++\s*+\((.*)\)\s*+;?\s*+", re.DOTALL)
TITLE_KEYS = frozenset({"title", "doctitle", "articletitle", "subject", "name", "headline"})
DATE_KEYS = re.compile(r"(?i)pub|release|create|date|time|fbsj|fbrq")
# The text of the report is one string when it has this share of all letters.
WHOLE_SHARE = 0.6


def read_json(text: str, limits: Limits) -> Parts:
    """The parts of a document from a JSON value: its one long string of several lines, or all
    strings in order. Text that only looks like JSON is read for what it is."""
    value = _parsed(text)
    if value is None:
        return read_plain(text, limits)
    strings = list(_strings(value, limits))
    longest = max((string for _, string in strings), key=letters, default="")
    everything = sum(letters(string) for _, string in strings)
    is_whole = "<" in longest or "\n" in longest.strip()
    if not is_whole or letters(longest) < WHOLE_SHARE * everything:
        longest = "\n".join(string for _, string in strings if CHINESE.search(string))
    parts = replace(read_inner(longest, limits), origin=None)
    return replace(
        parts,
        title=parts.title or _title(strings, longest),
        published=parts.published or _date(strings),
    )


def read_mhtml(text: str, limits: Limits) -> Parts:
    """The parts of a document from the first text part of a web archive (MHTML)."""
    message = email.message_from_bytes(text.encode("utf-8", "replace"), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return replace(read_inner(decode(payload).text, limits), origin=None)
    return Parts(text="")


def read_inner(text: str, limits: Limits, level: int = 0) -> Parts:
    """The parts of ``text`` that stood inside something else: markup, escaped markup or text;
    ``level`` counts how deep."""
    from gipr_nlp.sources.html import read_html

    if kind_of_text(text) == "html":
        return read_html(text, limits, level)
    if re.search(r"&lt;/?(?:p|div|table|td|span)\b", text):
        import html

        return read_html(html.unescape(text), limits, level)
    return replace(read_text(text, limits), origin=None)


def read_plain(text: str, limits: Limits) -> Parts:
    """The parts of ``text`` that is no JSON after all."""
    return read_inner(text, limits) if "<" in text else read_text(text, limits)


def _parsed(text: str) -> Any:
    call = CALL.fullmatch(text)
    for candidate in [text, call[1]] if call else [text]:
        try:
            value = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str) and value[:1] in {"{", "[", '"'}:
            inner = _parsed(value)
            return value if inner is None else inner
        return value if isinstance(value, (dict, list, str)) else None
    return None


def _strings(value: Any, limits: Limits) -> Iterator[tuple[str, str]]:
    """Every string in ``value`` with the key it stands under, in order."""
    pending: list[tuple[str, Any, int]] = [("", value, 1)]
    while pending:
        key, item, depth = pending.pop()
        limits.check_depth(depth)
        if isinstance(item, str):
            yield key, item
        elif isinstance(item, dict):
            pending.extend((str(k), v, depth + 1) for k, v in reversed(item.items()))
        elif isinstance(item, list):
            pending.extend((key, v, depth + 1) for v in reversed(item))


def _title(strings: list[tuple[str, str]], content: str) -> str | None:
    for key, string in strings:
        if key.lower() in TITLE_KEYS and string.strip() and string is not content:
            return " ".join(string.split())
    return None


def _date(strings: list[tuple[str, str]]) -> str | None:
    for key, string in strings:
        if DATE_KEYS.search(key) and len(string) < 40 and (date := iso_date(string)):
            return date
    return None
