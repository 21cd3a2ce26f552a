"""Numbers that stand beside a subject of requests: 土地征收（12件）, 12件问土地征收, 学区划分占三成."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from gipr_nlp.figures.topics.phrases import Found
from gipr_nlp.records import Quantity

SUBJECT_METRIC = "requests_topic"
# From the subject to its number: 类申请（12件）, 相关的有12件, 居首，有12件.
_RANK = r"(?:位?居首|居首位|首位|第[一二三四]|次之|再次|最[多高]|较多|为主)"
_TO_NUMBER = regex.compile(
    r"[”’》]?(?:类[别型]?|等|方面|领域|事项|问题|信息|情况|内容|有关|相关|政府|公开|申请|数?量|的)*"
    rf"(?:[（(]|{_RANK}(?:[，,（(]|$)?)?(?:分别|合计|共计?|计|各|均|有|为|达到?|约|近|超过?|占[比了到]?)*"
)
# From the number to its subject: 12件问, 30%的申请涉及.
_TO_SUBJECT = regex.compile(
    r"(?:以?[上下]|左右|的|信息|公开|申请|件|主要|则|均|都|分别)*"
    r"(?:(?:是|为)?(?:关于|有关|针对|涉及?|询?问|申请|要求|请求|想要?|查询|查阅|了解|索要|索取|反映|为了?)|[是为与对])"
    r"(?:公开|提供|查阅|查询|获取|了解|索取)?[“‘《]?"
)
# 收到要求公开征地批文的申请2件: what was received at all, whatever it was about.
_RECEIVED = regex.compile(r"(?:收到|接到|接收|受理|办理|答复|新收)[^，,。；;：:\n]{0,40}$")
_REACH = 20


class Subjects:
    """The subjects of requests of a text, in order."""

    def __init__(self, text: str = "", found: Sequence[Found] = ()) -> None:
        self._text = text
        self._starts = [one.start for one in found]
        self._ends = [one.end for one in found]

    def name(self, quantity: Quantity) -> bool:
        """Whether the number counts, or is the share of, the requests about one of them."""
        start = self._told_before(quantity)
        if start is None:
            start = self._told_after(quantity)
        return start is not None and not _RECEIVED.search(self._text, max(0, start - 50), start)

    def _told_before(self, quantity: Quantity) -> int | None:
        """Where what is said of the number begins, for a subject that stands before it."""
        place = bisect_right(self._ends, quantity.start) - 1
        if place < 0 or quantity.start - self._ends[place] > _REACH:
            return None
        told = _TO_NUMBER.fullmatch(self._text, self._ends[place], quantity.start)
        return self._starts[place] if told else None

    def _told_after(self, quantity: Quantity) -> int | None:
        place = bisect_left(self._starts, quantity.end)
        if place == len(self._starts) or self._starts[place] - quantity.end > _REACH:
            return None
        told = _TO_SUBJECT.fullmatch(self._text, quantity.end, self._starts[place])
        return quantity.start if told else None
