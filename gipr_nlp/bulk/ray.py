"""Ray Data over the same kernel: ``gipr run --engine ray``."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pyarrow as pa

from gipr_nlp.bulk.packed import PACKED, SENT, Reader, read_batch, received, sent
from gipr_nlp.bulk.plan import Job, Result
from gipr_nlp.errors import MissingExtra

_BATCH = 50  # documents that an actor holds at once


@dataclass(frozen=True, slots=True)
class RayEngine:
    """The cluster that Ray is connected to, or this machine; ``workers`` actors read."""

    reader: Reader
    workers: int | None = None

    def results(self, jobs: Iterator[Job]) -> Iterator[Result]:
        """The result of every job, in the order of the jobs."""
        known = list(jobs)
        if not known:
            return
        ray = _ray()
        data = ray.data
        data.DataContext.get_current().enable_progress_bars = False
        # The blocks are cut here: a repartition would wait for the cores that the actors hold.
        blocks = [sent(known[at : at + _BATCH]) for at in range(0, len(known), _BATCH)]
        packed = data.from_arrow(blocks).map_batches(
            ReadDocuments,
            fn_constructor_args=(self.reader,),
            batch_format="pyarrow",
            batch_size=_BATCH,
            compute=data.ActorPoolStrategy(size=min(self.workers or _cores(ray), len(blocks))),
        )
        yield from received(known, _batches(packed))


class ReadDocuments:
    """The actor: a worker that lives as long as it does. For ``Dataset.map_batches``."""

    def __init__(self, reader: Reader) -> None:
        self._open = ExitStack()
        self._engine, self._pool = self._open.enter_context(reader.engine())

    def __call__(self, documents: pa.Table) -> pa.Table:
        """The packed tables of ``documents`` (columns of ``packed.SENT``)."""
        parts = documents.select(SENT.names).cast(SENT).to_batches()
        read = [read_batch(self._engine, self._pool, one) for one in parts]
        return pa.Table.from_batches(read, PACKED)


def _batches(packed: Any) -> Iterable[pa.RecordBatch]:
    for table in packed.iter_batches(batch_format="pyarrow", batch_size=None):
        yield from table.cast(PACKED).to_batches()


def _ray() -> Any:
    """Ray, connected to a cluster, or started on this machine."""
    try:
        ray = import_module("ray")
        import_module("ray.data")
    except ImportError:
        raise MissingExtra("--engine ray", "ray") from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False, logging_level=logging.ERROR)
    return ray


def _cores(ray: Any) -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))
