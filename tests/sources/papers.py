"""Builds the files that the tests of the readers read: PDF and DOCX with what is hard about them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from grids import Box, Grid, Values, grid
from layouts import cut_apart, placements

TITLE = "临江县2022年政府信息公开工作年度报告"
PROSE = (
    "2022年，临江县坚持以公开促落实、强监管，全年通过各类渠道主动公开政府信息3126条，其中门户网站公开"
    "2048条、微信公众号推送756条、其他方式322条，信息公开的及时性和准确性有了新的提高。"
    "全年共收到政府信息公开申请41件，上年结转2件，均在法定期限内办理完毕，没有因信息公开引起的行政"
    "诉讼败诉案件，群众对公开工作的满意程度比上一年又有提升。"
)
WORK = (
    "一年来，各乡镇、各部门按照统一部署，完善公开目录，规范公开流程，对照事项清单逐项核查栏目内容，"
    "及时补充缺漏的信息，更正过期的链接，信息质量稳步提高，公开专区的服务功能更加齐备。"
)
REQUESTS = {
    "requests_new": ["30", "5", "1", "0", "4", "1", "41"],
    "requests_carried_in": ["2", "0", "0", "0", "0", "0", "2"],
    "result_granted": ["18", "3", "1", "0", "2", "1", "25"],
    "result_partial": ["5", "1", "0", "0", "1", "0", "7"],
    "result_unable_not_held": ["7", "1", "0", "0", "1", "0", "9"],
    "requests_answered": ["30", "5", "1", "0", "4", "1", "41"],
    "requests_carried_out": ["2", "0", "0", "0", "0", "0", "2"],
}


def requests_grid() -> Grid:
    return grid(Values("requests", "2021", REQUESTS, fill="0"))


def reviews_grid() -> Grid:
    rows = {
        "review": ["1", "0", "0", "0", "1"],
        "direct": ["0", "0", "1", "0", "1"],
        "post_review": ["", "", "", "", ""],
    }
    return grid(Values("reviews", "2021", rows))


def proactive_grid() -> Grid:
    rows = {"normative": ["12", "3", "86"], "permits": ["10532"], "fee": ["1978.8300"]}
    return grid(Values("proactive", "2021", rows, fill="0"))


def expected(table: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (row, column, box.rowspan, box.colspan, "".join(box.text.split()))
        for row, column, box in placements(table)
    )


def read_cells(table: Any) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (cell.row, cell.column, cell.rowspan, cell.colspan, "".join(cell.text.split()))
        for cell in table.cells
    )


def six_pages(*, repeat_head: bool = False, break_after: int = 14) -> bytes:
    """A report on six pages: prose over page breaks, heads, feet, page numbers, the request
    table cut in the middle of a merged group (with its head again where asked), a label set
    vertically, reviews under a head of three rows."""
    from reportlab.platypus import PageBreak, Spacer

    flow: list[Any] = [_paragraph(TITLE, "title"), _paragraph("一、总体情况", "head")]
    flow += [_paragraph(PROSE)] + [_paragraph(WORK) for _ in range(11)]
    flow += [_paragraph("二、主动公开政府信息情况", "head"), _table(proactive_grid()), PageBreak()]
    flow += [_paragraph("三、收到和处理政府信息公开申请情况", "head")]
    for number, sheet in enumerate(_sheets(requests_grid(), break_after, repeat_head)):
        flow += [PageBreak()] if number else []
        flow.append(_table(sheet, requests_grid(), vertical="三、本年度办理结果"))
    flow += [PageBreak(), _paragraph("四、政府信息公开行政复议、行政诉讼情况", "head")]
    flow += [
        _table(reviews_grid()),
        Spacer(1, 12),
        _paragraph("五、存在的主要问题及改进情况", "head"),
    ]
    flow += [_paragraph(WORK) for _ in range(13)]
    flow += [_paragraph("六、其他需要报告的事项", "head"), _paragraph("本年度没有收取信息处理费。")]
    return _built(flow)


def _sheets(table: Grid, rows: int, repeat_head: bool) -> list[Grid]:
    first, *others = cut_apart(table, rows)
    return [first, *([*table[:3], *sheet] if repeat_head else sheet for sheet in others)]


def _paragraph(text: str, kind: str = "prose") -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(kind, fontName="STSong-Light", fontSize=14, leading=24, wordWrap="CJK")
    changes: dict[str, dict[str, Any]] = {
        "title": {"fontSize": 20, "leading": 30, "alignment": 1},
        "head": {"firstLineIndent": 28},
        "prose": {"firstLineIndent": 28},
        "cell": {"fontSize": 8, "leading": 10, "alignment": 1},
    }
    return Paragraph(
        escape(text).replace("\n", "<br/>"), ParagraphStyle(kind, plain, **changes[kind])
    )


def _table(sheet: Grid, whole: Grid | None = None, vertical: str = "") -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    columns = max(column + box.colspan for _, column, box in placements(whole or sheet))
    content: list[list[Any]] = [[""] * columns for _ in sheet]
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    for row, column, box in placements(sheet):
        text = "\n".join(box.text) if box.text == vertical else box.text
        content[row][column] = _paragraph(text, "cell")
        rules.append(("SPAN", (column, row), (column + box.colspan - 1, row + box.rowspan - 1)))
    return Table(content, colWidths=_widths(sheet, columns), style=rules)


def _widths(sheet: Grid, columns: int) -> list[float]:
    return [22, 60, 108] + [40] * 7 if columns == 10 else [470 / columns] * columns


def _built(flow: Sequence[Any]) -> bytes:
    from reportlab.platypus import SimpleDocTemplate

    def decorate(canvas: Any, document: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 805, "临江县人民政府  信息公开年度报告  2022年度")
        canvas.drawCentredString(297, 30, f"— {document.page} —")

    buffer = io.BytesIO()
    paper = SimpleDocTemplate(
        buffer, pagesize=(595, 842), leftMargin=60, rightMargin=60, invariant=1
    )
    paper.build(list(flow), onFirstPage=decorate, onLaterPages=decorate)
    return buffer.getvalue()


def box(text: str, rowspan: int = 1, colspan: int = 1) -> Box:
    return Box(text, rowspan, colspan)
