"""How fast each kind of file is read, as a ratio to the bare library on the same file.

    python benchmarks/sources.py [--repeat N]

The file is one sample report of the corpus in four kinds. "Bare" takes the text (and the
tables) as the library under the reader gives them: no joining, no cleaning, no offsets.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "corpus"))

import layouts
import pages
from samples import sample

from gipr_nlp.sources import read_document

PROSE = "一年来，各部门按照统一部署，完善公开目录，规范公开流程，对照清单逐项核查，主动公开政府信息3126条。"


def report() -> pages.Page:
    """A sample report with as much prose as tables."""
    page = sample(1, "2021").page
    head, *others = page.parts
    return pages.Page(page.title, page.organization, page.year, [head, *[PROSE * 4] * 20, *others])


def bare_text(data: bytes) -> int:
    """Decode."""
    return len(data.decode())


def bare_html(data: bytes) -> int:
    """Parse with Lexbor and take the text of the body."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(data.decode()).body
    return len(body.text(deep=True)) if body else 0


def bare_docx(data: bytes) -> int:
    """Open with python-docx and take the text of paragraphs and of the cells of rows."""
    import docx

    document = docx.Document(io.BytesIO(data))
    length = sum(len(paragraph.text) for paragraph in document.paragraphs)
    return length + sum(
        len(cell.text) for table in document.tables for row in table.rows for cell in row.cells
    )


def bare_pdf(data: bytes) -> int:
    """Take the text with pdfium and the tables with pdfplumber, page by page."""
    import pdfplumber
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    length = sum(len(page.get_textpage().get_text_range()) for page in document)
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        return length + sum(len(page.extract_tables()) for page in plumbed.pages)


KINDS: dict[str, tuple[Callable[[pages.Page], bytes], Callable[[bytes], int]]] = {
    "text": (lambda page: pages.tabs(page).encode(), bare_text),
    "html": (lambda page: pages.cms(page).encode(), bare_html),
    "docx": (layouts.docx, bare_docx),
    "pdf": (layouts.pdf, bare_pdf),
}


def best(call: Callable[[], object], repeat: int) -> float:
    """The shortest of ``repeat`` calls, in seconds; one more warms up."""
    call()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def page_count(data: bytes) -> int:
    """The pages of a PDF file."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def main() -> None:
    """Print one line for each kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    print(f"{'kind':6}{'size':>10}{'read':>10}{'bare':>10}{'ratio':>8}   speed")
    for kind, (write, bare) in KINDS.items():
        data = write(report())
        ours = best(lambda data=data: read_document(data), repeat)
        theirs = best(lambda data=data, bare=bare: bare(data), repeat)
        unit, size = ("pages", page_count(data)) if kind == "pdf" else ("KB", len(data) / 1000)
        print(
            f"{kind:6}{len(data) / 1000:8.1f}KB{ours * 1000:8.1f}ms{theirs * 1000:8.1f}ms"
            f"{ours / theirs:8.2f}   {size / ours:.0f} {unit}/s"
        )


if __name__ == "__main__":
    main()
