"""spaCy users: spans and attributes, round trips, processes."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import gipr_nlp
from gipr_nlp.catalogue import Catalogue
from gipr_nlp.records import Figure, Quantity

TEXT = """一、总体情况
（一）主动公开情况
2020年，主动公开政府信息6853条，其中政务动态信息905条，网站浏览1,200余万次。
（二）依申请公开情况
全年受理政府信息公开申请83件，约占全部的４９％，申请内容主要涉及土地征收补偿等方面。
依据国办公开办函〔2019〕60号编制，电话0350-4722934。
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return gipr_nlp.load()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def told(doc: Doc, group: str) -> list[tuple[Any, ...]]:
    return [
        (span.text, span.label_, span._.value, span._.unit, span._.metric)
        for span in doc.spans[group]
    ]


def test_the_text_is_kept(doc: Doc) -> None:
    assert doc.text == TEXT


def test_numbers_are_one_token_apart_from_their_measure_word(doc: Doc) -> None:
    tokens = [token.text for token in doc]
    assert ("6853", "条") in pairwise(tokens)
    assert ("1,200余万", "次") in pairwise(tokens)
    assert {"４９％", "〔2019〕60号", "0350-4722934"} <= set(tokens)


def test_quantities(doc: Doc) -> None:
    assert told(doc, "quantities") == [
        ("6853条", "count", Decimal(6853), "条", None),
        ("905条", "count", Decimal(905), "条", None),
        ("1,200余万次", "count", Decimal(12_000_000), "次", None),
        ("83件", "count", Decimal(83), "件", None),
        ("４９％", "percent", Decimal(49), "%", None),
    ]


def test_figures_carry_their_metric_at_their_place(doc: Doc) -> None:
    figures = {(text, metric) for text, _, _, _, metric in told(doc, "figures")}
    assert ("6853条", "proactive_total") in figures
    assert ("83件", "requests_new") in figures


def test_sections_and_topics(doc: Doc) -> None:
    assert "overview.requests" in {span.label_ for span in doc.spans["sections"]}
    assert {span.label_ for span in doc.spans["topics"]} == {"land_expropriation"}


def test_the_record_of_a_span(doc: Doc) -> None:
    quantity = doc.spans["quantities"][2]._.record
    assert isinstance(quantity, Quantity)
    assert str(quantity.interval) == "(12000000, 13000000)"
    assert isinstance(doc.spans["figures"][0]._.record, Figure)
    assert doc[0:1]._.record is None


@pytest.mark.parametrize(
    "text", ["", "\n", "   ", "公开", "无数字的一句话。", "1", "\u3000１２ 件"]
)
def test_any_text_will_do(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_attributes_survive_bytes(nlp: Language, doc: Doc) -> None:
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for group in doc.spans:
        assert told(again, group) == told(doc, group)


def test_attributes_survive_a_doc_bin(nlp: Language, doc: Doc) -> None:
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    for group in doc.spans:
        assert told(again, group) == told(doc, group)


def test_the_pipeline_can_be_pickled(nlp: Language, doc: Doc) -> None:
    again = pickle.loads(pickle.dumps(nlp))
    assert told(again(TEXT), "figures") == told(doc, "figures")


def test_the_pipeline_can_be_saved(nlp: Language, doc: Doc, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    import spacy

    again = spacy.load(tmp_path / "pipeline")
    assert told(again(TEXT), "quantities") == told(doc, "quantities")


@pytest.fixture(params=["fork", "spawn", "forkserver"])
def start_method(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.param not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot start processes so")
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(request.param, force=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_processes(nlp: Language, doc: Doc) -> None:
    docs = list(nlp.pipe([TEXT, "公开3件。", TEXT], n_process=2, batch_size=1))
    assert [told(one, "figures") for one in (docs[0], docs[2])] == [told(doc, "figures")] * 2
    assert [span._.value for span in docs[1].spans["quantities"]] == [Decimal(3)]


def test_a_catalogue_of_ones_own(tmp_path: Any) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text('[[unit]]\nid = "pot"\nwords = ["钵"]\n', encoding="utf-8")
    nlp = gipr_nlp.load(Catalogue.load([extra]))
    doc = nlp("栽花12钵")
    assert [span._.unit for span in doc.spans["quantities"]] == ["钵"]
