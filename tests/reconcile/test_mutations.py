"""The floors of the mutation benchmark, on a subset of its trials."""

from __future__ import annotations

import pytest

from benchmarks.mutations import Outcome, run


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run(trials=220, seed=7)


def test_clean_reports_have_no_errors(outcome: Outcome) -> None:
    assert outcome.false_errors == 0


def test_a_slip_that_an_equation_covers_is_detected(outcome: Outcome) -> None:
    single = outcome.by_count[1]
    assert single.detected >= 0.995 * single.trials


@pytest.mark.parametrize(("place", "floor"), [("cell", 0.98), ("total", 0.98), ("figure", 0.95)])
def test_the_place_and_value_of_a_slip_come_first(
    outcome: Outcome, place: str, floor: float
) -> None:
    tally = outcome.by_place[place]
    assert tally.localised >= floor * tally.trials


def test_what_the_equations_cannot_tell_apart_is_listed(outcome: Outcome) -> None:
    tally = outcome.by_place["review"]
    assert tally.listed >= 0.95 * tally.trials
    assert tally.localised >= 0.65 * tally.trials


def test_two_slips_are_repaired_together(outcome: Outcome) -> None:
    pairs = outcome.by_count[2]
    assert pairs.localised >= 0.78 * pairs.trials
    assert pairs.listed >= 0.95 * pairs.trials
