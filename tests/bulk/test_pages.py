"""Annual reports are told from the other pages of the same sites."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gipr_nlp import read, read_text
from gipr_nlp.bulk.pages import not_a_report

ROOT = Path(__file__).parent.parent.parent
CASES = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))["page"]
REPORTS = sorted(
    path for path in (ROOT / "corpus/reports").iterdir() if path.suffix in {".txt", ".html"}
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_page_is_what_it_is(case: dict[str, str]) -> None:
    assert not_a_report(read_text(case["text"])) == case.get("reason")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_report_of_the_corpus_is_one(path: Path) -> None:
    assert not_a_report(read(path)) is None
