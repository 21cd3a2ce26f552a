"""The local engine: tasks to a pool of workers, results back in the order of the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gipr_nlp.bulk.documents import Stamp
from gipr_nlp.bulk.failures import Fault, death_fault, failure_rows, timeout_fault
from gipr_nlp.bulk.plan import Job, Result
from gipr_nlp.bulk.pool import Ended, Pool
from gipr_nlp.bulk.schema import batch
from gipr_nlp.bulk.settings import Settings
from gipr_nlp.bulk.worker import Task, pack, work

# Results that wait for an earlier document to end; above this no more documents are begun.
_HELD_BYTES = 256 * 1024 * 1024
_POLL = 0.5


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """``workers`` processes; each document may take ``timeout`` seconds and its process
    ``max_memory`` bytes. Bytes that are not in a file of their own go through ``spool``."""

    settings: Settings
    spool: Path
    workers: int
    timeout: float
    max_memory: int | None = None

    def results(self, jobs: Iterator[Job]) -> Iterator[Result]:
        """The result of every job, in the order of the jobs."""
        with self.pool() as pool:
            yield from self.through(pool, jobs)

    def pool(self) -> Pool:
        """The workers, not yet started."""
        return Pool(self.workers, work, (self.settings, self.max_memory), self.timeout)

    def through(self, pool: Pool, jobs: Iterator[Job]) -> Iterator[Result]:
        """``results`` through workers that are already running."""
        yield from _Run(self, pool, jobs).results()


class _Run:
    """One pass over the jobs: what is on its way, and what waits for its turn."""

    def __init__(self, engine: LocalEngine, pool: Pool, jobs: Iterator[Job]) -> None:
        self._engine, self._pool, self._jobs = engine, pool, jobs
        self._stamp: Stamp = engine.settings.stamp()
        self._done: dict[int, Result] = {}
        self._held = 0
        self._next = 0
        self._begun = 0
        self._more = True
        self._retried: set[int] = set()

    def results(self) -> Iterator[Result]:
        while self._more or self._next < self._begun:
            self._begin()
            yield from self._in_turn()
            if self._next < self._begun:
                for ended in self._pool.poll(_POLL):
                    self._take(ended)

    def _begin(self) -> None:
        while self._more and self._pool.room > 0 and self._held < _HELD_BYTES:
            job = next(self._jobs, None)
            if job is None:
                self._more = False
                return
            self._begun += 1
            if job.is_copy:
                self._keep(Result(job))
            else:
                self._pool.submit(self._spooled(job))

    def _in_turn(self) -> Iterator[Result]:
        while (result := self._done.pop(self._next, None)) is not None:
            self._held -= result.size
            self._next += 1
            yield result

    def _take(self, ended: Ended) -> None:
        job: Job = ended.job
        if ended.died and job.position not in self._retried:
            # Something else may have killed the worker; a document is blamed the second time.
            self._retried.add(job.position)
            self._pool.submit(job, first=True)
            return
        self._retried.discard(job.position)
        if job.task.spool:
            Path(job.task.spool).unlink(missing_ok=True)
        fault = _fault(ended, self._engine.timeout)
        self._keep(Result(job, self._failure(job, fault) if fault else ended.result))

    def _keep(self, result: Result) -> None:
        self._done[result.job.position] = result
        self._held += result.size

    def _failure(self, job: Job, fault: Fault) -> dict[str, bytes]:
        stamp = replace(self._stamp, sha256=job.sha256)
        rows = failure_rows(job.task.document, fault, stamp, job.size)
        return pack({name: batch(name, one) for name, one in rows.items()})

    def _spooled(self, job: Job) -> Job:
        document = job.task.document
        if document.data is None:
            return job
        path = self._engine.spool / str(job.position)
        path.write_bytes(document.data)
        return replace(job, task=Task(replace(document, data=None), str(path)))


def _fault(ended: Ended, timeout: float) -> Fault | None:
    if ended.timeout:
        return timeout_fault(timeout)
    return death_fault(ended.died) if ended.died else None
