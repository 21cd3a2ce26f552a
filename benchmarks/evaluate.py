"""The quality gate: what the library gets right over the corpus, against pinned floors.

    python benchmarks/evaluate.py                 print the measures
    python benchmarks/evaluate.py --check         and fail where one is below its floor
    python benchmarks/evaluate.py --raise         lift the floors to what was measured
    python benchmarks/evaluate.py --errors        and list what goes wrong, by cause

`floors.toml` pins each measure together with a hash of the corpus that it was measured on; a
floor falls only with `--lower`. Of the test split only totals are shown.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import alarm_eval  # noqa: E402
import figures_eval  # noqa: E402
import passages  # noqa: E402
import report_eval  # noqa: E402

from gipr_nlp.catalogue import default_catalogue  # noqa: E402

FLOORS = ROOT / "benchmarks" / "floors.toml"
SCRIPTS = ("build.py", "grids.py", "pages.py", "passages.py", "statutory.toml")
CORPUS = ("passages/**/*.txt", "reports/authored/*.toml", *SCRIPTS)
HEAD = """# Floors of the quality gate: `python benchmarks/evaluate.py --check` fails below them. They rise
# with `--raise`, and fall only with `--raise --lower`. `corpus` is the hash of what was measured.
"""
PLACES = 4

Measures = dict[str, float]


def measure() -> tuple[Measures, dict[str, list[str]]]:
    """Every measure, and the errors by cause (none of those of the test split)."""
    measures: Measures = {}
    faults: dict[str, list[str]] = {}
    for split in passages.SPLITS:
        texts = passages.load(splits=(split,))
        result = figures_eval.score(texts, default_catalogue(), given=False)
        alarms = alarm_eval.score(texts)
        measures |= {f"{split}.{name}": value for name, value in figure_measures(result).items()}
        measures[f"{split}.clean_without_error"] = _share(alarms.clean)
        measures[f"{split}.contradictions_told"] = _share(alarms.contradictory)
        if split != "test":
            faults[f"{split}: false alarm"] = alarms.false
            faults |= {f"{split}: {cause}": those for cause, those in result.errors.items()}
    outcome = report_eval.score()
    faults |= {f"reports: {cause}": those for cause, those in outcome.figures.errors.items()}
    faults |= {f"reports: {cause}": those for cause, those in outcome.faults.items()}
    return measures | report_measures(outcome), faults


def figure_measures(result: figures_eval.Result) -> Measures:
    """The measures of the narrative; each is a share, and higher is better."""
    return {
        "figures_f1": result.figures.value,
        "figures_precision": _ratio(result.figures.found, result.figures.false),
        "figures_recall": _ratio(result.figures.found, result.figures.missed),
        "metric": _share(result.metric),
        "bound_f1": result.bound.value,
        "zero_f1": result.zeros.value,
        "period": _share(result.period),
        "relation": _share(result.parent),
        "closed": _share(result.closed),
        "unnamed_unbound": _share(result.unnamed),
        "topics_f1": result.topics.value,
    }


def report_measures(outcome: report_eval.Outcome) -> Measures:
    """The measures of the complete reports."""
    cells = outcome.cells
    figures = figure_measures(outcome.figures)
    return {f"reports.{name}": value for name, value in figures.items()} | {
        "reports.heading": _share(outcome.heading),
        "reports.cells_right": cells["right"] / sum(cells.values()),
        "reports.cells_not_wrong": 1 - cells["wrong"] / sum(cells.values()),
        "reports.forms": _share(outcome.forms),
        "reports.detected": _share(outcome.detected),
        "reports.error_precision": outcome.precision,
        "reports.clean_without_error": _share(outcome.clean),
    }


def _ratio(found: int, other: int) -> float:
    return found / (found + other) if found + other else 1.0


def _share(score: figures_eval.Score) -> float:
    return score.right / score.total if score.total else 1.0


# --- floors ----------------------------------------------------------------------------


def corpus_hash() -> str:
    """A hash of everything that the measures depend on, but for the library."""
    digest = hashlib.sha256()
    for pattern in CORPUS:
        for path in sorted((ROOT / "corpus").glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def load_floors() -> tuple[str, Measures]:
    """The hash of the corpus that the floors were measured on, and the floors."""
    if not FLOORS.exists():
        return "", {}
    data = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return str(data["corpus"]), {name: float(value) for name, value in data["floors"].items()}


def below(measures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """The measures that are below their floor, or gone, one line each."""
    return [
        f"{name}: {measures.get(name, 0):.{PLACES}f} is below the floor of {floor:.{PLACES}f}"
        for name, floor in floors.items()
        if _cut(measures.get(name, 0)) < floor
    ]


def lifted(measures: Mapping[str, float], floors: Mapping[str, float], *, lower: bool) -> Measures:
    """The floors after measuring: what was measured, but never less than before, or also less."""
    return {
        name: _cut(value) if lower else max(_cut(value), floors.get(name, 0))
        for name, value in measures.items()
    }


def write_floors(floors: Mapping[str, float]) -> None:
    """Pin the floors for the corpus as it is."""
    lines = [f'"{name}" = {value:.{PLACES}f}' for name, value in floors.items()]
    text = f'{HEAD}corpus = "{corpus_hash()}"\n\n[floors]\n' + "\n".join(lines) + "\n"
    FLOORS.write_text(text, encoding="utf-8")


def _cut(value: float) -> float:
    # Cut off, not rounded: a floor must never lie above what was measured.
    return int(value * 10**PLACES) / 10**PLACES


# --- the command -----------------------------------------------------------------------


def table(measures: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """The measures beside their floors."""
    rows = [f"{'measure':34}{'measured':>10}{'floor':>10}"]
    rows += [
        f"{name:34}{value:10.{PLACES}f}{floors.get(name, 0):10.{PLACES}f}"
        for name, value in measures.items()
    ]
    return "\n".join(rows)


def _listed(faults: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(
        f"{len(those):5} {cause}\n" + "\n".join(f"        {line}" for line in those)
        for cause, those in sorted(faults.items(), key=lambda one: -len(one[1]))
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and compare with the floors or pin them."""
    parser = argparse.ArgumentParser(description="Measure the library over the corpus.")
    parser.add_argument("--check", action="store_true", help="fail below a floor")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors")
    parser.add_argument("--lower", action="store_true", help="with --raise: let floors fall")
    parser.add_argument("--errors", action="store_true", help="list what goes wrong")
    options = parser.parse_args(arguments)
    measures, faults = measure()
    pinned, floors = load_floors()
    print(table(measures, floors))
    if options.errors:
        print(_listed(faults))
    wrong = below(measures, floors)
    if pinned != corpus_hash() and options.check:
        wrong.append("the corpus is not the one that the floors were measured on: use --raise")
    if options.lift:
        wrong = [] if options.lower else wrong
        write_floors(lifted(measures, floors, lower=options.lower))
    print(*wrong, sep="\n")
    return 1 if wrong and (options.check or options.lift) else 0


if __name__ == "__main__":
    sys.exit(main())
