"""A metric that a user's file adds is extracted, reconciled and printed; bad files are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import gipr_nlp
from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.loader import assemble, own_files
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.render.metrics import metrics_as

PAGE = Path(__file__).parent.parent / "docs/own-metrics.md"
REPORT = """某区2022年政府信息公开工作年度报告
一、总体情况
2022年，全区公布行政执法决定{total}件，受理政府信息公开申请3件。
二、主动公开政府信息情况
第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t9
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t310
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t41
行政强制\t6
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t0
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The example of the documentation, as a user would save it."""
    example = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path_factory.mktemp("own") / "enforcement.toml"
    path.write_text(example, encoding="utf-8")
    return Catalogue.load([path])


def test_the_metric_is_extracted_and_agrees(catalogue: Catalogue) -> None:
    report = gipr_nlp.read_text(REPORT.format(total=47), catalogue=catalogue)
    values = {one.metric: int(one.value) for one in report.figures}
    assert values["enforcement_decisions"] == 47
    assert not [one for one in report.findings if one.severity == "error"]
    assert any("enforcement_decisions" in (one.reading or "") for one in report.findings)


def test_the_metric_is_reconciled(catalogue: Catalogue) -> None:
    report = gipr_nlp.read_text(REPORT.format(total=74), catalogue=catalogue)
    errors = [one for one in report.findings if one.severity == "error"]
    assert len(errors) == 1
    assert "74" in errors[0].message
    assert "47" in errors[0].message


def test_without_the_file_there_is_no_such_metric() -> None:
    report = gipr_nlp.read_text(REPORT.format(total=74))
    assert "enforcement_decisions" not in {one.metric for one in report.figures}
    assert not [one for one in report.findings if one.severity == "error"]


def test_the_metric_is_printed(catalogue: Catalogue) -> None:
    assert "enforcement_decisions" in metrics_as("table", catalogue, "en")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[[metric]]\nid = "mine"\nzh = "a"\nen = "b"\ngroup = "requests"\nhue = "red"', "hue"),
        ('[[metric]]\nid = "requests_new"\nzh = "a"\nen = "b"\ngroup = "requests"', "already"),
        ('[[metric]]\nid = "mine"\nzh = "a"\nen = "b"\ngroup = "nowhere"', "nowhere"),
        ('[[metric]]\nid = "Mine!"\nzh = "a"\nen = "b"\ngroup = "requests"', "pattern"),
        (
            '[[reading]]\nid = "mine"\nmetric = "requests_new"\norder = 9\ncells = "a+b"\nzh = "a"\nen = "b"',
            "sum",
        ),
        ('[[meaning]]\nid = "mine"', "meaning"),
        ("metric = 3", "[[metric]]"),
        ("[[metric]\n", "TOML"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(content: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(gipr_nlp.CatalogueError, match=r"bad\.toml") as caught:
        Catalogue.load([path])
    assert reason in str(caught.value)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(gipr_nlp.CatalogueError, match="cannot be read"):
        Catalogue.load(["no-such.toml"])


def test_the_rows_of_the_library_are_sound() -> None:
    assert assemble((), own_files()).all(Metric)


def test_the_loader_trusts_no_row_that_is_to_be_checked() -> None:
    (name, text), *others = own_files()
    broken = (name, text + '\n[[section]]\nid = "zz"\nzh = "a"\nen = "b"\nlevel = 1\ntitle = "("')
    with pytest.raises(gipr_nlp.CatalogueError, match="does not compile"):
        assemble(others, [broken])
