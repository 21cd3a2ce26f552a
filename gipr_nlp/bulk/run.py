"""One run over a corpus: plan, engine, collector, and what the user sees of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from gipr_nlp.bulk.collect import Collector, Counts
from gipr_nlp.bulk.dataset import PartsWriter, disk_errors, open_dataset
from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.inputs import Corpus
from gipr_nlp.bulk.ledger import Ledger
from gipr_nlp.bulk.local import LocalEngine
from gipr_nlp.bulk.plan import Job, Plan, Result, only
from gipr_nlp.bulk.progress import Progress
from gipr_nlp.bulk.settings import Settings
from gipr_nlp.errors import UsageError

EngineName = Literal["local", "spark", "ray"]
_MEGABYTE = 1024 * 1024
# What a worker needs before it reads anything, and some room: with less every document fails.
_LEAST_MEMORY = 256


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is carried out; none of it changes what a report says.

    ``workers`` is None for one on every core, ``timeout`` counts seconds for one document,
    ``max_memory`` megabytes for one worker (None: no limit). A part holds ``part_size``
    documents. ``fresh`` starts anew, ``retry_failed`` reads again what failed before.
    """

    engine: EngineName = "local"
    workers: int | None = None
    timeout: float = 120.0
    max_memory: float | None = 2048
    part_size: int = 1000
    fresh: bool = False
    retry_failed: bool = False


class Engine(Protocol):
    """Whatever gives the result of every job, in the order of the jobs."""

    def results(self, jobs: Iterator[Job]) -> Iterator[Result]:
        """The results of ``jobs``."""
        ...


def run_corpus(
    corpus: Corpus | str | Path,
    out: str | Path,
    *,
    settings: Settings | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Read every document of ``corpus`` into the dataset ``out``; continues what is there.

    Returns what was met, which ``progress.counts`` holds also where the run is cut short. Raises
    ``UsageError`` for a corpus or folder that cannot be used and ``GiprError`` for a full disk.
    However the run ends, the dataset is whole, and the same call continues it.
    """
    settings, options = settings or Settings(), options or Options()
    folder = Path(out)
    if not isinstance(corpus, Corpus):
        corpus = Corpus(places=(str(corpus),), leave_out=os.path.abspath(folder))
    # Before a dataset is made or begun anew: a corpus that is not there, a catalogue that is wrong.
    _refuse_impossible(options)
    total = corpus.count()
    if settings.catalogue:
        settings.load()
    with open_dataset(folder, settings.key(), fresh=options.fresh) as writer:
        return _Run(writer, corpus, settings, options, progress or Progress()).all(total)


class _Run:
    def __init__(
        self,
        writer: PartsWriter,
        corpus: Corpus,
        settings: Settings,
        options: Options,
        progress: Progress,
    ) -> None:
        self._writer, self._corpus = writer, corpus
        self._settings, self._options, self._progress = settings, options, progress
        self._ledger = Ledger(writer.entries())
        self._engine = _engine(settings, options, writer)

    def all(self, total: int | None) -> Counts:
        """The whole corpus; then the duplicates whose original turned out to have changed."""
        if self._writer.remark:
            self._progress.tell(self._writer.remark)
        self._progress.start(total)
        try:
            self._pass(self._corpus.documents(), retry=self._options.retry_failed)
            if orphans := set(self._ledger.orphans()):
                self._pass(only(self._corpus.documents(), orphans), retry=False)
        finally:
            self._progress.end()
        with disk_errors(self._writer.folder):
            self._writer.tidy()
        return self._progress.counts

    def _pass(self, documents: Iterable[InputDocument], *, retry: bool) -> None:
        look_inside = self._options.engine == "local"
        limits = self._settings.limits
        plan = Plan(documents, self._ledger, limits, retry=retry, look_inside=look_inside)
        stamp, size = self._settings.stamp(), self._options.part_size
        counts = self._progress.counts
        collector = Collector(self._writer, self._ledger, stamp, size, counts)
        # What is settled is written however the pass ends: Ctrl-C costs nothing but the rest.
        with closing(collector), disk_errors(self._writer.folder):
            for result in self._engine.results(plan.jobs()):
                collector.take(result)
                counts.skipped = plan.skipped
                self._progress.advance()
            counts.skipped = plan.skipped


def _refuse_impossible(options: Options) -> None:
    if options.workers is not None and options.workers < 1:
        raise UsageError("there must be at least one worker")
    if options.max_memory is not None and options.max_memory < _LEAST_MEMORY:
        raise UsageError(f"a worker needs at least {_LEAST_MEMORY} MB: raise --max-memory")


def _engine(settings: Settings, options: Options, writer: PartsWriter) -> Engine:
    memory = None if options.max_memory is None else int(options.max_memory * _MEGABYTE)
    if options.engine == "local":
        workers = options.workers or os.cpu_count() or 1
        return LocalEngine(settings, writer.work, workers, options.timeout, memory)
    from gipr_nlp.bulk.packed import Reader

    reader = Reader(settings, options.timeout, memory)
    if options.engine == "spark":
        from gipr_nlp.bulk.spark import SparkEngine

        return SparkEngine(reader, options.workers)
    from gipr_nlp.bulk.ray import RayEngine

    return RayEngine(reader, options.workers)
