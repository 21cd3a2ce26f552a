"""The narrative view: tables out, breaks and spaces of the layout gone, the way back kept."""

from __future__ import annotations

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures.text.view import narrative_view
from gipr_nlp.records import Place
from gipr_nlp.sources import text_document
from tests.figures.conftest import Read

PLAIN = "全年共受理政府信息公开申请83件，其中予以公开52件，部分公开24件，无法提供7件。网站总访问量365700次。"


def described(text: str, read: Read) -> list[tuple[str, str]]:
    return [(figure.metric, str(figure.value)) for figure in read(text).figures]


@pytest.mark.parametrize("width", [7, 13, 20, 33])
def test_breaks_of_the_layout_change_nothing(width: int, read: Read) -> None:
    broken = "\n".join(PLAIN[start : start + width] for start in range(0, len(PLAIN), width))
    assert described(broken, read) == described(PLAIN, read)


def test_spaces_change_nothing(read: Read) -> None:
    assert described(" ".join(PLAIN), read) == described(PLAIN, read)


def test_traditional_characters_and_reading_aids(read: Read) -> None:
    text = "全市主動公(gong)開政府信息12條，受理申請3件。"
    assert described(text, read) == [("proactive_total", "12"), ("requests_new", "3")]


def test_every_character_knows_where_it_came_from() -> None:
    document = text_document("公 开 信\n息 12\n条，见 下 表。\n\t1\t2\n完。")
    table = document.text.index("\t1")
    view = narrative_view(document, (Place(start=table, end=table + 4),), default_catalogue())
    assert view.text.startswith("公开信息12条，见下表。")
    assert "\t" not in view.text
    for index, character in enumerate(view.text):
        if not character.isspace():
            assert document.text[view.starts[index]] == character


def test_a_title_is_not_joined_to_its_text(read: Read) -> None:
    text = "（二）依申请公开情况\n全年收到申请5件。\n（三）监督保障\n培训2次。"
    assert described(text, read) == [("requests_new", "5"), ("trainings", "2")]


@pytest.mark.parametrize(
    "title",
    [
        "青山县2022年政府信息公开工作年度报告",
        "青山县人民政府\n2022年政府信息公开工作年度报告",
        "主动公开情况",
        "（一）主动公开",
    ],
)
def test_a_year_below_a_title_opens_a_sentence(title: str, read: Read) -> None:
    text = f"{title}\n2022年主动公开政府信息1506条，其中政务动态873条。"
    assert described(text, read) == [("proactive_total", "1506"), ("proactive_category", "873")]


def test_a_number_below_a_heading_opens_a_sentence(read: Read) -> None:
    text = "（三）行政复议情况\n11件行政复议中，有7件维持，4件尚未审结。"
    assert [metric for metric, _ in described(text, read)] == [
        "reviews_total",
        "reviews_upheld",
        "reviews_pending",
    ]


def test_paragraphs_joined_by_spaces_are_parted_at_their_numbering(read: Read) -> None:
    text = "主要渠道 1.政府网站 全年在网站公开信息75条。 2、政务微信 推送信息31条。"
    assert described(text, read) == [("proactive_website", "75"), ("proactive_wechat", "31")]


def test_the_space_before_the_time_of_day_joins_no_digits(read: Read) -> None:
    narrative = read("发布时间：2021-02-11 14:20来源：办公室\n全年公开信息75条。")
    assert [figure.text for figure in narrative.figures] == ["75条"]
    assert not narrative.unbound


def test_the_title_of_the_report_is_a_line_of_its_own(read: Read) -> None:
    text = "某县2022年政府信息公开工作年度报告\n我县2022年主动公开政府信息共304条。"
    assert described(text, read) == [("proactive_total", "304")]
