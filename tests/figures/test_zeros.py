"""Zero in words: what a negation denies, and negations that deny nothing."""

from __future__ import annotations

import pytest

from tests.figures.conftest import Read

ZEROS = {
    "未收到政府信息公开申请": ["requests_new"],
    "没有发生因政府信息公开引起的行政复议和行政诉讼": ["reviews_total", "litigation_total"],
    "复议、诉讼均为零": ["reviews_total", "litigation_total"],
    "无上年结转，无结转下年度办理的申请": ["requests_carried_in", "requests_carried_out"],
    "本年新收、上年结转、结转下年申请数量均为零": [
        "requests_new",
        "requests_carried_in",
        "requests_carried_out",
    ],
    "全年零败诉": ["litigation_lost"],
    "未发生一例行政复议": ["reviews_total"],
    "诉讼无一例": ["litigation_total"],
    "收费情况：无": ["request_fees"],
    "5、因信息公开申请行政复议、提起行政诉讼的情况：无": ["reviews_total", "litigation_total"],
    "未发生与政府信息公开有关的行政复议": ["reviews_total"],
    "线上、线下均无依申请公开信件": ["requests_new"],
    "对公民的申请暂不收取任何费用": ["request_fees"],
    "行政复议降至零": ["reviews_total"],
    "无一例申请、无一起投诉": ["requests_new", "complaints"],
    "未收到任何公民、法人和其他组织提出的政府信息公开申请": ["requests_new"],
    "没有因信息公开提起行政复议、行政诉讼和行政申诉": [
        "reviews_total",
        "litigation_total",
        "complaints",
    ],
    "全年不存在复议诉讼": ["reviews_total", "litigation_total"],
    "行政复议诉讼：未发生": ["reviews_total", "litigation_total"],
    "没有出现复议纠错和诉讼败诉的情况": ["reviews_corrected", "litigation_lost"],
}

NOT_ZERO = [
    "因本机关不掌握无法提供的，依法告知申请人。",
    "申请人无正当理由大量反复申请的，依法不予处理。",
    "建成无障碍网站。",
    "对未收到答复的申请人，可以申请行政复议。",
    "没有现成信息需要另行制作的，不予提供。",
    "部分栏目未及时更新。",
    "未发现应予公开而不予公开的信息。",
    "未产生与诉讼（行政复议、申诉）有关的费用支出。",
    "全年未收到行政许可申请。",
    "未发现不公开、不及时公开等问题。",
    "未出现公开不规范的现象。",
]


@pytest.mark.parametrize("text", ZEROS)
def test_a_negation_is_a_zero_of_all_that_it_covers(text: str, read: Read) -> None:
    figures = read(text + "。").figures
    assert [figure.metric for figure in figures] == ZEROS[text]
    assert all(figure.in_words and figure.value == 0 for figure in figures)


@pytest.mark.parametrize("text", NOT_ZERO)
def test_a_negation_that_states_no_number(text: str, read: Read) -> None:
    assert not read(text).figures


def test_what_fell_to_zero_keeps_the_number_it_fell_from(read: Read) -> None:
    before, now = read("行政诉讼由上年3件降为零。").figures
    assert (before.metric, before.value, before.period) == ("litigation_total", 3, "last_year")
    assert (now.metric, now.value, now.period) == ("litigation_total", 0, "this_year")
