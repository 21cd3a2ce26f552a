"""The Arrow schemas of a corpus: what goes into the kernel and every table that comes out.

They are fixed: a change of a column is a change of ``SCHEMA_VERSION``. ``docs/corpora.md`` says
what each column holds; a test keeps the two equal. Every table but ``inputs`` hangs on
``document``, the id that ``inputs`` holds once for each document that went in.
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any

import pyarrow as pa

SCHEMA_VERSION = "1.0"

# 29 digits before the point and 9 behind it: a sum of money in 元 with every printed place.
NUMBER = pa.decimal128(38, 9)
_QUANTUM = Decimal("1e-9")
_BOUND = Decimal(10) ** 29
_WIDE = Context(prec=60)  # the usual 28 digits would round what the tables can hold

DOCUMENTS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("path", pa.string()),
        pa.field("url", pa.string()),
        pa.field("data", pa.large_binary()),
        pa.field("organization", pa.string()),
        pa.field("region", pa.string()),
        pa.field("year", pa.int32()),
        pa.field("fault", pa.string()),
    ]
)
"""What goes in: ``data``, or a ``path`` (or URI) to read it from; the rest is optional."""

_KEY = pa.field("document", pa.string(), nullable=False)
# Names that SQL does not reserve: a query needs no quotes.
_SPAN = [("start_char", pa.int32()), ("end_char", pa.int32())]
_TERM = pa.struct(
    [("kind", pa.string()), ("ref", pa.string()), ("value", NUMBER), ("text", pa.string()), *_SPAN]
)
_CHANGE = pa.struct([(name, pa.string()) for name in ("ref", "printed", "proposed", "slip")])
_INTERVAL = [
    ("low", NUMBER),
    ("high", NUMBER),
    ("low_open", pa.bool_()),
    ("high_open", pa.bool_()),
]

TABLES: dict[str, pa.Schema] = {
    "reports": pa.schema(
        [
            _KEY,
            ("path", pa.string()),
            ("url", pa.string()),
            ("sha256", pa.string()),
            ("text_sha256", pa.string()),
            ("media_type", pa.string()),
            ("encoding", pa.string()),
            ("title", pa.string()),
            ("organization", pa.string()),
            ("body", pa.string()),
            ("region", pa.string()),
            ("year", pa.int32()),
            ("period_start", pa.string()),
            ("period_end", pa.string()),
            ("forms", pa.list_(pa.string())),
            ("characters", pa.int32()),
            ("quantities", pa.int32()),
            ("bound", pa.int32()),
            ("reconciled", pa.int32()),
            ("errors", pa.int32()),
            ("warnings", pa.int32()),
            ("notes", pa.int32()),
            ("remarks", pa.list_(pa.string())),
            ("schema_version", pa.string()),
            ("library_version", pa.string()),
            ("catalogue", pa.string()),
        ]
    ),
    "figures": pa.schema(
        [
            _KEY,
            ("figure", pa.string()),
            ("metric", pa.string()),
            ("label", pa.string()),
            ("value", NUMBER),
            ("unit", pa.string()),
            *_INTERVAL,
            ("approximate", pa.bool_()),
            ("period", pa.string()),
            ("scope", pa.string()),
            ("text", pa.string()),
            ("section", pa.string()),
            ("parent", pa.string()),
            ("relation", pa.string()),
            ("split", pa.string()),
            ("closed", pa.bool_()),
            ("in_words", pa.bool_()),
            ("bound_by", pa.string()),
            *_SPAN,
        ]
    ),
    "unbound": pa.schema(
        [
            _KEY,
            ("text", pa.string()),
            ("value", NUMBER),
            ("unit", pa.string()),
            ("reason", pa.string()),
            *_SPAN,
        ]
    ),
    "cells": pa.schema(
        [
            _KEY,
            ("position", pa.int32()),
            ("ref", pa.string()),
            ("table_id", pa.string()),
            ("row_id", pa.string()),
            ("column_id", pa.string()),
            ("form", pa.string()),
            ("value", NUMBER),
            ("raw", pa.string()),
            ("state", pa.string()),
            ("unit", pa.string()),
            ("low", NUMBER),
            ("high", NUMBER),
            ("candidates", pa.list_(NUMBER)),
            *_SPAN,
        ]
    ),
    "topics": pa.schema([_KEY, ("label", pa.string()), ("text", pa.string()), *_SPAN]),
    "findings": pa.schema(
        [
            _KEY,
            ("finding", pa.string()),
            ("rule", pa.string()),
            ("outcome", pa.string()),
            ("severity", pa.string()),
            ("message", pa.string()),
            ("message_en", pa.string()),
            ("reading", pa.string()),
            ("expected", pa.string()),
            ("actual", pa.string()),
            ("terms", pa.list_(_TERM)),
        ]
    ),
    "repairs": pa.schema(
        [
            _KEY,
            ("rank", pa.int32()),
            ("changes", pa.list_(_CHANGE)),
            ("explains", pa.list_(pa.string())),
        ]
    ),
    "texts": pa.schema([_KEY, ("text", pa.string())]),
    "failures": pa.schema(
        [
            _KEY,
            ("path", pa.string()),
            ("url", pa.string()),
            ("sha256", pa.string()),
            ("kind", pa.string()),
            ("what", pa.string()),
            ("advice", pa.string()),
            ("detail", pa.string()),
        ]
    ),
    "inputs": pa.schema(
        [
            _KEY,
            ("path", pa.string()),
            ("url", pa.string()),
            ("bytes", pa.int64()),
            ("sha256", pa.string()),
            ("text_sha256", pa.string()),
            ("outcome", pa.string()),
            ("reason", pa.string()),
            ("duplicate_of", pa.string()),
            ("library_version", pa.string()),
            ("catalogue", pa.string()),
        ]
    ),
}
"""What comes out. ``inputs`` accounts for every document and stands last: where it is written,
the other tables of its part are complete."""

OUTCOMES = ("report", "duplicate", "not_report", "failure")

KEYS: dict[str, tuple[str, ...]] = {
    "reports": ("document",),
    "figures": ("document", "figure"),
    "unbound": ("document", "start_char", "end_char"),
    "cells": ("document", "position", "ref", "start_char"),
    "topics": ("document", "start_char", "end_char", "label"),
    "findings": ("document", "finding"),
    "repairs": ("document", "rank"),
    "texts": ("document",),
    "failures": ("document",),
    "inputs": ("document",),
}
"""The columns that name a row: two datasets are the same where their rows, sorted by these, are."""

Row = tuple[Any, ...]


def batch(table: str, rows: list[Row]) -> pa.RecordBatch:
    """``rows`` of ``table``, each in the order of its columns, as one record batch."""
    return batch_of(TABLES[table], rows)


def batch_of(schema: pa.Schema, rows: list[Row]) -> pa.RecordBatch:
    """``rows``, each in the order of the columns of ``schema``."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [_array(list(one), field.type) for one, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def whole(text: str) -> str:
    """``text`` with every lone surrogate (half a character) replaced: UTF-8 has no place for it."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_whole(one) for one in values], kind)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return value


def number(value: Decimal | None) -> Decimal | None:
    """``value`` as the tables can hold it; None where it is too large (its text is kept beside it)."""
    if value is None or not value.is_finite() or value.copy_abs() >= _BOUND:
        return None
    exponent = value.as_tuple().exponent
    return (
        value.quantize(_QUANTUM, context=_WIDE)
        if isinstance(exponent, int) and exponent < -9
        else value
    )
