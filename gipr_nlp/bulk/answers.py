"""Answers of a dataset, printed."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pyarrow as pa
import regex

from gipr_nlp.interval import plain

_WIDEST = 60
_ROWS_SHOWN = 200
_WIDE = regex.compile(r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}]")


def answer_text(answer: pa.Table) -> str:
    """``answer`` as a table for people: long texts cut, long answers cut and told so."""
    rows = [
        [_shown(one) for one in row.values()] for row in answer.slice(0, _ROWS_SHOWN).to_pylist()
    ]
    table = [answer.schema.names, *rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in table]
    lines.insert(1, "  ".join("─" * width for width in widths))
    if answer.num_rows > _ROWS_SHOWN:
        lines.append(f"… {answer.num_rows - _ROWS_SHOWN:,} more rows; --format csv prints all")
    return "\n".join(lines) + "\n"


def answer_csv(answer: pa.Table) -> str:
    """``answer`` as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.schema.names)
    for row in answer.to_pylist():
        writer.writerow([_cell(one) for one in row.values()])
    return out.getvalue()


def answer_jsonl(answer: pa.Table) -> str:
    """``answer`` as JSON, an object on each line; decimals are strings, as in the JSON of reports."""
    lines = (json.dumps(row, ensure_ascii=False, default=_text) for row in answer.to_pylist())
    return "".join(line + "\n" for line in lines)


def _text(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_text)
    return "" if value is None else _text(value)


def _shown(value: Any) -> str:
    text = _cell(value).replace("\n", " ").replace("\t", " ")
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
