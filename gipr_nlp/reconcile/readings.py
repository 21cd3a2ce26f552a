"""The narrative against the tables: every figure under the readings that its metric admits.

The first reading is what the words say. A later one can only rescue a figure that the first
does not fit, needs its sign in the words (the smaller the number, the stronger the sign, see
policies.toml), and stays visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy, Reading, Rescue, Strength
from gipr_nlp.reconcile.checks import Check
from gipr_nlp.reconcile.comparison import compare
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.reconcile.telling import Telling, Trial
from gipr_nlp.records import Figure

_STRENGTH: dict[Strength, int] = {"none": 0, "hint": 1, "cue": 2}
# From what size on a cell with the same number is no accident: in the row compared, or anywhere.
_SMALLEST_LOOKALIKE = 5
_SMALLEST_ELSEWHERE = 100


@dataclass(frozen=True)
class Reader:
    """Holds figures against sheets by the readings of ``catalogue``."""

    catalogue: Catalogue
    sheets: Sequence[Sheet]
    context: Context
    labels: Labels

    def check(self, figure: Figure) -> Check | None:
        """The comparison of ``figure`` with the tables; ``None`` where there is nothing to compare."""
        if not _is_comparable(figure):
            return None
        trials = _as_far_as_needed(self._trials(figure))
        if not trials:
            return None
        told = Telling(figure, trials, self.labels)
        known = [trial for trial in trials if trial.result is not None]
        if not known:
            return told.unknown()
        verdict = self._verdict(figure, known, told)
        if known[0].result is None or known[0].result.holds:
            return verdict
        reason = self._excluded(figure, known[0])
        if reason is None and verdict.failed:
            reason = self._excluded_by_words(figure)
        return verdict if reason is None else told.excluded(reason)

    def _verdict(self, figure: Figure, trials: list[Trial], told: Telling) -> Check:
        first = trials[0]
        fitting = [trial for trial in trials if trial.result is not None and trial.result.holds]
        for trial in fitting:
            if trial is first or trial.plain:
                return told.agrees(trial)
        for trial in fitting:
            if self._may_rescue(figure, trial):
                return told.rescued(trial)
        if not first.filled:
            return told.unfilled()
        return told.mismatch(self._lookalike(figure, first))

    # --- trials ---------------------------------------------------------------------------

    def _trials(self, figure: Figure) -> Iterator[Trial]:
        margin = _number(self.catalogue, "approximate_margin")
        own = Sum.of(figure_operand(figure))
        for reading, strength in self._readings(figure):
            for sheet in self.sheets:
                found = sheet.sum_of(reading.cells.replace("{metric}", figure.metric))
                if found is None:
                    continue
                cells, unknown = found
                result = (
                    None
                    if unknown
                    else compare(own, cells, approximate=figure.approximate, margin=margin)
                )
                yield Trial(
                    reading,
                    cells,
                    unknown,
                    _is_filled(sheet, cells),
                    sheet.primary,
                    strength,
                    result,
                )
                if result is None or result.holds:
                    break

    def _readings(self, figure: Figure) -> Iterator[tuple[Reading, Strength]]:
        """The readings that can be tried, with the sign that the words give; best first.

        A reading for the very whole that the figure is part of comes before the plain one.
        """
        wholes = {whole.metric for whole in self.context.wholes(figure)}
        readings = readings_of(self.catalogue, figure.metric)
        for reading in sorted(readings, key=lambda one: wholes.isdisjoint(one.wholes)):
            strength = self._strength(reading, figure, wholes)
            if strength == "cue" or not reading.only_with_cue:
                yield reading, strength

    def _strength(self, reading: Reading, figure: Figure, wholes: set[str]) -> Strength:
        if (reading.order == 1 and not reading.only_with_cue) or not wholes.isdisjoint(
            reading.wholes
        ):
            return "cue"
        if reading.cue and re.search(reading.cue, self.context.clause(figure)):
            return "cue"
        if reading.hint and re.search(reading.hint, self.context.sentence(figure)):
            return "hint"
        return "none"

    def _may_rescue(self, figure: Figure, trial: Trial) -> bool:
        rungs = self.catalogue.all(Rescue).values()
        needed = max(
            (rung for rung in rungs if rung.at_least <= abs(figure.value)),
            key=lambda rung: rung.at_least,
        ).needs
        return _STRENGTH[trial.strength] >= _STRENGTH[needed]

    # --- what is not compared ---------------------------------------------------------------

    def _excluded(self, figure: Figure, trial: Trial) -> tuple[str, str] | None:
        """Why the figure speaks of something else than the table does."""
        chain = [figure, *self.context.wholes(figure)]
        scopes = [one.scope for one in chain if one.scope and not self._is_own(one.scope)]
        scope = next(iter(scopes), None)
        if scope is not None:
            return f"所述范围为“{scope}”", f"it speaks of '{scope}'"
        if any(not _this_year(one) for one in chain):
            return "所属整体不是本年数", "it is part of a figure of another period"
        for whole in chain[1:]:
            if self._wide_scope(whole) is not None:
                break  # the part of a whole county that is this department's is the table's
            if self._is_narrower(whole, figure, trial.reading):
                words = self.labels.quote(whole)
                return f"只是“{words}”中的一部分", f"it is only part of '{words}'"
        return None

    def _is_narrower(self, whole: Figure, part: Figure, reading: Reading) -> bool:
        """Whether being part of ``whole`` makes ``part`` less than all that the table counts."""
        populations = self.catalogue.all(Policy)["populations"].metrics
        known = {*populations, *reading.wholes}
        return whole.metric == part.metric or whole.metric not in known

    def _excluded_by_words(self, figure: Figure) -> tuple[str, str] | None:
        """Why the words may speak of something else than the table does, though they do not say."""
        if self._is_part_in_words(figure):
            return "“其中”所引，只是一部分", "introduced by 其中, it is only part"
        other = self.catalogue.all(Policy)["other_requests"].words or ""
        if re.search(other, self.context.lead(figure)):
            return "所述可能是其他事项的申请", "it may speak of requests for something else"
        wide = self._wide_scope(figure)
        if wide is not None:
            body = self.context.organization
            return (
                f"所述为“{wide}”，而表格是{body}的",
                f"it speaks of '{wide}', while the table is that of {body}",
            )
        return None

    def _is_own(self, scope: str) -> bool:
        """Whether ``scope`` names the reporting body itself: 本机关, the end of its name.

        县政府本级 is the county government's office where the office reports, and less than the
        county where the county does.
        """
        name = self.context.organization.replace("人民", "")
        said = scope.replace("人民", "")
        if said.endswith("本级"):
            narrow = self.catalogue.all(Policy)["narrow_body"].words or ""
            return bool(re.search(narrow, name)) and said.removesuffix("本级") in name
        return said.startswith(("本", "我")) or name.endswith(said)

    def _wide_scope(self, figure: Figure) -> str | None:
        """The words by which a department's report speaks of more than the department."""
        policies = self.catalogue.all(Policy)
        wide = re.search(policies["wide_scope"].words or "", self.context.lead(figure))
        narrow = policies["narrow_body"].words or ""
        is_narrow = wide and re.search(narrow, self.context.organization)
        return str(wide.group()) if wide and is_narrow else None

    def _is_part_in_words(self, figure: Figure) -> bool:
        """Whether 其中 introduces the figure, of a metric that the narrative states before it."""
        if not self.context.lead(figure).startswith("其中"):
            return False
        return any(
            one.metric == figure.metric
            and one.end <= figure.start
            and one.scope is None
            and self._wide_scope(one) is None
            for one in self.context.figures.values()
        )

    def _lookalike(self, figure: Figure, trial: Trial) -> str | None:
        """The one cell that holds the figure's number: in the rows compared, or else in the table."""
        if abs(figure.value) < _SMALLEST_LOOKALIKE:
            return None
        rows = {one.ref.rpartition("/")[0] for one in trial.cells.operands}
        tables = {row.partition("/")[0] for row in rows}
        alike = [
            ref
            for sheet in self.sheets
            for ref, operand in sheet.operands.items()
            if operand.value == figure.value and ref.partition("/")[0] in tables
        ]
        beside = [ref for ref in alike if ref.rpartition("/")[0] in rows]
        if not beside and abs(figure.value) >= _SMALLEST_ELSEWHERE:
            beside = alike
        return beside[0] if len(beside) == 1 else None


@lru_cache(maxsize=1024)
def readings_of(catalogue: Catalogue, metric: str) -> tuple[Reading, ...]:
    """The readings of ``metric`` in order, its own before those that serve every metric."""
    rows = [one for one in catalogue.all(Reading).values() if one.metric in {metric, "*"}]
    return tuple(sorted(rows, key=lambda one: (one.metric == "*", one.order)))


def check_narrative(figures: Iterable[Figure], reader: Reader) -> list[Check]:
    """Every figure that the tables state too, held against them."""
    checks = (reader.check(figure) for figure in figures)
    return [check for check in checks if check is not None]


def _as_far_as_needed(trials: Iterable[Trial]) -> list[Trial]:
    """The trials that say something, up to the first that compares, if it holds: no later one
    is asked then."""
    told: list[Trial] = []
    for trial in trials:
        if trial.result or trial.unknown:
            is_first = all(one.result is None for one in told)
            told.append(trial)
            if is_first and trial.result is not None and trial.result.holds:
                break
    return told


def _is_comparable(figure: Figure) -> bool:
    return figure.relation in {None, "part"} and _this_year(figure)


def _this_year(figure: Figure) -> bool:
    """What was carried in is a figure of this report, though it came from the year before."""
    return figure.period == "this_year" or figure.metric == "requests_carried_in"


def _is_filled(sheet: Sheet, cells: Sum) -> bool:
    return any(one.ref.partition("/")[0] in sheet.filled for one in cells.operands)


def _number(catalogue: Catalogue, policy: str) -> Decimal:
    return catalogue.all(Policy)[policy].number or Decimal(0)
