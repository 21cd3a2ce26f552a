"""Documents inside archives: zip, tar, WARC. A broken member costs itself, not the archive."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.errors import MissingExtra
from gipr_nlp.sources import Limits

_BROKEN = (OSError, EOFError, ValueError, zlib.error, tarfile.TarError, zipfile.BadZipFile)
# What a crawl fetches beside documents; such records are passed over, not counted.
_DOCUMENT_TYPES = (
    "text/html",
    "text/plain",
    "application/xhtml",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats",
    "application/wps",
    "application/json",
    "application/octet-stream",
    "multipart/related",
)


def archive_documents(file: Path, name: str, limits: Limits) -> Iterator[InputDocument]:
    """The members of the archive ``file``; ``name`` is the id of the archive itself.

    What is broken comes as a document with its ``fault``: one member, or the archive from the
    place on where it breaks.
    """
    suffix = next(one for one in ARCHIVES if file.name.lower().endswith(one))
    try:
        yield from ARCHIVES[suffix](file, name, limits)
    except _BROKEN as fault:
        yield InputDocument(id=name, path=str(file), fault=f"the archive is broken: {fault}")


def _zip_members(file: Path, name: str, limits: Limits) -> Iterator[InputDocument]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            inner = _zip_name(member)
            if not member.is_dir() and not _hidden(inner):
                yield _zip_member(archive, member, f"{name}!/{inner}", f"{file}!/{inner}", limits)


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, path: str, limits: Limits
) -> InputDocument:
    try:
        with archive.open(member) as content:
            return InputDocument(id=name, path=path, data=_limited(content, limits))
    except (*_BROKEN, RuntimeError, NotImplementedError) as fault:  # encrypted, unknown method
        return InputDocument(id=name, path=path, fault=f"the member cannot be read: {fault}")


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The member's name; those that Chinese systems wrote without saying so are GB 18030."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _tar_members(file: Path, name: str, limits: Limits) -> Iterator[InputDocument]:
    # Streamed: a compressed tar cannot be sought in, and members are read in their order.
    with tarfile.open(file, "r|*") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None and not _hidden(member.name):
                yield InputDocument(
                    id=f"{name}!/{member.name}",
                    path=f"{file}!/{member.name}",
                    data=_limited(content, limits),
                )


def _warc_records(file: Path, name: str, limits: Limits) -> Iterator[InputDocument]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise MissingExtra("reading WARC", "bulk") from None
    with file.open("rb") as stream:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if _is_document(record):
                yield InputDocument(
                    id=f"{name}#{number}",
                    path=str(file),
                    url=url,
                    data=record.content_stream().read(limits.max_bytes + 1),
                )


def _is_document(record: object) -> bool:
    kind = getattr(record, "rec_type", "")
    headers = getattr(record, "http_headers", None)
    if kind == "resource" and headers is None:
        return True
    if kind not in {"response", "resource"} or headers is None:
        return False
    media = (headers.get_header("Content-Type") or "text/html").lower()
    return headers.get_statuscode() == "200" and media.startswith(_DOCUMENT_TYPES)


def _limited(content: IO[bytes], limits: Limits) -> bytes:
    """All that is in the member, or one byte more than allowed, which is then refused."""
    return content.read(limits.max_bytes + 1)


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(one.startswith(".") or one == "__MACOSX" for one in parts if one != ".")


ARCHIVES: dict[str, Callable[[Path, str, Limits], Iterator[InputDocument]]] = {
    ".zip": _zip_members,
    ".tar": _tar_members,
    ".tar.gz": _tar_members,
    ".tgz": _tar_members,
    ".tar.bz2": _tar_members,
    ".tar.xz": _tar_members,
    ".warc": _warc_records,
    ".warc.gz": _warc_records,
}
"""The endings by which an archive is known, with the reader of its members."""
