"""Plants slips in consistent reports and counts what is detected, localised and falsely flagged.

    python -m benchmarks.mutations [--trials 2400] [--seed 1] [--corpus]

The reports are made from seed numbers, or with ``--corpus`` are those of corpus/reports in which
nothing is wrong.

One, two or three numbers of a report (cells, totals, review cells, figures of the narrative) are
changed as a hand or an eye slips: digits transposed, dropped or doubled, off by one, a
neighbour's number, last year's number. Detected: some error is found. Localised: the best
repairs are exactly the planted places with their true values. A place that no equation covers
cannot be detected; such slips are counted and named apart.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from time import process_time

import gipr_nlp
from benchmarks.synthetic import consistent_report
from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.equations import Reading
from gipr_nlp.figures.text.heading import read_heading
from gipr_nlp.interval import Interval, plain
from gipr_nlp.reconcile import Verdict, reconcile
from gipr_nlp.reconcile.shares import last_place
from gipr_nlp.records import Cell, Document, Figure, Finding, Narrative, Repair, Table

SLIPS = ("transposed", "dropped_digit", "doubled_digit", "off_by_one", "neighbour", "last_year")
#: Where slips are planted. A number of table two stands against one figure at most, and nothing
#: tells which of the two is wrong: such cells are left out.
KINDS = ("cell", "total", "review", "figure")
_REPORTS = 60
_CORPUS = Path(__file__).parent.parent / "corpus" / "reports"


@dataclass
class Tally:
    """Counts of one kind of place, or of one number of slips."""

    trials: int = 0
    detected: int = 0
    localised: int = 0
    listed: int = 0

    def line(self, name: str) -> str:
        """The counts as one line of the report."""
        share = [
            100 * n / max(self.trials, 1) for n in (self.detected, self.localised, self.listed)
        ]
        return f"{name:<22}{self.trials:>7}{share[0]:>11.2f}%{share[1]:>11.2f}%{share[2]:>11.2f}%"


@dataclass(frozen=True)
class Subject:
    """A report to plant slips in: what the reconciler is given."""

    narrative: Narrative
    tables: tuple[Table, ...]
    document: Document
    year: int | None

    def verdict(self) -> Verdict:
        """What reconciling finds."""
        return reconcile(
            self.narrative,
            self.tables,
            default_catalogue(),
            document=self.document,
            heading=replace(read_heading(self.document), year=self.year),
            compliance=False,
        )


@dataclass
class Outcome:
    """All that one run of the benchmark measured."""

    by_place: dict[str, Tally] = field(default_factory=dict)
    by_count: dict[int, Tally] = field(default_factory=dict)
    uncovered: Counter[str] = field(default_factory=Counter)
    false_errors: int = 0
    clean: int = 0
    slowest: dict[int, float] = field(default_factory=dict)


def synthetic_subjects(seed: int) -> list[Subject]:
    """Reports made from seed numbers."""
    built = [consistent_report(seed * 1000 + n) for n in range(_REPORTS)]
    return [Subject(one.narrative, one.tables, one.document, one.year) for one in built]


def corpus_subjects() -> list[Subject]:
    """The reports of the corpus that have tables and in which nothing is wrong."""
    subjects = []
    for gold in sorted(_CORPUS.glob("*.gold.json")):
        wanted = json.loads(gold.read_text(encoding="utf-8"))
        report = gipr_nlp.read(_CORPUS / Path(wanted["file"]).name)
        if report.tables and not wanted["findings"] and not wanted["planted"]:
            narrative = Narrative(
                sections=report.sections,
                figures=report.figures,
                unbound=report.unbound,
                claims=report.claims,
            )
            subjects.append(Subject(narrative, report.tables, report.document, report.year))
    return subjects


def run(trials: int, seed: int, subjects: list[Subject] | None = None) -> Outcome:
    """Plants ``trials`` sets of slips: half of them single, the rest pairs and triples."""
    random = Random(seed)
    outcome = Outcome()
    reports = synthetic_subjects(seed) if subjects is None else subjects
    covered = []
    clean = []
    for report in reports:
        verdict = report.verdict()
        errors = sum(one.severity == "error" for one in verdict.findings)
        outcome.clean += 1
        outcome.false_errors += errors
        if not errors:
            clean.append(report)
            covered.append(_covered(report, verdict))
    # The reports that wait for their turn are no part of what one report costs the collector.
    gc.collect()
    gc.freeze()
    while sum(tally.trials for tally in outcome.by_count.values()) < trials:
        n = random.randrange(len(clean))
        count = random.choices([1, 2, 3], [2, 1, 1])[0]
        _trial(clean[n], covered[n], count, random, outcome)
    return outcome


def _trial(
    report: Subject, covered: frozenset[str], count: int, random: Random, outcome: Outcome
) -> None:
    slips = _plant(report, covered, count, random, outcome.uncovered)
    if slips is None:
        return
    changed = _changed(report, slips)
    start = process_time()
    verdict = changed.verdict()
    elapsed = process_time() - start
    outcome.slowest[count] = max(outcome.slowest.get(count, 0.0), elapsed)
    tallies = [outcome.by_count.setdefault(count, Tally())]
    if count == 1:
        tallies.append(outcome.by_place.setdefault(_kind(next(iter(slips))), Tally()))
    truth = {ref: plain(_value(report, ref)) for ref in slips}
    detected = any(one.severity == "error" for one in verdict.findings)
    best, listed = _proposed(verdict.repairs, truth)
    for tally in tallies:
        tally.trials += 1
        tally.detected += detected
        tally.localised += best
        tally.listed += listed


def _proposed(repairs: Iterable[Repair], truth: dict[str, str]) -> tuple[bool, bool]:
    """Whether the best repairs together are the truth, and whether the listed ones contain it."""
    best: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    anywhere: set[tuple[str, str]] = set()
    for repair in repairs:
        if repair.explains not in seen:
            seen.add(repair.explains)
            best |= {change.ref: change.proposed for change in repair.changes}
        anywhere |= {(change.ref, change.proposed) for change in repair.changes}
    return best == truth, set(truth.items()) <= anywhere


# --- planting -----------------------------------------------------------------------------


def _plant(
    report: Subject,
    covered: frozenset[str],
    count: int,
    random: Random,
    uncovered: Counter[str],
) -> dict[str, Decimal] | None:
    """``count`` slips in places that some equation covers; the others are counted by name."""
    places = [*_cells(report), *(figure.id for figure in report.narrative.figures)]
    slips: dict[str, Decimal] = {}
    for _ in range(50 * count):
        ref = _pick(places, random)
        value = _slip(report, ref, random)
        if value is None or value == _value(report, ref) or ref in slips:
            continue
        if ref in covered:
            slips[ref] = value
        else:
            uncovered[f"{_kind(ref)} {_name(report, ref)}"] += 1
        if len(slips) == count:
            return slips
    return None


def _pick(places: list[str], random: Random) -> str:
    by_kind = {kind: [ref for ref in places if _kind(ref) == kind] for kind in KINDS}
    return random.choice(by_kind[random.choice([kind for kind in KINDS if by_kind[kind]])])


def _slip(report: Subject, ref: str, random: Random) -> Decimal | None:
    """A slip of the number at ``ref``; ``None`` where the slip that was drawn cannot befall it."""
    value = _value(report, ref)
    slip = random.choice(SLIPS)
    if "/" not in ref and "成" in _figures(report)[ref].text:
        return None
    if slip == "off_by_one":  # a miscount: nobody miscounts what did not happen
        return value + random.choice([1, -1]) if value else None
    if slip == "neighbour":
        return random.choice(_beside(report, ref))
    if slip == "last_year":
        return (value * random.randint(60, 140) / 100).to_integral_value()
    slipped = _slipped_digits(plain(value), slip, random)
    # A slip that befalls the decimal point leaves no number.
    return Decimal(slipped) if slipped and slipped.replace(".", "", 1).isdigit() else None


def _slipped_digits(digits: str, slip: str, random: Random) -> str | None:
    place = random.randrange(len(digits))
    if "." in digits or (len(digits) < 2 and slip != "doubled_digit"):
        return None
    if slip == "transposed":
        place = min(place, len(digits) - 2)
        return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if slip == "dropped_digit":
        return digits[:place] + digits[place + 1 :]
    return digits[: place + 1] + digits[place:] if digits != "0" else None


def _beside(report: Subject, ref: str) -> list[Decimal]:
    refs = [one.ref for one in _all_cells(report)] if "/" in ref else list(_figures(report))
    place = refs.index(ref)
    return [_value(report, one) for one in refs[max(place - 1, 0) : place + 2] if one != ref]


def _changed(report: Subject, slips: dict[str, Decimal]) -> Subject:
    tables = tuple(
        table.model_copy(update={"cells": tuple(_cell(one, slips) for one in table.cells)})
        for table in report.tables
    )
    figures = tuple(_figure(one, slips) for one in report.narrative.figures)
    narrative = report.narrative.model_copy(update={"figures": figures})
    return replace(report, tables=tables, narrative=narrative)


def _cell(cell: Cell, slips: dict[str, Decimal]) -> Cell:
    if cell.ref not in slips:
        return cell
    value = slips[cell.ref]
    return cell.model_copy(
        update={
            "value": value,
            "raw": plain(value),
            "interval": Interval.point(value),
            "state": "stated",
        }
    )


def _figure(figure: Figure, slips: dict[str, Decimal]) -> Figure:
    if figure.id not in slips:
        return figure
    value = slips[figure.id]
    interval, text = Interval.point(value), figure.text.replace(plain(figure.value), plain(value))
    if figure.unit == "%":
        last = last_place(figure.text)
        interval, text = Interval.rounded(value, last), f"{value.quantize(last)}%"
    return figure.model_copy(update={"value": value, "interval": interval, "text": text})


# --- places -------------------------------------------------------------------------------


def _all_cells(report: Subject) -> Iterator[Cell]:
    for table in report.tables:
        yield from (cell for cell in table.cells if cell.state == "stated")


def _cells(report: Subject) -> list[str]:
    return [cell.ref for cell in _all_cells(report)]


def _figures(report: Subject) -> dict[str, Figure]:
    return {figure.id: figure for figure in report.narrative.figures}


def _value(report: Subject, ref: str) -> Decimal:
    if "/" not in ref:
        return _figures(report)[ref].value
    value = next(cell.value for cell in _all_cells(report) if cell.ref == ref)
    return Decimal(0) if value is None else value


def _kind(ref: str) -> str:
    if "/" not in ref:
        return "figure"
    table, row, column = ref.split("/")
    if table == "reviews":
        return "review"
    if table == "proactive":
        return "proactive"
    return "total" if column == "total" or row == "requests_answered" else "cell"


def _name(report: Subject, ref: str) -> str:
    return ref if "/" in ref else _figures(report)[ref].metric


def _covered(report: Subject, verdict: Verdict) -> frozenset[str]:
    """The places whose number some equation determines in the clean report."""
    told = {term.ref for one in verdict.findings if _determines(one) for term in one.terms}
    shares = {one.terms[0].ref for one in verdict.findings if one.check == "share"}
    summed = {ref for ref in _cells(report) if ref.startswith(("requests/", "reviews/"))}
    return frozenset(told | shares | summed)


def _determines(finding: Finding) -> bool:
    """Whether the finding is an agreement that any other number would break."""
    if finding.severity != "ok" or finding.expected != finding.actual or finding.check == "share":
        return False
    if finding.reading is None:
        return True
    reading = default_catalogue().all(Reading)[finding.reading]
    in_table = any(term.kind == "cell" and term.value is not None for term in finding.terms)
    return reading.severity == "error" and in_table


def main() -> None:
    """Runs the benchmark and prints what it measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", action="store_true")
    options = parser.parse_args()
    subjects = corpus_subjects() if options.corpus else None
    outcome = run(options.trials, options.seed, subjects)
    print(f"{'':<22}{'trials':>7}{'detected':>12}{'best':>12}{'listed':>12}")
    for name, tally in sorted(outcome.by_place.items()):
        print(tally.line(f"one slip: {name}"))
    for count, tally in sorted(outcome.by_count.items()):
        print(tally.line(f"{count} slip(s)"))
    print(f"clean reports: {outcome.clean}, errors in them: {outcome.false_errors}")
    for count, seconds in sorted(outcome.slowest.items()):
        print(f"slowest with {count} slip(s): {1000 * seconds:.1f} ms")
    print(f"not covered by any equation: {sum(outcome.uncovered.values())}")
    for name, count in outcome.uncovered.most_common():
        print(f"  {count:>5}  {name}")


if __name__ == "__main__":
    main()
