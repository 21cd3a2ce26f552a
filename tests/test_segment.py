"""The segmenter: both engines give the same words, the dictionary is private, it pickles."""

from __future__ import annotations

import pickle
from itertools import pairwise
from pathlib import Path

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.segment import Segmenter, own_words
from gipr_nlp.sources import Limits, read_path

CORPUS = Path(__file__).parent.parent / "corpus"
TEXTS = sorted([*CORPUS.glob("passages/*/*.txt"), *CORPUS.glob("reports/*.txt")])
LIMITS = Limits()

jieba = Segmenter(default_catalogue(), engine="jieba")


def words(segmenter: Segmenter, text: str) -> list[str]:
    return [text[start:end] for start, end in segmenter.words(text)]


def test_rjieba_gives_the_words_of_jieba() -> None:
    pytest.importorskip("rjieba")
    rjieba = Segmenter(default_catalogue(), engine="rjieba")
    assert TEXTS
    for path in TEXTS:
        text = read_path(path, LIMITS).text
        assert words(rjieba, text) == words(jieba, text), path.name


def test_words_cover_every_character() -> None:
    text = "2021年 微信公众号 公开1,200余条\n\t占12.5%，8-12期 IPv6 ㈠①\U0001f600"
    spans = jieba.words(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(one[1] == two[0] for one, two in pairwise(spans))
    assert jieba.boundaries(text) == {0, *(end for _, end in spans)}


def test_nothing_comes_of_nothing() -> None:
    assert jieba.words("") == []
    assert jieba.boundaries("") == {0}


@pytest.mark.parametrize("word", ["公众号", "抖音号", "视频号"])
def test_the_catalogue_words_are_words(word: str) -> None:
    assert word in own_words(default_catalogue())
    assert word in words(jieba, f"通过{word}发布信息")


def test_the_global_dictionary_of_jieba_is_left_alone() -> None:
    import jieba as package

    assert words(jieba, "抖音号") == ["抖音号"]
    assert package.lcut("抖音号") == ["抖音", "号"]


def test_a_segmenter_can_be_pickled_after_use() -> None:
    words(jieba, "公开")
    again = pickle.loads(pickle.dumps(jieba))
    assert words(again, "微信公众号发布12条") == words(jieba, "微信公众号发布12条")


def test_making_one_loads_no_dictionary() -> None:
    assert Segmenter(default_catalogue())._cut is None
