"""Who reports and on which year, as the title says."""

from __future__ import annotations

import pytest

from gipr_nlp.figures.heading import read_heading
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
