"""Worker processes, each with a pipe of its own, a deadline and a memory limit per document.

pebble has deadlines and replaces workers too, but its workers share one pipe: a worker that is
killed while it holds the pipe's lock takes the pool with it ("All workers expired" after seven
kill -9 in five seconds). Here a death touches nothing but the job at hand.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

from gipr_nlp.errors import GiprError

# One job runs, one waits in the pipe: the worker never idles for the parent, and what the parent
# sends always fits the pipe (jobs name files, they do not carry them), so it never blocks.
_AHEAD = 2
_FALSE_STARTS = 3
READY = "ready"
BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of ``job``: the worker's ``result``, or ``timeout``, or how the worker ``died``."""

    job: Any
    result: Any = None
    timeout: bool = False
    died: str | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    jobs: deque[Any] = field(default_factory=deque)
    ready: bool = False
    since: float = 0.0


class Pool:
    """``workers`` processes that run ``target(connection, *arguments)``.

    The target sends ``READY`` (or ``BROKEN`` and why), then one result for each job it receives,
    in order. A job that takes longer than ``timeout`` seconds, or ends its process, comes back
    from ``poll`` as such, and the process is replaced.
    """

    def __init__(
        self,
        workers: int,
        target: Callable[..., None],
        arguments: tuple[Any, ...],
        timeout: float,
    ) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._target, self._arguments, self._timeout = target, arguments, timeout
        self._waiting: deque[Any] = deque()
        self._false_starts = 0
        self._workers: list[_Worker] = []
        self._size = workers

    def __enter__(self) -> Pool:
        self._workers = [self._start() for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._workers:
            _end(one)
        self._workers = []

    @property
    def room(self) -> int:
        """How many jobs can be submitted now."""
        running = sum(len(one.jobs) for one in self._workers)
        return self._size * _AHEAD - running - len(self._waiting)

    def submit(self, job: Any, *, first: bool = False) -> None:
        """Queue ``job``; ``first`` lets it pass the others."""
        if first:
            self._waiting.appendleft(job)
        else:
            self._waiting.append(job)
        self._hand_out()

    def poll(self, seconds: float) -> list[Ended]:
        """What has ended, waiting up to ``seconds`` for something to end."""
        self._hand_out()
        sources: list[Any] = [one.connection for one in self._workers]
        sources += [one.process.sentinel for one in self._workers]
        wait(sources, self._patience(seconds))
        ended = [one for worker in list(self._workers) for one in self._ended(worker)]
        self._hand_out()
        return ended

    def _patience(self, seconds: float) -> float:
        now = monotonic()
        left = [one.since + self._timeout - now for one in self._workers if one.jobs and one.ready]
        return max(0.0, min([seconds, *left]))

    def _ended(self, worker: _Worker) -> Iterator[Ended]:
        # The state of the process is asked first: what it sent before its death is still read.
        alive = worker.process.is_alive()
        yield from self._received(worker)
        if not alive:
            yield from self._bury(worker)
        elif worker.ready and worker.jobs and monotonic() - worker.since > self._timeout:
            job = worker.jobs.popleft()
            self._replace(worker)
            yield Ended(job, timeout=True)

    def _received(self, worker: _Worker) -> Iterator[Ended]:
        # A message that was cut off by the death of its sender raises, and is no result.
        with suppress(EOFError, OSError):
            while worker.connection.poll():
                message = worker.connection.recv()
                worker.since = monotonic()
                if worker.ready:
                    yield Ended(worker.jobs.popleft(), result=message)
                elif message == READY:
                    worker.ready, self._false_starts = True, 0
                else:
                    raise GiprError(f"a worker cannot start: {message[1]}")

    def _bury(self, worker: _Worker) -> Iterator[Ended]:
        how = _cause(worker.process.exitcode)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise GiprError(f"workers die before they are ready ({how})")
        job = worker.jobs.popleft() if worker.jobs and worker.ready else None
        self._replace(worker)
        # A worker that ends by itself with code 0 had asked to be replaced between two jobs.
        if job is not None and worker.process.exitcode == 0:
            self._waiting.appendleft(job)
        elif job is not None:
            yield Ended(job, died=how)

    def _replace(self, worker: _Worker) -> None:
        """Start another worker in the place of this one; jobs that it had not begun are kept."""
        self._waiting.extendleft(reversed(worker.jobs))
        _end(worker)
        self._workers[self._workers.index(worker)] = self._start()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=self._target, args=(theirs, *self._arguments), daemon=True
        )
        with _without_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hand_out(self) -> None:
        for worker in sorted(self._workers, key=lambda one: len(one.jobs)):
            while self._waiting and worker.ready and len(worker.jobs) < _AHEAD:
                if not worker.jobs:
                    worker.since = monotonic()
                try:
                    worker.connection.send(self._waiting[0])
                except OSError:
                    break  # it has just died; the next poll finds it
                worker.jobs.append(self._waiting.popleft())


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Within it Ctrl-C waits; a process that is started here never gets it, as it is the parent's
    to handle."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _cause(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {-code}, {signal.Signals(-code).name}"
    return f"signal {-code}"
