"""Spark and Ray give the tables that the local engine gives, row for row."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gipr_nlp.bulk.equal import differences
from gipr_nlp.bulk.run import EngineName, Options, run_corpus
from tests.bulk.made import COUNTS, FAST

pytestmark = pytest.mark.filterwarnings("ignore")  # those of the engines are not ours


@pytest.fixture(params=["spark", "ray"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineName]:
    pytest.importorskip("pyspark" if request.param == "spark" else "ray")
    # Their workers are processes of their own, which have to find this library.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    yield request.param
    if request.param == "ray":
        import ray

        ray.shutdown()
    else:
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        if session is not None:
            session.stop()


def test_the_same_tables_as_the_local_engine(
    engine: EngineName, corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = Options(engine=engine, workers=2)
    counts = run_corpus(corpus, out, settings=FAST, options=options)
    assert counts.documents == sum(COUNTS.values())
    assert differences(out, dataset) == []
    again = run_corpus(corpus, out, settings=FAST, options=options)
    assert (again.documents, again.skipped) == (0, sum(COUNTS.values()))
