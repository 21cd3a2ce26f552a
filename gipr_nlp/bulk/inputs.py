"""What a corpus is made of, as documents in an order that stays the same from run to run.

A corpus is a folder, a glob, one file, a list of files, a table (Parquet, CSV, JSONL) with a
column of text, bytes or paths, an archive (zip, tar, WARC), or an address of a remote store.
Ids are relative to the corpus, so that it may be moved: ``2021/a.html``, ``all.zip!/a.html``,
``pages.parquet#17``.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from gipr_nlp.bulk.archives import ARCHIVES, archive_documents
from gipr_nlp.bulk.columns import TABLE_SUFFIXES, Columns, table_documents
from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.fetch import is_uri, store
from gipr_nlp.bulk.schema import whole
from gipr_nlp.errors import UsageError
from gipr_nlp.sources import Limits

_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where the documents come from, and how columns and archives are read.

    ``places`` are folders, files, globs, archives, tables, addresses; ``lists`` are files that
    name one path on each line. ``leave_out`` is a folder whose files are no documents (the
    dataset itself, where it lies inside the corpus).
    """

    places: tuple[str, ...]
    lists: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)
    leave_out: str | None = None

    def documents(self) -> Iterator[InputDocument]:
        """Every document once, with an id of its own."""
        yield from _with_own_ids(self._all())

    def count(self) -> int | None:
        """How many documents there are, where that can be told without reading them."""
        total = 0
        for place in (*self.places, *self.lists):
            if _suffix_of(place) in {*ARCHIVES, *TABLE_SUFFIXES} or is_uri(place):
                return None
        for path, _ in self._files():
            if _suffix_of(path) in ARCHIVES:
                return None
            total += 1
        return total

    def _all(self) -> Iterator[InputDocument]:
        for place in self.places:
            if is_uri(place):
                yield from _remote(place)
            elif _suffix_of(place) in TABLE_SUFFIXES and Path(place).is_file():
                yield from table_documents(Path(place), self.columns)
        for path, name in self._files():
            if _suffix_of(path) in ARCHIVES:
                yield from archive_documents(Path(path), name, self.limits)
            else:
                yield InputDocument(id=name, path=path)

    def _files(self) -> Iterator[tuple[str, str]]:
        """Path and id of every file that is a document or an archive of them."""
        for place in self.places:
            if not is_uri(place) and _suffix_of(place) not in TABLE_SUFFIXES:
                yield from _local(place, self.leave_out)
        for name in self.lists:
            yield from _listed(Path(name))


def _local(place: str, leave_out: str | None) -> Iterator[tuple[str, str]]:
    path = Path(place)
    if _left_out(place, leave_out):
        raise UsageError(f"{place}: this is the dataset that is written; name the corpus")
    if path.is_dir():
        yield from _folder(path, leave_out)
    elif path.exists():
        yield str(path), path.name
    elif _GLOB & set(place):
        found = sorted(glob.glob(place, recursive=True))
        root = os.path.dirname(place.partition("*")[0].partition("?")[0].partition("[")[0])
        for one in filter(os.path.isfile, found):
            if _left_out(one, leave_out):
                continue
            yield one, Path(os.path.relpath(one, root or ".")).as_posix()
    else:
        raise UsageError(f"{place}: there is no such file or folder")


def _folder(root: Path, leave_out: str | None) -> Iterator[tuple[str, str]]:
    """The files below ``root`` in the order of their names; hidden ones are left out."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith(".") and not _left_out(os.path.join(folder, one), leave_out)
        )
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.startswith(".") and os.path.isfile(path):
                yield path, Path(path).relative_to(root).as_posix()


def _left_out(place: str, leave_out: str | None) -> bool:
    """Whether ``place`` is the folder that is left out, or lies in it."""
    path = os.path.abspath(place)
    return leave_out is not None and (
        path == leave_out or path.startswith(os.path.join(leave_out, ""))
    )


def _listed(file: Path) -> Iterator[tuple[str, str]]:
    """The paths that ``file`` names, one on a line; relative ones count from its folder."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{file}: the list cannot be read: {fault}") from None
    for line in filter(None, map(str.strip, lines)):
        yield (line if is_uri(line) else str(file.parent / line)), line


def _remote(uri: str) -> Iterator[InputDocument]:
    """The object that ``uri`` names, or every object below it, in the order of their names."""
    from pyarrow import fs

    system, inside = store(uri)
    scheme = uri.partition("://")[0]
    if system.get_file_info(inside).type == fs.FileType.File:
        yield InputDocument(id=PurePosixPath(inside).name, path=uri)
        return
    found = system.get_file_info(fs.FileSelector(inside, recursive=True, allow_not_found=True))
    names = sorted(one.path for one in found if one.type == fs.FileType.File)
    if not names:
        raise UsageError(f"{uri}: there are no objects")
    for name in names:
        short = PurePosixPath(name).relative_to(inside).as_posix()
        yield InputDocument(id=short, path=f"{scheme}://{name}")


def _suffix_of(place: str) -> str:
    """The ending that tells archives and tables: .zip, .tar.gz, .warc.gz, .parquet ..."""
    name = PurePosixPath(place).name.lower()
    known: Sequence[str] = sorted({*ARCHIVES, *TABLE_SUFFIXES}, key=len, reverse=True)
    return next((one for one in known if name.endswith(one)), "")


def _with_own_ids(documents: Iterable[InputDocument]) -> Iterator[InputDocument]:
    """Ids that were taken get a number: two folders may both hold a.html."""
    taken: dict[str, int] = {}
    for one in documents:
        plain = name = whole(one.id)
        taken[plain] = taken.get(plain, 0) + 1
        while taken[plain] > 1 and (name := f"{plain}~{taken[plain]}") in taken:
            taken[plain] += 1
        taken.setdefault(name, 1)
        yield one if name == one.id else replace(one, id=name)
