"""What Spark and Ray move: documents one way, the packed tables of each document the other.

On a cluster too, documents are read by a worker of the local engine, one in each task: a document
that loops or crashes costs itself there as it does here, and the results are the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.local import LocalEngine
from gipr_nlp.bulk.plan import Job, Result
from gipr_nlp.bulk.pool import Pool
from gipr_nlp.bulk.schema import DOCUMENTS, TABLES, batch_of
from gipr_nlp.bulk.settings import Settings
from gipr_nlp.bulk.worker import Task, unpack

_POSITION = pa.field("position", pa.int64(), nullable=False)
# Spark knows no large binary; a document of more than 2 GB is beyond every limit anyway.
SENT = pa.schema([_POSITION, *DOCUMENTS]).set(
    DOCUMENTS.get_field_index("data") + 1, pa.field("data", pa.binary())
)
"""Documents on their way out: ``DOCUMENTS`` with the place of each in the corpus."""
PACKED = pa.schema([_POSITION, *(pa.field(name, pa.binary()) for name in TABLES)])
"""What comes back: each document's tables, as ``worker.pack`` serialises them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads batches of documents in one task of a cluster. Sent to the tasks, so it holds no
    process; ``timeout`` counts seconds, ``max_memory`` bytes."""

    settings: Settings
    timeout: float
    max_memory: int | None

    @contextmanager
    def engine(self) -> Iterator[tuple[LocalEngine, Pool]]:
        """One worker of the local engine, with a folder for bytes on their way to it."""
        with tempfile.TemporaryDirectory(prefix="gipr") as spool:
            engine = LocalEngine(self.settings, Path(spool), 1, self.timeout, self.max_memory)
            with engine.pool() as pool:
                yield engine, pool

    def partition(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The packed tables of the documents of ``batches``, one row for each."""
        with self.engine() as (engine, pool):
            for batch in batches:
                yield read_batch(engine, pool, batch)


def read_batch(engine: LocalEngine, pool: Pool, batch: pa.RecordBatch) -> pa.RecordBatch:
    """The packed tables of the documents of one batch (schema ``SENT``)."""
    rows = batch.to_pylist()
    positions = [row.pop("position") for row in rows]
    jobs = (Job(number, Task(InputDocument(**row))) for number, row in enumerate(rows))
    packed = [
        (positions[result.job.position], *map(result.tables.get, TABLES))
        for result in engine.through(pool, jobs)
    ]
    return batch_of(PACKED, packed)


def sent(jobs: Iterable[Job]) -> pa.Table:
    """The documents of ``jobs``, to be sent."""
    names = DOCUMENTS.names
    rows = [(job.position, *(getattr(job.task.document, name) for name in names)) for job in jobs]
    return pa.Table.from_batches([batch_of(SENT, rows)])


def received(jobs: list[Job], batches: Iterable[pa.RecordBatch]) -> Iterator[Result]:
    """The results in ``batches`` (schema ``PACKED``), in the order of the jobs."""
    held: dict[int, Result] = {}
    turn = 0
    for batch in batches:
        for row in batch.to_pylist():
            job = jobs[row.pop("position")]
            tables = {name: message for name, message in row.items() if message is not None}
            held[job.position] = Result(job, tables)
        while turn in held:
            yield held.pop(turn)
            turn += 1


def table_of_packed(name: str, packed: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The rows of table ``name`` in a batch of packed documents."""
    for message in packed.column(packed.schema.get_field_index(name)).to_pylist():
        if message is not None:
            yield unpack(name, message)
