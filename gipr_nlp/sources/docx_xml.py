"""Names, attributes and children of WordprocessingML, whatever namespace they come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OFF = frozenset({"0", "false", "off", "none"})
# Elements that only wrap what counts.
WRAPPERS = frozenset(
    {"ins", "moveTo", "sdtContent", "smartTag", "customXml", "hyperlink", "dir", "bdo"}
    | {"oMath", "oMathPara"}
)
REMOVED = frozenset({"del", "moveFrom"})


def name_of(element: Any) -> str:
    """The local name of an element; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *path: str) -> Any:
    """The first descendant along ``path`` of local names, or None."""
    for name in path:
        element = next((item for item in element if name_of(item) == name), None)
        if element is None:
            return None
    return element


def value(element: Any, name: str = "val", default: str = "") -> str:
    """The attribute with the local ``name``, or ``default``, also where there is no element."""
    if element is not None:
        for key, text in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(text)
    return default


def number(element: Any, default: int = 0) -> int:
    """The ``val`` of an element as a whole number, or ``default``."""
    text = value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else default


def is_on(element: Any) -> bool:
    """Whether a switch like ``w:vanish`` is there and not turned off."""
    return element is not None and value(element, default="1").lower() not in OFF


def content(element: Any) -> Iterator[Any]:
    """The children that count: wrappers opened, tracked deletions left out, one variant of
    alternative content, no table of contents."""
    for item in element:
        name = name_of(item)
        if name in REMOVED or not name:
            continue
        if name == "AlternateContent":
            yield from content(_variant(item))
        elif name == "sdt":
            inner = child(item, "sdtContent")
            if inner is not None and not _is_contents(item):
                yield from content(inner)
        elif name in WRAPPERS:
            yield from content(item)
        else:
            yield item


def _variant(alternate: Any) -> Any:
    """The first choice of alternative content that holds text; its fallback where none does."""
    for item in alternate:
        if any(name_of(below) == "t" and below.text for below in item.iter()):
            return item
    return alternate[0] if len(alternate) else alternate


def _is_contents(sdt: Any) -> bool:
    gallery = child(sdt, "sdtPr", "docPartObj", "docPartGallery")
    return "table of contents" in value(gallery).lower()
