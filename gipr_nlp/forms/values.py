"""What one cell prints: a number, nothing, a mark for nothing, or something that is no number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from gipr_nlp.catalogue.forms import FormColumn
from gipr_nlp.interval import Interval
from gipr_nlp.records import CellState

NIL = re.compile(r"(?:[-—–−－_/\\／]++|无|〇|零)")
# Nothing, said in words: 不涉及, 本单位未制作规章.
NIL_WORDS = re.compile(
    r"本(?:单位|机关|部门|局|委|镇|乡|街道)(?:未|没有|无|不)[\u4e00-\u9fff]{1,14}"
    r"|(?:不涉及|暂无|尚无|未(?:制定|制作|制发|收取|发生|产生))[\u4e00-\u9fff]{0,10}"
)
NUMBER = re.compile(
    r"(?P<sign>增加?|减少?|[+-]|[＋－−–—])?\s*+"
    r"(?P<digits>\d[\d,]*+(?:\.\d++)?+|\.\d++)\s*+"
    r"(?P<scale>[万亿])?\s*+(?P<unit>元|件次|件|条|宗|份|项|个|次|起|篇|人次|人)?"
)
_CUT_NUMBER = re.compile(r"(?<=\d)[ ]++(?=\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d++)?+")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_ZERO = {"零", "〇"}
_NOTHING = Decimal(0)
_EXACTLY_NOTHING = Interval.point(_NOTHING)


class Slot(NamedTuple):
    """A place where a value may stand: its text and offsets, and its columns where it has geometry."""

    text: str
    start: int
    end: int
    column: int = -1
    colspan: int = 1

    @property
    def empty(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text


class Reading(NamedTuple):
    """What a slot says, in base units. ``ambiguous``: it prints something that is no number."""

    raw: str
    start: int
    end: int
    state: CellState
    value: Decimal | None = None
    interval: Interval | None = None
    unit: str = ""


def is_printed(words: str) -> bool:
    """Whether the words are all of a value: a number, or nothing in a mark or in words."""
    return any(one.fullmatch(words) for one in (NUMBER, NIL, NIL_WORDS))


def read_value(slot: Slot, column: FormColumn) -> Reading:
    """The value of one slot, read as a cell of ``column``."""
    if slot.empty:
        return Reading("", slot.start, slot.end, "blank")
    if slot.text == "0":
        return Reading("0", slot.start, slot.end, "stated", _NOTHING, _EXACTLY_NOTHING, column.unit)
    if slot.text.isdecimal() and column.scale == 1:
        return _stated(slot, Decimal(slot.text), Decimal(0), column.unit)
    text = _CUT_NUMBER.sub("", slot.text)
    number = NUMBER.fullmatch(text)
    if number is not None:
        return _number(slot, number, column)
    if text in _ZERO:
        return _stated(slot, Decimal(0), Decimal(0), column.unit)
    is_nil = NIL.fullmatch(text) or NIL_WORDS.fullmatch(text)
    state: CellState = "nil_mark" if is_nil else "ambiguous"
    return Reading(slot.text, slot.start, slot.end, state)


def value_of(slot: Slot, column: FormColumn) -> Decimal | None:
    """The value alone of one slot, read as a cell of ``column``."""
    if slot.text.isdecimal() and column.scale == 1:
        return Decimal(slot.text)
    return read_value(slot, column).value


def _number(slot: Slot, number: re.Match[str], column: FormColumn) -> Reading:
    digits = number["digits"]
    if "," in digits and not _THOUSANDS.fullmatch(digits):
        return Reading(slot.text, slot.start, slot.end, "ambiguous")
    printed = Decimal(digits.replace(",", ""))
    negative = number["sign"] is not None and number["sign"][0] in "减-－−–—"
    if negative and not column.signed:
        return Reading(slot.text, slot.start, slot.end, "ambiguous")
    scale = _scale(number, column)
    exponent = int(printed.as_tuple().exponent)
    place = Decimal(1).scaleb(exponent) * scale
    value = printed * scale * (-1 if negative else 1)
    exact = exponent == 0 and scale == 1
    return _stated(slot, value, Decimal(0) if exact else place, number["unit"] or column.unit)


def _scale(number: re.Match[str], column: FormColumn) -> Decimal:
    """A printed 万 or 元 says itself what the number counts; a bare one has the column's scale."""
    if number["scale"] is not None:
        return _SCALES[number["scale"]]
    return Decimal(1) if number["unit"] == "元" else column.scale


def _stated(slot: Slot, value: Decimal, place: Decimal, unit: str) -> Reading:
    exact = place == 0 or value == 0
    interval = Interval.point(value) if exact else Interval.rounded(value, place)
    return Reading(slot.text, slot.start, slot.end, "stated", value, interval, unit)
