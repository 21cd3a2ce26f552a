"""The narrative against itself: parts and wholes, lists that claim to be complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.equations import Policy
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.reconcile.checks import Bond, Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Figure, Severity


@dataclass(frozen=True, slots=True)
class PartList:
    """A whole and one list of its parts, in the order of the text."""

    whole: Figure
    parts: tuple[Figure, ...]
    closed: bool


def check_lists(
    context: Context, sheets: Sequence[Sheet], catalogue: Catalogue, labels: Labels
) -> list[Check]:
    """Every list of parts held against its whole."""
    judge = _Judge(context, sheets, catalogue, labels)
    return [check for one in part_lists(context) for check in judge.checks(one)]


def part_lists(context: Context) -> Iterator[PartList]:
    """The lists of parts of one report: the parts of a whole that share a split."""
    lists: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in context.figures.values():
        if figure.relation == "part" and context.parent(figure) is not None:
            lists.setdefault((figure.parent or "", figure.split), []).append(figure)
    first_of: set[str] = set()
    for (parent, _), parts in lists.items():
        whole = context.figures[parent]
        # A whole that claims a complete list speaks of the first one.
        claimed = whole.closed and parent not in first_of
        first_of.add(parent)
        yield PartList(
            whole,
            tuple(sorted(parts, key=lambda one: one.start)),
            claimed or any(part.closed for part in parts),
        )


class _Judge:
    def __init__(
        self, context: Context, sheets: Sequence[Sheet], catalogue: Catalogue, labels: Labels
    ) -> None:
        self.context = context
        self.sheets = sheets
        self.policies = catalogue.all(Policy)
        self.metrics = catalogue.all(Metric)
        self.labels = labels

    def checks(self, one: PartList) -> Iterator[Check]:
        parts = [part for part in one.parts if _same_kind(part, one.whole)]
        if not parts:
            return
        too_large = [part for part in parts if _above(Sum.of(figure_operand(part)), one.whole)]
        yield from (self._part_above(part, one) for part in too_large)
        if too_large or len(parts) < 2:
            return
        total = Sum.of(*map(figure_operand, parts))
        if _above(total, one.whole):
            yield self._above_whole(total, parts, one)
        elif one.closed and not total.interval.meets(one.whole.interval):
            yield self._open_list(total, parts, one)
        elif one.closed:
            yield self._told("closed_list", Result("exact", "ok"), total, one, "＝", "", "")

    def _part_above(self, part: Figure, one: PartList) -> Check:
        own = Sum.of(figure_operand(part))
        near = self.context.same_sentence(part, one.whole)
        result = Result("mismatch", "error" if near else "warning")
        return self._told(
            "part_within_whole", result, own, one, ">", "部分大于整体", "a part exceeds its whole"
        )

    def _above_whole(self, total: Sum, parts: Sequence[Figure], one: PartList) -> Check:
        reason = self._why_above(total, parts, one)
        if reason is not None:
            zh, en, severity = reason
            return self._told(
                "parts_within_whole", Result("not_comparable", severity), total, one, ">", zh, en
            )
        return self._told(
            "parts_within_whole",
            Result("mismatch", "error"),
            total,
            one,
            ">",
            "各部分之和大于整体",
            "the parts together exceed their whole",
        )

    def _why_above(
        self, total: Sum, parts: Sequence[Figure], one: PartList
    ) -> tuple[str, str, Severity] | None:
        """What an auditor would accept as the reason why the parts exceed the whole."""
        channels = self.policies["channels"].metrics
        if any(part.metric in channels for part in parts):
            return (
                "同一信息可由多个渠道公开",
                "one item may go out through several channels",
                "note",
            )
        if len({part.scope for part in parts}) > 1 or len({part.unit for part in parts}) > 1:
            return "各部分口径不一", "the parts are counted differently", "note"
        larger = self._larger_whole(total, one)
        if larger is not None:
            return f"按{larger[0]}则相符", f"it agrees with {larger[1]}", "note"
        if self._are_several_splits(parts, one.whole):
            return (
                "所列为几种不同的划分",
                "the list holds several ways of splitting the whole",
                "note",
            )
        if _has_inner_list(parts, one.whole):
            return "其中有的部分又列有细分", "some parts are parts of another part", "note"
        return None

    def _by_axis(self, parts: Sequence[Figure]) -> list[list[Figure]]:
        """The parts by what they split the whole by: applicants, outcomes, channels."""
        axes: dict[str, list[Figure]] = {}
        for part in parts:
            metric = self.metrics.get(part.metric)
            axes.setdefault(metric.axis if metric else "", []).append(part)
        return list(axes.values())

    def _are_several_splits(self, parts: Sequence[Figure], whole: Figure) -> bool:
        groups = self._by_axis(parts)
        return len(groups) > 1 and not any(
            _above(Sum.of(*map(figure_operand, group)), whole) for group in groups
        )

    def _larger_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        """The other number for all requests that the list may break down (with those carried in)."""
        if one.whole.metric not in {"requests_new", "requests_answered", "requests_total"}:
            return None
        new = "requests/requests_new/total"
        for cells, zh, en in (
            (f"{new} + requests/requests_carried_in/total", "新收＋上年结转", "new + carried in"),
            ("requests/requests_answered/total", "办理结果总计", "handled in total"),
        ):
            for sheet in self.sheets:
                found = sheet.sum_of(cells)
                if found and not found[1] and found[0].interval.meets(total.interval):
                    return f"表格“{zh}”{found[0].total()}", f"the table's {en}, {found[0].total()}"
        return self._narrative_whole(total, one)

    def _narrative_whole(self, total: Sum, one: PartList) -> tuple[str, str] | None:
        figures = [
            figure
            for figure in self.context.figures.values()
            if figure.period != "cumulative" and figure.scope is None and figure.id != one.whole.id
        ]
        carried = [figure for figure in figures if figure.metric == "requests_carried_in"]
        candidates = [
            Sum.of(figure_operand(one.whole), figure_operand(figure)) for figure in carried
        ] + [
            Sum.of(figure_operand(figure))
            for figure in figures
            if figure.metric in {"requests_total", "requests_answered", "requests_new"}
        ]
        for candidate in candidates:
            if candidate.interval.meets(total.interval):
                sum_ = candidate.arithmetic()
                return f"正文 {sum_}", f"the narrative's {sum_}"
        return None

    def _open_list(self, total: Sum, parts: Sequence[Figure], one: PartList) -> Check:
        """A complete list below its whole: an error, unless numbers in it were not understood."""
        if len(self._by_axis(parts)) > 1:
            zh, en = "所列划分方式不一", "the parts split the whole in different ways"
            return self._told(
                "closed_list", Result("not_comparable", "note"), total, one, "≠", zh, en
            )
        missing = self._unread(parts, one)
        if missing:
            zh = f"列举中另有未识别的数字：{'、'.join(missing)}"
            en = f"numbers in the list were not understood: {', '.join(missing)}"
            return self._told(
                "closed_list", Result("not_comparable", "note"), total, one, "≠", zh, en
            )
        zh, en = (
            "列举完整而各部分之和不等于整体",
            "the list is complete but does not add up to its whole",
        )
        return self._told("closed_list", Result("mismatch", "error"), total, one, "≠", zh, en)

    def _unread(self, parts: Sequence[Figure], one: PartList) -> list[str]:
        """Numbers that stand inside the list without being one of its parts."""
        start = min(part.start for part in parts)
        end = max(part.end for part in parts)
        start, end = min(start, one.whole.end), max(end, one.whole.start)
        end = self.context.sentence_end(end)
        members = {part.id for part in parts} | {one.whole.id}
        unbound = [q.text for q in self.context.narrative.unbound if start <= q.start < end]
        stray = [
            figure.text
            for figure in self.context.figures.values()
            if start <= figure.start < end
            and figure.relation in {None, "part"}
            and not members & {figure.id, *(whole.id for whole in self.context.wholes(figure))}
            and figure.unit == one.whole.unit
        ]
        return unbound + stray

    def _told(
        self, equation: str, result: Result, parts: Sum, one: PartList, sign: str, zh: str, en: str
    ) -> Check:
        whole = Sum.of(figure_operand(one.whole))
        written, value = parts.arithmetic(), parts.total()
        sum_ = written if written == value else f"{written} = {value}"
        quote = self.labels.quote(one.whole)
        sign = {"＝": "="}.get(sign, sign)
        arithmetic = f"{sum_} {sign} {whole.arithmetic()}"
        first = self.labels.quoted(one.parts[0].start, one.parts[-1].end)
        head, head_en = (f"：{zh}", f": {en}") if zh else ("", "")
        return Check(
            equation,
            result,
            f"正文“{quote}”与所列“{_short(first)}”{head}：{arithmetic}",
            f"the narrative's '{quote}' and its parts '{_short(first)}'{head_en}: {arithmetic}",
            parts,
            whole,
            bond=_bond(equation, result),
        )


def _bond(equation: str, result: Result) -> Bond | None:
    if result.outcome == "not_comparable":
        return None
    return "equal" if equation == "closed_list" else "at_most"


def _same_kind(part: Figure, whole: Figure) -> bool:
    """Whether the part can be counted into the whole at all."""
    return part.unit == whole.unit and part.period == whole.period


def _above(parts: Sum, whole: Figure) -> bool:
    low, high = parts.interval.low, whole.interval.high
    return low is not None and high is not None and low > high


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


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 60 else folded[:40] + "…" + folded[-16:]
