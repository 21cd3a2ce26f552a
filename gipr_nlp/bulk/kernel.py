"""From a record batch of documents to the tables of their reports; it knows no engine.

The local pool, Spark and Ray call the same ``Kernel``. Whatever a document does short of killing
the process ends in a row: a document that cannot be read is a row of ``failures``, a page that is
no annual report is told so in ``inputs``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa
import regex

from gipr_nlp.analysis import analyse
from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.failures import failure_rows, fault_of, input_row
from gipr_nlp.bulk.fetch import fetch, sha256
from gipr_nlp.bulk.pages import not_a_report
from gipr_nlp.bulk.rows import ROWS, report_row, text_rows
from gipr_nlp.bulk.schema import DOCUMENTS, TABLES, Row, batch
from gipr_nlp.bulk.settings import Settings
from gipr_nlp.records import Report
from gipr_nlp.sources import read_document

_HEAD = 1500  # characters in which a title stands
_NOT_TOLD = regex.compile(r"[^\p{L}\p{N}]++")


class Kernel:
    """Reads documents under ``settings``. Built once in each worker; sending it is cheap."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stamp = settings.stamp()
        self._catalogue = settings.load()

    def __reduce__(self) -> tuple[type[Kernel], tuple[Settings]]:
        return Kernel, (self.settings,)

    def __call__(self, documents: pa.RecordBatch) -> dict[str, pa.RecordBatch]:
        """The tables of ``documents`` (schema ``DOCUMENTS``), each as one record batch.

        The rows of a document stand together and in the order of the documents. Every document
        has one row in ``inputs``.
        """
        return self.tables(InputDocument(**row) for row in documents.cast(DOCUMENTS).to_pylist())

    def tables(self, documents: Iterable[InputDocument]) -> dict[str, pa.RecordBatch]:
        """The tables of ``documents``."""
        made = [self._tables(one) for one in documents]
        if len(made) == 1:
            return made[0]
        return {name: _joined(name, [one[name] for one in made]) for name in TABLES}

    def _tables(self, document: InputDocument) -> dict[str, pa.RecordBatch]:
        stamp, size = self.stamp, None
        try:
            data = fetch(document, self.settings.limits)
            stamp, size = replace(stamp, sha256=sha256(data)), len(data)
            return _batches(self._report_rows(document, data))
        except Exception as error:
            fault = fault_of(error)
        # Only here is the traceback gone, and with it what a document has filled the memory with.
        return _batches(failure_rows(document, fault, stamp, size))

    def _report_rows(self, document: InputDocument, data: bytes) -> dict[str, list[Row]]:
        settings = self.settings
        if settings.hook:
            settings.hook(document)
        read = read_document(data, path=document.path, limits=settings.limits)
        report = analyse(read, catalogue=self._catalogue, compliance=settings.compliance)
        stamp = replace(self.stamp, sha256=read.source.sha256)
        reason = not_a_report(report)
        if reason:
            return {"inputs": [input_row(document, len(data), stamp, "not_report", reason)]}
        stamp = replace(stamp, text_sha256=text_digest(report))
        rows = {name: list(make(document.id, report)) for name, make in ROWS.items()}
        if settings.texts:
            rows["texts"] = list(text_rows(document.id, report))
        rows["reports"] = [report_row(document, report, stamp)]
        rows["inputs"] = [input_row(document, len(data), stamp, "report", None)]
        return rows


def _batches(rows: dict[str, list[Row]]) -> dict[str, pa.RecordBatch]:
    return {name: batch(name, rows.get(name, [])) for name in TABLES}


def _joined(name: str, batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    table = pa.Table.from_batches(batches, TABLES[name]).combine_chunks()
    return next(iter(table.to_batches()), batch(name, []))


def text_digest(report: Report) -> str:
    """A digest by which the same report is known again under another address or as another file.

    It is taken of the letters and digits of the narrative behind the title and of the values of
    the tables, since layout, punctuation, the heads of tables and what the site prints around the
    report differ between copies. Where a page prints the title above the article and again in
    it, the last of them counts.
    """
    text = report.document.text
    title = text.rfind(report.title, 0, _HEAD) if report.title else -1
    start = title + len(report.title or "") if title >= 0 else 0
    told: list[str] = []
    for table in sorted(report.tables, key=lambda one: one.start):
        told.append(text[start : max(start, table.start)])
        start = max(start, table.end)
    told.append(text[start:])
    letters = _NOT_TOLD.sub("", "".join(told))
    cells = ",".join(
        sorted(f"{cell.ref}={cell.value}" for table in report.tables for cell in table.cells)
    )
    named = f"{report.organization}{report.year}{letters}{cells}"
    return sha256(named.encode("utf-8", "surrogatepass"))
