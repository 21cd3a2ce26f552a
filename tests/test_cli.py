"""The command as a user meets it: exit codes, messages, what it prints and what it leaves behind."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gipr_nlp.cli import _held_to, main
from gipr_nlp.errors import LimitExceeded

REPORTS = Path(__file__).parent.parent / "corpus/reports"
CLEAN = str(REPORTS / "ningwu-2020.txt")
DRAFT = (
    "某县2021年政府信息公开工作年度报告\n一、总体情况\n"
    "2021年，全县共收到政府信息公开申请10件，其中予以公开12件。\n"
)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_clean_report_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", CLEAN)
    assert (code, err) == (0, "")
    assert "未发现错误" in out
    assert "宁武县" in out
    assert "收到和处理政府信息公开申请" in out


def test_english_messages(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", CLEAN, "--lang", "en")
    assert code == 0
    assert "no errors found" in out


def test_a_contradiction_exits_with_1_and_quotes_both_texts(
    draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", draft)
    assert code == 1
    assert "10件" in out
    assert "12件" in out


def test_json_of_one_file_is_an_object_with_chinese_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "check", CLEAN, "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["organization"] == "宁武县"
    assert report["year"] == 2020
    assert "宁武县" in out
    figure = report["figures"][0]
    assert {"id", "metric", "value", "unit", "low", "high", "start", "end", "bound_by"} <= set(
        figure
    )
    assert isinstance(figure["value"], str)


def test_json_of_several_files_tells_which_could_not_be_read(
    draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "check", CLEAN, "no-such-file.txt", draft, "--format", "json")
    first, missing, last = json.loads(out)
    assert code == 2
    assert missing["source"]["path"] == "no-such-file.txt"
    assert missing["failure"]["what"]
    assert first["schema_version"] == last["schema_version"]
    assert "no-such-file.txt" in err


def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DRAFT.encode("gb18030"))))
    code, out, _ = run(capsys, "check", "-")
    assert code == 1
    assert "12件" in out


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"   \n\t\n ", "empty"),
        (bytes(range(256)) * 40, "binary"),
        ("\ufffd公\ufffd".encode() * 200, "encoding is broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        (b"PK\x03\x04 not really a package", ""),
        (b"%PDF-1.7 broken", ""),
    ],
)
def test_what_cannot_be_read_is_told_without_a_traceback(
    content: bytes, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scraped"
    path.write_bytes(content)
    code, out, err = run(capsys, "check", str(path))
    assert code == 2
    assert out == ""
    assert err.startswith(f"gipr: {path}: ")
    assert "Traceback" not in err
    assert word.lower() in err.lower()


def test_missing_paths_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (str(tmp_path / "nothing.txt"), str(tmp_path)):
        code, _, err = run(capsys, "check", path)
        assert code == 2
        assert path in err


@pytest.mark.parametrize(
    "text", ["各单位要加强学习，提高认识。", "2021年工作总结：成绩显著。\n" * 50]
)
def test_a_text_without_figures_says_that_nothing_was_checked(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "words.txt"
    path.write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "check", str(path), "--no-compliance")
    assert code == 0
    assert "没有可核对的关系" in out


def test_fifty_megabytes_of_digits_end_within_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "digits.txt"
    path.write_bytes(b"1234567890" * 5_000_000)
    started = time.monotonic()
    code, _, err = run(capsys, "check", str(path))
    assert time.monotonic() - started < 20
    assert code in {0, 2}
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["check", "--formt", "json", "x"], "--format"),
        (["chek", "x"], "check"),
        (["check", "x", "--format", "jsn"], "json"),
        (["check"], "--help"),
        (["check", "x", "--timeout", "soon"], "not a number"),
        (["check", "x", "--max-mb", "-1"], "not a number above 0; see 'gipr check --help'"),
        (["run", "x", "--ouut", "y"], "did you mean --out?"),
        (["query", "x", "--catalogue", "y"], "unrecognized arguments: --catalogue"),
        (["run", "x", "--out", "y", "--lang", "en"], "unrecognized arguments: --lang"),
    ],
)
def test_a_slip_in_the_command_line_is_met_with_a_hint(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert hint in err


def test_a_bad_catalogue_names_file_entry_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "extra.toml"
    path.write_text('[[metric]]\nid = "mine"\nzh = "我的"\ncolour = "red"\n', encoding="utf-8")
    code, _, err = run(capsys, "check", CLEAN, "--catalogue", str(path))
    assert code == 2
    assert "extra.toml: mine:" in err
    assert "colour" in err


def test_the_page_is_written_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert run(capsys, "check", CLEAN, "--html", str(page))[0] == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.rstrip().endswith("</html>")
    code, _, err = run(capsys, "check", CLEAN, "--html", str(tmp_path / "no/such/page.html"))
    assert code == 2
    assert "cannot be written" in err
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("layout", ["table", "csv", "json", "jsonl"])
def test_extract_in_every_layout(layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "extract", CLEAN, "--format", layout)
    assert code == 0
    assert "requests_new" in out
    assert "6853" in out


@pytest.mark.parametrize("layout", ["table", "markdown", "json"])
def test_metrics_in_every_layout(layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "metrics", "--format", layout, "--lang", "en")
    assert code == 0
    assert "requests/requests_new/total" in out


# The first alarm may fall into a callback of the garbage collector, where it is passed over.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_time_limit_holds_for_the_whole_of_a_file_and_costs_that_file_alone(
    draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(DRAFT + "全年受理申请83件，其中予以公开52件，不予公开31件。" * 40_000)
    started = time.monotonic()
    code, out, err = run(capsys, "check", str(path), draft, "--timeout", "2", "--brief")
    assert time.monotonic() - started < 10
    assert code == 2
    assert f"gipr: {path}: " in err
    assert "longer than 2 seconds" in err
    assert "某县2021年" in out


def test_warnings_are_told_beside_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    blank = str(REPORTS / "planted-blank-totals-2022.txt")
    assert "错误，3 处提醒\n" in run(capsys, "check", blank, "--brief")[1]
    assert "found, 3 warning(s)\n" in run(capsys, "check", blank, "--brief", "--lang", "en")[1]


def test_a_comparison_tells_how_much_was_compared(
    draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    years = [str(REPORTS / f"taohe-county-{year}.txt") for year in (2021, 2022)]
    _, out, _ = run(capsys, "compare", *years, "--lang", "en")
    assert " relations checked" in out
    for alone in ([CLEAN], [CLEAN, draft]):
        code, out, _ = run(capsys, "compare", *alone)
        assert code == 0
        assert "没有可核对的关系：没有同一单位相邻两年" in out


def test_the_package_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gipr_nlp", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("gipr_nlp ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [("check", CLEAN), ("extract", CLEAN), ("metrics",)])
def test_an_output_that_cannot_be_written_is_told_without_a_traceback(
    command: tuple[str, ...],
) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gipr_nlp", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("gipr: the output cannot be written: ")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_page_is_written_into_a_pipe_and_through_a_link_not_in_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe, link, page = tmp_path / "pipe", tmp_path / "link.html", tmp_path / "page.html"
    os.mkfifo(pipe)
    link.symlink_to(page)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run(capsys, "check", CLEAN, "--html", str(pipe))[0] == 0
        assert b"<html" in reader.communicate()[0]
    assert pipe.is_fifo()
    assert run(capsys, "check", CLEAN, "--html", str(link))[0] == 0
    assert link.is_symlink()
    assert page.is_file()


def test_a_page_that_is_no_report_is_not_told_to_be_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.txt"
    path.write_text("某县公开招聘教师公告\n计划招聘教师35名。\n")
    code, out, _ = run(capsys, "check", str(path))
    assert code == 0
    assert "未见年度报告的内容" in out and "未发现错误" not in out
    _, out, _ = run(capsys, "check", str(path), "--lang", "en")
    assert "nothing of an annual report was found" in out


def test_what_happened_while_reading_is_told_in_the_language_of_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mirror.txt"
    path.write_text("某縣2021年政府信息公開工作年度報告\n一、總體情況\n全年公開信息58條。\n")
    assert "繁体字按简体读取" in run(capsys, "check", str(path))[1]
    assert "traditional characters" in run(capsys, "check", str(path), "--lang", "en")[1]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm to set")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_time_limit_rings_again_where_python_passes_over_it() -> None:
    class Slow:
        def __del__(self) -> None:
            started = time.monotonic()
            while time.monotonic() - started < 0.2:  # the first alarm falls in here and is lost
                pass

    with pytest.raises(LimitExceeded), _held_to(0.05):
        Slow()
        time.sleep(5)
