"""DOCX: paragraphs and tables in document order, from the package that python-docx opens.

The XML is walked by local names (so that the strict variant of the format reads the same):
tracked deletions are out and insertions in, a field shows its result, the text of a box
follows the paragraph that it hangs on, and stands there once.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from gipr_nlp.errors import DamagedSource
from gipr_nlp.sources.docx_body import Body
from gipr_nlp.sources.docx_numbering import Numbering
from gipr_nlp.sources.limits import Limits, too_much
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.polish import polish

MAIN_TYPES = ("document.main+xml", "template.main+xml")


def read_docx(data: bytes, limits: Limits) -> Parts:
    """The parts of a document from the bytes of a DOCX package."""
    _check_package(data, limits)
    main, numbering, styles = _open(data)
    blocks = Body(limits, Numbering(numbering, styles)).blocks(main)
    return polish(blocks, limits)


def _check_package(data: bytes, limits: Limits) -> None:
    """Refuse packages that unpack to too much, and encrypted ones, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
    expanded = sum(entry.file_size for entry in entries)
    if expanded > limits.max_expanded_bytes:
        raise too_much("the unpacked file", expanded, limits.max_expanded_bytes, "bytes")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DamagedSource("this DOCX file is encrypted", advice="remove its password first")


def _open(data: bytes) -> tuple[Any, Any, Any]:
    """The root elements of the document, its numbering and its styles (the last two or None)."""
    from docx.opc.package import OpcPackage

    package = OpcPackage.open(io.BytesIO(data))
    roots: dict[str, Any] = {}
    for part in package.iter_parts():
        kind = str(part.content_type).rpartition(".")[2]
        if str(part.content_type).endswith(MAIN_TYPES):
            roots.setdefault("document", _root(part))
        elif kind in {"numbering+xml", "styles+xml"}:
            roots.setdefault(kind, _root(part))
    if "document" not in roots:
        raise DamagedSource("this DOCX file has no document in it", advice="fetch it again")
    return roots["document"], roots.get("numbering+xml"), roots.get("styles+xml")


def _root(part: Any) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(part.blob, parser)
