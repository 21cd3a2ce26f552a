"""The bytes of an ``InputDocument``: its own, a file's, or an object's on a remote store."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.errors import DamagedSource, MissingExtra, SourceError, UsageError
from gipr_nlp.sources import Limits


def fetch(document: InputDocument, limits: Limits) -> bytes:
    """All bytes of ``document``. Raises ``SourceError`` where they cannot be had or are too many."""
    if document.fault:
        raise DamagedSource(document.fault, advice="fetch it again")
    if document.data is not None:
        limits.check_size(len(document.data))
        return document.data
    if document.path is None:
        raise SourceError("there is neither data nor a path", where=document.id)
    try:
        with _open(document.path) as file:
            # One byte more than allowed, so that a file that grows or never ends is refused.
            data: bytes = file.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise SourceError("there is no such file", where=document.path) from None
    except (OSError, ValueError, pa.ArrowException) as fault:
        raise SourceError(f"the file cannot be read: {fault}", where=document.path) from None
    limits.check_size(len(data))
    return data


def sha256(data: bytes) -> str:
    """The digest by which equal files are told."""
    return hashlib.sha256(data).hexdigest()


def is_uri(path: str) -> bool:
    """Whether ``path`` names an object of a remote store (s3://, gs://, hdfs://, memory:// ...)."""
    scheme, found, _ = path.partition("://")
    return bool(found) and scheme.isalnum() and len(scheme) > 1


def store(uri: str) -> tuple[Any, str]:
    """The file system of ``uri`` and the path in it: Arrow's own, or one that fsspec knows."""
    scheme = uri.partition("://")[0]
    try:
        return _arrow_store(scheme, uri)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _fsspec_store(scheme), uri.partition("://")[2]


def _open(path: str) -> IO[bytes]:
    if not is_uri(path):
        return Path(path).open("rb")
    system, inside = store(path)
    opened: IO[bytes] = system.open_input_stream(inside)
    return opened


def _arrow_store(scheme: str, uri: str) -> tuple[Any, str]:
    from pyarrow import fs

    system, inside = fs.FileSystem.from_uri(uri)
    return _kept(scheme, uri.split("/")[2], system), inside


# One connection for each bucket and process: opening one costs more than reading a report.
_STORES: dict[tuple[str, str], Any] = {}


def _kept(scheme: str, bucket: str, system: Any) -> Any:
    return _STORES.setdefault((scheme, bucket), system)


@lru_cache(maxsize=8)
def _fsspec_store(scheme: str) -> Any:
    try:
        import fsspec
    except ImportError:
        raise MissingExtra(f"reading {scheme}://", "bulk") from None
    from pyarrow import fs

    try:
        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(scheme)))
    except (ImportError, ValueError) as fault:
        raise UsageError(f"{scheme}:// cannot be read: {fault}") from None
