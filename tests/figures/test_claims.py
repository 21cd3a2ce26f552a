"""What the words assert about figures: 均, 全部, 增长, 超过."""

from __future__ import annotations

from tests.figures.conftest import Read


def test_all_requests_answered(read: Read) -> None:
    narrative = read("全年收到申请83件，均已按期答复。")
    (claim,) = narrative.claims
    assert claim.kind == "all"
    assert claim.metrics == ("requests_answered", "on_time_rate")
    assert claim.figures == (narrative.figures[0].id,)


def test_all_upheld_says_it_of_reviews_and_lawsuits_told_in_one_breath(read: Read) -> None:
    narrative = read("行政复议4件，行政诉讼2件，均获维持。")
    (claim,) = narrative.claims
    assert claim.metrics == ("reviews_upheld", "litigation_upheld")


def test_all_upheld_is_about_the_last_where_more_is_told_of_the_first(read: Read) -> None:
    narrative = read("行政复议4件，其中纠正1件，行政诉讼2件，均获维持。")
    (claim,) = narrative.claims
    assert claim.metrics == ("litigation_upheld",)


def test_all_reviews_upheld_says_nothing_of_lawsuits(read: Read) -> None:
    narrative = read("行政复议6件，全部维持；行政诉讼3件。")
    (claim,) = narrative.claims
    assert claim.metrics == ("reviews_upheld",)
    assert [figure.metric for figure in narrative.figures] == ["reviews_total", "litigation_total"]


def test_growth_compares_the_two_years(read: Read) -> None:
    narrative = read("今年新收申请930件，而上年为1006件，同比增长7.6%。")
    this, last, _ = narrative.figures
    (claim,) = narrative.claims
    assert (claim.kind, claim.figures, claim.versus) == ("increase", (this.id,), last.id)


def test_a_number_after_all_is_no_claim(read: Read) -> None:
    assert not read("收到申请9件，答复率、满意率均为100%。").claims
