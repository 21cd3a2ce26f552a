"""Reads narratives for the tests of figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.records import Figure, Narrative
from gipr_nlp.sources import text_document

Read = Callable[..., Narrative]


@pytest.fixture
def read() -> Read:
    """Reads a text as the narrative of the report for 2022."""

    def run(text: str, year: int | None = 2022) -> Narrative:
        return read_narrative(text_document(text), (), default_catalogue(), year=year)

    return run


def by_text(narrative: Narrative) -> dict[str, Figure]:
    """The figures by their text, which must differ."""
    found = {figure.text: figure for figure in narrative.figures}
    assert len(found) == len({(one.start, one.end) for one in narrative.figures})
    return found
