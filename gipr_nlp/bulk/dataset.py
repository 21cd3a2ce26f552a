"""A corpus on disk: Parquet parts that are complete or absent, and what is known of them.

    OUT/dataset.json                    what the parts were made with (``Settings.key``)
    OUT/{reports,figures,...}/part-000001.parquet
    OUT/inputs/part-000001.parquet      written last: where it stands, its part is complete

A part is written beside, synced and renamed, table by table, ``inputs`` at the end. A run that
was killed leaves at most files whose part has no ``inputs``; the next run removes them. Where two
parts hold one document the later part counts, and the earlier is written again without it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gipr_nlp.bulk.ledger import Entry
from gipr_nlp.bulk.schema import TABLES
from gipr_nlp.errors import GiprError, UsageError

ABOUT = "dataset.json"
_LOCK = ".lock"
_WORK = ".work"
_ASIDE = ".writing"
_LAST = "inputs"
_ENTRY = ["document", "sha256", "text_sha256", "outcome", "duplicate_of"]


class PartsWriter:
    """The parts of the dataset in ``folder``, for the one run that may write to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remark: str | None = None  # what opening it did that the user should know
        self.work = folder / _WORK
        self._next = max(parts(folder), default=0) + 1

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Add one part. Raises ``GiprError`` where the disk is full; the dataset stays whole."""
        with disk_errors(self.folder):
            self._write(self._next, tables)
        self._next += 1

    def entries(self) -> dict[str, Entry]:
        """The account of every document, from its latest part."""
        known: dict[str, Entry] = {}
        for number in parts(self.folder):
            rows = pq.read_table(_file(self.folder, _LAST, number), columns=_ENTRY)
            columns = [rows.column(name).to_pylist() for name in _ENTRY]
            for name, *fields in zip(*columns, strict=True):
                known[name] = Entry(*fields)
        return known

    def tidy(self) -> None:
        """Write the parts again that hold documents of which a later part knows better."""
        seen: set[str] = set()
        for number in reversed(parts(self.folder)):
            names = pq.read_table(_file(self.folder, _LAST, number), columns=["document"])
            here = names.column(0).to_pylist()
            stale = [one for one in here if one in seen]
            if stale:
                self._without(number, stale, all_stale=len(stale) == len(here))
            seen.update(here)

    def drop(self) -> None:
        """Remove every part."""
        for number in parts(self.folder):
            self._remove(number)

    def _without(self, number: int, stale: Sequence[str], *, all_stale: bool) -> None:
        if not all_stale:
            self.write({name: self._kept(name, number, stale) for name in TABLES})
        self._remove(number)

    def _kept(self, name: str, number: int, stale: Sequence[str]) -> pa.Table:
        table = pq.read_table(_file(self.folder, name, number), schema=TABLES[name])
        gone = pc.is_in(table.column("document"), value_set=pa.array(stale, pa.string()))
        return table.filter(pc.invert(gone))

    def _remove(self, number: int) -> None:
        # ``inputs`` first: without it the rest is no part any more, whatever happens next.
        for name in reversed(TABLES):
            _file(self.folder, name, number).unlink(missing_ok=True)

    def _write(self, number: int, tables: Mapping[str, pa.Table]) -> None:
        try:
            for name in TABLES:
                target = _file(self.folder, name, number)
                target.parent.mkdir(exist_ok=True)
                _write_file(tables[name], _aside(target))
            for name in TABLES:
                target = _file(self.folder, name, number)
                _aside(target).replace(target)
                _sync_folder(target.parent)
        except BaseException:
            _remove_unfinished(self.folder)
            raise


def parts(folder: Path) -> list[int]:
    """The numbers of the complete parts, in the order they were written."""
    names = sorted(path.stem for path in (folder / _LAST).glob("part-*.parquet"))
    return [int(name.removeprefix("part-")) for name in names]


def part_files(folder: Path, table: str) -> list[Path]:
    """The files of ``table`` that belong to complete parts."""
    return [_file(folder, table, number) for number in parts(folder)]


@contextmanager
def open_dataset(folder: Path, key: Mapping[str, str], *, fresh: bool) -> Iterator[PartsWriter]:
    """The dataset in ``folder`` for one run, made where there is none, and locked.

    What was made with another ``key`` is removed, as is everything with ``fresh``. Raises
    ``UsageError`` for a folder that holds something else, or that another run writes to.
    """
    _check_folder(folder)
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder), disk_errors(folder):
        _remove_unfinished(folder)
        writer = PartsWriter(folder)
        known = about(folder)
        if fresh or known != dict(key):
            writer.remark = _changed(known, key) if parts(folder) and not fresh else None
            writer.drop()
            _write_about(folder, key)
        writer.tidy()
        writer.work.mkdir(exist_ok=True)
        try:
            yield writer
        finally:
            shutil.rmtree(writer.work, ignore_errors=True)


def about(folder: Path) -> dict[str, str] | None:
    """What the dataset was made with; None where there is none."""
    with suppress(FileNotFoundError, ValueError):
        data: dict[str, str] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return data
    return None


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Within it, a full disk and other faults of the system become a ``GiprError``."""
    try:
        yield
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise GiprError(
                f"{folder}: the disk is full; what is written is kept: make room and run the "
                "same command again"
            ) from fault
        raise GiprError(f"{folder}: cannot be written: {fault}") from fault


def table_of(name: str, batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """The batches of table ``name`` as one table."""
    return pa.Table.from_batches(list(batches), TABLES[name]).combine_chunks()


def _changed(known: Mapping[str, str] | None, key: Mapping[str, str]) -> str:
    names = [name for name in key if (known or {}).get(name) != key[name]]
    return f"everything is read again, since these have changed: {', '.join(names)}"


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is a file; the output is a folder")
    ours = {ABOUT, _LOCK, _WORK, *TABLES}
    if folder.exists() and about(folder) is None:
        others = [path.name for path in folder.iterdir() if path.name not in ours]
        if others:
            raise UsageError(f"{folder}: holds other files ({others[0]}); name an empty folder")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The lock of the folder, which ends with this process however it ends."""
    with (folder / _LOCK).open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            raise UsageError(f"{folder}: another run is writing to it") from None
        yield


def _remove_unfinished(folder: Path) -> None:
    complete = set(parts(folder))
    for name in TABLES:
        for path in (folder / name).glob("part-*"):
            number = path.name.removeprefix("part-").partition(".")[0]
            if path.suffix == _ASIDE or int(number) not in complete:
                path.unlink(missing_ok=True)
    shutil.rmtree(folder / _WORK, ignore_errors=True)


def _write_about(folder: Path, key: Mapping[str, str]) -> None:
    target = folder / ABOUT
    with _aside(target).open("w", encoding="utf-8") as file:
        json.dump(dict(key), file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    _aside(target).replace(target)
    _sync_folder(folder)


def _write_file(table: pa.Table, path: Path) -> None:
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file(folder: Path, table: str, number: int) -> Path:
    return folder / table / f"part-{number:06d}.parquet"


def _aside(path: Path) -> Path:
    return path.with_name(path.name + _ASIDE)
