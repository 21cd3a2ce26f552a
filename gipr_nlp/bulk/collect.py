"""Results, settled in order and gathered into parts, which a thread of its own writes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import monotonic

import pyarrow as pa

from gipr_nlp.bulk.dataset import PartsWriter, table_of
from gipr_nlp.bulk.documents import Stamp
from gipr_nlp.bulk.failures import input_row
from gipr_nlp.bulk.ledger import Input, Ledger
from gipr_nlp.bulk.plan import Result
from gipr_nlp.bulk.schema import TABLES, batch
from gipr_nlp.bulk.worker import Packed, unpack

_SECONDS = 60.0  # what a kill -9 may cost, where parts fill slowly


@dataclass(slots=True)
class Counts:
    """What a run has met so far; ``skipped`` were done before."""

    documents: int = 0
    reports: int = 0
    duplicates: int = 0
    not_reports: int = 0
    failures: int = 0
    findings: int = 0
    errors: int = 0
    skipped: int = 0

    def count(self, outcome: str) -> None:
        """Count one document."""
        self.documents += 1
        name = f"{outcome}s"
        setattr(self, name, getattr(self, name) + 1)


class Collector:
    """Takes results in order; every ``part_size`` documents, or minute, they become a part."""

    def __init__(
        self, writer: PartsWriter, ledger: Ledger, stamp: Stamp, part_size: int, counts: Counts
    ) -> None:
        self.counts = counts
        self._writer, self._ledger, self._stamp = writer, ledger, stamp
        self._part_size = part_size
        self._packed: list[Packed] = []
        self._inputs: list[Input] = []
        self._since = monotonic()
        self._thread = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def take(self, result: Result) -> None:
        """Settle ``result``; a duplicate leaves its account and nothing else."""
        row = self._ledger.settle(self._input(result))
        self._inputs.append(row)
        self.counts.count(row["outcome"])
        if row["outcome"] in {"report", "failure"}:
            self._packed.append(result.tables)
            self._count_findings(result.tables)
        if len(self._inputs) >= self._part_size or monotonic() - self._since > _SECONDS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and wait until everything is on the disk."""
        try:
            self._flush()
            self._wait()
        finally:
            self._thread.shutdown()

    def _input(self, result: Result) -> Input:
        if result.tables:
            row: Input = unpack("inputs", result.tables["inputs"]).to_pylist()[0]
            return row
        job = result.job
        stamp = replace(self._stamp, sha256=job.sha256)
        fields = input_row(job.task.document, job.size, stamp, "duplicate", "same_bytes")
        return dict(zip(TABLES["inputs"].names, fields, strict=True))

    def _count_findings(self, tables: Packed) -> None:
        if "findings" in tables:
            severities = unpack("findings", tables["findings"]).column("severity").to_pylist()
            self.counts.findings += sum(1 for one in severities if one != "ok")
            self.counts.errors += severities.count("error")

    def _flush(self) -> None:
        self._wait()
        if self._inputs:
            write = _part(self._packed, self._inputs, self._writer.write)
            self._writing = self._thread.submit(write)
        self._packed, self._inputs, self._since = [], [], monotonic()

    def _wait(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()


def _part(
    packed: list[Packed], inputs: list[Input], write: Callable[[dict[str, pa.Table]], None]
) -> Callable[[], None]:
    def run() -> None:
        tables = {
            name: table_of(name, [unpack(name, one[name]) for one in packed if name in one])
            for name in TABLES
            if name != "inputs"
        }
        names = TABLES["inputs"].names
        rows = [tuple(one[name] for name in names) for one in inputs]
        write(tables | {"inputs": table_of("inputs", [batch("inputs", rows)])})

    return run
