"""A small corpus with something of everything, and its dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from gipr_nlp.bulk.run import Options, run_corpus
from tests.bulk.made import FAST, make_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of ``corpus``, made without interruption."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    run_corpus(corpus, folder, settings=FAST, options=Options(workers=2, part_size=10))
    return folder
