"""Tells the kind of a document by its content; the name of the file is not asked."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from gipr_nlp.errors import DamagedSource, UnsupportedSource

Kind = Literal["text", "html", "json", "docx", "pdf", "legacy", "mhtml"]

READS = "text, HTML, DOCX, PDF, DOC, WPS, RTF and JSON are read"
# What a file that begins so is; none of these holds text that can be read here.
FOREIGN = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "an image, sound or video (RIFF)"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "a sound file"),
    (b"%!PS", "a PostScript file"),
    (b"AT&TFORM", "a DjVu file"),
)
# A mark of letters only is taken seriously where zero bytes or controls follow it.
LETTER_MARKS = frozenset({b"BM", b"MZ", b"BZh", b"RIFF", b"ID3", b"PAR1"})
# Parts of a zip package, and what the package is.
PACKAGES = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("xl/workbook.bin", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("OFD.xml", "an OFD document; save it as PDF or DOCX"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "legacy"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)
# Names of streams in an OLE file (UTF-16), and what the file is.
STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "legacy"),
    ("Workbook", "an Excel workbook"),
    ("Book", "an Excel workbook"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("MatOST", "legacy"),  # Microsoft Works
    ("CONTENTS", "legacy"),  # Works and Kingsoft WPS
    ("__substg1.0_", "an Outlook message"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(
    r"(?i)<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|tr|td|span|br|h[1-6]|ul|ol"
    r"|article|section|textarea|font|center|form|script|style|a|img|b|strong|pre|main|nav|header"
    r"|footer|ruby|i|u|em)(?=[\s>/])"
)
WORD_XML = re.compile(r"<\?mso-application\s|<w:wordDocument\b|<office:document\b|<pkg:package\b")
JSON_START = re.compile(r'\s*+(?:[\w.$]++\s*+\(\s*+)?+(?:[{\["]|\\")')


def kind_of_bytes(data: bytes) -> Kind | None:
    """The kind of ``data`` where its bytes tell; None where it must first be read as text.

    Raises ``UnsupportedSource`` with the name of what it is, ``DamagedSource`` for packages
    that are encrypted or cut off.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _kind_of_package(data)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    if data.startswith(b"{\\rtf"):
        return "legacy"
    for mark, name in FOREIGN:
        if data.startswith(mark) and (mark not in LETTER_MARKS or _has_controls(data)):
            raise _foreign(name)
    if data[4:8] == b"ftyp":
        raise _foreign("a video or HEIF image")
    return None


def kind_of_text(text: str) -> Kind:
    """The kind of decoded ``text``: ``json``, ``html``, ``legacy`` (Word XML) or ``text``."""
    start = text[:4096]
    if WORD_XML.search(start):
        return "legacy"
    if start.lstrip()[:13].lower() == "mime-version:" or (
        "multipart/related" in start and "MIME-Version:" in start
    ):
        return "mhtml"
    if JSON_START.match(start) and looks_like_json(text):
        return "json"
    return "html" if _is_markup(text) else "text"


def looks_like_json(text: str) -> bool:
    """Whether ``text`` begins and ends as a JSON value (or a call with one) does."""
    body = text.strip()
    return body[-1:] in {"}", "]", '"'} or body.rstrip(";")[-1:] == ")"


def _is_markup(text: str) -> bool:
    """Tags at the start, or often enough that they are not a text's own angle brackets."""
    if MARKUP.match(text.lstrip("\ufeff \t\r\n")):
        return True
    found = 0
    for found, _ in enumerate(MARKUP.finditer(text, 0, 200_000), 1):
        if found >= 2:
            return True
    return found > 0 and re.search(r"(?i)</(?:html|body|div|p|table|td|span)\s*>", text) is not None


def _kind_of_package(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.replace("\\", "/").lower() for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise DamagedSource(
            "a zip package (DOCX?) that is cut off or broken", advice="fetch the file again"
        ) from fault
    for part, kind in PACKAGES:
        if part.lower() in names:
            if kind in {"docx", "legacy"}:
                return kind  # type: ignore[return-value]
            raise _foreign(kind)
    if "[content_types].xml" in names:
        return "docx"
    raise _foreign("a zip archive", "unpack it first; " + READS)


def _kind_of_ole(data: bytes) -> Kind:
    for name, kind in STREAMS:
        if name.encode("utf-16-le") in data:
            if kind == "encrypted":
                raise DamagedSource(
                    "an Office document that is encrypted", advice="remove its password first"
                )
            if kind == "legacy":
                return "legacy"
            raise _foreign(kind)
    raise DamagedSource(
        "an old Office file (OLE) without a Word document in it", advice="fetch the file again"
    )


def _has_controls(data: bytes) -> bool:
    return re.search(rb"[\x00-\x08\x0e-\x1a]", data[:512]) is not None


def _foreign(name: str, advice: str = READS) -> UnsupportedSource:
    return UnsupportedSource(f"this is {name}, which cannot be read", advice=advice)
