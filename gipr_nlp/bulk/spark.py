"""Spark over the same kernel: ``gipr run --engine spark``, and two functions for jobs of your own.

``gipr run`` lets the driver settle duplicates and write the dataset, so that it is resumed and
accounted for like a local one. In a job of your own, ``read_documents`` turns a frame of documents
into one of packed tables, and ``table`` takes one table out of it, for Spark to write where it will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from gipr_nlp.bulk.packed import PACKED, SENT, Reader, received, sent, table_of_packed
from gipr_nlp.bulk.plan import Job, Result
from gipr_nlp.bulk.schema import TABLES
from gipr_nlp.errors import MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

_DOCUMENTS_A_TASK = 500
_BATCH = 50  # documents that a task holds at once


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """The session that is active, or a local one with ``workers`` cores."""

    reader: Reader
    workers: int | None = None

    def results(self, jobs: Iterator[Job]) -> Iterator[Result]:
        """The result of every job, in the order of the jobs."""
        known = list(jobs)
        if not known:
            return
        session = _session(self.workers)
        # So many documents to a batch, and no more, so that none waits long for its batch.
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_BATCH))
        frame = session.createDataFrame(sent(known))
        parts = max(session.sparkContext.defaultParallelism, len(known) // _DOCUMENTS_A_TASK)
        packed = read_documents(frame.repartitionByRange(parts, "position"), self.reader)
        rows = packed.toLocalIterator(prefetchPartitions=True)
        yield from received(known, _batches(rows))


def read_documents(documents: DataFrame, reader: Reader) -> DataFrame:
    """The packed tables of ``documents``, a frame with the columns of ``packed.SENT``.

    Persist the answer if you take more than one table out of it: it is what the work went into.
    """
    columns = documents.select(*SENT.names)
    return columns.mapInArrow(_reading(reader), _spark_schema(PACKED))


def table(packed: DataFrame, name: str) -> DataFrame:
    """Table ``name`` out of what ``read_documents`` gave; duplicates are not told from originals
    (``reports.text_sha256`` tells them)."""

    def take(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from table_of_packed(name, batch)

    return packed.mapInArrow(take, _spark_schema(TABLES[name]))


def _reading(reader: Reader) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from reader.partition(batches)

    return read


def _batches(rows: Iterable[Any]) -> Iterator[pa.RecordBatch]:
    for row in rows:
        yield pa.RecordBatch.from_pylist([row.asDict()], PACKED)


def _spark_schema(schema: pa.Schema) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def _session(workers: int | None) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("--engine spark", "spark") from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    builder = SparkSession.builder.appName("gipr")
    if workers is not None:
        builder = builder.master(f"local[{workers}]")
    return builder.getOrCreate()
