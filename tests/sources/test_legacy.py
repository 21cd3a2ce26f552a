import shutil
import stat
import subprocess
import time

import pytest
from layouts import docx
from pages import Page
from papers import expected, proactive_grid, read_cells, requests_grid

from gipr_nlp.errors import DamagedSource, LimitExceeded, UnsupportedSource
from gipr_nlp.sources import Limits, read_document, read_path

OLD = b"{\\rtf1\\ansi \\u21463?\\u29702? 83}"


def office(folder, monkeypatch, script):
    """Puts an office on the PATH that does what ``script`` says."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_without_an_office_the_error_names_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnsupportedSource, match="needs LibreOffice") as caught:
        read_document(OLD)
    assert "install LibreOffice" in caught.value.advice


def test_an_office_that_hangs_is_ended(tmp_path, monkeypatch):
    office(tmp_path, monkeypatch, "sleep 30")
    start = time.monotonic()
    with pytest.raises(LimitExceeded, match=r"longer than 0\.5 seconds"):
        read_document(OLD, limits=Limits(seconds=0.5))
    assert time.monotonic() - start < 5


def test_an_office_that_makes_nothing_of_the_file(tmp_path, monkeypatch):
    office(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(DamagedSource, match="LibreOffice cannot read"):
        read_document(OLD)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_files_are_read_through_the_office(tmp_path, kind):
    page = Page(
        "年报", "县", 2022, ["一、总体情况", proactive_grid(), "中间", requests_grid(), "后文"]
    )
    (tmp_path / "report.docx").write_bytes(docx(page))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "report.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read_path(tmp_path / f"report.{kind}")
    assert document.text.startswith("一、总体情况\n")
    assert [read_cells(grid) for grid in document.grids] == [
        expected(proactive_grid()),
        expected(requests_grid()),
    ]
