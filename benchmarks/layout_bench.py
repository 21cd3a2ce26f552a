"""Cells right, ambiguous and wrong when known tables are read back from every layout.

    python benchmarks/layout_bench.py [--samples N] [--damage] [--kinds text,html] [--show]

A cell is right where its state and value are those printed (a nil mark and a blank that left no
trace are both nothing), ambiguous where the reader says so, wrong otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus")]

from damage import damaged, without_separators  # noqa: E402
from layouts import LAYOUTS, Layout  # noqa: E402
from samples import FORMS_OF, Sample, sample  # noqa: E402

from gipr_nlp import forms, sources  # noqa: E402
from gipr_nlp.catalogue import default_catalogue  # noqa: E402
from gipr_nlp.catalogue.forms import Form  # noqa: E402
from gipr_nlp.records import Cell, Document  # noqa: E402

NIL = {"", "-"}


def read_back(layout: Layout, data: bytes) -> Document:
    """The document that the library's reader makes of what a layout gave."""
    return sources.read_document(data)


def score(one: Sample, document: Document) -> tuple[Counter[str], list[str]]:
    """How many gold cells came out right, ambiguous and wrong, and which went wrong."""
    found: dict[str, Cell] = {}
    for table in forms.read_tables(document, default_catalogue()):
        for cell in table.cells:
            found.setdefault(cell.ref, cell)
    counts: Counter[str] = Counter()
    wrong = []
    for ref, printed in one.gold.items():
        verdict = _verdict(ref, printed, found.get(ref))
        counts[verdict] += 1
        if verdict == "wrong":
            wrong.append(f"{ref}: printed {printed!r}, read {_told(found.get(ref))}")
    return counts, wrong


def _verdict(ref: str, printed: str, cell: Cell | None) -> str:
    if cell is not None and cell.state == "ambiguous":
        return "ambiguous"
    if cell is None or cell.state == "missing":
        return "wrong"
    if printed in NIL:
        return "right" if cell.state in {"blank", "nil_mark"} else "wrong"
    return "right" if cell.value == _value(ref, printed) else "wrong"


def _value(ref: str, printed: str) -> Decimal:
    number = Decimal(printed.removesuffix("万元"))
    in_ten_thousands = printed.endswith("万元") or ref in {
        "proactive/fee/amount", "statistics/request_fees/value", "statistics/special_funds/value",
    }  # fmt: skip
    return number * 10_000 if in_ten_thousands else number


def _told(cell: Cell | None) -> str:
    return "nothing" if cell is None else f"{cell.state} {cell.value} {cell.raw!r}"


def samples(count: int) -> Iterator[Sample]:
    """The first ``count`` samples of every form."""
    catalogue_forms = list(default_catalogue().all(Form).values())
    for form in FORMS_OF:
        for number in range(count):
            yield sample(number, form, catalogue_forms)


def rendered(
    layout: Layout, known: Sequence[Sample], rounds: int
) -> Iterator[tuple[Sample, bytes]]:
    """Each sample as the layout writes it; with ``rounds``, damaged so many times instead."""
    for one in known:
        if not rounds:
            yield one, layout.render(one.page)
        for seed in range(1, rounds + 1):
            worse = damaged(one, seed)
            data = layout.render(worse.page)
            yield worse, without_separators(data, seed) if layout.kind == "text" else data


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line per layout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--kinds", default="text,html,docx,pdf")
    parser.add_argument("--only", default="")
    parser.add_argument("--form", default="")
    parser.add_argument("--damage", type=int, default=0, help="rounds of damage")
    parser.add_argument("--show", action="store_true", help="name the wrong cells")
    options = parser.parse_args(arguments)
    known = [one for one in samples(options.samples) if options.form in ("", one.form)]
    for layout in LAYOUTS:
        if layout.kind not in options.kinds.split(",") or options.only not in layout.name:
            continue
        counts: Counter[str] = Counter()
        for one, data in rendered(layout, known, options.damage):
            found, wrong = score(one, read_back(layout, data))
            counts += found
            if options.show and wrong:
                print(f"  {one.form}", *wrong[:12], sep="\n    ")
        total = counts.total()
        print(
            f"{layout.name:22} {counts['right'] / total:8.3%} right"
            f" {counts['ambiguous'] / total:8.3%} ambiguous {counts['wrong'] / total:8.3%} wrong"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
