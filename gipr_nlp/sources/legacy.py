"""The old kinds (.doc, .wps, RTF, ODT, Word XML): LibreOffice turns them into DOCX.

It runs without a screen, with a profile of its own so that a running office is not disturbed,
and no longer than the limits allow.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gipr_nlp.errors import DamagedSource, LimitExceeded, UnsupportedSource
from gipr_nlp.sources.docx import read_docx
from gipr_nlp.sources.limits import RAISE, Limits
from gipr_nlp.sources.parts import Parts

PROGRAMS = ("soffice", "libreoffice")


def read_legacy(data: bytes, limits: Limits) -> Parts:
    """The parts of a document that LibreOffice can read.

    Raises ``UnsupportedSource`` that names what to install where there is no LibreOffice on
    the PATH, ``DamagedSource`` where it can make nothing of the file.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise UnsupportedSource(
            "an old word-processor file (DOC, WPS, RTF, ODT), which needs LibreOffice to be read",
            advice="install LibreOffice so that soffice is on the PATH, or save the file as DOCX",
        )
    with tempfile.TemporaryDirectory(prefix="gipr-") as folder:
        return read_docx(_converted(program, data, Path(folder), limits), limits)


def _converted(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    source = folder / "report.doc"
    source.write_bytes(data)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(command, limits.seconds)
    converted = folder / "report.docx"
    if not converted.is_file() or not converted.stat().st_size:
        raise DamagedSource(
            "LibreOffice cannot read this old word-processor file",
            advice="open it in the program that wrote it and save it as DOCX",
        )
    limits.check_size(converted.stat().st_size)
    return converted.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run ``command``; what is still running after ``seconds`` is ended with its children."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        what = f"LibreOffice takes longer than {seconds:g} seconds to read this file"
        raise LimitExceeded(what, advice=RAISE) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
