"""Numbers written out and read back."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.units import Numeral
from gipr_nlp.quantities.numerals import NumeralReader

READER = NumeralReader(default_catalogue().all(Numeral).values())
DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def section(number: int) -> str:
    """A number below 10000 in Chinese."""
    text, gap = "", False
    for worth, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + name
        gap = False
    return text


def chinese(number: int) -> str:
    """A number in Chinese, written as a careful clerk would."""
    text = ""
    for worth, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // worth % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + section(part) + name
    return text or "零"


@given(st.integers(0, 10**12 - 1))
def test_chinese_round_trip(number: int) -> None:
    read = READER.read(chinese(number))
    assert read is not None
    assert read.value == number


@given(st.integers(10, 10**12 - 1))
def test_formal_numerals_say_the_same(number: int) -> None:
    plain, formal = READER.read(chinese(number)), READER.read(chinese(number).translate(FORMAL))
    assert plain == formal


@given(st.integers(0, 10**12 - 1))
def test_thousands_separators(number: int) -> None:
    read = READER.read(f"{number:,}")
    assert read is not None
    assert read.value == number


@given(st.decimals(0, 10**6, places=3), st.sampled_from([("万", 4), ("亿", 8), ("千万", 7)]))
def test_scales_multiply(number: Decimal, scale: tuple[str, int]) -> None:
    name, power = scale
    read = READER.read(f"{number:f}{name}")
    assert read is not None
    assert read.value == number.scaleb(power)
    assert read.place == Decimal(1).scaleb(power - 3)


@given(st.text("零一二三四五六七八九十百千万亿点两几数0123456789.,", max_size=12))
def test_any_run_of_numerals_is_a_number_or_none(surface: str) -> None:
    if surface:
        read = READER.read(surface)
        assert read is None or read.value >= 0
