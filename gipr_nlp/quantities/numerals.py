"""Reads a written number: Arabic, Chinese, formal, mixed (1亿2千万), pairs (二三十), 几百."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import regex

from gipr_nlp.catalogue.units import Numeral

_POINT = "点"
_MYRIAD = 10_000
# Neighbours that stand for a span of values: 二三十 is 20 to 30, 三五个 3 to 5.
_PAIRS = frozenset({*pairwise(range(1, 10)), (3, 5)})
ONE = Decimal(1)
MANY = 10  # 几百 lies below ten hundreds


class Number(NamedTuple):
    """A number as its surface says it.

    ``high`` is the upper end where two values are named (二三十) or the digit is left open
    (几百); ``printed`` is the value before 万 and 亿. ``place`` is the worth of the last
    printed digit, ``step`` that of the last digit that is not zero. A ``scaled`` number (1.2万,
    but not 三百) has been rounded to its last place.
    """

    value: Decimal
    printed: Decimal
    place: Decimal
    step: Decimal
    high: Decimal | None = None
    high_open: bool = False
    scaled: bool = False


class _Token(NamedTuple):
    """A run of Arabic digits, or one Chinese character of a number."""

    role: str
    value: Decimal
    text: str


class NumeralReader:
    """Reads numbers by the numerals of a catalogue."""

    def __init__(self, numerals: Iterable[Numeral]) -> None:
        self._roles: dict[str, tuple[str, Decimal]] = {
            word: (row.role, Decimal(row.value)) for row in numerals for word in row.words
        }
        self._token = regex.compile(r"\d++(?:\.\d++)?|[^\d.,]")

    def read(self, surface: str) -> Number | None:
        """The number that ``surface`` writes (no modifier, no unit), or None where it is none."""
        if surface.isascii() and surface.isdigit():
            return _whole(surface)
        tokens = self._tokens(surface.replace(",", ""))
        if tokens is None:
            return None
        if tokens[0].role == "several":
            return _several(tokens[1:])
        if all(token.role == "digit" for token in tokens) and len(tokens) > 2:
            return _positional(tokens)
        return _paired(tokens) or _plain(tokens)

    def _tokens(self, surface: str) -> list[_Token] | None:
        whole, _, fraction = surface.partition(_POINT)
        tokens: list[_Token] = []
        for text in self._token.findall(whole):
            role, value = self._roles.get(text, ("arabic", None))
            if value is None:
                if not text[0].isdigit():
                    return None
                value = Decimal(text)
            tokens.append(_Token(role, value, text))
        return self._with_fraction(tokens, fraction) if fraction else (tokens or None)

    def _with_fraction(self, tokens: list[_Token], fraction: str) -> list[_Token] | None:
        """三十五点六: the digits behind 点 make the number so far an Arabic one."""
        digits = [self._roles.get(character, ("", Decimal(0))) for character in fraction]
        number = _plain(tokens) if tokens else None
        if number is None or any(role != "digit" for role, _ in digits):
            return None
        text = f"{number.value:f}." + "".join(f"{value:f}" for _, value in digits)
        return [_Token("arabic", Decimal(text), text)]


def _whole(digits: str) -> Number:
    """Arabic digits alone, by far the most common number."""
    value = Decimal(digits)
    zeros = len(digits) - len(digits.rstrip("0")) if value else 0
    return Number(value, value, ONE, ONE.scaleb(zeros) if zeros else ONE)


def _several(scales: list[_Token]) -> Number | None:
    """几百, 数十万: from two of them to under ten."""
    if not scales or any(token.role != "scale" for token in scales):
        return None
    worth = Decimal(1)
    for token in scales:
        worth *= token.value
    return Number(2 * worth, 2 * worth, worth, worth, MANY * worth, high_open=True)


def _positional(tokens: list[_Token]) -> Number:
    """二〇二一: digits side by side."""
    value = Decimal("".join(f"{token.value:f}" for token in tokens))
    return Number(value, value, Decimal(1), Decimal(1))


def _paired(tokens: list[_Token]) -> Number | None:
    """二三十, 十七八, 三五: two neighbouring digits name the ends of a span."""
    spots = [
        position
        for position, (one, two) in enumerate(pairwise(tokens))
        if one.role == two.role == "digit" and (int(one.value), int(two.value)) in _PAIRS
    ]
    if len(spots) != 1:
        return None
    spot = spots[0]
    low = _plain([*tokens[: spot + 1], *tokens[spot + 2 :]])
    high = _plain([*tokens[:spot], *tokens[spot + 1 :]])
    if low is None or high is None:
        return None
    return Number(low.value, low.printed, low.place, low.step, high.value)


def _plain(tokens: list[_Token]) -> Number | None:
    """One value, by the ordinary rules of digits and powers of ten."""
    if not _well_formed(tokens):
        return None
    value = _evaluate(_completed(tokens))
    big = [token for token in tokens if token.role == "scale" and token.value >= _MYRIAD]
    arabic = any(token.role == "arabic" for token in tokens)
    scaled = bool(big) or (arabic and tokens[-1].role == "scale")
    place, step = _places(tokens)
    printed = value / _worth(big) if len(big) <= 1 and tokens[-1:] == big else value
    decimals = arabic and "." in tokens[-1].text
    return Number(value, printed, place, step, scaled=scaled or decimals or place < 1)


def _well_formed(tokens: list[_Token]) -> bool:
    """No two digits side by side (but 零), no two Arabic numbers."""
    for one, two in pairwise(tokens):
        numbers = {one.role, two.role} <= {"digit", "arabic"}
        if two.role == "several" or (numbers and one.value != 0):
            return False
    return bool(tokens)


def _completed(tokens: list[_Token]) -> list[_Token]:
    """三万五 is 三万五千: a lone digit behind a power of ten counts the next lower one."""
    if len(tokens) < 3 or tokens[-1].role != "digit" or tokens[-2].role != "scale":
        return tokens
    lower = tokens[-2].value / 10
    if lower < 10:
        return tokens
    return [*tokens, _Token("scale", lower, "")]


def _evaluate(tokens: list[_Token]) -> Decimal:
    """The value by the ordinary rules: 千 and less make a section, 万 and 亿 multiply it."""
    total, section, number = Decimal(0), None, None
    for token in tokens:
        if token.role != "scale":
            number = token.value
        elif token.value < _MYRIAD:
            factor = Decimal(1) if number is None else number
            section, number = (section or Decimal(0)) + factor * token.value, None
        else:
            total = _raised(total, _sum(section, number), token.value)
            section, number = None, None
    return total + (_sum(section, number) or 0)


def _sum(section: Decimal | None, number: Decimal | None) -> Decimal | None:
    return section if number is None else (section or 0) + number


def _raised(total: Decimal, part: Decimal | None, scale: Decimal) -> Decimal:
    """``part`` times 万 or 亿 added; a larger power raises all before it (1万亿, 3万5千亿)."""
    if part is None:
        return (total or Decimal(1)) * scale
    return (total + part) * scale if total < scale else total + part * scale


def _worth(scales: list[_Token]) -> Decimal:
    return scales[0].value if scales else Decimal(1)


def _places(tokens: list[_Token]) -> tuple[Decimal, Decimal]:
    """The worth of the last printed digit, and of the last one that is not zero."""
    last = max((at for at, token in enumerate(tokens) if token.role != "scale"), default=None)
    after = tokens if last is None else _completed(tokens)[last + 1 :]
    worth = Decimal(1)
    for token in after:
        worth *= token.value
    if last is None:
        return worth, worth
    text = tokens[last].text if tokens[last].role == "arabic" else "1"
    return worth * _last_place(text), worth * _last_place(_without_zeros(text))


def _last_place(digits: str) -> Decimal:
    whole, _, fraction = digits.partition(".")
    if fraction:
        return Decimal(1).scaleb(-len(fraction))
    return Decimal(1).scaleb(len(whole) - len(whole.rstrip("x")))


def _without_zeros(digits: str) -> str:
    """The digits with trailing zeros marked as not printed: 1200 → 12xx, 3.50 → 3.5, 0 → 0."""
    if "." in digits:
        stripped = digits.rstrip("0")
        return _without_zeros(stripped[:-1]) if stripped.endswith(".") else stripped
    stripped = digits.rstrip("0")
    return stripped + "x" * (len(digits) - len(stripped)) if stripped else digits


def roles(numerals: Mapping[str, Numeral], role: str) -> str:
    """All characters of one role, for a character class."""
    return "".join(word for row in numerals.values() if row.role == role for word in row.words)
