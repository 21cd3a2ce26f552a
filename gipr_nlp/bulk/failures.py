"""Why a document has no report: the fault as a row, whoever noticed it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace

from gipr_nlp.bulk.documents import InputDocument, Stamp
from gipr_nlp.bulk.schema import Row
from gipr_nlp.errors import SourceError

_DETAIL = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: a ``kind`` to filter by, ``what`` in words, ``advice``, and for errors of
    the library itself the end of the traceback as ``detail``.

    Kinds are the names of the ``SourceError`` tree, and Timeout, OutOfMemory, WorkerDied, Internal.
    """

    kind: str
    what: str
    advice: str | None = None
    detail: str | None = None


def fault_of(error: Exception) -> Fault:
    """The fault that ``error`` tells of."""
    if isinstance(error, SourceError):
        return Fault(type(error).__name__, error.what, error.advice or None)
    if isinstance(error, MemoryError):
        return Fault("OutOfMemory", "it needs more memory than allowed", "raise --max-memory")
    detail = "".join(traceback.format_exception(error))[-_DETAIL:]
    what = f"{type(error).__name__}: {error}"
    return Fault("Internal", what, "an error of the library; please report it", detail)


def timeout_fault(seconds: float) -> Fault:
    """The fault of a document whose deadline has passed."""
    return Fault("Timeout", f"it takes longer than {seconds:g} seconds", "raise --timeout")


def death_fault(how: str) -> Fault:
    """The fault of a document that ended its worker, ``how`` being signal or exit code."""
    return Fault("WorkerDied", f"it ended the process that read it, twice ({how})")


def failure_rows(
    document: InputDocument, fault: Fault, stamp: Stamp, size: int | None
) -> dict[str, list[Row]]:
    """The rows of ``failures`` and ``inputs`` for a document without a report."""
    place = (document.id, document.path, document.url, stamp.sha256)
    told = (*place, fault.kind, fault.what, fault.advice, fault.detail)
    bare = replace(stamp, text_sha256=None)
    return {"failures": [told], "inputs": [input_row(document, size, bare, "failure", fault.kind)]}


def input_row(
    document: InputDocument, size: int | None, stamp: Stamp, outcome: str, reason: str | None
) -> Row:
    """The row of ``inputs``: what became of one document."""
    return (
        document.id,
        document.path,
        document.url,
        size,
        stamp.sha256,
        stamp.text_sha256,
        outcome,
        reason,
        None,
        stamp.library_version,
        stamp.catalogue,
    )
