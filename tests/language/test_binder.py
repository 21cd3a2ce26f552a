"""The trained binder: loads, keeps to what the rules left over, and refuses what is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.errors import UsageError
from gipr_nlp.figures import read_narrative
from gipr_nlp.language.binder import MODEL, Binder, numbers_of
from gipr_nlp.language.candidates import CHANGES, NONE
from gipr_nlp.mapped import MappedText
from gipr_nlp.quantities import find_quantities
from gipr_nlp.records import Document, Figure, Narrative, Unbound
from gipr_nlp.sources import text_document

TEXT = (
    "2021年，我局依据国办公开办函〔2021〕30号编制本报告。全年主动公开政府信息1203条，"
    "发放环保手册2000册，植树350株。新收政府信息公开申请83件，较上年增加6件，"
    "其中予以公开52件。联系电话：0791-8345678。\n"
)


@pytest.fixture(scope="module")
def binder() -> Binder:
    return Binder.load()


def without_rules(text: str = TEXT) -> tuple[Narrative, Document]:
    """The narrative of ``text`` as if the rules had bound nothing."""
    document = text_document(text)
    read = read_narrative(document, (), default_catalogue(), year=2021)
    counted = [one for one in read.figures if not one.in_words]
    left = {
        (one.start, one.end): Unbound(
            start=one.start, end=one.end, text=one.text, value=one.value, unit=one.unit
        )
        for one in (*counted, *read.unbound)
    }
    bare = {"figures": (), "unbound": tuple(left[span] for span in sorted(left))}
    return read.model_copy(update=bare), document


def bound(binder: Binder, threshold: float | None, text: str = TEXT) -> Narrative:
    narrative, document = without_rules(text)
    eager = Binder(binder.nlp)
    eager.threshold = threshold
    return eager.bind(narrative, document, default_catalogue())


def test_binds_common_figures_by_itself(binder: Binder) -> None:
    found = {one.text: one for one in bound(binder, 0.5).figures}
    assert found["1203条"].metric == "proactive_total"
    assert found["83件"].metric == "requests_new"
    assert found["52件"].metric == "result_granted"
    assert {one.bound_by for one in found.values()} == {"model"}
    assert found["83件"].low == 83
    assert found["83件"].period == "this_year"


def test_leaves_what_no_metric_names_and_changes(binder: Binder) -> None:
    after = bound(binder, 0.5)
    assert {"350株", "6件"} <= {one.text for one in after.unbound}
    assert not any(one.metric.endswith(CHANGES) or one.metric == NONE for one in after.figures)


def test_never_binds_a_non_figure(binder: Binder) -> None:
    reasons = {
        (one.start, one.end)
        for one in find_quantities(TEXT, default_catalogue())
        if one.not_figure is not None
    }
    assert reasons
    after = bound(binder, 0.0)
    assert not reasons & {(one.start, one.end) for one in after.figures}


def test_a_non_figure_among_the_unbound_stays_there(binder: Binder) -> None:
    narrative, document = without_rules()
    start = TEXT.index("2021年")
    stray = Unbound(start=start, end=start + 5, text="2021年", value=2021, unit="年")
    told = narrative.model_copy(update={"unbound": (stray, *narrative.unbound)})
    eager = Binder(binder.nlp)
    eager.threshold = 0.0
    after = eager.bind(told, document, default_catalogue())
    assert stray in after.unbound


def test_what_the_rules_left_out_on_purpose_stays_out(binder: Binder) -> None:
    narrative, document = without_rules()
    planned = tuple(one.model_copy(update={"reason": "planned"}) for one in narrative.unbound)
    eager = Binder(binder.nlp)
    eager.threshold = 0.0
    told = narrative.model_copy(update={"unbound": planned})
    assert eager.bind(told, document, default_catalogue()) == told


def test_every_number_is_kept_once(binder: Binder) -> None:
    before, _ = without_rules()
    after = bound(binder, 0.5)
    spans = [(one.start, one.end) for one in (*after.figures, *after.unbound)]
    assert sorted(spans) == [(one.start, one.end) for one in before.unbound]
    assert [one.start for one in after.figures] == sorted(one.start for one in after.figures)


def test_what_the_rules_bound_is_not_touched(binder: Binder) -> None:
    document = text_document(TEXT)
    rules = read_narrative(document, (), default_catalogue(), year=2021)
    eager = Binder(binder.nlp)
    eager.threshold = 0.0
    after = eager.bind(rules, document, default_catalogue())
    assert rules.figures
    assert tuple(one for one in after.figures if one.bound_by == "rule") == rules.figures
    assert after.claims == rules.claims
    assert after.topics == rules.topics


def test_is_deterministic(binder: Binder) -> None:
    narrative, document = without_rules()
    first = binder.answers(narrative, document, default_catalogue())
    again = Binder.load().answers(narrative, document, default_catalogue())
    assert first == again


def test_without_a_threshold_it_binds_nothing(binder: Binder) -> None:
    narrative, document = without_rules()
    silent = Binder(binder.nlp)
    silent.threshold = None
    assert silent.bind(narrative, document, default_catalogue()) is narrative


def test_line_breaks_inside_words_change_nothing(binder: Binder) -> None:
    broken = TEXT.replace("政府信息", "政府\n信息")
    plain = [(one.text, one.metric) for one in bound(binder, 0.5).figures]
    assert [(one.text, one.metric) for one in bound(binder, 0.5, broken).figures] == plain


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no model"):
        Binder.load(tmp_path)


@pytest.mark.parametrize(
    "part", ["config.cfg", "gipr_binder/model", "gipr_binder/cfg", "meta.json"]
)
def test_a_damaged_model_is_refused(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    whole = (folder / part).read_bytes()
    (folder / part).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match="damaged"):
        Binder.load(folder)


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*")) < 4_000_000


def test_numbers_in_order_without_zeros_in_words() -> None:
    text = "全年未收到行政复议，新收申请3件，植树5株。"
    read = read_narrative(text_document(text), (), default_catalogue(), year=2021)
    items = numbers_of(read, MappedText.identity(text))
    assert [text[item.start : item.end] for item in items] == ["3件", "5株"]
    assert all(isinstance(one, Figure) for one in read.figures)
