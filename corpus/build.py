"""Build the corpus reports from what was authored.

`reports/authored/NAME.toml` holds the narrative with the marks of `README.md`, the tables as
printed and what a check should find. This writes `reports/NAME.txt` or `.html`, laid out by
`pages.py`, and `reports/NAME.gold.json`: the figures, the cells and the findings expected.

    python corpus/build.py            write every report and its gold
    python corpus/build.py --check    only say which are not what the authored file gives
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

import passages  # noqa: E402
from grids import Values, editions, grid  # noqa: E402
from pages import LAYOUTS, Page, Part  # noqa: E402

REPORTS = ROOT / "reports"
AUTHORED = REPORTS / "authored"
KEYS = frozenset(
    {"title", "organization", "year", "body", "layout", "encoding", "about", "text", "table"}
    | {"finding", "planted", "section"}
)
# 本年收费金额 is printed in 万元; every other cell in its base unit, unless it says so itself.
SCALES = {("proactive", "fee", "amount"): 10000}
NIL_MARKS = frozenset({"-", "—", "－", "/", "／", "_", "无"})

_TABLE = re.compile(r"^\{(\w+)\}$", re.MULTILINE)
_NAMED = re.compile(r"\[\[[^|]+?\|(?P<what>[^!@].*?)\]\]", re.DOTALL)
_NUMBER = re.compile(r"(?P<sign>[-+增减]?)(?P<digits>[0-9]+(?:\.[0-9]+)?)(?P<unit>万元|元|%)?")


class AuthoredError(ValueError):
    """An authored report that cannot be built."""


@dataclass(frozen=True, slots=True)
class Authored:
    """One authored report: its fields, the passage its narrative reads as, its tables."""

    name: str
    fields: Mapping[str, Any]
    passage: passages.Passage
    names: Mapping[str, int]
    tables: Mapping[str, Values]


def load(name: str) -> Authored:
    """Read one authored report; raise AuthoredError where it is malformed."""
    fields = tomllib.loads((AUTHORED / f"{name}.toml").read_text(encoding="utf-8"))
    if unknown := set(fields) - KEYS:
        raise AuthoredError(f"{name}: unknown keys {', '.join(sorted(unknown))}")
    section = fields.get("section", "overview")
    head = f"--- {name} | year={fields['year']} | body={fields['body']} | section={section}"
    try:
        passage = passages.parse(f"{head}\n{fields['text']}", name, "reports")
        tables = {one["id"]: _values(one) for one in fields.get("table", ())}
    except ValueError as error:
        raise AuthoredError(f"{name}: {error}") from None
    return Authored(name, fields, passage, _figure_names(fields["text"]), tables)


def names() -> list[str]:
    """The names of all authored reports."""
    return sorted(path.stem for path in AUTHORED.glob("*.toml"))


def _figure_names(text: str) -> dict[str, int]:
    """The index of the figure that each `id=` names."""
    found: dict[str, int] = {}
    for index, mark in enumerate(_NAMED.finditer(text)):
        for field in mark["what"].split("|"):
            if field.startswith("id="):
                found[field.removeprefix("id=")] = index
    return found


def _values(table: Mapping[str, Any]) -> Values:
    rows: dict[str, Sequence[str]] = {}
    for line in table.get("rows", "").split("\n"):
        row, colon, texts = line.partition(":")
        if colon:
            # One space after the colon belongs to the markup; what else there is was printed.
            rows[row.strip()] = texts.removeprefix(" ").split("|")
    return Values(
        table=table["id"],
        form=table["form"],
        rows=rows,
        fill=table.get("fill", ""),
        mixed=table.get("mixed"),
        printed=table.get("printed"),
    )


# --- the stored file -------------------------------------------------------------------


def stored(report: Authored) -> tuple[str, bytes]:
    """The file's name and its bytes."""
    suffix, layout = LAYOUTS[report.fields["layout"]]
    text = layout(page(report))
    return f"{report.name}.{suffix}", text.encode(report.fields.get("encoding", "utf-8"))


def page(report: Authored) -> Page:
    """The report as every layout takes it."""
    return Page(
        title=report.fields["title"],
        organization=report.fields["organization"],
        year=report.fields["year"],
        parts=list(_parts(report)),
    )


def _parts(report: Authored) -> Iterator[Part]:
    for line in report.passage.text.split("\n"):
        found = _TABLE.match(line)
        yield grid(report.tables[found[1]]) if found else line


# --- the gold --------------------------------------------------------------------------


def gold(report: Authored) -> dict[str, Any]:
    """What reading and checking the report must give."""
    fields = report.fields
    return {
        "name": report.name,
        "about": fields["about"],
        "file": stored(report)[0],
        "organization": fields["organization"],
        "year": fields["year"],
        "figures": [_figure(one) for one in report.passage.figures],
        "not_figures": [
            {"reason": one.reason, "text": one.text} for one in report.passage.non_figures
        ],
        "topics": [{"label": one.label, "text": one.text} for one in report.passage.topics],
        "cells": [cell for values in report.tables.values() for cell in _cells(values)],
        "findings": [_finding(report, one) for one in fields.get("finding", ())],
        "planted": [_place(report, ref) for ref in fields.get("planted", ())],
    }


def _figure(figure: passages.Figure) -> dict[str, Any]:
    record: dict[str, Any] = {
        "text": figure.text,
        "metrics": list(figure.metrics),
        "value": _plain(figure.value),
        "unit": figure.unit,
    }
    optional = {
        "approximate": figure.approximate or None,
        "period": None if figure.period == "this_year" else figure.period,
        "scope": figure.scope,
        "parent": figure.parent,
        "relation": figure.relation,
        "closed": figure.closed or None,
    }
    return record | {key: value for key, value in optional.items() if value is not None}


def _cells(values: Values) -> Iterator[dict[str, str]]:
    forms = editions(values)
    for box in (box for row in grid(values) for box in row if box.ref):
        assert box.ref is not None
        row, column = box.ref
        raw = box.text.strip()
        record = {"ref": f"{values.table}/{row}/{column}", "raw": raw}
        if values.table != "reviews":  # its layout is the same in both editions
            record["form"] = forms[row]
        if raw and raw not in NIL_MARKS:
            scale = SCALES.get((values.table, row, column), 1)
            yield record | {"state": "stated", "value": _plain(_number(raw) * scale)}
        else:
            yield record | {"state": "nil_mark" if raw else "blank"}


def _number(raw: str) -> Decimal:
    match = _NUMBER.fullmatch(re.sub(r"\s", "", raw))
    if match is None:
        raise AuthoredError(f"not the number of a cell: {raw!r}")
    value = Decimal(match["digits"]) * (10000 if match["unit"] == "万元" else 1)
    return -value if match["sign"] in {"-", "减"} else value


def _finding(report: Authored, finding: Mapping[str, Any]) -> dict[str, Any]:
    places = [_place(report, ref) for ref in finding["refs"]]
    return {key: value for key, value in finding.items() if key != "refs"} | {"places": places}


def _place(report: Authored, ref: str) -> dict[str, Any]:
    """A cell by its name, a figure by its index; `figure:NAME` is the figure with that id."""
    if not ref.startswith("figure:"):
        return {"cell": ref}
    name = ref.removeprefix("figure:")
    if name not in report.names:
        raise AuthoredError(f"{report.name}: no figure is called {name!r}")
    return {"figure": report.names[name]}


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- the command -----------------------------------------------------------------------


def problems() -> list[str]:
    """What is wrong with the marks of the authored reports, by the rules of the passages."""
    return passages.validate([load(name).passage for name in names()])


def files(name: str) -> dict[Path, bytes]:
    """Every file that one authored report gives, with its bytes."""
    report = load(name)
    file, data = stored(report)
    return {REPORTS / file: data, REPORTS / f"{name}.gold.json": _json(gold(report)).encode()}


def _json(record: Mapping[str, Any]) -> str:
    """JSON with a line for each figure, cell and finding, so that a change shows as one."""
    fields = []
    for key, value in record.items():
        lines = (
            [json.dumps(one, ensure_ascii=False) for one in value]
            if isinstance(value, list)
            else []
        )
        inner = (
            "[\n  " + ",\n  ".join(lines) + "\n ]"
            if lines
            else json.dumps(value, ensure_ascii=False)
        )
        fields.append(f' "{key}": {inner}')
    return "{\n" + ",\n".join(fields) + "\n}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the reports, or compare them; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description="Build the corpus reports.")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args(arguments)
    built = {path: data for name in names() for path, data in files(name).items()}
    wrong = problems()
    for path, data in built.items():
        if options.check and (not path.exists() or path.read_bytes() != data):
            wrong.append(f"{path.name} is not what the authored report gives")
        elif not options.check:
            path.write_bytes(data)
    print(f"{len(names())} reports", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
