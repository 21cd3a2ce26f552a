"""Documents from a table: Parquet, CSV or JSONL with a column of text, bytes or paths."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.fetch import is_uri
from gipr_nlp.errors import UsageError

Rows = Iterator[Mapping[str, Any]]

# Names under which the columns are looked for where the caller names none, first one first.
_CONTENT = ("bytes", "data", "html", "text", "content", "body", "正文", "内容", "全文")
_PATH = ("path", "file", "filename", "文件", "路径")
_ID = ("id", "doc_id", "document", "编号")
_URL = ("url", "link", "href", "网址", "链接")
_ORGANIZATION = ("organization", "organisation", "agency", "单位", "机关", "机构", "部门")
_REGION = ("region", "province", "地区", "省份", "省")
_YEAR = ("year", "年份", "年度")
_BATCH = 64  # rows of a Parquet file that are held at once; a row may be a PDF


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; None means that the usual names are looked for.

    ``content`` holds text, HTML or the bytes of a file, ``path`` the path of one (relative
    paths count from the folder of the table).
    """

    content: str | None = None
    path: str | None = None
    id: str | None = None
    url: str | None = None
    organization: str | None = None
    region: str | None = None
    year: str | None = None


def table_documents(file: Path, columns: Columns) -> Iterator[InputDocument]:
    """The documents of the rows of ``file``, in their order."""
    suffix = next(one for one in TABLE_SUFFIXES if file.name.lower().endswith(one))
    places: Columns | None = None
    for number, row in enumerate(TABLE_SUFFIXES[suffix](file), 1):
        if places is None:
            places = _places(columns, row, file)
        yield _document(row, places, f"{file.name}#{number}", file.parent)


def _document(row: Mapping[str, Any], places: Columns, name: str, folder: Path) -> InputDocument:
    content, path = _at(row, places.content), _text(_at(row, places.path))
    if path and not is_uri(path):
        path = str(folder / path)
    return InputDocument(
        id=_text(_at(row, places.id)) or name,
        path=path,
        url=_text(_at(row, places.url)),
        data=None if content is None and path else _bytes(content),
        organization=_text(_at(row, places.organization)),
        region=_text(_at(row, places.region)),
        year=_year(_at(row, places.year)),
    )


def _places(columns: Columns, row: Mapping[str, Any], file: Path) -> Columns:
    """Where everything stands in ``row``. Raises ``UsageError`` where the content stands nowhere."""
    content, path = columns.content, columns.path
    if content is None and path is None:
        content = _first(_CONTENT, row)
        path = _first(_PATH, row) if content is None else None
    for name in (content, path):
        if name is not None and name not in row:
            raise UsageError(f"{file}: there is no column {name!r}; there are {', '.join(row)}")
    if content is None and path is None:
        raise UsageError(
            f"{file}: no column is known to hold the reports; name it with --column or "
            f"--path-column; there are {', '.join(row)}"
        )
    return Columns(
        content=content,
        path=path,
        id=columns.id or _first(_ID, row),
        url=columns.url or _first(_URL, row),
        organization=columns.organization or _first(_ORGANIZATION, row),
        region=columns.region or _first(_REGION, row),
        year=columns.year or _first(_YEAR, row),
    )


def _first(names: tuple[str, ...], row: Mapping[str, Any]) -> str | None:
    known = {name.lower(): name for name in row}
    return next((known[name] for name in names if name in known), None)


def _at(row: Mapping[str, Any], name: str | None) -> Any:
    return None if name is None else row.get(name)


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return b"" if content is None else str(content).encode("utf-8", "surrogatepass")


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _year(value: Any) -> int | None:
    digits = str(value).removesuffix(".0").removesuffix("年") if value is not None else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


# --- the kinds of tables ------------------------------------------------------------------


def _parquet_rows(file: Path) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as table:
            for part in table.iter_batches(batch_size=_BATCH):
                yield from part.to_pylist()
    except (pa.ArrowException, OSError) as fault:
        raise UsageError(f"{file}: not a Parquet file that can be read: {fault}") from None


def _csv_rows(file: Path) -> Rows:
    csv.field_size_limit(2**31 - 1)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)
    except UnicodeDecodeError:
        raise UsageError(f"{file}: not UTF-8; convert it first (iconv -f gb18030)") from None
    except (OSError, csv.Error) as fault:
        raise UsageError(f"{file}: not a CSV file that can be read: {fault}") from None


def _jsonl_rows(file: Path) -> Rows:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as fault:
                raise UsageError(f"{file}: line {number} is not JSON: {fault}") from None
            if not isinstance(row, dict):
                raise UsageError(f"{file}: line {number} is not an object")
            yield row


TABLE_SUFFIXES: dict[str, Callable[[Path], Rows]] = {
    ".parquet": _parquet_rows,
    ".csv": _csv_rows,
    ".jsonl": _jsonl_rows,
    ".ndjson": _jsonl_rows,
}
"""The endings by which a table is known, with the reader of its rows."""
