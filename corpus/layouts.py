"""The layouts of the bench: every way in which the tables of a report reach a reader.

Those of `pages.py` (stored reports) and more: text that lost its cells, HTML of other builders,
DOCX and PDF. A layout is a pure function of a page; `kind` is the file type that it gives.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pages
from grids import Box, Grid
from pages import Page, Part


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of writing a page: ``kind`` of file, whether every cell can be told from it."""

    name: str
    kind: str
    render: Callable[[Page], bytes]
    lossless: bool = True


# --- text ------------------------------------------------------------------------------


def _text(table: Callable[[Grid], str]) -> Callable[[Page], bytes]:
    def render(page: Page) -> bytes:
        lines = [part if isinstance(part, str) else table(part) for part in page.parts]
        return ("\n".join(lines) + "\n").encode()

    return render


def _rows(grid: Grid) -> list[list[str]]:
    return list(pages._full_width(grid))


def tab_rows(grid: Grid) -> str:
    """Rows of a word processor's copy: cells parted by tabs, merged cells once."""
    return "\n".join("\t".join(box.text for box in row) for row in pages._with_covered(grid))


def bare_pipes(grid: Grid) -> str:
    """Pipes between cells, none at the ends; blanks at the end of a row cut off."""
    return "\n".join(" | ".join(row).rstrip(" |") for row in _rows(grid))


def trailing_pipes(grid: Grid) -> str:
    """`行政许可 | 0 | ||`: blanks at the end have pipes without spaces, and there are too many."""
    return "\n".join(
        re.sub(r" (?=\|)(?=[ |]*$)", "", " | ".join(row) + " |") + "||||" for row in _rows(grid)
    )


def fenced_pipes(grid: Grid) -> str:
    """Pipes on both sides of the row."""
    return "\n".join("| " + " | ".join(row) + " |" for row in _rows(grid))


def lone_pipes(grid: Grid) -> str:
    """One cell per line, a pipe on a line of its own after each."""
    return "\n".join(f"{box.text}\n|" for row in grid for box in row)


def leading_pipes(grid: Grid) -> str:
    """A pipe, and the cell with its pipe on the next line."""
    return "\n".join(f"| \n {box.text}  |" for row in grid for box in row)


def stripped_lines(grid: Grid) -> str:
    """One cell per line; a blank cell is an empty line, and one more parts the rows."""
    return "\n\n".join("\n".join(box.text for box in row) for row in grid)


def spaced_lines(grid: Grid) -> str:
    """One cell per line with an empty line after each; blank cells vanish."""
    return "\n\n".join(box.text for row in grid for box in row if box.text)


def vanished_lines(grid: Grid) -> str:
    """One cell per line; blank cells vanish."""
    return "\n".join(box.text for row in grid for box in row if box.text)


def spaced_rows(grid: Grid) -> str:
    """Rows of words parted by spaces, as copied from a PDF; long labels broken over lines."""
    return "\n".join(" ".join(_folded(box.text, " ") for box in row if box.text) for row in grid)


def glued_rows(grid: Grid) -> str:
    """One row per line, its cells joined."""
    return "\n".join("".join(box.text for box in row) for row in grid)


def glued(grid: Grid) -> str:
    """The whole table as one run of text."""
    return "".join(box.text for row in grid for box in row)


def broken_labels(grid: Grid) -> str:
    """Cells on lines of their own after a tab, labels broken over lines."""
    return "\n\n".join(
        "\n".join(f"\t{_folded(box.text)}" for box in row) for row in pages._with_covered(grid)
    )


def broken_tab_rows(grid: Grid) -> str:
    """Rows with tabs, labels broken inside their cells."""
    return "\n".join("\t".join(map(_folded, row)) for row in _rows(grid))


def _folded(text: str, joint: str = "") -> str:
    if not re.search(r"[\u4e00-\u9fff]{7}", text):
        return text
    return f"{text[: len(text) // 2]}{joint}\n{text[len(text) // 2 :]}"


# --- HTML ------------------------------------------------------------------------------


def nested(page: Page) -> bytes:
    """Layout tables three deep, each grid in a table of its own with several bodies."""
    body = "\n".join(map(_nested_part, page.parts))
    return (
        f"<html><head><meta charset='utf-8'><title>{page.title}</title></head><body>"
        f"<table><tr><td><table><tr><td><table><tr><td>{body}</td></tr></table></td></tr>"
        "</table></td></tr></table></body></html>"
    ).encode()


def _nested_part(part: Part) -> str:
    if isinstance(part, str):
        return f"<div>{escape(part)}</div>"
    rows = [_row(row, "<td{spans}><font>{text}</font></td>", "&nbsp;") for row in part]
    half = len(rows) // 2 if not _crosses(part, len(rows) // 2) else 1
    return (
        f"<table><tbody>{''.join(rows[:half])}</tbody><tbody>{''.join(rows[half:])}</tbody></table>"
    )


def split(page: Page) -> bytes:
    """Every long table cut in two, the second part under a repeated head."""
    body = "\n".join(
        f"<p>{escape(part)}</p>" if isinstance(part, str) else _split_table(part)
        for part in page.parts
    )
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def _split_table(grid: Grid) -> str:
    cut = next((n for n in range(len(grid) // 2, len(grid)) if not _crosses(grid, n)), len(grid))
    head = [row for row in grid[:3] if not any(box.ref for box in row)]
    parts = [grid[:cut], [*head, *grid[cut:]]] if 3 < cut < len(grid) else [grid]
    return "".join(
        f"<table class='t'>{''.join(_row(row, '<td{spans}>{text}</td>') for row in part)}</table>"
        for part in parts
    )


def _crosses(grid: Grid, row: int) -> bool:
    """Whether a merged cell reaches over the border above that row."""
    return any(
        start + box.rowspan > row for start in range(row) for box in grid[start] if box.rowspan > 1
    )


def spacers(page: Page) -> bytes:
    """`th` heads, spaces and entities in cells, digits apart in spans, thead and tbody."""
    body = "\n".join(
        f"<p>&emsp;&emsp;{escape(part)}</p>" if isinstance(part, str) else _spacer_table(part)
        for part in page.parts
    )
    return f"<html><head><meta charset='gbk'></head><body><div>{body}</div></body></html>".encode(
        "gbk"
    )


def _spacer_table(grid: Grid) -> str:
    rows = [
        _row(row, "<td{spans}>\n  <p>&nbsp;<span>{text}</span>&ensp;</p>\n</td>", "<br/>")
        for row in grid
    ]
    return f"<table border=0><thead>{rows[0].replace('td', 'th')}</thead><tbody>{''.join(rows[1:])}</tbody></table>"


def _row(row: Sequence[Box], cell: str, blank: str = "") -> str:
    cells = (
        cell.format(spans=pages._spans(box), text=escape(box.text, quote=False) or blank)
        for box in row
    )
    return f"<tr>{''.join(cells)}</tr>"


# --- DOCX and PDF ----------------------------------------------------------------------


def docx(page: Page) -> bytes:
    """A word processor's file with merged cells."""
    import docx as library

    document = library.Document()
    for part in page.parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _docx_table(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx_table(document: Any, grid: Grid) -> None:
    placed = list(placements(grid))
    rows, columns = len(grid), max(column + box.colspan for _, column, box in placed)
    table = document.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]
    for row, column, box in placed:
        cell = cells[row][column]
        if box.rowspan > 1 or box.colspan > 1:
            cell = cell.merge(cells[row + box.rowspan - 1][column + box.colspan - 1])
        cell.text = box.text


def docx_blocks(page: Page) -> bytes:
    """Each block of a table (a run of rows of one width) as a table of its own."""
    parts: list[Part] = []
    for part in page.parts:
        parts += [part] if isinstance(part, str) else list(_blocks(part))
    return docx(replace(page, parts=parts))


def _blocks(grid: Grid) -> Iterator[Grid]:
    block: Grid = []
    for row in grid:
        if len(row) == 1 and row[0].ref is None and row[0].rowspan == 1 and block:
            yield block
            block = []
        block.append(row)
    yield block


def placements(grid: Grid) -> Iterator[tuple[int, int, Box]]:
    """Every box with the row and the column at which it stands."""
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            yield row, column, box
            taken |= {
                (row + down, column + across)
                for down in range(box.rowspan)
                for across in range(box.colspan)
            }


def pdf(page: Page) -> bytes:
    """Ruled tables on A4 pages."""
    return _pdf(page, (595, 842), rows_per_page=40)


def pdf_broken(page: Page) -> bytes:
    """Short pages, so that tables break over them in the middle of merged groups."""
    return _pdf(page, (595, 420), rows_per_page=11)


def _pdf(page: Page, size: tuple[int, int], rows_per_page: int) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(
        "plain", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK"
    )
    small = ParagraphStyle("small", parent=plain, fontSize=7, leading=9)
    flow: list[Any] = []
    for part in page.parts:
        if isinstance(part, str):
            flow += [Paragraph(escape(part), plain), Spacer(1, 4)]
            continue
        sheets = list(cut_apart(part, rows_per_page))
        for number, sheet in enumerate(sheets):
            flow += [PageBreak()] if len(sheets) > 1 and number else []
            flow.append(_pdf_table(sheet, part, small))
        flow.append(Spacer(1, 8))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=size, topMargin=40, bottomMargin=40, invariant=1).build(flow)
    return buffer.getvalue()


def _pdf_table(sheet: Grid, whole: Grid, style: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    columns = max(column + box.colspan for _, column, box in placements(whole))
    content: list[list[Any]] = [[""] * columns for _ in sheet]
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    for row, column, box in placements(sheet):
        content[row][column] = Paragraph(escape(box.text), style)
        rules.append(("SPAN", (column, row), (column + box.colspan - 1, row + box.rowspan - 1)))
    return Table(content, colWidths=_widths(whole, columns), style=rules)


def cut_apart(grid: Grid, rows: int) -> Iterator[Grid]:
    """The grid in sheets of so many rows; merged cells that a page break cuts go on, unlabelled."""
    boxes = list(placements(grid))
    for top in range(0, len(grid), rows):
        bottom = min(top + rows, len(grid))
        sheet: Grid = [[] for _ in range(top, bottom)]
        for row, _, box in sorted(boxes, key=lambda one: one[1]):
            first, last = max(row, top), min(row + box.rowspan, bottom)
            if first < last:
                text = box.text if row >= top else ""
                sheet[first - top].append(replace(box, text=text, rowspan=last - first))
        yield sheet


def _widths(grid: Grid, columns: int) -> list[float]:
    values = max(sum(box.ref is not None for box in row) for row in grid)
    if values == columns:
        return [480 / columns] * columns
    labels = columns - values
    return [200 / labels] * labels + [280 / values] * values


LAYOUTS: tuple[Layout, ...] = (
    *(
        Layout(f"{kind}:{name}", kind, lambda page, layout=layout: layout(page).encode(), lossless)
        for name, kind, layout, lossless in (
            ("cells", "text", pages.cells, True),
            ("tabs", "text", pages.tabs, True),
            ("pipes", "text", pages.pipes, True),
            ("piped cells", "text", pages.piped_cells, True),
            ("portal", "html", pages.portal, True),
            ("cms", "html", pages.cms, True),
        )
    ),
    Layout("html:word", "html", lambda page: pages.word(page).encode("gb18030")),
    Layout("text:tab rows", "text", _text(tab_rows)),
    Layout("text:bare pipes", "text", _text(bare_pipes)),
    Layout("text:trailing pipes", "text", _text(trailing_pipes)),
    Layout("text:fenced pipes", "text", _text(fenced_pipes)),
    Layout("text:lone pipes", "text", _text(lone_pipes)),
    Layout("text:leading pipes", "text", _text(leading_pipes)),
    Layout("text:stripped lines", "text", _text(stripped_lines)),
    Layout("text:broken labels", "text", _text(broken_labels)),
    Layout("text:broken tab rows", "text", _text(broken_tab_rows)),
    Layout("text:spaced lines", "text", _text(spaced_lines), lossless=False),
    Layout("text:vanished lines", "text", _text(vanished_lines), lossless=False),
    Layout("text:spaced rows", "text", _text(spaced_rows), lossless=False),
    Layout("text:glued rows", "text", _text(glued_rows), lossless=False),
    Layout(
        "text:glued", "text", lambda page: _text(glued)(page).replace(b"\n", b""), lossless=False
    ),
    Layout("html:nested", "html", nested),
    Layout("html:split", "html", split),
    Layout("html:spacers", "html", spacers),
    Layout("docx:merged", "docx", docx),
    Layout("docx:blocks", "docx", docx_blocks),
    Layout("pdf:ruled", "pdf", pdf),
    Layout("pdf:broken", "pdf", pdf_broken),
)
