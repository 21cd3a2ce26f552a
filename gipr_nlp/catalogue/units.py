"""Rows about numbers: measure words and scales, approximations, what is not a figure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import regex

from gipr_nlp.catalogue.entries import Entry, Pattern

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue

Kind = Literal["count", "money", "percent", "points", "times", "ratio"]
Beginning = Literal["digit", "numeral", "letter", "mark"]
Bound = Literal["value", "next_step", "step", "half_step", "zero", "none"]

_MACROS = {
    "year": r"(?:19|20)\d\d",
    "cyear": "[一二][〇零○ＯO0九][〇零○ＯO0一二三四五六七八九]{2}",
    "c": "[零〇一二两三四五六七八九十百千]++",
    "num": r"(?:\d++|[零〇一二两三四五六七八九十百千]++)",
    "dash": "(?:[-‐—–―－~～〜至到]|——|--)",
}


class Unit(Entry):
    """A measure word. Quantities carry ``symbol``, or ``words[0]``; the others are variants.

    A ``common`` one tells a count from a bare year or a hotline (2021条, 12345件). ``unless`` is
    what may not follow it (条 before 例), ``after`` which numerals it takes, and
    ``not_figure`` the reason why what it measures is never a figure of a report (亩: size).
    """

    words: tuple[str, ...]
    symbol: str | None = None
    common: bool = False
    kind: Kind = "count"
    factor: Decimal = Decimal(1)
    unless: Pattern | None = None
    after: Literal["any", "digits"] = "any"
    not_figure: str | None = None

    @property
    def name(self) -> str:
        """What quantities counted in it carry as their unit."""
        return self.words[0] if self.symbol is None else self.symbol


class Numeral(Entry):
    """A character of a written number: a digit, a power of ten, or 几 and 数 (``several``)."""

    words: tuple[str, ...]
    value: int
    role: Literal["digit", "scale", "several"]
    unless: Pattern | None = None


class NumberWord(Entry):
    """A word that is a number by itself: 半数, 百分百."""

    words: tuple[str, ...]
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    kind: Kind
    unless: Pattern | None = None


class Approximation(Entry):
    """Words that make a number inexact, and the values that it then stands for.

    ``before`` stand in front of the number, ``before_scale`` only where it begins with 百, 千
    and the like (上百), ``inside`` after its digits, ``trailing`` behind the measure word;
    ``unlike`` is what ends in such a word without being one (预约), ``unless`` what may not
    follow one inside. A step is the worth of the last digit that is not zero, no more than
    ``cap`` of the value.
    """

    zh: str
    before: tuple[str, ...] = ()
    before_scale: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()
    unlike: Pattern | None = None
    unless: Pattern | None = None
    low: Bound
    high: Bound
    low_open: bool = False
    high_open: bool = False
    cap: Decimal | None = None


class NonFigure(Entry):
    """A written number that states no figure, with the reason.

    ``pattern`` begins at the number (or at a ``mark``: 第, 附, an opening bracket; or at a Latin
    letter), which ``begins`` tells; what must stand before it is a lookbehind. Only a
    ``counted`` row is tried on digits with a common measure word behind them (惠企16条).
    ``{year} {cyear} {c} {num} {dash}`` are short for the expressions above, ``{unit}`` for the
    common measure words, ``{any_unit}`` (slower) for all of them. The reason ``word`` marks a
    numeral inside an ordinary word, of which no quantity is made.
    """

    reason: str
    begins: tuple[Beginning, ...]
    counted: bool = False
    pattern: str

    def expanded(self, common: str, any_unit: str) -> str:
        """The pattern with its short forms written out, ``{unit}`` as the ``common`` words."""
        expression = self.pattern.replace("{unit}", common).replace("{any_unit}", any_unit)
        for name, meaning in _MACROS.items():
            expression = expression.replace("{" + name + "}", meaning)
        return expression

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """The pattern compiles, and names no groups of its own."""
        try:
            compiled = regex.compile(self.expanded("条", "条"))
        except regex.error as fault:
            return [f"the pattern does not compile: {fault}"]
        if compiled.groups:
            return ["the pattern may hold no capturing groups: write (?:...)"]
        return []
