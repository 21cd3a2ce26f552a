"""Properties of the interval arithmetic: what it holds is what every choice of values would give."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gipr_nlp.interval import Interval, plain, total

NUMBERS = st.decimals(
    min_value=-10_000, max_value=10_000, allow_nan=False, allow_infinity=False, places=2
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    one, other = sorted([draw(NUMBERS), draw(NUMBERS)])
    low = draw(st.sampled_from([one, None]))
    high = draw(st.sampled_from([other, None]))
    if one == other:
        return Interval(low, high)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    interval, value = draw(intervals()), draw(NUMBERS)
    assume(value in interval)
    return interval, value


@given(NUMBERS)
def test_a_point_holds_its_value_alone(value: Decimal) -> None:
    point = Interval.point(value)
    assert point.is_point
    assert value in point
    assert value + 1 not in point


@given(members(), members())
def test_a_sum_holds_the_sum_of_members(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    assert one[1] + other[1] in one[0] + other[0]


@given(members(), members())
def test_a_difference_holds_the_difference_of_members(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    assert one[1] - other[1] in one[0] - other[0]


@given(members(), st.integers(-50, 50))
def test_a_multiple_holds_the_multiple_of_members(
    member: tuple[Interval, Decimal], factor: int
) -> None:
    assert member[1] * factor in member[0].times(factor)


@given(intervals())
def test_negation_undoes_itself(interval: Interval) -> None:
    negative = -interval
    assert -negative == interval


@given(intervals(), intervals())
def test_addition_does_not_depend_on_order(one: Interval, other: Interval) -> None:
    assert one + other == other + one


@given(intervals(), intervals(), NUMBERS)
def test_what_lies_in_both_makes_them_meet(one: Interval, other: Interval, value: Decimal) -> None:
    if value in one and value in other:
        assert one.meets(other)


@given(intervals(), intervals())
def test_meeting_goes_both_ways(one: Interval, other: Interval) -> None:
    assert one.meets(other) == other.meets(one)


@given(intervals(), intervals())
def test_intervals_that_do_not_meet_have_a_gap_between_them(one: Interval, other: Interval) -> None:
    if not one.meets(other):
        difference = one - other
        assert 0 not in difference


@given(intervals(), intervals())
def test_intervals_that_meet_may_be_one_value(one: Interval, other: Interval) -> None:
    if one.meets(other):
        assert 0 in one - other


@given(members(), st.decimals(min_value=0, max_value=100, places=1))
def test_widening_keeps_every_member(member: tuple[Interval, Decimal], margin: Decimal) -> None:
    wide = member[0].widened(margin)
    assert member[1] in wide
    assert member[1] + margin in wide


@given(st.lists(members(), max_size=6))
def test_a_total_holds_the_total_of_members(chosen: list[tuple[Interval, Decimal]]) -> None:
    assert sum((value for _, value in chosen), Decimal(0)) in total(one for one, _ in chosen)


@given(NUMBERS, st.sampled_from(["1", "0.1", "0.01", "100", "1000"]))
def test_a_rounded_number_holds_what_rounds_to_it(value: Decimal, unit: str) -> None:
    place = Decimal(unit)
    rounded = Interval.rounded(value, place)
    assert value in rounded
    assert value - place / 2 in rounded
    assert value + place / 2 not in rounded


@given(NUMBERS)
def test_plain_digits_read_back_as_the_number(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(("low", "high", "low_open"), [(2, 1, False), (1, 1, True)])
def test_an_empty_interval_is_refused(low: int, high: int, low_open: bool) -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval(Decimal(low), Decimal(high), low_open)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval.point(1200), "[1200, 1200]"),
        (Interval.rounded(Decimal("12000"), Decimal(1000)), "[11500, 12500)"),
        (Interval(Decimal(1200), Decimal(1300), True, True), "(1200, 1300)"),
        (Interval(Decimal(100), None, True), "(100, ∞)"),
        (Interval(None, Decimal(5)), "(-∞, 5]"),
    ],
)
def test_an_interval_reads_as_it_is_written(interval: Interval, text: str) -> None:
    assert str(interval) == text
