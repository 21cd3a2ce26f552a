"""The parts of a report, however they are numbered."""

from __future__ import annotations

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures.text.sections import find_sections


def _ids(text: str) -> list[str]:
    return [one.id for one in find_sections(text, default_catalogue())]


def _titles(text: str) -> list[str]:
    return [one.title for one in find_sections(text, default_catalogue()) if one.title]


def test_arabic_numbers_open_parts_where_nothing_else_does() -> None:
    text = (
        "某街道2023年报告\n1、 总体情况\n街道认真落实条例。\n1、 主动公开。全年公开信息40条。\n"
        "2、 依申请公开。全年未收到申请。\n"
    )
    assert _ids(text) == ["head", "overview", "overview.proactive", "overview.requests"]


def test_arabic_numbers_open_subsections_of_a_part_that_has_no_others() -> None:
    text = (
        "一、总体情况\n1.政府信息主动公开情况。公开6条。\n2.政府信息依申请公开情况。没有申请。\n"
        "二、主动公开政府信息情况\n本年处罚39件。\n"
    )
    assert _ids(text) == ["overview", "overview.proactive", "overview.requests", "proactive"]


def test_arabic_numbers_inside_a_subsection_open_nothing() -> None:
    text = (
        "一、总体情况\n（一）主动公开情况\n1.建好公开平台。公开6条。\n2.依法受理申请公开。已办。\n"
    )
    assert _ids(text) == ["overview", "overview.proactive"]


def test_a_sentence_that_lists_the_parts_opens_none() -> None:
    text = (
        "全文包括（一）总体情况；（二）主动公开政府信息情况；（三）行政复议、行政诉讼情况。"
        "数据截至年底。\n一、总体情况\n（一）主动公开情况。公开42条。\n"
    )
    assert _ids(text) == ["head", "overview", "overview.proactive"]


def test_a_list_of_the_parts_in_lines_opens_none() -> None:
    text = (
        "报告由以下部分组成：\n（一）组织领导和制度建设情况；\n（二）申请公开的办理情况；\n"
        "（三）收费情况。\n一、工作概述\n全年公开42条。\n"
    )
    assert _ids(text) == ["head", "overview"]


def test_a_title_ends_where_its_first_subsection_begins() -> None:
    for between in ("\n", ""):
        text = (
            f"一、总体情况{between}（一）主动公开情况\n公开53条。\n（二）依申请公开情况\n没有。\n"
        )
        assert _titles(text) == ["总体情况", "主动公开情况", "依申请公开情况"]


def test_parts_in_one_run_of_text() -> None:
    text = (
        "现报告如下： 一、工作完成情况及成效 （一）机制建设方面。建立机制。 （二）主动公开方面。公开9条。"
        " 二、存在的问题。有待加强。"
    )
    assert _ids(text) == [
        "head",
        "overview",
        "overview.supervision",
        "overview.proactive",
        "problems",
    ]


def test_a_table_of_contents_opens_nothing() -> None:
    text = "目录\n一、总体情况.......... 1\n（一）主动公开情况 ........ 2\n二、存在的问题………… 9\n"
    assert _titles(text) == []


def test_reviews_and_suits_over_requests_are_no_requests() -> None:
    for title in (
        "因政府信息公开申请行政复议、提起行政诉讼的情况",
        "政府信息公开申请提起行政复议情况",
    ):
        assert _ids(f"五、{title}\n没有。\n") == ["reviews"]
    assert _ids("三、政府信息公开申请办理情况\n没有。\n") == ["requests"]
    assert _ids("三、依申请公开和行政复议情况\n没有。\n") == ["requests"]


def test_bullets_open_subsections_and_what_is_counted_off_in_a_sentence_none() -> None:
    text = (
        "一、总体情况\n• 主动公开情况\n公开907条。\n• 依申请公开情况\n没有收到。\n"
        "二、存在的问题\n第一，在公开渠道方面，我局仍有不足。第二，在制度方面，有待完善。\n"
    )
    assert _ids(text) == ["overview", "overview.proactive", "overview.requests", "problems"]


def test_parts_that_are_numbered_with_the_word() -> None:
    text = "第一部分 总体情况\n公开907条。\n第二部分 存在的问题\n有不足。\n"
    assert _titles(text) == ["总体情况", "存在的问题"]


def test_a_sentence_that_lists_the_parts_by_arabic_numbers_opens_none() -> None:
    text = (
        "内容包括：1.总体情况；2.主动公开政府信息情况；3.行政复议、行政诉讼情况。数据截至年底。\n"
        "一、总体情况\n公开42条。\n"
    )
    assert _ids(text) == ["head", "overview"]
