"""The command ``gipr``: check | extract | run | query | export | compare | metrics.

Exit codes: 0 nothing wrong, 1 findings of severity error, 2 something could not be read or the
command line is wrong.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, NoReturn

from gipr_nlp import __version__
from gipr_nlp.errors import GiprError, LimitExceeded, SourceError

if TYPE_CHECKING:
    from types import FrameType

    from gipr_nlp.catalogue import Catalogue

EXIT_CLEAN, EXIT_ERRORS, EXIT_UNREADABLE = 0, 1, 2
_STANDARD_INPUT = "-"
_RINGS_AGAIN = 1.0  # seconds
# Loading what a check needs makes a hundred thousand objects, none of them garbage.
OBJECTS_BETWEEN_COLLECTIONS = 200_000


class _Parser(argparse.ArgumentParser):
    """A parser that says what was probably meant."""

    _given: Sequence[str] = ()

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Remembers what was given: argparse names what is missing, not the word that was mistyped."""
        self._given = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"gipr: {message}{self._hint(message)}\n")
        raise SystemExit(EXIT_UNREADABLE)

    def _hint(self, message: str) -> str:
        import difflib

        known = self._known_words()
        quoted = message.split("'")[1:2] if "invalid choice" in message else []
        options = [word.split("=")[0] for word in self._given if word.startswith("--")]
        unknown = [word for word in options if not any(one.startswith(word) for one in known)]
        near = [
            match
            for word in quoted or unknown
            for match in difflib.get_close_matches(word, known, n=1)
        ]
        return f"; did you mean {near[0]}?" if near else f"; see '{self.prog} --help'"

    def _known_words(self) -> list[str]:
        """Every option and choice of this parser and of the commands below it."""
        words: list[str] = []
        for action in self._actions:
            words += [*action.option_strings, *(action.choices or ())]
            if isinstance(action, argparse._SubParsersAction):
                words += [word for one in action.choices.values() for word in one._known_words()]
        return words


@dataclass(frozen=True)
class _Unread:
    """A file that could not be read, and why."""

    path: str
    fault: SourceError


def process() -> int:
    """``main`` as a process of its own: little of what it makes is garbage before it ends."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    code = main()
    gc.freeze()  # Python would look through all of it once more on its way out
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with ``arguments`` (those of the process by default); returns its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    _speak_utf8()
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except GiprError as fault:
        sys.stderr.write(f"gipr: {fault}\n")
        return EXIT_UNREADABLE
    except BrokenPipeError:
        # The reader of our output has gone (gipr check … | head): nothing is wrong with us.
        _give_up_output()
        return EXIT_CLEAN
    except OSError as fault:
        # Files that are read or written tell their own faults; what is left is the output.
        _give_up_output()
        where = fault.filename or "the output cannot be written"
        sys.stderr.write(f"gipr: {where}: {fault.strerror or fault}\n")
        return EXIT_UNREADABLE
    except KeyboardInterrupt:
        sys.stderr.write("gipr: interrupted\n")
        return 130


def _give_up_output() -> None:
    """Lets what is still in the buffer go nowhere, so that Python does not try again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    if sys.stdout is None:  # closed by the shell: gipr check FILE >&-
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gipr",
        description="Reads 政府信息公开工作年度报告: their figures, their statutory tables, "
        "and where the two disagree.",
        epilog="exit codes: 0 nothing wrong, 1 errors found, 2 could not read",
    )
    parser.add_argument("--version", action="version", version=f"gipr_nlp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_extract(commands)
    _add_run(commands)
    _add_query(commands)
    _add_export(commands)
    _add_compare(commands)
    _add_metrics(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=run)
    return parser


def _with_catalogue(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--catalogue",
        metavar="FILE",
        action="append",
        default=[],
        help="a TOML file of your own with more metrics, units, equations; may be repeated",
    )
    return parser


def _with_language(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of messages")
    return parser


def _with_files(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _with_language(_with_catalogue(parser))
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="a report (text, HTML, DOCX, PDF); - is standard input",
    )
    parser.add_argument(
        "--model",
        action="store_true",
        help="let the trained binder try what the rules leave unbound (see docs/model.md)",
    )
    limits = parser.add_argument_group("limits for one file")
    limits.add_argument("--max-mb", type=_positive, default=64, help="size in megabytes (64)")
    limits.add_argument("--timeout", type=_positive, default=60, help="time in seconds (60)")
    return parser


def _positive(text: str) -> float:
    with suppress(ValueError):
        if (number := float(text)) > 0:
            return number
    raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _with_files(_command(commands, "check", _check, "check reports for disagreements"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output (text)")
    parser.add_argument("--html", metavar="OUT", help="also write a page that shows the report")
    parser.add_argument("--brief", action="store_true", help="leave out the tables and figures")
    parser.add_argument(
        "--no-compliance", action="store_true", help="leave out notes on form and completeness"
    )


def _add_extract(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _with_files(_command(commands, "extract", _extract, "list the figures of reports"))
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "jsonl"),
        default="table",
        help="output (table)",
    )
    parser.add_argument("--html", metavar="OUT", help="also write the text with its figures marked")


def _add_run(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "run", _run, "read a whole corpus into a dataset, resumably")
    _with_catalogue(parser)
    parser.add_argument(
        "corpus",
        metavar="CORPUS",
        nargs="*",
        help="a folder, glob, file, archive (zip, tar, WARC), table (Parquet, CSV, JSONL) or address",
    )
    parser.add_argument(
        "--out", metavar="DIR", required=True, help="the dataset; continued if there"
    )
    parser.add_argument(
        "--list",
        metavar="FILE",
        action="append",
        default=[],
        help="a file that names one path a line",
    )
    columns = parser.add_argument_group("columns of a table (usual names are found)")
    for name, what in _COLUMNS.items():
        columns.add_argument(f"--{name}-column", metavar="NAME", help=f"the column with {what}")
    limits = parser.add_argument_group("limits for one document")
    limits.add_argument("--timeout", type=_positive, default=120, help="seconds (120)")
    limits.add_argument("--max-memory", type=_positive, default=2048, help="megabytes (2048)")
    limits.add_argument("--max-mb", type=_positive, default=64, help="size in megabytes (64)")
    how = parser.add_argument_group("how it is done")
    how.add_argument("--engine", choices=("local", "spark", "ray"), default="local", help="(local)")
    how.add_argument("--workers", type=_count, help="processes (one for each core)")
    how.add_argument("--part-size", type=_count, default=1000, help="documents in a part (1000)")
    how.add_argument("--fresh", action="store_true", help="begin anew")
    how.add_argument("--retry-failed", action="store_true", help="read again what failed before")
    how.add_argument("--texts", action="store_true", help="keep the text that the offsets count in")
    how.add_argument("--no-compliance", action="store_true", help="leave out notes on form")
    how.add_argument("--quiet", action="store_true", help="no progress, no summary")


_COLUMNS = {
    "content": "text, HTML or bytes",
    "path": "paths of files",
    "id": "a name of its own for each row",
    "url": "addresses",
    "organization": "the body that reports",
    "region": "where it lies",
    "year": "the year reported on",
}


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")


def _add_query(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "query", _query, "ask a dataset in SQL")
    parser.add_argument("dataset", metavar="DIR", help="what gipr run wrote")
    parser.add_argument("sql", metavar="SQL", nargs="?", help="without it the tables are listed")
    parser.add_argument(
        "--format", choices=("table", "csv", "jsonl"), default="table", help="output (table)"
    )


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "export", _export, "write a dataset as files for other programs")
    parser.add_argument("dataset", metavar="DIR", help="what gipr run wrote")
    parser.add_argument(
        "--to", choices=("csv", "xlsx", "parquet", "jsonl"), required=True, help="kind of file"
    )
    parser.add_argument("--out", metavar="PATH", help="folder or workbook (DIR/export)")
    parser.add_argument(
        "--table",
        metavar="NAME",
        action="append",
        default=[],
        help="a table or view; may be repeated",
    )


def _add_compare(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _with_files(
        _command(commands, "compare", _compare, "compare the reports of a body over the years")
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output (text)")


def _add_metrics(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "metrics", _metrics, "list what figures can mean")
    _with_language(_with_catalogue(parser))
    parser.add_argument(
        "--format", choices=("table", "markdown", "json"), default="table", help="output (table)"
    )


# What the commands do. Heavy modules are imported here, so that --help and errors are instant.


def _check(options: argparse.Namespace) -> int:
    from gipr_nlp.records import Report

    found = _results(options, compliance=not options.no_compliance)
    results = list(found if options.format == "json" else _printed(found, options))
    reports = [one for one in results if isinstance(one, Report)]
    if options.format == "json":
        _print_json(results)
    if options.html and reports:
        from gipr_nlp.render.html import report_html

        _write_page(Path(options.html), report_html(reports, _catalogue(options), options.lang))
    if len(reports) < len(results):
        return EXIT_UNREADABLE
    wrong = any(finding.severity == "error" for one in reports for finding in one.findings)
    return EXIT_ERRORS if wrong else EXIT_CLEAN


def _extract(options: argparse.Namespace) -> int:
    from gipr_nlp.records import Report
    from gipr_nlp.render.figures import figures_as

    results = list(_results(options, compliance=False))
    _tell_unread(results)
    reports = [one for one in results if isinstance(one, Report)]
    sys.stdout.write(figures_as(options.format, reports, _catalogue(options), options.lang))
    if options.html and reports:
        from gipr_nlp.render.spans import spans_html

        _write_page(Path(options.html), spans_html(reports, _catalogue(options), options.lang))
    return EXIT_CLEAN if len(reports) == len(results) else EXIT_UNREADABLE


def _run(options: argparse.Namespace) -> int:
    from gipr_nlp.bulk.command import run_command

    return run_command(options)


def _query(options: argparse.Namespace) -> int:
    from gipr_nlp.bulk.command import query_command

    return query_command(options)


def _export(options: argparse.Namespace) -> int:
    from gipr_nlp.bulk.command import export_command

    return export_command(options)


def _compare(options: argparse.Namespace) -> int:
    from gipr_nlp import compare_years
    from gipr_nlp.records import Report
    from gipr_nlp.render.years import years_json, years_text

    results = list(_results(options, compliance=False))
    _tell_unread(results)
    reports = [one for one in results if isinstance(one, Report)]
    findings = compare_years(reports, catalogue=_catalogue(options))
    if options.format == "json":
        sys.stdout.write(years_json(reports, findings))
    else:
        sys.stdout.write(years_text(reports, findings, options.lang, colour=_colour()))
    if len(reports) < len(results):
        return EXIT_UNREADABLE
    return EXIT_ERRORS if any(one.severity == "error" for one in findings) else EXIT_CLEAN


def _metrics(options: argparse.Namespace) -> int:
    from gipr_nlp.render.metrics import metrics_as

    sys.stdout.write(metrics_as(options.format, _catalogue(options), options.lang))
    return EXIT_CLEAN


def _results(options: argparse.Namespace, *, compliance: bool) -> Iterator[object]:
    """Each file's report, or why there is none; what cannot be read costs that file alone."""
    from gipr_nlp.analysis import analyse
    from gipr_nlp.sources import Limits, read_document, read_path

    limits = Limits(max_bytes=int(options.max_mb * 1024 * 1024), seconds=options.timeout)
    catalogue = _catalogue(options)
    for name in options.files:
        data = sys.stdin.buffer.read() if name == _STANDARD_INPUT else None
        found: object
        try:
            with _held_to(options.timeout):
                document = (
                    read_path(name, limits=limits)
                    if data is None
                    else read_document(data, limits=limits)
                )
                found = analyse(
                    document, catalogue=catalogue, compliance=compliance, model=options.model
                )
        except SourceError as fault:
            found = _Unread("standard input" if name == _STANDARD_INPUT else name, fault)
        yield found


@contextmanager
def _held_to(seconds: float) -> Iterator[None]:
    """Within it, whatever takes longer than ``seconds`` ends in ``LimitExceeded``.

    Readers look at a clock of their own; this holds all that comes after them to the same time.
    Where there is no alarm to set (on Windows, beside the main thread) only their clock counts.
    """
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> NoReturn:
        raise LimitExceeded(
            f"it takes longer than {seconds:g} seconds",
            advice="raise --timeout if the document is sound",
        )

    handler = signal.signal(signal.SIGALRM, ring)
    # It rings again: what it raises is lost where Python passes over errors (callbacks, __del__).
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds, _RINGS_AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left, again)
        signal.signal(signal.SIGALRM, handler)


def _catalogue(options: argparse.Namespace) -> Catalogue:
    from gipr_nlp.catalogue import Catalogue, default_catalogue

    return Catalogue.load(options.catalogue) if options.catalogue else default_catalogue()


def _tell_unread(results: Sequence[object]) -> None:
    for one in results:
        if isinstance(one, _Unread):
            sys.stderr.write(f"gipr: {one.fault.at(one.path)}\n")


def _print_json(results: Sequence[object]) -> None:
    from gipr_nlp.records import Report
    from gipr_nlp.render.as_json import failure_json, report_json

    texts = [
        report_json(one) if isinstance(one, Report) else failure_json(one.path, one.fault)
        for one in results
        if isinstance(one, Report | _Unread)
    ]
    sys.stdout.write(texts[0] if len(texts) == 1 else "[\n" + ",\n".join(texts) + "\n]")
    sys.stdout.write("\n")
    _tell_unread(results)


def _printed(results: Iterable[object], options: argparse.Namespace) -> Iterator[object]:
    """Passes ``results`` on, each printed as soon as it is there."""
    from gipr_nlp.records import Report
    from gipr_nlp.render.text import report_text

    for number, one in enumerate(results):
        if isinstance(one, Report):
            rule = "\n" + "─" * 72 + "\n\n" if number else ""
            view = {"language": options.lang, "colour": _colour(), "details": not options.brief}
            sys.stdout.write(rule + report_text(one, _catalogue(options), **view))
            sys.stdout.flush()
        _tell_unread([one])
        yield one


def _write_page(target: Path, page: str) -> None:
    """Writes ``page`` whole or not at all; a device or pipe is written to, not replaced."""
    if target.exists() and not target.is_file() and not target.is_dir():
        try:
            target.write_text(page, encoding="utf-8")
        except OSError as fault:
            raise GiprError(f"{target}: the page cannot be written: {fault.strerror}") from fault
        return
    target = target.resolve()
    aside = target.with_name(target.name + ".part")
    try:
        aside.write_text(page, encoding="utf-8")
        aside.replace(target)
    except OSError as fault:
        with suppress(OSError):
            aside.unlink()
        raise GiprError(f"{target}: the page cannot be written: {fault.strerror}") from fault


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


if __name__ == "__main__":
    sys.exit(process())
