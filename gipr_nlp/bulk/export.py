"""Tables and views of a dataset as files for other programs: CSV, Parquet, JSON lines, a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from gipr_nlp.bulk.dataset import disk_errors
from gipr_nlp.bulk.query import Dataset
from gipr_nlp.errors import MissingExtra, UsageError
from gipr_nlp.interval import plain

Format = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "parquet", "jsonl")
USUAL = ("reports", "panel", "mismatches", "broken_chains", "coverage", "accounting")
_SHEET_ROWS = 1_048_576  # what a sheet can hold
_SHEET_TEXT = 32_767
_NOT_IN_SHEETS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def export(
    dataset: Dataset, to: Format, target: Path, names: Sequence[str] = USUAL
) -> Iterator[Path]:
    """Write the tables and views ``names`` of ``dataset``; yields each file that is written.

    ``target`` is a folder that gets one file for each name, or for ``xlsx`` the workbook, with
    one sheet for each. Numbers are written in plain digits. Raises ``UsageError`` for a name
    that the dataset does not know.
    """
    for name in names:
        if name not in dataset.names():
            raise UsageError(f"there is no {name!r}; there are {', '.join(dataset.names())}")
    with disk_errors(target):
        if to == "xlsx":
            target.parent.mkdir(parents=True, exist_ok=True)
            _whole(target, lambda path: _workbook(dataset, names, path))
            yield target
            return
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            file = target / f"{name}.{to}"
            _whole(file, lambda path, name=name: _copy(dataset, to, name, path))  # type: ignore[misc]
            yield file


def _whole(target: Path, write: Callable[[Path], None]) -> None:
    """Write ``target`` aside, so that it is complete or absent."""
    aside = target.with_name(target.name + ".writing")
    try:
        aside.touch()  # a place that cannot be written is told before the work
        write(aside)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _copy(dataset: Dataset, to: Format, name: str, path: Path) -> None:
    schema = dataset.sql(f"FROM {name} LIMIT 0").schema
    plainly = "*" if to == "parquet" else ", ".join(_plainly(one, to) for one in schema)
    options = {
        "csv": "FORMAT csv, HEADER",
        "jsonl": "FORMAT json",
        "parquet": "FORMAT parquet, COMPRESSION zstd",
    }[to]
    file = str(path).replace("'", "''")
    dataset.sql(f"COPY (SELECT {plainly} FROM {name}) TO '{file}' ({options})")


def _plainly(field: pa.Field, to: Format) -> str:
    """The column as text that loses nothing: 74.000000000 as 74, lists as JSON."""
    if pa.types.is_decimal(field.type):
        digits = f"{field.name}::VARCHAR"
        return f"CASE WHEN {digits} LIKE '%.%' THEN rtrim(rtrim({digits}, '0'), '.') ELSE {digits} END AS {field.name}"
    if to == "csv" and pa.types.is_nested(field.type):
        return f"to_json({field.name}) AS {field.name}"
    return str(field.name)


def _workbook(dataset: Dataset, names: Sequence[str], path: Path) -> None:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("writing workbooks", "xlsx") from None
    book = Workbook(write_only=True)
    for name in names:
        rows = dataset.sql(f"SELECT count(*) AS n FROM {name}").column(0)[0].as_py()
        if rows >= _SHEET_ROWS:
            raise UsageError(f"{name} has {rows:,} rows, more than a sheet holds; export it as csv")
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append(dataset.sql(f"FROM {name} LIMIT 0").schema.names)
        for part in dataset.batches(f"FROM {name}"):
            for row in part.to_pylist():
                sheet.append([_for_sheet(one) for one in row.values()])
    book.save(path)


def _for_sheet(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return value.normalize() if abs(value) < 10**15 else plain(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    # What begins with = would be run as a formula: it is text, and stays text.
    text = str(value).translate(_NOT_IN_SHEETS)[:_SHEET_TEXT]
    return f"'{text}" if text.startswith("=") else text
