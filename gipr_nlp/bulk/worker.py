"""A worker process of the local engine: documents in, tables out, as serialised record batches."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.pool import BROKEN, READY
from gipr_nlp.bulk.schema import TABLES
from gipr_nlp.bulk.settings import Settings
from gipr_nlp.errors import GiprError

Packed = dict[str, bytes]
_WATCH = 1.0  # seconds between two looks whether the parent lives


@dataclass(frozen=True, slots=True)
class Task:
    """One document for a worker; ``spool`` is the file that holds its bytes for the way."""

    document: InputDocument
    spool: str | None = None


def work(connection: Connection, settings: Settings, max_memory: int | None) -> None:
    """Serve tasks until the parent closes the pipe. ``max_memory`` counts bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    sys.meta_path.insert(0, _NoPandas())
    from gipr_nlp.bulk.kernel import Kernel

    try:
        kernel = Kernel(settings)
    except GiprError as fault:
        connection.send((BROKEN, str(fault)))
        return
    if max_memory is not None:
        limit_memory(max_memory)
    # The pipe breaks when the parent goes, whatever the worker is at.
    with suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            tables = kernel.tables([_document(connection.recv().task)])
            connection.send(pack(tables))
            if _ran_out(tables["inputs"]):
                return  # its heap is as large as it may be: a fresh process takes over


def pack(tables: dict[str, pa.RecordBatch]) -> Packed:
    """The tables that have rows, each as an IPC message without its schema."""
    return {name: one.serialize().to_pybytes() for name, one in tables.items() if one.num_rows}


def unpack(name: str, message: bytes) -> pa.RecordBatch:
    """The record batch of table ``name`` that ``pack`` has serialised."""
    return pa.ipc.read_record_batch(pa.py_buffer(message), TABLES[name])


def limit_memory(size: int) -> None:
    """Let this process allocate ``size`` bytes at most, where the system can hold it to that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


class _NoPandas(MetaPathFinder):
    """Arrow imports pandas, where it is installed, only to find that nothing here is of it: half
    a second and 40 MB for each worker."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _document(task: Task) -> InputDocument:
    if task.spool is None:
        return task.document
    try:
        return replace(task.document, data=Path(task.spool).read_bytes())
    except OSError as fault:
        return replace(task.document, fault=f"its bytes are gone from the disk: {fault}")


def _ran_out(inputs: pa.RecordBatch) -> bool:
    return "OutOfMemory" in inputs.column("reason").to_pylist()


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
