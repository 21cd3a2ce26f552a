"""What `gipr check` says to files that nobody should have sent, and what they cost.

    python benchmarks/hostile.py

Prints, for each file: exit code, seconds, peak memory, message. The files are made here.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from multiprocessing import Process
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "corpus")]

import layouts  # noqa: E402
from samples import sample  # noqa: E402

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEGABYTE = 1_000_000


def word(body: str, head: str = "") -> bytes:
    """A DOCX package with ``body`` in it, and ``head`` before its root element."""
    sound = layouts.docx(sample(1, "2021").page)
    made = io.BytesIO()
    deflated = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(io.BytesIO(sound)) as source,
        zipfile.ZipFile(made, "w", deflated) as target,
    ):
        for name in source.namelist():
            content: str | bytes = source.read(name)
            if name == "word/document.xml":
                content = f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>"
            target.writestr(name, content)
    return made.getvalue()


def files() -> Iterator[tuple[str, bytes]]:
    """Every hostile file, by what is wrong with it."""
    pdf, docx = layouts.pdf(sample(1, "2021").page), layouts.docx(sample(1, "2021").page)
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    yield "empty", b""
    yield "zero bytes only", bytes(5000)
    yield "zero bytes in text", "一、总体情况\0\n受理\0 83件。\n".encode()
    yield "random bytes", bytes(range(256)) * 4000
    yield "50 MB of digits", b"1" * 50 * MEGABYTE
    yield "zip bomb", word(" " * 400 * MEGABYTE)
    yield (
        "bomb of entities",
        word(text.format("&e9;"), f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]>'),
    )
    yield (
        "external entity",
        word(text.format("&e;"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    )
    yield "endless nesting, DOCX", word("<w:sdt><w:sdtContent>" * 50_000)
    yield "endless nesting, HTML", b"<div>" * 200_000
    yield "endless nesting, JSON", b"[" * 200_000 + b"]" * 200_000
    yield "open text areas", b"<textarea>" * 50_000
    yield "megabytes in one cell, HTML", b"<table><tr><td>1<td>" + b"8" * 5 * MEGABYTE
    yield "megabytes in one cell, DOCX", word(text.format("8" * 5 * MEGABYTE))
    yield "cells without end", b"<table>" + (b"<tr>" + b"<td>1" * 300) * 500
    yield "truncated DOCX", docx[: len(docx) // 2]
    yield "truncated PDF", pdf[: len(pdf) // 2]
    yield (
        "encrypted DOCX",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    )
    yield "encrypted PDF", locked_pdf()
    yield "PDF of images", image_pdf()
    yield "image named as report", b"\x89PNG\r\n\x1a\n" + bytes(99)
    yield "spreadsheet", zipped("xl/workbook.xml")


def zipped(name: str) -> bytes:
    """A zip archive with one file in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


def locked_pdf() -> bytes:
    """A PDF file that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "83")
    canvas.save()
    return made.getvalue()


def image_pdf() -> bytes:
    """A PDF file of one page that is a picture."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawInlineImage(Image.new("RGB", (60, 80), "white"), 0, 0, 595, 842)
    canvas.save()
    return made.getvalue()


def check(path: Path) -> tuple[int, float, float, str]:
    """Exit code, seconds, peak megabytes and message of `gipr check` on ``path``."""
    start = time.monotonic()
    command = [sys.executable, "-m", "gipr_nlp.cli", "check", str(path)]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        message = said.read().strip().splitlines()
    seconds = time.monotonic() - start
    first = message[0] if message else ""
    return process.returncode, seconds, used.ru_maxrss / 1024, first.replace(str(path), "FILE")


def write(folder: Path) -> None:
    """Write every file to ``folder``."""
    for number, (name, data) in enumerate(files(), 1):
        (folder / f"{number:02d} {name}.txt").write_bytes(data)


def main() -> None:
    """Print one line for each file."""
    with tempfile.TemporaryDirectory() as folder:
        # Made in a process of its own: what that needs would count as the checked one's memory.
        maker = Process(target=write, args=(Path(folder),))
        maker.start()
        maker.join()
        for path in sorted(Path(folder).iterdir()):
            code, seconds, megabytes, message = check(path)
            print(f"{path.stem:34} exit {code}  {seconds:5.2f} s  {megabytes:5.0f} MB  {message}")


if __name__ == "__main__":
    main()
