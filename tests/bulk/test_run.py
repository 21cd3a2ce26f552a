"""A run from the files to the dataset: everything accounted for, nothing done twice."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gipr_nlp.bulk import dataset as parts
from gipr_nlp.bulk.equal import differences, sorted_table
from gipr_nlp.bulk.progress import progress_on
from gipr_nlp.bulk.run import Options, run_corpus
from gipr_nlp.errors import CatalogueError, GiprError, UsageError
from tests.bulk.made import COUNTS, FAST

ONE = Options(workers=1, part_size=10)


def outcomes(folder: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in sorted_table(folder, "inputs").column("outcome").to_pylist():
        found[one] = found.get(one, 0) + 1
    return found


def row(folder: Path, table: str, document: str) -> dict[str, object]:
    rows = sorted_table(folder, table).to_pylist()
    return next(one for one in rows if one["document"] == document)


def test_files_in_are_reports_duplicates_not_reports_and_failures(
    corpus: Path, dataset: Path
) -> None:
    assert outcomes(dataset) == COUNTS
    assert sum(COUNTS.values()) == sum(1 for path in corpus.rglob("*") if path.is_file())
    assert sorted_table(dataset, "reports").num_rows == COUNTS["report"]
    assert sorted_table(dataset, "failures").num_rows == COUNTS["failure"]


def test_duplicates_lead_to_their_original(dataset: Path) -> None:
    of_bytes = row(dataset, "inputs", "copies/bytes.txt")
    of_text = row(dataset, "inputs", "copies/text.html")
    original = row(dataset, "inputs", of_bytes["duplicate_of"])
    assert (of_bytes["reason"], of_text["reason"]) == ("same_bytes", "same_text")
    assert original["outcome"] == "report"
    assert {of_bytes["sha256"], original["sha256"]} == {original["sha256"]}
    assert of_text["duplicate_of"] == of_bytes["duplicate_of"]


def test_pages_that_are_no_reports_have_their_reason(dataset: Path) -> None:
    names = ("notice.txt", "links.html", "poem.txt")
    reasons = [row(dataset, "inputs", name)["reason"] for name in names]
    assert reasons == ["notice", "list", "other"]


def test_failures_say_why(dataset: Path) -> None:
    kinds = {one["document"]: one["kind"] for one in sorted_table(dataset, "failures").to_pylist()}
    assert kinds == {
        "broken.docx": "DamagedSource",
        "broken.pdf": "DamagedSource",
        "empty.txt": "EmptySource",
    }


def test_every_row_leads_to_its_characters(dataset: Path) -> None:
    texts = {one["document"]: one["text"] for one in sorted_table(dataset, "texts").to_pylist()}
    figures = sorted_table(dataset, "figures").to_pylist()
    assert figures
    for one in figures:
        printed = texts[one["document"]][one["start_char"] : one["end_char"]]
        assert one["text"] in printed.replace("\n", "")
    stated = [one for one in sorted_table(dataset, "cells").to_pylist() if one["state"] == "stated"]
    assert stated
    for one in stated:
        assert texts[one["document"]][one["start_char"] : one["end_char"]].strip() == one["raw"]


def test_a_second_run_has_nothing_to_do(corpus: Path, dataset: Path, tmp_path: Path) -> None:
    again = shutil.copytree(dataset, tmp_path / "again")
    counts = run_corpus(corpus, again, settings=FAST, options=ONE)
    assert (counts.documents, counts.skipped) == (0, sum(COUNTS.values()))
    assert differences(again, dataset) == []


def test_retrying_reads_the_failures_again(corpus: Path, dataset: Path, tmp_path: Path) -> None:
    again = shutil.copytree(dataset, tmp_path / "again")
    retry = Options(workers=1, retry_failed=True)
    counts = run_corpus(corpus, again, settings=FAST, options=retry)
    assert (counts.documents, counts.failures) == (3, 3)
    assert differences(again, dataset) == []


def test_a_changed_file_replaces_its_rows_and_frees_its_copies(
    corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    mine = shutil.copytree(corpus, tmp_path / "corpus")
    again = shutil.copytree(dataset, tmp_path / "again")
    name = row(dataset, "inputs", "copies/bytes.txt")["duplicate_of"]
    changed = mine / str(name)
    changed.write_text(
        changed.read_text(encoding="utf-8").replace(
            "主动公开政府信息1019条", "主动公开政府信息1020条"
        )
    )
    run_corpus(mine, again, settings=FAST, options=ONE)
    fresh = tmp_path / "fresh"
    run_corpus(mine, fresh, settings=FAST, options=ONE)
    assert outcomes(fresh) == {**COUNTS, "report": 21, "duplicate": 1}
    # The copies stand elsewhere in the order of this run: which of them is the first may differ.
    assert outcomes(again) == outcomes(fresh)
    assert row(again, "reports", str(name))["sha256"] == row(fresh, "reports", str(name))["sha256"]


def test_another_catalogue_does_everything_again(
    corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    again = shutil.copytree(dataset, tmp_path / "again")
    own = tmp_path / "own.toml"
    own.write_text('[[topic]]\nid = "tea"\nzh = "茶"\nen = "tea"\nwords = ["茶园"]\n')
    settings, told = replace(FAST, catalogue=(str(own),)), io.StringIO()
    counts = run_corpus(corpus, again, settings=settings, options=ONE, progress=progress_on(told))
    assert told.getvalue() == (
        "gipr: everything is read again, since these have changed: catalogue\n"
    )
    assert (counts.documents, counts.skipped) == (sum(COUNTS.values()), 0)
    assert outcomes(again) == COUNTS


def test_a_full_disk_is_told_and_the_run_continues(
    corpus: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, written = tmp_path / "out", []
    write = parts._write_file

    def full_after_fifteen(table: object, path: Path) -> None:
        written.append(path)
        if len(written) > 15:
            path.write_bytes(b"PAR1 and then nothing")
            raise OSError(28, "No space left on device")
        write(table, path)

    monkeypatch.setattr(parts, "_write_file", full_after_fifteen)
    with pytest.raises(GiprError, match=r"the disk is full.*same command"):
        run_corpus(corpus, out, settings=FAST, options=ONE)
    monkeypatch.undo()
    assert len(parts.parts(out)) == 1
    assert not list(out.rglob("*.writing"))
    run_corpus(corpus, out, settings=FAST, options=ONE)
    assert differences(out, dataset) == []


def test_foreign_folders_and_missing_corpora_are_refused(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(UsageError, match=r"holds other files \(letter.txt\)"):
        run_corpus(corpus, tmp_path, settings=FAST)
    with pytest.raises(UsageError, match="no such file or folder"):
        run_corpus(tmp_path / "nowhere", tmp_path / "out", settings=FAST)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_cannot_even_start_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least 256 MB"):
        run_corpus(corpus, tmp_path / "out", settings=FAST, options=replace(ONE, max_memory=30))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", [None, '[[metric]]\nid = "half"\n'])
def test_a_catalogue_that_is_wrong_costs_no_dataset(
    text: str | None, corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "own.toml"
    if text is not None:
        wrong.write_text(text)
    kept = shutil.copytree(dataset, tmp_path / "kept")
    with pytest.raises(CatalogueError, match=r"own\.toml"):
        run_corpus(corpus, kept, settings=replace(FAST, catalogue=(str(wrong),)))
    assert outcomes(kept) == COUNTS


def test_two_runs_into_one_dataset_are_refused(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with (
        parts.open_dataset(tmp_path / "out", FAST.key(), fresh=False),
        pytest.raises(UsageError, match="another run"),
    ):
        run_corpus(corpus, tmp_path / "out", settings=FAST)
