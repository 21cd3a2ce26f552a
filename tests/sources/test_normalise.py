import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipr_nlp.sources.normalise import character_data, fold, fold_text

CASES = {
    "full-width digits and letters": ("６８５３条ＡＢ", "6853条AB"),
    "percent and point between digits": ("４９．５％", "49.5%"),
    "a full-width point elsewhere stays": ("一．总体", "一．总体"),
    "a full-width comma is no thousands separator": ("12，345", "12，345"),
    "full-width punctuation stays": ("（一）；：。“”", "（一）；：。“”"),
    "signs of changes": ("＋1 －5 ５／６", "+1 -5 5/6"),
    "Kangxi radicals": ("⼀⼆⾏⼈⽐⽉", "一二行人比月"),
    "radicals that NFKC leaves": ("⺠⻔⻓⻅⻛⻬⻥", "民门长见风齐鱼"),
    "compatibility ideographs": ("\uf967\uf9e1", "不李"),
    "odd spaces": ("1\u00a02\u30003\u2009件", "1 2 3 件"),
    "characters without width": ("83\u200b件\ufeff\u00ad", "83件"),
    "line ends": ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
    "zero bytes": ("8\x003件", "83件"),
    "enumerators are no numbers": ("①㈠⒈⑴Ⅳ½²", "①㈠⒈⑴Ⅳ½²"),
    "vertical brackets": ("︵一︶", "（一）"),
    "half-width punctuation": ("共｢83｣件｡", "共「83」件。"),
    "the end of a cell in Word": ("规章\x070\x07", "规章\t0\t"),
    "half a surrogate pair": ("\ud83d件", "\ufffd件"),
}


@pytest.mark.parametrize("name", CASES)
def test_folds(name):
    source, plain = CASES[name]
    assert fold(source).text == plain
    assert fold_text(source) == plain


@given(st.text())
def test_every_character_leads_back_to_its_source(source):
    folded = fold(source)
    assert len(folded.starts) == len(folded.text) + 1
    assert folded.starts[-1] == len(source)
    assert list(folded.starts) == sorted(folded.starts)
    for character, start in zip(folded.text, folded.starts, strict=False):
        if source[start] == character:
            continue
        assert len(fold(source[start]).text) == 1 or source[start] in "．\r"


@given(st.text())
def test_folding_twice_changes_nothing(source):
    once = fold(source).text
    assert fold(once).text == once


# Radicals whose only equivalent lies outside the basic plane, where nobody writes reports.
OUTSIDE_THE_PLANE = "⺀⺇⺋⺑⺪⺮⺵⺷⺸⺽⻇⻊⻕⻞⻡"


def test_every_radical_becomes_an_ideograph():
    for radical in map(chr, [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]):
        if unicodedata.category(radical) != "Cn" and radical not in OUTSIDE_THE_PLANE:
            assert unicodedata.name(fold(radical).text).startswith("CJK UNIFIED"), radical


def test_lists_of_characters_are_pairs():
    for name in ("radicals", "traditional"):
        pairs = character_data()[name]
        assert len(pairs["from"]) == len(pairs["to"]) == len(set(pairs["from"]))
    for word, other in character_data()["words"].items():
        assert len(word) == len(other)


def test_the_traditional_characters_are_those_of_opencc():
    opencc = pytest.importorskip("opencc")
    pairs = character_data()["traditional"]
    convert = opencc.OpenCC("t2s").convert
    differing = [
        old
        for old, new in zip(pairs["from"], pairs["to"], strict=True)
        if convert(old) not in {new, old}
    ]
    assert differing == []
