"""A user's own rows: a metric is found without touching code; a bad row is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.errors import CatalogueError
from gipr_nlp.figures import read_narrative
from gipr_nlp.sources import text_document

FLIGHTS = """
[[concept]]
id = "drone"
role = "object"
weight = 12
words = ["无人机", "无人机巡查"]

[[metric]]
id = "drone_flights"
zh = "无人机巡查"
en = "Drone patrols"
group = "organisation"
units = ["次"]
when = ["drone hold?"]
"""


def test_a_metric_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(FLIGHTS, encoding="utf-8")
    text = "开展无人机巡查126次，召开会议3次。"
    narrative = read_narrative(text_document(text), (), Catalogue.load([file]), year=2022)
    assert [figure.metric for figure in narrative.figures] == ["drone_flights", "meetings"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('when = ["dragon"]', "no concept 'dragon'"),
        ('part_of = ["dragons_total"]', "no metric 'dragons_total'"),
        ('axis = "colour"', "no axis 'colour'"),
    ],
)
def test_a_row_that_refers_to_nothing(tmp_path: Path, row: str, reason: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        f'[[metric]]\nid = "own"\nzh = "x"\nen = "x"\ngroup = "requests"\n{row}\n', encoding="utf-8"
    )
    with pytest.raises(CatalogueError, match=reason):
        Catalogue.load([file])
