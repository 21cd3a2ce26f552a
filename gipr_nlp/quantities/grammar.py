"""The one pattern that finds numbers and what only looks like one, made from the catalogue.

It is guarded: one character (``first``) decides whether a place can begin a number, and every
run of digits or numerals that it takes is taken whole (possessive), so that it reads a text in
linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import regex

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.units import Approximation, NonFigure, NumberWord, Numeral, Unit
from gipr_nlp.quantities.numerals import NumeralReader, roles
from gipr_nlp.quantities.unit_words import UnitWords

# The marks at which a non-figure may begin.
MARKS = r"第附〔\[【［（("
ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?![\d,])(?:\.\d++)?+|\d++(?:\.\d++)?+)"
RANGE = r"(?:至|到|[-‐—–―~～〜]|——|--)"
# A bracket between a number and its unit: 3(45个单位在3个总表中公示)条.
BRACKET = r"[（(][^（()）\n]{1,60}[)）]"
LOOK_BACK = 32
_LIGHT_VERB = "[有为占达计到了共是至在合]"  # 突破了18万条
# The whole of which a share is told: 约占全部申请（96件）的八成, 超过总量的一半.
_WHOLE = (
    r"占[^，。；：、（(,;:\d]{0,12}(?:[（(][^（()）]{0,12}[)）])?的?|[^，。；：、（(,;:\d]{1,10}?的"
)


@dataclass(frozen=True)
class Grammar:
    """What ``find_quantities`` needs of a catalogue, compiled."""

    first: re.Pattern[str]
    numbers: regex.Pattern[str]
    units: UnitWords
    bracket: re.Pattern[str]
    before: regex.Pattern[str]
    before_scale: regex.Pattern[str]
    before_share: regex.Pattern[str]
    trailing: regex.Pattern[str]
    inside: regex.Pattern[str]
    unlike: dict[str, regex.Pattern[str]]
    reader: NumeralReader
    words: dict[str, NumberWord]
    reasons: dict[str, str]
    approximations: dict[str, Approximation]
    scales: str


@lru_cache(maxsize=8)
def grammar_of(catalogue: Catalogue) -> Grammar:
    """The grammar of ``catalogue``, made once."""
    numerals = catalogue.all(Numeral)
    rows = tuple(catalogue.all(Approximation).values())
    units = tuple(catalogue.all(Unit).values())
    nonfigures = tuple(catalogue.all(NonFigure).values())
    words = tuple(catalogue.all(NumberWord).values())
    characters = "".join(word for row in numerals.values() for word in row.words)
    leading = "".join(sorted({word[0] for row in words for word in row.words}))
    return Grammar(
        first=re.compile(rf"[\dA-Za-z{MARKS}{characters}{leading}]"),
        numbers=regex.compile(_number_pattern(numerals, rows, units, words, nonfigures)),
        units=UnitWords(units),
        bracket=re.compile(BRACKET),
        before=_leading(word for row in rows for word in row.before),
        before_scale=_leading(word for row in rows for word in row.before_scale),
        before_share=_leading((word for row in rows for word in row.before), _WHOLE),
        trailing=regex.compile(_guarded((row.trailing, row.unless) for row in rows)),
        inside=regex.compile(_inside(rows)),
        unlike={
            word: regex.compile(rf"(?:{row.unlike})\Z")
            for row in rows
            if row.unlike
            for word in (*row.before, *row.before_scale)
        },
        reader=NumeralReader(numerals.values()),
        words={word: row for row in words for word in row.words},
        reasons={f"n_{row.reason}": row.reason for row in nonfigures},
        approximations={
            word: row
            for row in rows
            for word in (*row.before, *row.before_scale, *row.inside, *row.trailing)
        },
        scales=roles(numerals, "scale"),
    )


@lru_cache(maxsize=8)
def gaps_of(catalogue: Catalogue) -> regex.Pattern[str]:
    """The gaps inside and beside numbers; few texts have any to look for."""
    approximations, units = catalogue.all(Approximation), catalogue.all(Unit)
    return regex.compile(
        _gaps(catalogue.all(Numeral), approximations.values(), tuple(units.values()))
    )


def _number_pattern(
    numerals: dict[str, Numeral],
    rows: Iterable[Approximation],
    units: tuple[Unit, ...],
    words: tuple[NumberWord, ...],
    nonfigures: tuple[NonFigure, ...],
) -> str:
    more = _inside(rows)
    characters = "".join(word for row in numerals.values() for word in row.words)
    arabic, chinese = _arabic(numerals, more), _chinese(numerals, more)
    common = _common(units)
    number = rf"(?P<arabic>{arabic})(?:%?{RANGE}(?P<high>{arabic})(?!\d))?+"
    special = _guarded((row.words, row.unless) for row in words)
    # What is counted (83件) is tried on few rows: the others ask whether ``counted`` is set.
    return (
        rf"(?(DEFINE)(?P<UNIT>{_units(units)})(?P<COMMON>{common}))"
        rf"(?>(?=\d[\d,.]*+[余多]?[万亿]?{common})(?P<counted>)|)"
        rf"(?:{_non_figures(nonfigures, characters)}"
        rf"|(?(counted)(?!)|(?:(?P<word>{special})"
        rf"|(?P<parts>{chinese}|\d++)分之(?P<share>{arabic}|{chinese})"
        rf"|(?P<chinese>{chinese})(?:{RANGE}(?P<chinese_high>{chinese}))?+))"
        rf"|{number}|[{characters}]++)"
    )


def _gaps(
    numerals: dict[str, Numeral], rows: Iterable[Approximation], units: tuple[Unit, ...]
) -> str:
    """Stretches whose spaces (and, inside a number, breaks) do not part anything.

    Digits are joined where one gap cuts a number with its unit behind it (68 53条), or where
    every digit stands alone (6 8 5 3 条); a year is no part of the number that follows it.
    """
    scales = "".join(word for row in numerals.values() if row.role == "scale" for word in row.words)
    definition = rf"(?(DEFINE)(?P<TAIL>{_units(units)}|{_scales(numerals)}|{_inside(rows)}|[%‰]))"
    tail = "(?&TAIL)"
    gap = r"(?> {0,2}\n {0,2}| {1,2})"
    fraction = rf"(?:{gap}?\.{gap}?\d{{1,6}}+)?+"
    choices = [
        rf"(?<![\d.,])(?!(?:19|20)\d\d[ \n])(?:{_cut(gap)}){fraction}{gap}?+(?={tail})",
        rf"\d{gap}?\.{gap}?\d{{1,6}}+{gap}?+(?={tail})",
        rf"\d(?:{gap},|,{gap})(?=\d{{3}}(?!\d))",
        rf"(?<=\d)(?: {{1,2}}(?=[%‰\p{{Han}}〕\]】])|{gap}(?={tail}))",
        r"(?<=[\p{Han}〔\[（(〕\]】]) {1,2}(?=\d)(?!\d{1,2}[、.．]\p{Han})",
        rf"(?<=\d ?[余多{scales}]) {{1,2}}(?={tail})",
    ]
    return rf"{definition}(?=[\d \n])(?:{'|'.join(choices)})"


def _cut(gap: str) -> str:
    """Digits that gaps cut into a few groups, or one by one."""
    return rf"\d{{1,6}}+(?:{gap}\d{{1,6}}+){{1,3}}+(?!{gap}?\d)|\d(?:{gap}\d(?!\d)){{1,8}}+(?!{gap}?\d)"


def _non_figures(rows: Iterable[NonFigure], numerals: str) -> str:
    """The rows in their order; neighbours that begin alike stand behind one look ahead."""
    classes = {"digit": r"\d", "numeral": numerals, "letter": "A-Za-z", "mark": MARKS}
    runs = groupby(rows, key=lambda row: (row.counted, frozenset(row.begins)))
    return "|".join(
        rf"{'' if counted else '(?(counted)(?!)|'}"
        rf"(?=[{''.join(classes[beginning] for beginning in sorted(begins))}])"
        rf"(?:{'|'.join(_named(row) for row in run)})"
        rf"{'' if counted else ')'}"
        for (counted, begins), run in runs
    )


def _named(row: NonFigure) -> str:
    return f"(?P<n_{row.reason}>{row.expanded('(?&COMMON)', '(?&UNIT)')})"


def _common(units: tuple[Unit, ...]) -> str:
    """The measure words that show a bare number to be a count, for what looks like one."""
    words = [(unit.words, unit.unless) for unit in units if unit.common]
    plain = "".join(word for row, unless in words for word in row if len(word) == 1 and not unless)
    return f"(?:[{plain}]|{_guarded((row, unless) for row, unless in words if unless)})"


def _arabic(numerals: dict[str, Numeral], more: str) -> str:
    scale = _scales(numerals)
    return rf"{ARABIC}(?:{more})?(?:{scale}(?:{ARABIC}{scale})*+(?:{more})?)?+"


def _chinese(numerals: dict[str, Numeral], more: str) -> str:
    digits, scales = roles(numerals, "digit"), roles(numerals, "scale")
    several = roles(numerals, "several")
    return (
        rf"(?:[{several}](?=[{scales}]))?[{digits}{scales}]++(?:点[{digits}]++)?+"
        rf"(?:(?:{more})[{scales}]*+)?"
    )


def _scales(numerals: dict[str, Numeral]) -> str:
    """One or two powers of ten (千万), where they do not begin another word (千瓦)."""
    choices = _guarded((row.words, row.unless) for row in numerals.values() if row.role == "scale")
    return rf"(?:{choices}){{1,2}}+"


def _units(units: tuple[Unit, ...]) -> str:
    """The measure words that may follow Arabic digits; longest first."""
    choices = [(word, _unless(unit.unless)) for unit in units for word in unit.words]
    choices.sort(key=lambda choice: -len(choice[0]))
    return f"(?:{'|'.join(regex.escape(word) + unless for word, unless in choices)})"


def _inside(rows: Iterable[Approximation]) -> str:
    return _guarded((row.inside, row.unless) for row in rows)


def _guarded(choices: Iterable[tuple[tuple[str, ...], str | None]]) -> str:
    return "|".join(f"{_choice(words)}{_unless(unless)}" for words, unless in choices if words)


def _leading(words: Iterable[str], behind: str = _LIGHT_VERB) -> regex.Pattern[str]:
    """One of the words, with at most ``behind`` after it; read backwards from a place."""
    return regex.compile(rf"(?r)(?P<word>{_choice(words)})(?:{behind})?")


def _choice(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(regex.escape(word) for word in sorted(words, key=len, reverse=True))})"


def _unless(pattern: str | None) -> str:
    return f"(?!{pattern})" if pattern else ""
