"""What holds for every number, and for hostile text."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.units import Approximation, NonFigure, Unit
from gipr_nlp.quantities import find_quantities, number_end
from gipr_nlp.records import Quantity

CATALOGUE = default_catalogue()
UNITS = ["件", "条", "人次", "万元", "万条", "%", "个百分点", "倍", "次", "余条", "多万次", "余件"]
BEFORE = ["", "约", "近", "超过", "不足", "至少", "突破", "不超过"]
NOISE = (
    "公开条件数一二三十百千万亿第年月日号〔〕（）“”《》:：.,，。-—至约近余多几%％0123456789 \nAz@/"
)


def one(text: str) -> Quantity:
    (found,) = find_quantities(text, CATALOGUE)
    return found


@given(st.integers(1, 10**7), st.sampled_from(UNITS), st.sampled_from(BEFORE))
def test_the_value_lies_in_the_closure_of_its_interval(number: int, unit: str, word: str) -> None:
    found = one(f"公开{word}{number}{unit}")
    low, high = found.interval.low, found.interval.high
    assert low is None or low <= found.value
    assert high is None or found.value <= high


@given(st.integers(0, 10**7))
def test_a_plain_integer_stands_for_itself(number: int) -> None:
    found = one(f"受理{number}件")
    assert found.value == number
    assert found.interval.is_point


@given(st.decimals(Decimal("0.01"), 999, places=2))
def test_a_percentage_stands_for_what_rounds_to_it(number: Decimal) -> None:
    found = one(f"占{number:f}%")
    assert found.interval.low == number - Decimal("0.005")
    assert found.interval.high == number + Decimal("0.005")
    assert found.interval.high_open


@given(st.text(NOISE, max_size=80))
def test_quantities_come_in_order_without_overlap(text: str) -> None:
    found = find_quantities(text, CATALOGUE)
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    for quantity in found:
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.start < number_end(quantity, CATALOGUE) <= quantity.end


@given(st.text(NOISE, max_size=60))
def test_every_digit_is_accounted_for(text: str) -> None:
    covered = {
        offset
        for quantity in find_quantities(text, CATALOGUE)
        for offset in range(quantity.start, quantity.end)
    }
    assert all(offset in covered for offset, sign in enumerate(text) if sign.isdecimal())


@pytest.mark.parametrize(
    "piece",
    ["1", "一", "1,", "1.", "1 ", "1-", "0" , "第1", "〔2019〕", "十几", "1万", "百分之", "《1", "“一", "a1", "1\n", "20211月", "万", "一个", "1至"],
)  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    small, large = piece * 1_000, piece * 8_000
    find_quantities(small, CATALOGUE)
    before = time.process_time()
    find_quantities(small, CATALOGUE)
    middle = time.process_time()
    find_quantities(large, CATALOGUE)
    after = time.process_time()
    assert after - middle < 8 * 5 * max(middle - before, 0.01)


def test_ten_megabytes_of_digits_are_one_non_figure() -> None:
    text = "7" * 10_000_000
    before = time.process_time()
    found = one(text)
    assert found.not_figure == "digits"
    assert time.process_time() - before < 8


def test_every_word_of_a_unit_is_read() -> None:
    for unit in CATALOGUE.all(Unit).values():
        for word in unit.words:
            found = find_quantities(f"全年37{word}", CATALOGUE)
            assert found, word
            assert found[0].not_figure or found[0].unit == unit.name, word


def test_every_approximation_is_heard() -> None:
    for row in CATALOGUE.all(Approximation).values():
        for word in row.before:
            assert one(f"公开{word}80条").modifier == word
        for word in row.inside:
            assert one(f"公开80{word}条").modifier == word
        for word in row.trailing:
            assert one(f"公开80条{word}").modifier == word


def test_a_non_figure_takes_no_group_and_compiles() -> None:
    for row in CATALOGUE.all(NonFigure).values():
        assert not list(row.faults(CATALOGUE))
