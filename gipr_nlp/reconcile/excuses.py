"""Why the parts of a list may exceed its whole without anything being wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Figure


@dataclass(frozen=True, slots=True)
class PartList:
    """A whole and one list of its parts, in the order of the text."""

    whole: Figure
    parts: tuple[Figure, ...]
    closed: bool


def is_above(parts: Sum, whole: Figure) -> bool:
    """Whether the least that ``parts`` can be exceeds the most that ``whole`` can be."""
    low, high = parts.interval.low, whole.interval.high
    return low is not None and high is not None and low > high


class Excuses:
    """What an auditor knows of lists: channels overlap, lists nest, wholes go by several numbers."""

    def __init__(self, context: Context, sheets: Sequence[Sheet], catalogue: Catalogue) -> None:
        self.context = context
        self.sheets = sheets
        self.policies = catalogue.all(Policy)
        self.metrics = catalogue.all(Metric)
        self.summed, self.left = (
            re.compile(self.policies[one].words or "") for one in ("summed", "left_over")
        )
        self.units = [self.policies[one].units for one in ("units_of_persons", "units_of_cases")]

    def adds_up(self, part: Figure, whole: Figure) -> bool:
        """Whether the part can be counted into the whole: a count of one period, measure words
        that add up."""
        if 0 < part.value < 1 <= whole.value and not part.unit:
            return False  # 五分之一 of the whole
        units = {part.unit, whole.unit} - {""}
        alike = len(units) < 2 or any(units <= set(group) for group in self.units)
        return alike and part.period == whole.period

    def for_excess(
        self, total: Sum, parts: Sequence[Figure], one: PartList
    ) -> tuple[str, str] | None:
        """What an auditor would accept as the reason why the parts exceed the whole."""
        channels = self.policies["channels"].metrics
        if any(part.metric in channels for part in parts) and not self._is_sum(one):
            return "同一信息可由多个渠道公开", "one item may go out through several channels"
        scopes, units = {part.scope for part in parts}, {part.unit for part in parts}
        if (len(scopes) > 1 and not self._is_shared_out(parts)) or len(units) > 1:
            return "各部分口径不一", "the parts are counted differently"
        larger = self.for_larger_whole(total, one)
        if larger is not None:
            return larger
        if self._are_several_splits(parts, one.whole):
            return "所列为几种不同的划分", "the list holds several ways of splitting the whole"
        if not self._divide(parts) and _has_inner_list(parts, one.whole):
            return "其中有的部分又列有细分", "some parts are parts of another part"
        return None

    def _is_sum(self, one: PartList) -> bool:
        """Whether the words say that the whole is what the parts before it add up to: 四路合计5.3万条."""
        last = max(part.end for part in one.parts)
        return last <= one.whole.start and bool(self.summed.search(self.context.lead(one.whole)))

    def _is_shared_out(self, parts: Sequence[Figure]) -> bool:
        """Whether offices share out their whole and the last are all that are left: 其余部门7件."""
        scopes = {part.scope for part in parts}
        alone = len(scopes) == len(parts) and None not in scopes
        return alone and bool(self.left.search(self.context.lead(parts[-1])))

    def may_be_pending(self, parts: Sequence[Figure], whole: Figure) -> bool:
        """Whether the outcomes are of what was received, of which some may go over into the next
        year: 新收40件，予以公开15件 … 其他处理3件 need not be forty."""
        if whole.metric != "requests_new" or sum(part.value for part in parts) > whole.value:
            return False
        rows = [self.metrics.get(part.metric) for part in parts]
        return all(row is not None and row.axis == "outcome" for row in rows)

    def _divide(self, parts: Sequence[Figure]) -> bool:
        """Whether the parts are different outcomes, applicants or ways, none a kind of another."""
        told = {part.metric for part in parts}
        rows = [self.metrics.get(metric) for metric in told]
        return len(told) == len(parts) and all(
            row is not None and row.axis and not told & set(row.part_of) for row in rows
        )

    def axes(self, parts: Sequence[Figure]) -> int:
        """In how many ways the parts split their whole; those of no axis go with any."""
        return len(self._by_axis(parts))

    def _by_axis(self, parts: Sequence[Figure]) -> list[list[Figure]]:
        """The parts by what they split the whole by: applicants, outcomes, channels."""
        axes: dict[str, list[Figure]] = {}
        for part in parts:
            metric = self.metrics.get(part.metric)
            if metric is not None and metric.axis:
                axes.setdefault(metric.axis, []).append(part)
        return list(axes.values())

    def _are_several_splits(self, parts: Sequence[Figure], whole: Figure) -> bool:
        groups = self._by_axis(parts)
        return len(groups) > 1 and not any(
            is_above(Sum.of(*map(figure_operand, group)), whole) for group in groups
        )

    def for_larger_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        """The excuse that the list breaks down another number for all requests than its whole."""
        larger = self._larger_whole(total, one)
        return larger and (f"按{larger[0]}则不矛盾", f"it does not contradict {larger[1]}")

    def _larger_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        """The other number for all requests that the list may break down (with those carried in)."""
        if one.whole.metric not in {"requests_new", "requests_answered", "requests_total"}:
            return None
        return self._table_whole(total, one) or self._narrative_whole(total, one)

    def _table_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        new = "requests/requests_new/total"
        for cells, zh, en in (
            (f"{new} + requests/requests_carried_in/total", "新收＋上年结转", "new + carried in"),
            ("requests/requests_answered/total", "办理结果总计", "handled in total"),
        ):
            for sheet in self.sheets:
                found = sheet.sum_of(cells)
                if found is None or found[1]:
                    continue
                carried = zh == "新收＋上年结转" and one.whole.metric == "requests_new"
                if _fits(total, found[0], open_list=carried and not one.closed):
                    return f"表格“{zh}”{found[0].total()}", f"the table's {en}, {found[0].total()}"
        return None

    def _narrative_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        figures = [
            figure
            for figure in self.context.figures.values()
            if figure.period != "cumulative" and figure.scope is None and figure.id != one.whole.id
        ]
        open_list = one.whole.metric == "requests_new" and not one.closed
        candidates = [
            (Sum.of(figure_operand(one.whole), figure_operand(figure)), open_list)
            for figure in figures
            if figure.metric == "requests_carried_in"
        ] + [
            (Sum.of(figure_operand(figure)), False)
            for figure in figures
            if figure.metric in {"requests_total", "requests_answered", "requests_new"}
        ]
        for candidate, may_be_less in candidates:
            if _fits(total, candidate, open_list=may_be_less):
                sum_ = candidate.arithmetic()
                return f"正文 {sum_}", f"the narrative's {sum_}"
        return None


def _fits(total: Sum, candidate: Sum, *, open_list: bool) -> bool:
    """Whether the parts break ``candidate`` down: an open list may leave some of it untold."""
    low, high = total.interval.low, candidate.interval.high
    within = low is not None and high is not None and low <= high
    return candidate.interval.meets(total.interval) or (open_list and within)


def _has_inner_list(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether a flat list holds lists within it that make it fit after all.

    Either some part equals the sum of two or more parts that follow it, or the list is
    several complete splits of the whole, one after the other.
    """
    values = [part.value for part in parts]
    for start, stop in combinations(range(len(values) + 1), 2):
        inner = values[start + 1 : stop]
        rest = sum(values) - sum(inner)
        if len(inner) >= 2 and sum(inner) == values[start] and rest <= whole.value:
            return True
    return any(
        sum(values[:cut]) == whole.value == sum(values[cut:]) for cut in range(1, len(values))
    )
