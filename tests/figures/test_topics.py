"""The subjects of requests: which there are, where they stand, and where there are none."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.catalogue.metrics import Topic
from gipr_nlp.errors import CatalogueError
from gipr_nlp.figures import read_narrative
from gipr_nlp.figures.topics.find import find_topics
from gipr_nlp.figures.topics.words import topic_words
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
        word for row in rows.values() for those in row.by_kind().values() for word in those
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_acts_statistics_money_permits_matters_papers() -> None:
    words = topic_words(default_catalogue())
    assert words.label("处罚统计数据") == "enforcement"
    assert words.label("学校采购统计") == "statistics_data"
    assert words.label("学校招标采购") == "fiscal_funds"
    assert words.label("学校审批") == "approval_licensing"
    assert words.label("学校档案") == "education"
    assert words.label("学校会议纪要") == "education"
    assert words.label("会议纪要") == "official_documents"
    assert words.label("沟通") is None


def test_of_one_kind_the_longest_decides_then_the_last() -> None:
    words = topic_words(default_catalogue())
    assert words.label("林场社会保险") == "employment_hr"
    assert words.label("社会保险林场") == "employment_hr"
    assert words.label("林场社保") == "employment_hr"
    assert words.label("社保林场") == "agriculture_water"


def test_matters_that_keep_their_permits_and_readings() -> None:
    words = topic_words(default_catalogue())
    assert words.label("取水许可") == "approval_licensing"
    assert words.label("宅基地许可") == "property_registration"
    assert words.label("污水排放许可") == "environment"
    assert words.label("地震监测数据") == "statistics_data"
    assert words.label("废气监测数据") == "environment"
    assert words.label("废气统计数据") == "statistics_data"


def test_pairs_count_together_wherever_they_stand() -> None:
    words = topic_words(default_catalogue())
    assert words.label("违法建筑强制性拆除") == words.label("拆除村内违建") == "enforcement"
    assert words.label("违法建筑认定") == "planning_construction"
    assert words.label("历年果园面积数据") == "statistics_data"
    assert words.label("果园面积数据") == "agriculture_water"
    assert words.label("小学教师编制核定") == "education"
    assert words.label("医师编制核定") == "employment_hr"


def test_a_paper_alone_does_not_tell() -> None:
    words = topic_words(default_catalogue())
    assert words.label("档案") == "official_documents"
    assert words.label("档案", telling=True) is None
    assert words.label("学校档案", telling=True) == "education"


def test_words_of_a_user(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        """[[topic]]
id = "tea"
zh = "茶"
en = "tea"
keeps = ["permits"]
acts = ["茶市处罚"]
words = ["茶山"]
[[topic.pairs]]
kind = "money"
first = ["茶"]
second = ["税"]
""",
        encoding="utf-8",
    )
    words = topic_words(Catalogue.load([own]))
    assert words.label("茶山审批") == "tea"
    assert words.label("茶市处罚统计") == "tea"
    assert words.label("茶叶商户的税") == "tea"


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("", "no words"),
        ('words = ["茶山"]\nkeeps = ["papers"]', "keeps"),
        ('words = ["茶山"]\nweighted = {5 = ["茶市"]}', "weighted"),
    ],
)
def test_rows_that_say_nothing_are_refused(tmp_path: Path, rest: str, fault: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f'[[topic]]\nid = "tea"\nzh = "茶"\nen = "tea"\n{rest}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=fault):
        Catalogue.load([own])


@pytest.mark.parametrize("joint", ["和", "和土地", "与道路及"])
def test_time_of_a_phrase_is_bounded(joint: str) -> None:
    text = "申请内容主要涉及" + joint * 30
    before = time.process_time()
    list(find_topics(text, topic_words(default_catalogue()), lambda place: True))
    assert time.process_time() - before < 1
