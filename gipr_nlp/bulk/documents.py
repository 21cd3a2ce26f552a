"""One document on its way in, and the stamp that every result bears."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputDocument:
    """One document of a corpus: its bytes, or the path (or URI) to read them from.

    ``id`` is unique in the corpus and stays the same from run to run. ``organization``,
    ``region`` and ``year`` are what the caller knows of it, where he does; ``fault`` says why
    its bytes could not be had (a broken member of an archive).
    """

    id: str
    path: str | None = None
    url: str | None = None
    data: bytes | None = None
    organization: str | None = None
    region: str | None = None
    year: int | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a result was made from and with: digests of bytes and of text, version, catalogue."""

    sha256: str | None
    text_sha256: str | None
    library_version: str
    catalogue: str
