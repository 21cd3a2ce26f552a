"""The way from bytes or a path to a ``Document``: limits, kind, reader, provenance."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gipr_nlp.errors import EmptySource, SourceError
from gipr_nlp.records import Document, Source
from gipr_nlp.sources.detect import Kind, kind_of_bytes, kind_of_text
from gipr_nlp.sources.encodings import decode
from gipr_nlp.sources.guard import guarded
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.text import read_text

MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "html": "text/html",
    "json": "application/json",
    "mhtml": "multipart/related",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "legacy": "application/msword",
}
DEFAULT_LIMITS = Limits()


def read_path(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in the file at ``path``.

    Raises ``SourceError`` where there is no such file, it is a directory or may not be read,
    and all that ``read_document`` raises.
    """
    name = os.fspath(path)
    try:
        limits.check_size(Path(name).stat().st_size)
        data = _bytes_of(Path(name), limits)
    except SourceError as fault:
        raise fault.at(name) from None
    except FileNotFoundError:
        raise SourceError("there is no such file", where=name) from None
    except IsADirectoryError:
        raise SourceError(
            "this is a directory", where=name, advice="name the files in it, or use gipr run"
        ) from None
    except PermissionError:
        raise SourceError("the file may not be read", where=name, advice="permissions") from None
    except (OSError, ValueError) as fault:
        raise SourceError(f"the file cannot be read: {fault}", where=name) from None
    return read_document(data, path=name, limits=limits)


def read_document(
    data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document in ``data``; ``path`` is only told in the record and in errors.

    Raises ``EmptySource`` where there is no text, ``UnsupportedSource`` for kinds that are not
    read, ``DamagedSource`` for broken and encrypted files, ``LimitExceeded``.
    """
    try:
        limits.check_size(len(data))
        if not data.strip(b"\x00 \t\r\n"):
            raise EmptySource("the file is empty", advice="fetch the report again")
        kind, parts, encoding = _read(data, limits)
        source = Source(
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=MEDIA_TYPES[kind],
            encoding=encoding,
        )
        return _document(source, parts, limits)
    except SourceError as fault:
        raise fault.at(path or "") from fault.__cause__


def text_document(text: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document whose whole source is ``text``, taken as plain text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(sha256=digest, media_type=MEDIA_TYPES["text"])
    return _document(source, read_text(text, limits), limits)


def _read(data: bytes, limits: Limits) -> tuple[Kind, Parts, str | None]:
    kind = kind_of_bytes(data)
    if kind is not None:
        with guarded(f"{kind.upper()} file"):
            return kind, _binary_reader(kind)(data, limits), None
    decoded = decode(data)
    kind = kind_of_text(decoded.text)
    with guarded(f"{kind.upper()} file"):
        if kind == "legacy":
            return kind, _binary_reader(kind)(data, limits), decoded.encoding
        parts = _text_reader(kind)(decoded.text, limits)
    warnings = (*decoded.warnings, *parts.warnings)
    return kind, replace(parts, warnings=warnings), decoded.encoding


def _binary_reader(kind: Kind) -> Callable[[bytes, Limits], Parts]:
    if kind == "pdf":
        from gipr_nlp.sources.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from gipr_nlp.sources.docx import read_docx

        return read_docx
    from gipr_nlp.sources.legacy import read_legacy

    return read_legacy


def _text_reader(kind: Kind) -> Callable[[str, Limits], Parts]:
    if kind == "text":
        return read_text
    if kind == "html":
        from gipr_nlp.sources.html import read_html

        return read_html
    if kind == "json":
        from gipr_nlp.sources.wrapped import read_json

        return read_json
    from gipr_nlp.sources.wrapped import read_mhtml

    return read_mhtml


def _document(source: Source, parts: Parts, limits: Limits) -> Document:
    limits.check_characters(len(parts.text))
    if not parts.text.strip():
        raise EmptySource("there is no text in it", advice="fetch the report again")
    return Document(
        text=parts.text,
        source=source,
        title=parts.title,
        grids=parts.grids,
        hard_lines=parts.hard_lines,
        origin=parts.origin,
        published=parts.published,
        warnings=parts.warnings,
    )


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The file's bytes; one more than allowed at most, for files that grow or never end."""
    with path.open("rb") as file:
        data = file.read(limits.max_bytes + 1)
    limits.check_size(len(data))
    return data
