"""What came of holding a figure of the narrative against the tables, put into words.

A ``Telling`` speaks of the ``Trial``s of one figure: the readings that were tried, the first first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gipr_nlp.catalogue.equations import Reading, Strength
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import GRAVITY, Result
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand, printed
from gipr_nlp.records import Cell, Figure, Outcome, Severity

_CHECK = "narrative_table"


@dataclass(frozen=True, slots=True)
class Trial:
    """One reading of a figure: what the cells give under it, and how that compares."""

    reading: Reading
    cells: Sum
    unknown: tuple[Cell, ...]
    filled: bool
    primary: bool
    strength: Strength
    result: Result | None

    @property
    def plain(self) -> bool:
        """Whether this is what the words of the metric say by themselves."""
        return self.reading.order == 1 and not self.reading.only_with_cue


class Telling:
    """The words for what came of holding ``figure`` against the tables."""

    def __init__(self, figure: Figure, trials: Sequence[Trial], labels: Labels) -> None:
        self.figure = figure
        self.trials = trials
        self.labels = labels
        self.own = Sum.of(figure_operand(figure))
        quote = labels.quote(figure)
        self.said = f"正文称“{quote}”"
        self.said_en = f"the narrative says '{quote}'"

    def _check(self, trial: Trial, result: Result, zh: str, en: str) -> Check:
        return Check(
            _CHECK,
            result,
            f"{self.said}，{zh}",
            f"{self.said_en}, {en}",
            self.own,
            trial.cells,
            reading=trial.reading.id,
            bond="equal" if trial.primary and _binds(result) else None,
        )

    def _table(self, trial: Trial) -> tuple[str, str]:
        reading = trial.reading
        written, value = trial.cells.arithmetic(), trial.cells.total()
        sum_ = value if written == value else f"{written} = {value}"
        if any(one.derived for one in trial.cells.operands):
            return (
                f"表格“{reading.zh}”为 {sum_}（总计未填，按各列之和计）",
                f"the table ({reading.en}) says {sum_} (its total is blank: the sum of the columns)",
            )
        return f"表格“{reading.zh}”为 {sum_}", f"the table ({reading.en}) says {sum_}"

    def agrees(self, trial: Trial) -> Check:
        """The figure fits what its words say by themselves."""
        zh, en = self._table(trial)
        assert trial.result is not None
        return self._check(trial, trial.result, zh, en)

    def rescued(self, trial: Trial) -> Check:
        """The figure fits under another reading than the first."""
        first, first_en = self._table(self.trials[0])
        zh, en = self._table(trial)
        outcome = trial.result.outcome if trial.result else "exact"
        severity: Severity = "note" if trial.strength != "none" else "warning"
        return self._check(
            trial,
            Result(outcome, severity),
            f"与{first}不符，但按另一口径与{zh}相符",
            f"which differs from what {first_en}, but agrees under another reading: {en}",
        )

    def unknown(self) -> Check:
        """The cells that it would have to fit are missing or ambiguous."""
        trial = self.trials[0]
        gaps = "、".join(self.labels.cell(cell.ref) for cell in trial.unknown)
        gaps_en = "; ".join(self.labels.cell_en(cell.ref) for cell in trial.unknown)
        return self._check(
            trial,
            Result("not_comparable", "note"),
            f"表格中{gaps}缺失或不能确定，无法核对",
            f"but the table's cells are missing or ambiguous: {gaps_en}",
        )

    def excluded(self, reason: tuple[str, str]) -> Check:
        """The figure speaks of something else than the table, for ``reason``."""
        trial = self.trials[0]
        zh, en = self._table(trial)
        result = Result("not_comparable", "note")
        check = self._check(
            trial, result, f"{reason[0]}，不与{zh}核对", f"{reason[1]}; not compared: {en}"
        )
        return replace(check, apart=True)

    def unfilled(self) -> Check:
        """The table was not filled in at all."""
        return self._check(
            self.trials[0],
            Result("mismatch", "warning"),
            "而表格整张未填",
            "but the table was not filled in",
        )

    def mismatch(self, lookalike: str | None) -> Check:
        """The figure fits under no reading; ``lookalike`` is the cell that has its number."""
        first = next(trial for trial in self.trials if trial.result is not None)
        zh, en = self._table(first)
        assert first.result is not None
        outcome: Outcome = "claim_mismatch" if self.figure.in_words else "mismatch"
        severity = _capped(first.result.severity, first.reading.severity)
        if self.figure.bound_by == "model":
            severity = _capped(severity, "warning")
        own, other = printed(self.own.operands[0]), first.cells.total()
        tail, tail_en = self._tried(first)
        if lookalike is not None:
            tail += f"；该数与表格“{self.labels.cell(lookalike)}”相同"
            tail_en += f"; the number is that of the cell '{self.labels.cell_en(lookalike)}'"
        return self._check(
            first,
            Result(outcome, severity),
            f"{zh}：{own} ≠ {other}{tail}",
            f"{en}: {own} ≠ {other}{tail_en}",
        )

    def _tried(self, first: Trial) -> tuple[str, str]:
        """The other readings with their values, each value once."""
        told: dict[str, tuple[str, str]] = {first.cells.total(): ("", "")}
        for trial in self.trials:
            if trial.result is not None:
                told.setdefault(trial.cells.total(), (trial.reading.zh, trial.reading.en))
        rest = list(told.items())[1:]
        if not rest:
            return "", ""
        zh = "、".join(f"{names[0]} {value}" for value, names in rest)
        en = ", ".join(f"{names[1]} {value}" for value, names in rest)
        return f"（其他口径也不符：{zh}）", f" (other readings do not fit either: {en})"


def _binds(result: Result) -> bool:
    return result.holds or result.severity == "error"


def _capped(severity: Severity, cap: Severity) -> Severity:
    return min(severity, cap, key=lambda one: GRAVITY[one])
