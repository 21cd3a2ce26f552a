"""Who reports and on which year, as the title says."""

from __future__ import annotations

import pytest

from gipr_nlp.figures.text.heading import read_heading
from gipr_nlp.sources import text_document


@pytest.mark.parametrize(
    "body", ["和平区", "和林格尔县", "和田市", "和县人民政府办公室", "柳塘镇", "某市财政局"]
)
def test_a_name_keeps_all_its_characters(body: str) -> None:
    heading = read_heading(text_document(f"{body}2021年政府信息公开工作年度报告\n一、总体情况\n"))
    assert (heading.organization, heading.year) == (body, 2021)


def test_what_leads_up_to_a_name_is_no_part_of_it() -> None:
    heading = read_heading(
        text_document("关于柳塘镇2021年政府信息公开工作年度报告\n一、总体情况\n")
    )
    assert heading.organization == "柳塘镇"


@pytest.mark.parametrize(
    ("opening", "body"),
    [
        ("2009年柳塘镇人民政府信息公开工作年度报告", "柳塘镇人民政府"),
        ("领导小组编制了和平区人民政府2021年度政府信息公开工作年度报告。", "和平区人民政府"),
    ],
)
def test_what_a_name_shares_with_the_words_around_it(opening: str, body: str) -> None:
    assert read_heading(text_document(f"{opening}\n一、总体情况\n")).organization == body


@pytest.mark.parametrize("marks", ["# {}", "## **{}**", "**{}**", "＃{}"])
def test_marks_of_markdown_are_no_part_of_a_title(marks: str) -> None:
    title = "柳塘镇人民政府2021年政府信息公开工作年度报告"
    heading = read_heading(text_document(f"{marks.format(title)}\n\n## 一、总体情况\n"))
    assert (heading.title, heading.organization) == (title, "柳塘镇人民政府")


@pytest.mark.parametrize(
    ("head", "title", "body", "year"),
    [
        ("柳塘区统计局政府信息公开年度报告（2016年）", "柳塘区统计局政府信息公开年度报告（2016年）", "柳塘区统计局", 2016),
        ("柳塘区统计局2015年度政府信息公开年报", "柳塘区统计局2015年度政府信息公开年报", "柳塘区统计局", 2015),
        ("【2019】柳塘区交通局2019年政府信息公开工作年度报告", "柳塘区交通局2019年政府信息公开工作年度报告", "柳塘区交通局", 2019),
        ("2020年度信息公开工作年度报告\n柳塘农业大学\n（2020年10月30日）", "2020年度信息公开工作年度报告", "柳塘农业大学", 2020),
        ("现向社会公布2024年柳塘镇人民政府信息公开工作年度报告。", "2024年柳塘镇人民政府信息公开工作年度报告", "柳塘镇人民政府", 2024),
        ("2020年四季度政务公开工作自查报告", "2020年四季度政务公开工作自查报告", None, 2020),
    ],
)  # fmt: skip
def test_titles_in_other_words(head: str, title: str, body: str | None, year: int) -> None:
    heading = read_heading(text_document(f"{head}\n一、总体情况\n"))
    assert (heading.title, heading.organization, heading.year) == (title, body, year)


@pytest.mark.parametrize(
    ("opening", "body"),
    [
        ("由柳塘市太和镇人民政府按照《条例》编制本报告。", "柳塘市太和镇人民政府"),
        ("根据《条例》要求，柳塘市人民政府根据全市工作开展情况，编制本报告。", "柳塘市人民政府"),
        ("根据《条例》，太和镇政府编制2020年政府信息公开年度报告。", "太和镇政府"),
        ("如有疑问，请与柳塘县审计局办公室联系（地址：柳塘县）。", "柳塘县审计局"),
        ("如有疑问，请与县政府办公室联系。", None),
        ("如有疑问，请联系柳塘大学太和学院办公室（电话：65132207）。", "柳塘大学太和学院"),
        ("如有疑问，请与柳塘县政府信息公开工作领导小组办公室联系。", None),
    ],
)
def test_a_report_without_a_title_names_its_body(opening: str, body: str | None) -> None:
    heading = read_heading(text_document(f"{opening}\n一、总体情况\n"))
    assert heading.organization == body


def test_a_notice_about_the_reports_is_no_title() -> None:
    heading = read_heading(
        text_document(
            "根据《条例》和《柳塘州政务公开办公室关于做好2020年度政府信息公开工作年度报告编制工作的通知》，"
            "现公布太和乡人民政府2020年政府信息公开工作年度报告，所列数据截至2020年底，供公众查阅和下载使用。\n"
        )
    )
    assert (heading.title, heading.organization) == (
        "太和乡人民政府2020年政府信息公开工作年度报告",
        "太和乡人民政府",
    )


@pytest.mark.parametrize(
    "opening",
    [
        "根据《条例》规定，编制我单位2021年政府信息公开工作年度报告。",
        "柳塘市政务公开办公室关于认真做好2021年政府信息公开工作年度报告编制发布工作的通知",
    ],
)
def test_what_names_no_body_is_no_title(opening: str) -> None:
    heading = read_heading(text_document(f"{opening}\n一、总体情况\n"))
    assert (heading.title, heading.organization, heading.year) == (None, None, 2021)


def test_what_is_carried_on_to_a_year_was_told_in_the_year_before() -> None:
    heading = read_heading(text_document("受理申请86件，办结78件，余8件转2023年度办理。\n"))
    assert heading.year == 2022


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("政府信息公开工作年报\n2022年，我镇收到申请3件。\n2023年1月31日\n", 2022),
        ("信息公开工作总结\n发布时间：2023年1月5日\n2022年度收到申请3件。\n2023年1月5日\n", 2022),
        ("截至2022年12月31日，收到申请3件。\n青山县审计局\n2023年3月2日\n", 2022),
        ("收到申请3件。\n青山县审计局\n2023年3月2日\n", 2022),
        ("2022年收到申请3件。2023年，我局将加强学习。2023年计划培训2次。\n", 2022),
    ],
)
def test_the_day_of_signing_and_what_is_planned_are_of_the_year_after(text: str, year: int) -> None:
    assert read_heading(text_document(text)).year == year
