"""The subjects of requests: which there are, where they stand, and where there are none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.catalogue.metrics import Topic
from gipr_nlp.errors import CatalogueError
from gipr_nlp.figures import read_narrative
from gipr_nlp.figures.topics import find_topics, topic_words
from gipr_nlp.sources import text_document
from tests.figures.marked import Marked, cases

# A request table that lost its borders: its labels name permits, complaints, files.
TABLE = """三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
一、本年新收政府信息公开申请数量 12 3 0 0 1 0 16
（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0
5.属于三类内部事务信息 0 0 0 0 0 0 0
6.属于四类过程性信息 1 0 0 0 0 0 1
7.属于行政执法案卷 2 0 0 0 0 0 2
8.属于行政查询事项 3 0 0 0 0 0 3
（五）不予处理 1.信访举报投诉类申请 4 0 0 0 0 0 4
3.要求提供公开出版物 0 0 0 0 0 0 0
（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0 0
"""


@pytest.mark.parametrize("case", cases("topics"), ids=str)
def test_subjects_of_requests(case: Marked) -> None:
    narrative = read_narrative(text_document(case.text), (), default_catalogue(), year=2022)
    assert {(one.start, one.end): {one.label} for one in narrative.topics} == case.meanings


@pytest.mark.parametrize("inside", [False, True])
def test_labels_of_a_table_are_no_subjects(inside: bool) -> None:
    words = topic_words(default_catalogue())
    for text in (TABLE, TABLE.replace("\n", ""), TABLE.replace(" ", "\t")):
        assert not list(find_topics(text, words, lambda place: inside))


def test_a_cue_of_its_own_section_needs_no_request_before() -> None:
    words, text = topic_words(default_catalogue()), "主要涉及土地征收、房屋拆迁。"
    assert not list(find_topics(text, words, lambda place: False))
    assert [one.label for one in find_topics(text, words, lambda place: True)] == [
        "land_expropriation",
        "house_demolition",
    ]


def test_every_label_has_cases_and_no_word_two_meanings() -> None:
    rows = default_catalogue().all(Topic)
    seen = {
        label for case in cases("topics") for those in case.meanings.values() for label in those
    }
    assert seen == set(rows)
    words = Counter(
        word for row in rows.values() for those in row.by_weight().values() for word in those
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_the_weightiest_word_decides_then_the_longest_then_the_last() -> None:
    words = topic_words(default_catalogue())
    assert words.label("环境处罚") == "enforcement"
    assert words.label("学校审批") == "approval_licensing"
    assert words.label("低保审批") == "social_welfare"
    assert words.label("学校档案") == "education"
    assert words.label("档案") == "official_documents"
    assert words.label("档案", weight=2) is None
    assert words.label("沟通") is None


def test_words_of_a_user_come_with_or_without_weights(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[topic]]\nid = "tea"\nzh = "茶"\nen = "tea"\nwords = ["茶山"]\nweighted = {5 = ["茶市处罚"]}\n',
        encoding="utf-8",
    )
    words = topic_words(Catalogue.load([own]))
    assert words.label("茶山审批") == "tea"
    assert words.label("茶市处罚") == "tea"


@pytest.mark.parametrize("weight", [0, 4, 6])
def test_a_weight_out_of_range_is_refused(tmp_path: Path, weight: int) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        f'[[topic]]\nid = "tea"\nzh = "茶"\nen = "tea"\nwords = []\nweighted = {{{weight} = ["茶山"]}}\n',
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match="weight"):
        Catalogue.load([own])
