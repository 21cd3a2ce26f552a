"""What each number means, in the phrases that reports use."""

from __future__ import annotations

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.sources import text_document
from tests.figures.marked import Marked, cases

NAMES = "phrases", "platforms", "requests", "kinds", "subjects", "unnamed", "pages"


def read(text: str) -> dict[tuple[int, int], set[str]]:
    """The metrics at each place of ``text``, ``?`` where a number is unbound."""
    narrative = read_narrative(text_document(text), (), default_catalogue(), year=2022)
    found: dict[tuple[int, int], set[str]] = {}
    for figure in narrative.figures:
        name = figure.metric + ("=0" if figure.in_words else "")
        found.setdefault((figure.start, figure.end), set()).add(name)
    for number in narrative.unbound:
        found[number.start, number.end] = {"?"}
    return found


@pytest.mark.parametrize("case", [one for name in NAMES for one in cases(name)], ids=str)
def test_each_number_gets_its_meaning(case: Marked) -> None:
    assert read(case.text) == case.meanings
