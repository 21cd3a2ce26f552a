"""str -> quantities: every written number with its unit, approximation and interval."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.units import Approximation, Unit
from gipr_nlp.interval import Interval
from gipr_nlp.mapped import MappedText
from gipr_nlp.quantities.approximations import interval_of
from gipr_nlp.quantities.grammar import LOOK_BACK, Grammar, grammar_of
from gipr_nlp.quantities.numerals import Number
from gipr_nlp.quantities.view import tight_view
from gipr_nlp.records import Quantity

NO_UNIT = Unit(id="none", words=("",))
FRACTION = Unit(id="fraction", words=("",), kind="ratio")
SILENT = "word"  # the reason of a numeral inside an ordinary word
NOT_A_RANGE = "name"  # the reason of 12-3
HUNDRED, MYRIAD, HALF = Decimal(100), Decimal(10_000), Decimal("0.5")
PERCENT = "%"
# What lies on a scale of rounding even where it is printed without decimals: 49%, 2倍.
WITH_HALVES = frozenset({"percent", "times"})  # 一成半, 两倍半
SHARES = frozenset({"percent", "ratio"})
ROUNDED_KINDS = frozenset({"percent", "points", "times", "ratio"})
LONGEST_UNIT = 6
_HAN = regex.compile(r"\p{Han}")
_POWERS = frozenset({HUNDRED, 10 * HUNDRED, 100 * HUNDRED})  # 百分之, 千分之, 万分之
_DIGITS = regex.compile(r"\d{1,16}(?:\.\d{1,16})?")


class _Found(NamedTuple):
    """A number at its place in the view."""

    start: int
    end: int
    value: Decimal
    printed: Decimal
    interval: Interval
    unit: Unit = NO_UNIT
    modifier: str | None = None
    not_figure: str | None = None


def find_quantities(text: str, catalogue: Catalogue) -> list[Quantity]:
    """The numbers of ``text`` in order, those included that state no figure (``not_figure``).

    Offsets are characters of ``text``; spaces between the characters of a number are passed
    over. Values are in base units. Time is linear in the length of the text.
    """
    grammar = grammar_of(catalogue)
    view = tight_view(text, catalogue)
    return list(_quantities(text, view, grammar))


def number_end(quantity: Quantity, catalogue: Catalogue) -> int:
    """The offset at which the number of ``quantity`` ends and its measure word begins.

    What is no figure is taken whole, and so are signs: 12.5%.
    """
    if quantity.not_figure is not None:
        return quantity.end
    units = grammar_of(catalogue).units
    for length in range(min(len(quantity.text) - 1, LONGEST_UNIT), 0, -1):
        if quantity.text[-length:] in units and _HAN.match(quantity.text[-length:]):
            return quantity.end - length
    return quantity.end


def _quantities(source: str, view: MappedText | None, grammar: Grammar) -> Iterator[Quantity]:
    for found in _numbers(view.text if view else source, grammar):
        start, end = view.span(found.start, found.end) if view else (found.start, found.end)
        yield Quantity(
            start=start,
            end=end,
            text=source[start:end],
            value=found.value,
            printed=found.printed,
            unit=found.unit.name,
            kind=found.unit.kind,
            modifier=found.modifier,
            interval=found.interval,
            not_figure=found.not_figure,
        )


def _numbers(text: str, grammar: Grammar) -> Iterator[_Found]:
    """Every number in order; the search goes on behind the measure word."""
    first = grammar.first.search(text)
    while first is not None:
        match = grammar.numbers.match(text, first.start())
        found = _read(match, grammar) if match else None
        if found is not None:
            yield found
            end = found.end
        else:
            end = match.end() if match else first.end()
        first = grammar.first.search(text, end)


def _read(match: regex.Match[str], grammar: Grammar) -> _Found | None:
    """What one match of the pattern is: a number, something that only looks like one, or a word."""
    branch = match.lastgroup
    if branch is None:
        return None
    if branch in grammar.reasons:
        return _non_figure(match, grammar.reasons[branch])
    if branch == "word":
        return _number_word(match, grammar)
    if branch == "share":
        return _fraction(match, grammar)
    if match["chinese"]:
        return _chinese(match, grammar)
    return _arabic(match, grammar)


def _non_figure(match: regex.Match[str], reason: str) -> _Found | None:
    if reason == SILENT:
        return None
    digits = _DIGITS.search(match[0][:LOOK_BACK])
    value = Decimal(digits[0]) if digits else Decimal(0)
    point = Interval.point(value)
    return _Found(match.start(), match.end(), value, value, point, not_figure=reason)


def _number_word(match: regex.Match[str], grammar: Grammar) -> _Found:
    """半数, 百分百."""
    row = grammar.words[match[0]]
    unit = grammar.units[row.unit]
    number = Number(row.value, row.value, HUNDRED / 10, HUNDRED / 10, scaled=True)
    found = _found(match, match.end(), number, unit, grammar)
    return found if found.modifier else found._replace(interval=Interval(row.low, row.high))


def _fraction(match: regex.Match[str], grammar: Grammar) -> _Found | None:
    """百分之三十, 千分之五, 三分之一."""
    whole = grammar.reader.read(match["parts"])
    part = _number(match["share"], grammar)
    if whole is None or part is None or whole.value == 0:
        return None
    if whole.value in _POWERS:
        unit, number = grammar.units[PERCENT], _times(part, HUNDRED / whole.value)
    else:  # a third is said of what lies within a twelfth of it
        quotient, place = part.value / whole.value, 1 / whole.value / 2
        unit, number = FRACTION, Number(quotient, part.value, place, place)
    return _found(match, match.end(), number, unit, grammar)


def _chinese(match: regex.Match[str], grammar: Grammar) -> _Found | None:
    """三十二件, 二三十条, 近百个, 三至五期, 一成半; without a measure word only 三万 and the like."""
    surface = match["chinese"]
    number = _ranged(surface, match["chinese_high"], grammar)
    counted = grammar.units.at(match.string, match.end(), digits=False)
    if number is None or not (counted or number.value >= MYRIAD):
        return None
    unit, end = counted or (NO_UNIT, match.end())
    if unit.kind in WITH_HALVES and match.string.startswith("半", end):
        number, end = number._replace(value=number.value + HALF, place=HALF, step=HALF), end + 1
    found = _found(match, end, number, unit, grammar)
    bare_scale = surface[0] in grammar.scales and surface[0] not in "十拾"
    return None if bare_scale and found.modifier is None else found


def _arabic(match: regex.Match[str], grammar: Grammar) -> _Found | None:
    """1200余件, 1亿2千万元, 5至8个, 12.5%, 307, 3(45个单位…)条."""
    number = _ranged(match["arabic"], match["high"], grammar)
    if number is None:
        return _non_figure(match, NOT_A_RANGE)
    counted = grammar.units.at(match.string, match.end(), digits=True)
    if counted is not None:
        return _found(match, counted[1], number, counted[0], grammar)
    return _found(match, match.end(), number, _far_unit(match, grammar), grammar)


def _far_unit(match: regex.Match[str], grammar: Grammar) -> Unit:
    """The unit behind a bracket that stands between it and the number."""
    bracket = grammar.bracket.match(match.string, match.end())
    far = bracket and grammar.units.at(match.string, bracket.end(), digits=True)
    return far[0] if far else NO_UNIT


def _found(
    match: regex.Match[str], end: int, number: Number, unit: Unit, grammar: Grammar
) -> _Found:
    """The number with its unit applied and the words around it heard."""
    words, approximation = _modifier(match, end, unit, grammar)
    if words is None and number.high is not None:
        words = match[0]  # 二三十, 5至8: a number that names two ends is its own modifier
    counted = _times(number, unit.factor)
    if unit.kind in ROUNDED_KINDS:
        counted = counted._replace(scaled=True)
    return _Found(
        match.start(),
        end,
        counted.value,
        number.printed,
        interval_of(counted, approximation),
        unit,
        words,
        unit.not_figure,
    )


def _number(surface: str, grammar: Grammar) -> Number | None:
    """The number that ``surface`` writes, 余 and its like left out."""
    return grammar.reader.read(surface[0] + grammar.inside.sub("", surface[1:]))


def _ranged(surface: str, upper: str | None, grammar: Grammar) -> Number | None:
    """The number, or the span from it to the ``upper`` one; None where that is no span."""
    low = _number(surface, grammar)
    if upper is None or low is None:
        return low
    high = _number(upper, grammar)
    if high is None:
        return None
    if low.value < high.printed != high.value:  # 3至5万: the power belongs to both
        low = _times(low, high.value / high.printed)
    return low._replace(high=high.value) if low.value < high.value else None


def _times(number: Number, factor: Decimal) -> Number:
    if factor == 1:
        return number
    return number._replace(
        value=number.value * factor,
        place=number.place * factor,
        step=number.step * factor,
        high=None if number.high is None else number.high * factor,
    )


def _modifier(
    match: regex.Match[str], end: int, unit: Unit, grammar: Grammar
) -> tuple[str | None, Approximation | None]:
    """The words that make the number inexact: before it, behind it, or inside it."""
    text, start = match.string, match.start()
    surface = match["arabic"] or match["chinese"] or match["share"] or ""
    word = _before(text, start, surface, unit, grammar)
    if word is None:
        behind = grammar.trailing.match(text, end) or grammar.inside.search(surface, 1)
        word = behind[0] if behind else None
    return (word, grammar.approximations[word]) if word else (None, None)


def _before(text: str, start: int, surface: str, unit: Unit, grammar: Grammar) -> str | None:
    window = max(0, start - LOOK_BACK)
    match = grammar.before.match(text, window, start)
    if match is None and surface[:1] in grammar.scales:
        match = grammar.before_scale.match(text, window, start)
    if match is None and unit.kind in SHARES:
        match = grammar.before_share.match(text, window, start)
    if match is None:
        return None
    unlike = grammar.unlike.get(match["word"])
    return None if unlike and unlike.search(text, window, match.end("word")) else match["word"]
