"""How well the complete reports of the corpus are read and checked, end to end.

The figures are counted as `figures_eval.py` counts those of passages, after their places in the
authored narrative have been found again in the text that the library read off the stored file.
Cells and findings are held against `NAME.gold.json`. A finding of severity error that touches
no place where something was planted is a false error.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import build  # noqa: E402
import figures_eval  # noqa: E402
import passages  # noqa: E402

from gipr_nlp import analysis, sources  # noqa: E402
from gipr_nlp.records import Cell, Finding, Report  # noqa: E402

RANKS = {"ok": 0, "note": 1, "warning": 2, "error": 3}


@dataclass
class Outcome:
    """What was measured over a set of reports, and what went wrong, by cause."""

    figures: figures_eval.Result = field(default_factory=figures_eval.Result)
    reports: int = 0
    heading: figures_eval.Score = field(default_factory=figures_eval.Score)
    cells: dict[str, int] = field(default_factory=lambda: {"right": 0, "ambiguous": 0, "wrong": 0})
    forms: figures_eval.Score = field(default_factory=figures_eval.Score)
    detected: figures_eval.Score = field(default_factory=figures_eval.Score)
    errors_true: int = 0
    errors_false: int = 0
    clean: figures_eval.Score = field(default_factory=figures_eval.Score)
    warnings_on_clean: int = 0
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def precision(self) -> float:
        """The share of errors raised that touch a planted place."""
        raised = self.errors_true + self.errors_false
        return self.errors_true / raised if raised else 1.0


def score(names: Sequence[str] | None = None) -> Outcome:
    """Read and check the reports (all by default) and hold them against their gold."""
    outcome = Outcome()
    for name in names or build.names():
        authored = build.load(name)
        gold = json.loads((build.REPORTS / f"{name}.gold.json").read_text(encoding="utf-8"))
        report = analysis.read(build.REPORTS / gold["file"])
        marked = placed(authored.passage, report)
        outcome.reports += 1
        _score_heading(gold, report, outcome)
        figures_eval.add(marked, report, outcome.figures)
        _score_cells(gold, report, outcome)
        _score_findings(gold, marked, report, outcome)
    return outcome


# --- places ----------------------------------------------------------------------------


def placed(passage: passages.Passage, report: Report) -> passages.Passage:
    """``passage`` with the offsets of ``report.document.text``; (0, 0) for what is not there."""
    place = _Places(passage.text, report.document.text)

    def moved(marks: Iterable[Any]) -> tuple[Any, ...]:
        spans = [place.of(mark.start, mark.end) for mark in marks]
        return tuple(
            replace(mark, start=start, end=end)
            for mark, (start, end) in zip(marks, spans, strict=True)
        )

    return replace(
        passage,
        text=report.document.text,
        figures=moved(passage.figures),
        non_figures=moved(passage.non_figures),
        topics=moved(passage.topics),
    )


class _Places:
    """Finds where the characters of the authored text stand in the text that was read.

    The authored text is folded as the library folds text; then each of its lines is looked for,
    in order and without its spaces, so that the layout of the stored file does not matter.
    """

    def __init__(self, authored: str, read: str) -> None:
        folded = sources.text_document(authored)
        self._origin = folded.origin or tuple(range(len(folded.text) + 1))
        self._place: dict[int, int] = {}
        squeezed, offsets = _squeezed(read)
        cursor = 0
        for start, line in _lines(folded.text):
            words, inner = _squeezed(line)
            found = squeezed.find(words, cursor) if words else -1
            if found < 0:
                continue
            cursor = found + len(words)
            for step, offset in enumerate(inner):
                self._place[start + offset] = offsets[found + step]

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text that was read of a span of the authored text."""
        first, last = bisect_left(self._origin, start), bisect_left(self._origin, end)
        held = [self._place[here] for here in range(first, last) if here in self._place]
        return (held[0], held[-1] + 1) if held else (0, 0)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """``text`` without spaces, and where each character that is left stood."""
    kept = [(character, place) for place, character in enumerate(text) if not character.isspace()]
    return "".join(character for character, _ in kept), [place for _, place in kept]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


# --- heading and cells -----------------------------------------------------------------


def _score_heading(gold: Mapping[str, Any], report: Report, outcome: Outcome) -> None:
    for what in ("organization", "year"):
        right = getattr(report, what) == gold[what]
        outcome.heading.add(right)
        if not right:
            outcome.faults["heading"].append(f"{gold['name']}: {what} {getattr(report, what)!r}")


def _score_cells(gold: Mapping[str, Any], report: Report, outcome: Outcome) -> None:
    found: dict[str, tuple[str, Cell]] = {}
    for table in report.tables:
        for cell in table.cells:
            found.setdefault(cell.ref, (table.form, cell))
    for cell in gold["cells"]:
        form, read = found.get(cell["ref"], ("", None))
        verdict = _verdict(cell, read)
        outcome.cells[verdict] += 1
        other_form = "form" in cell and form != cell["form"]
        if "form" in cell:
            outcome.forms.add(not other_form)
        if verdict == "wrong" or other_form:
            told = f"{read.state} {read.raw!r}" if read else "no such cell"
            outcome.faults["cell" if verdict == "wrong" else "form"].append(
                f"{gold['name']}: {cell['ref']} printed {cell['raw']!r}: {told} (form {form})"
            )


def _verdict(cell: Mapping[str, str], read: Cell | None) -> str:
    if read is not None and read.state == "ambiguous":
        return "ambiguous"
    if read is None or read.state != cell["state"]:
        return "wrong"
    same = cell["state"] != "stated" or read.value == Decimal(cell["value"])
    return "right" if same else "wrong"


# --- findings --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Where:
    """A place that a finding may speak of: a cell by its name, a figure by where it stands."""

    cell: str | None
    start: int = 0
    end: int = 0

    def named_by(self, finding: Finding) -> bool:
        """Whether a term of ``finding`` is this place, or lies on it (a claim with its number)."""
        if self.cell is not None:
            return any(term.ref == self.cell for term in finding.terms)
        return any(
            term.start is not None
            and term.end is not None
            and term.start < self.end
            and self.start < term.end
            for term in finding.terms
        )


def _where(place: Mapping[str, Any], marked: passages.Passage) -> _Where:
    if "cell" in place:
        return _Where(place["cell"])
    mark = marked.figures[place["figure"]]
    return _Where(None, mark.start, mark.end)


def _score_findings(
    gold: Mapping[str, Any], marked: passages.Passage, report: Report, outcome: Outcome
) -> None:
    for expected in gold["findings"]:
        places = [_where(place, marked) for place in expected["places"]]
        right = any(_answers(finding, expected, places) for finding in report.findings)
        outcome.detected.add(right)
        if not right:
            outcome.faults["not detected"].append(f"{gold['name']}: {expected}")
    planted = [_where(place, marked) for place in gold["planted"]]
    errors = [finding for finding in report.findings if finding.severity == "error"]
    for finding in errors:
        touches = any(place.named_by(finding) for place in planted)
        outcome.errors_true += touches
        outcome.errors_false += not touches
        if not touches:
            outcome.faults["false error"].append(f"{gold['name']}: {finding.message}")
    if not planted:
        _score_clean(gold, report, outcome)


def _score_clean(gold: Mapping[str, Any], report: Report, outcome: Outcome) -> None:
    outcome.clean.add(all(finding.severity != "error" for finding in report.findings))
    warnings = [finding for finding in report.findings if finding.severity == "warning"]
    outcome.warnings_on_clean += len(warnings)
    for finding in warnings:
        outcome.faults["warning on a clean report"].append(f"{gold['name']}: {finding.message}")


def _answers(finding: Finding, expected: Mapping[str, Any], places: Sequence[_Where]) -> bool:
    """Whether ``finding`` says what was expected: severe enough, and of every place."""
    if RANKS[finding.severity] < RANKS[expected["severity"]]:
        return False
    if "outcome" in expected and finding.outcome != expected["outcome"]:
        return False
    return all(place.named_by(finding) for place in places)
