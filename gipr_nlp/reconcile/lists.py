"""The narrative against itself: parts and wholes, lists that claim to be complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.reconcile.checks import Bond, Check
from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.context import Context
from gipr_nlp.reconcile.excuses import Excuses, PartList, is_above
from gipr_nlp.reconcile.firm import Ties
from gipr_nlp.reconcile.labels import Labels
from gipr_nlp.reconcile.operands import Sum, figure_operand
from gipr_nlp.reconcile.sheet import Sheet
from gipr_nlp.records import Figure


def check_lists(
    context: Context, sheets: Sequence[Sheet], ties: Ties, catalogue: Catalogue, labels: Labels
) -> list[Check]:
    """Every list of parts held against its whole."""
    judge = _Judge(context, Excuses(context, sheets, catalogue), ties, labels)
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
    def __init__(self, context: Context, excuses: Excuses, ties: Ties, labels: Labels) -> None:
        self.context = context
        self.excuses = excuses
        self.ties = ties
        self.labels = labels

    def checks(self, one: PartList) -> Iterator[Check]:
        parts = [part for part in one.parts if self.excuses.adds_up(part, one.whole)]
        if not parts:
            return
        closed = one.closed and len(parts) == len(one.parts)
        too_large = [part for part in parts if is_above(Sum.of(figure_operand(part)), one.whole)]
        yield from (self._part_above(part, one) for part in too_large)
        if too_large or len(parts) < 2:
            return
        total = Sum.of(*map(figure_operand, parts))
        sure = self.ties.listed(parts, one.whole)
        firm = len(sure) == len(parts)
        if not firm and (closed or is_above(total, one.whole)):
            yield from self._of_sure(sure, one, closed=closed)
        elif is_above(total, one.whole):
            yield self._above_whole(total, parts, one)
        elif closed and not _adds_up(total, one.whole):
            yield self._open_list(total, parts, one)
        elif closed:
            yield self._told("closed_list", Result("exact", "ok"), total, one, ("=", "", ""))

    def _of_sure(self, sure: Sequence[Figure], one: PartList, *, closed: bool) -> Iterator[Check]:
        """A list of which only some are surely parts side by side: those alone are judged."""
        total = Sum.of(*map(figure_operand, sure))
        all_parts = Sum.of(*map(figure_operand, one.parts))
        fits = next((those for those in (total, all_parts) if _adds_up(those, one.whole)), None)
        if len(sure) >= 2 and is_above(total, one.whole):
            yield self._above_whole(total, sure, one)
        elif closed and fits is not None:
            yield self._told("closed_list", Result("exact", "ok"), fits, one, ("=", "", ""))
        else:
            words = ("≠", "所列各数未必并列", "the numbers need not be parts side by side")
            result = Result("not_comparable", "note")
            yield self._told("parts_within_whole", result, all_parts, one, words)

    def _part_above(self, part: Figure, one: PartList) -> Check:
        own = Sum.of(figure_operand(part))
        excuse = self.excuses.for_larger_whole(own, one) or self.ties.part(part, one.whole)
        near = self.context.same_sentence(part, one.whole)
        result = Result("mismatch", "error" if near else "warning")
        words = (">", "部分大于整体", "a part exceeds its whole")
        if excuse is not None:
            result, words = Result("not_comparable", "note"), (">", *excuse)
        return self._told("part_within_whole", result, own, one, words)

    def _above_whole(self, total: Sum, parts: Sequence[Figure], one: PartList) -> Check:
        excuse = self.excuses.for_excess(total, parts, one)
        if excuse is not None:
            result, words = Result("not_comparable", "note"), (">", *excuse)
        else:
            result = Result("mismatch", "error")
            words = (">", "各部分之和大于整体", "the parts together exceed their whole")
        return self._told("parts_within_whole", result, total, one, words)

    def _open_list(self, total: Sum, parts: Sequence[Figure], one: PartList) -> Check:
        """A complete list below its whole: an error, unless numbers in it were not understood."""
        missing = self._unread(parts, one)
        result = Result("not_comparable", "note")
        if self.excuses.axes(parts) > 1:
            words = ("≠", "所列划分方式不一", "the parts split the whole in different ways")
        elif missing:
            words = (
                "≠",
                f"列举中另有未识别的数字：{'、'.join(missing)}",
                f"numbers in the list were not understood: {', '.join(missing)}",
            )
        elif self.excuses.may_be_pending(parts, one.whole):
            result = Result("mismatch", "warning")
            words = (
                "≠",
                "其余可能尚在办理",
                "the others may not have been answered yet",
            )
        else:
            result = Result("mismatch", "error")
            words = (
                "≠",
                "列举完整而各部分之和不等于整体",
                "the list is complete but does not add up to its whole",
            )
        return self._told("closed_list", result, total, one, words)

    def _unread(self, parts: Sequence[Figure], one: PartList) -> list[str]:
        """Numbers that stand inside the list without being one of its parts.

        Where the whole comes last, a list begins with its sentence.
        """
        first = min(parts, key=lambda part: part.start)
        start = first.start
        if one.whole.start > start:
            figures = self.context.figures.values()
            start = min(f.start for f in figures if self.context.same_sentence(f, first))
        end = max(part.end for part in parts)
        start, end = min(start, one.whole.end), max(end, one.whole.start)
        end = self.context.sentence_end(end)
        last = max(part.start for part in parts)
        members = {part.id for part in parts} | {one.whole.id}
        unbound = [q.text for q in self.context.narrative.unbound if start <= q.start < end]
        stray = [
            figure.text
            for figure in self.context.figures.values()
            if start <= figure.start < end
            and figure.relation in {None, "part"}
            and not members & {figure.id, *(whole.id for whole in self.context.wholes(figure))}
            and (figure.unit == one.whole.unit or figure.start < last)
        ]
        return unbound + stray

    def _told(
        self, equation: str, result: Result, parts: Sum, one: PartList, words: tuple[str, str, str]
    ) -> Check:
        """``words``: the sign between the two sides, and what it means in both languages."""
        sign, zh, en = words
        whole = Sum.of(figure_operand(one.whole))
        written, value = parts.arithmetic(), parts.total()
        sum_ = written if written == value else f"{written} = {value}"
        quote = self.labels.quote(one.whole)
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


def _adds_up(total: Sum, whole: Figure) -> bool:
    """Whether the parts can be the whole; 余 after an exact number (60余条) may be no more than it."""
    return total.interval.meets(whole.interval) or total.value == whole.value


def _bond(equation: str, result: Result) -> Bond | None:
    if result.outcome == "not_comparable":
        return None
    return "equal" if equation == "closed_list" else "at_most"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 60 else folded[:40] + "…" + folded[-16:]
