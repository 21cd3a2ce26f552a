"""What ``gipr run``, ``gipr query`` and ``gipr export`` do, from the options of the command line."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

from gipr_nlp.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from gipr_nlp.bulk.inputs import Corpus
    from gipr_nlp.sources import Limits

DONE, FAILED, INTERRUPTED = 0, 1, 130
_MEGABYTE = 1024 * 1024
_PACKAGES = ("pyarrow", "duckdb", "tqdm")


def run_command(options: argparse.Namespace) -> int:
    """Read the corpus; 0 when everything is accounted for, 1 where documents failed."""
    _need_packages()
    from gipr_nlp.bulk.progress import Progress, progress_on, summary
    from gipr_nlp.bulk.run import Options, run_corpus
    from gipr_nlp.bulk.settings import Settings
    from gipr_nlp.sources import Limits

    limits = Limits(max_bytes=int(options.max_mb * _MEGABYTE), seconds=options.timeout)
    settings = Settings(
        catalogue=tuple(map(os.path.abspath, options.catalogue)),
        compliance=not options.no_compliance,
        texts=options.texts,
        limits=limits,
    )
    chosen = Options(
        engine=options.engine,
        workers=options.workers,
        timeout=options.timeout,
        max_memory=options.max_memory,
        part_size=options.part_size,
        fresh=options.fresh,
        retry_failed=options.retry_failed,
    )
    progress = Progress() if options.quiet else progress_on(sys.stderr)
    counts, begin, code = progress.counts, monotonic(), DONE
    try:
        with _ended_politely():
            run_corpus(
                _corpus(options, limits),
                options.out,
                settings=settings,
                options=chosen,
                progress=progress,
            )
    except KeyboardInterrupt:
        code = INTERRUPTED
    if not options.quiet:
        sys.stderr.write(summary(counts, monotonic() - begin, options.out, done=code == DONE))
    return code or (FAILED if counts.failures else DONE)


def query_command(options: argparse.Namespace) -> int:
    """Print the answer to the query, or what can be asked."""
    _need_packages()
    from gipr_nlp.bulk.answers import answer_csv, answer_jsonl, answer_text
    from gipr_nlp.bulk.query import Dataset

    printers = {"table": answer_text, "csv": answer_csv, "jsonl": answer_jsonl}
    with Dataset(options.dataset) as dataset:
        if options.sql:
            sys.stdout.write(printers[options.format](dataset.sql(options.sql)))
        else:
            sys.stdout.write(dataset.about())
    return DONE


def export_command(options: argparse.Namespace) -> int:
    """Write the files and print their paths."""
    _need_packages()
    from gipr_nlp.bulk.export import USUAL, export
    from gipr_nlp.bulk.query import Dataset

    folder = Path(options.dataset)
    usual = folder / "export"
    if options.to == "xlsx":
        usual = usual / f"{folder.resolve().name}.xlsx"
    target = Path(options.out) if options.out else usual
    with Dataset(folder) as dataset:
        for path in export(dataset, options.to, target, options.table or USUAL):
            sys.stdout.write(f"{path}\n")
    return DONE


def _corpus(options: argparse.Namespace, limits: Limits) -> Corpus:
    from gipr_nlp.bulk.columns import Columns
    from gipr_nlp.bulk.inputs import Corpus

    if not options.corpus and not options.list:
        raise UsageError("name a CORPUS, or a --list of files")
    columns = Columns(
        content=options.content_column,
        path=options.path_column,
        id=options.id_column,
        url=options.url_column,
        organization=options.organization_column,
        region=options.region_column,
        year=options.year_column,
    )
    return Corpus(
        places=tuple(options.corpus),
        lists=tuple(options.list),
        columns=columns,
        limits=limits,
        leave_out=os.path.abspath(options.out),
    )


def _need_packages() -> None:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in _PACKAGES):
        raise MissingExtra("reading whole corpora", "bulk")


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Within it a request to terminate is like Ctrl-C: what is settled is written first."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
