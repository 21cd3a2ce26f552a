"""What is still to be done of a corpus: documents that are new, have changed, or failed before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.fetch import fetch, sha256
from gipr_nlp.bulk.ledger import Entry, Ledger
from gipr_nlp.bulk.worker import Packed, Task
from gipr_nlp.errors import SourceError
from gipr_nlp.sources import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be read, with its place in the order. ``is_copy``: a document with the
    same bytes stands before it, so that it need not be read."""

    position: int
    task: Task
    sha256: str | None = None
    size: int | None = None
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: its tables, packed; none for a copy."""

    job: Job
    tables: Packed = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes that it holds."""
        return sum(map(len, self.tables.values()))


class Plan:
    """The jobs of one pass over ``documents``; counts in ``skipped`` what was done before.

    With ``look_inside`` the bytes are read here, so that changed files and copies are known
    before they are sent; without it (clusters) a document that is known is taken as done.
    """

    def __init__(
        self,
        documents: Iterable[InputDocument],
        ledger: Ledger,
        limits: Limits,
        *,
        retry: bool = False,
        look_inside: bool = True,
    ) -> None:
        self._documents, self._ledger, self._limits = documents, ledger, limits
        self._retry, self._look_inside = retry, look_inside
        self.skipped = 0

    def jobs(self) -> Iterator[Job]:
        """The jobs, numbered from zero."""
        position = 0
        for document in self._documents:
            job = self._job(position, document)
            if job is None:
                self.skipped += 1
            else:
                position += 1
                yield job

    def _job(self, position: int, document: InputDocument) -> Job | None:
        entry = self._ledger.get(document.id)
        data = self._bytes(document)
        digest = sha256(data) if data is not None else None
        if entry is not None:
            if self._is_done(entry, digest):
                return None
            if entry.outcome != "failure" or entry.sha256 != digest:
                self._ledger.forget(document.id)
        copy = digest is not None and not self._ledger.claim(document.id, digest)
        size = None if data is None else len(data)
        return Job(position, Task(document), digest, size, copy)

    def _is_done(self, entry: Entry, digest: str | None) -> bool:
        if self._look_inside and digest != entry.sha256:
            return False
        if self._ledger.is_orphan(entry):
            return False
        return not (self._retry and entry.outcome == "failure")

    def _bytes(self, document: InputDocument) -> bytes | None:
        if not self._look_inside:
            return None
        try:
            return fetch(document, self._limits)
        except SourceError:
            return None  # the worker meets the same fault and tells it


def only(documents: Iterable[InputDocument], names: Collection[str]) -> Iterator[InputDocument]:
    """The documents with one of these ids."""
    return (one for one in documents if one.id in names)
