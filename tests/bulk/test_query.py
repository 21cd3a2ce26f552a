"""The ready views, the Python API, the exports, and the commands around them."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gipr_nlp import analysis
from gipr_nlp.bulk import Dataset
from gipr_nlp.bulk.answers import answer_csv, answer_jsonl, answer_text
from gipr_nlp.bulk.export import FORMATS, export
from gipr_nlp.cli import main
from gipr_nlp.errors import UsageError
from tests.bulk.made import BODIES, BROKEN_CHAIN, COUNTS, YEARS, carried


@pytest.fixture(scope="module")
def asked(dataset: Path) -> Dataset:
    return Dataset(dataset)


def test_the_panel_has_every_body_and_year(asked: Dataset) -> None:
    rows = asked.sql("SELECT * FROM panel WHERE metric = 'requests_carried_out'").to_pylist()
    found = {(one["body"], one["year"]): one["value"] for one in rows}
    assert found == {(body, year): carried(body, year) for body in BODIES for year in YEARS}
    assert all(one["table_value"] == one["narrative_value"] for one in rows)
    assert all(one["text"] and one["end_char"] > one["start_char"] for one in rows)


def test_only_the_chain_that_was_broken_is_found(asked: Dataset, corpus: Path) -> None:
    (broken,) = asked.sql("FROM broken_chains").to_pylist()
    assert (broken["body"], broken["to_year"]) == BROKEN_CHAIN
    paths = list(corpus.rglob("20*/*"))
    findings = analysis.compare_years([analysis.read(path) for path in paths])
    told = [one for one in findings if one.check == "carried_over" and one.severity == "error"]
    assert len(told) == 1
    assert str(BROKEN_CHAIN[1]) in told[0].message


def test_the_accounts_add_up(asked: Dataset) -> None:
    rows = asked.sql("SELECT outcome, sum(documents) AS n FROM accounting GROUP BY ALL").to_pylist()
    assert {one["outcome"]: int(one["n"]) for one in rows} == COUNTS


def test_mismatches_and_coverage_answer(asked: Dataset) -> None:
    findings = asked.sql("SELECT sum(findings) AS n FROM mismatches_by").to_pylist()[0]["n"] or 0
    assert findings == asked.sql("FROM mismatches").num_rows
    (row,) = asked.sql("FROM coverage WHERE metric = 'result_granted'").to_pylist()
    assert (row["reports"], row["in_tables"], row["equal"]) == (20, 20, 20)


def test_answers_as_arrow_pandas_and_polars(asked: Dataset) -> None:
    query = "SELECT body, value FROM panel WHERE metric = 'result_granted' ORDER BY body, year"
    table = asked.sql(query)
    assert table.num_rows == 20
    assert sum(one.num_rows for one in asked.batches(query)) == 20
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    assert list(asked.pandas(query)["body"]) == table.column("body").to_pylist()
    assert asked.polars(query)["value"].to_list() == table.column("value").to_pylist()


def test_wrong_sql_and_missing_datasets_are_told(asked: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be answered"):
        asked.sql("SELECT nothing FROM nowhere")
    with pytest.raises(UsageError, match="there is no dataset"):
        Dataset(tmp_path)


def test_answers_are_printed_with_plain_numbers(asked: Dataset) -> None:
    answer = asked.sql("SELECT '甲' AS body, 1.50::DECIMAL(9, 2) AS n, ['a'] AS l, NULL AS x")
    assert answer_csv(answer) == 'body,n,l,x\n甲,1.5,"[""a""]",\n'
    assert json.loads(answer_jsonl(answer)) == {"body": "甲", "n": "1.5", "l": ["a"], "x": None}
    assert answer_text(answer).splitlines()[2].startswith("甲    1.5")


@pytest.mark.parametrize("to", FORMATS)
def test_exports_hold_what_the_views_hold(asked: Dataset, tmp_path: Path, to: str) -> None:
    target = tmp_path / ("all.xlsx" if to == "xlsx" else "all")
    files = list(export(asked, to, target, ["panel", "findings"]))  # type: ignore[arg-type]
    expected = asked.sql("SELECT body, value FROM panel ORDER BY ALL").to_pylist()
    assert _exported(to, files[0]) == [(one["body"], one["value"]) for one in expected]
    assert not list(tmp_path.rglob("*.writing"))


def _exported(to: str, path: Path) -> list[tuple[str, Decimal]]:
    if to == "parquet":
        rows = pq.read_table(path).to_pylist()
    elif to == "jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    elif to == "csv":
        import csv

        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        import openpyxl

        sheet = openpyxl.load_workbook(path)["panel"]
        head, *body = sheet.iter_rows(values_only=True)
        rows = [dict(zip(head, row, strict=True)) for row in body]
    return sorted((one["body"], Decimal(str(one["value"]))) for one in rows)


def test_an_unknown_table_is_not_exported(asked: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are reports"):
        list(export(asked, "csv", tmp_path, ["nonsense"]))


# --- the commands -------------------------------------------------------------------------


def test_run_query_and_export_as_commands(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gipr_nlp.cli", "run", str(corpus), "--out", str(out)]
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [*command, "--workers", "1"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr  # documents failed
    assert "28 documents" in done.stderr
    assert "20 reports, 2 duplicates, 3 no reports, 3 failures" in done.stderr
    assert main(["query", str(out), "SELECT count(*) AS n FROM reports", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "n\n20\n"
    assert main(["query", str(out)]) == 0
    assert "panel: body, organization" in capsys.readouterr().out
    assert main(["export", str(out), "--to", "csv", "--table", "failures"]) == 0
    assert Path(capsys.readouterr().out.strip()) == out / "export" / "failures.csv"


def test_wrong_commands_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--out", str(tmp_path / "out")]) == 2
    assert "name a CORPUS" in capsys.readouterr().err
    assert main(["query", str(tmp_path), "SELECT 1"]) == 2
    assert "there is no dataset" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["run", str(tmp_path), "--out", "x", "--workers", "0"])
