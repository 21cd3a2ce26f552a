"""Layouts in which the authored reports are stored: kinds of text, and pages of site builders.

Every layout takes the lines of a report, each a paragraph or a grid, and gives the text of the
file. What a layout adds (menus, index numbers, footers) is what such pages carry in the wild.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from grids import Box, Grid

Part = str | Grid
_HEADING = re.compile(
    r"\s*[一二三四五六七八九十]+、.{2,30}$|\s*（[一二三四五六七八九十]+）.{2,20}$"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a layout lays out: the parts of the report in order, and its title and body."""

    title: str
    organization: str
    year: int
    parts: Sequence[Part]


# --- text ------------------------------------------------------------------------------


def cells(page: Page) -> str:
    """One cell per line after a tab, an empty line after each row (text saved by a word processor)."""
    return _text(page, lambda grid: "\n\n".join(map(_cell_lines, _with_covered(grid))) + "\n\n")


def tabs(page: Page) -> str:
    """One row per line, cells parted by tabs, merged columns left empty."""
    return _text(page, lambda grid: "\n".join("\t".join(row) for row in _full_width(grid)))


def pipes(page: Page) -> str:
    """One row per line, cells parted by pipes, merged columns left empty."""
    return _text(page, lambda grid: "\n".join(" | ".join(row) + " |" for row in _full_width(grid)))


def piped_cells(page: Page) -> str:
    """One cell per line, each with a pipe behind it; what merged cells cover is left out."""
    return _text(page, lambda grid: "\n".join(f"{box.text} |" for row in grid for box in row))


def lines(page: Page) -> str:
    """One cell per line and nothing else; empty cells vanish."""
    return _text(page, lambda grid: "\n".join(box.text for row in grid for box in row if box.text))


def _text(page: Page, table: Callable[[Grid], str]) -> str:
    return "\n".join(part if isinstance(part, str) else table(part) for part in page.parts) + "\n"


def _cell_lines(row: Sequence[Box]) -> str:
    return "\n".join(f"\t{box.text}" for box in row)


def _with_covered(grid: Grid) -> Iterator[list[Box]]:
    """Each row with an empty box where a merged cell reaches down into it."""
    covered: dict[tuple[int, int], int] = {}  # the columns that a cell from above still takes
    for number, row in enumerate(grid):
        column, boxes = 0, []
        for box in [*row, None]:
            while (width := covered.pop((number, column), 0)) > 0:
                boxes.append(Box("", colspan=width))
                column += width
            if box is None:
                break
            boxes.append(box)
            covered |= {(number + down, column): box.colspan for down in range(1, box.rowspan)}
            column += box.colspan
        yield boxes


def _full_width(grid: Grid) -> Iterator[list[str]]:
    """Each row with as many texts as the table has columns."""
    for row in _with_covered(grid):
        yield [text for box in row for text in [box.text, *[""] * (box.colspan - 1)]]


# --- HTML ------------------------------------------------------------------------------


def portal(page: Page) -> str:
    """A government portal: menus, an index table above the article, a footer, click counts."""
    body = "\n".join(_portal_part(part) for part in page.parts)
    return _PORTAL.format(
        title=page.title, body=body, organization=page.organization, next_year=page.year + 1
    )


def _portal_part(part: Part) -> str:
    if not isinstance(part, str):
        return _html_table(part, ' border="1" cellspacing="0" width="100%"', "{}")
    if not part.strip():
        return ""
    tag = "h3" if _HEADING.match(part) else "p"
    return f"<{tag}>　　{escape(part.strip(), quote=False)}</{tag}>"


_PORTAL = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_{organization}</title>
<style>.nav li {{ float: left; width: 120px }} .article {{ font-size: 16px }}</style>
<script>var hits = 1873; document.write('<span id="hits">' + hits + '</span>');</script>
</head>
<body>
<div class="header"><div class="nav"><ul>
<li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li>
<li><a href="/hdjl/">互动交流</a></li><li><a href="/tj/">统计数据</a></li></ul></div></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
<table class="index"><tr><td>索引号：</td><td>01123456-7/{next_year}-00042</td><td>主题分类：</td><td>综合政务</td></tr>
<tr><td>发布机构：</td><td>{organization}</td><td>发文日期：</td><td>{next_year}-01-26</td></tr></table>
<h1>{title}</h1>
<div class="info">发布时间：{next_year}-01-26 10:32　来源：{organization}　浏览次数：<span>1873</span> 字体：【大 中 小】</div>
<div class="article">
{body}
</div>
<div class="share"><a href="#">打印</a> <a href="#">关闭</a></div>
<div class="footer"><p>主办：{organization}　网站标识码：1409250001</p><p>备案号：某ICP备05000123号-1</p>
<p>联系电话：0000-8123456</p></div>
</body>
</html>
"""


def word(page: Page) -> str:
    """A page pasted from a word processor: paragraphs in cells, spans, conditional comments."""
    body = "\n".join(_word_part(part) for part in page.parts)
    return _WORD.format(title=page.title, body=body)


def _word_part(part: Part) -> str:
    if not isinstance(part, str):
        cell = '<p class="MsoNormal" align="center"><span lang="EN-US">{}</span></p>'
        return _html_table(part, ' class="MsoNormalTable" cellpadding="0"', cell)
    if not part.strip():
        return '<p class="MsoNormal"><span>&nbsp;</span></p>'
    text = re.sub(r"([0-9]+)", r'<span lang="EN-US">\1</span>', escape(part.strip(), quote=False))
    return f'<p class="MsoNormal" style="text-indent:32pt"><span style="font-size:16pt">{text}</span><o:p></o:p></p>'


_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:Zoom>100</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{ margin: 0cm; font-size: 10.5pt }} --></style></head>
<body><div class="Section0">
{body}
</div></body></html>
"""


def cms(page: Page) -> str:
    """An old content system: the article inside layout tables, breaks instead of paragraphs."""
    body = "\n".join(_cms_part(part) for part in page.parts)
    return _CMS.format(
        title=page.title, body=body, organization=page.organization, next_year=page.year + 1
    )


def _cms_part(part: Part) -> str:
    if not isinstance(part, str):
        return _html_table(
            part, ' style="border-collapse:collapse"', "<div>{}</div>", blank="&nbsp;"
        )
    return (
        f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(part.strip(), quote=False)}<br>"
        if part.strip()
        else "<br>"
    )


_CMS = """<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8">
<title>{title}</title></head><body>
<table width="1000" align="center"><tr><td colspan="2"><img src="top.jpg" alt=""></td></tr>
<tr><td width="220" valign="top"><table><tr><td><a href="1.htm">机构职能</a></td></tr>
<tr><td><a href="2.htm">政策法规</a></td></tr><tr><td><a href="3.htm">公开年报</a></td></tr></table></td>
<td valign="top"><table width="760"><tr><td align="center"><b>{title}</b></td></tr>
<tr><td align="center">日期：{next_year}年1月28日 点击数：406 来源：{organization}</td></tr>
<tr><td class="content">
{body}
</td></tr></table></td></tr>
<tr><td colspan="2" align="center">版权所有 {organization} Copyright &copy; {next_year} 技术支持电话 000-1234567</td></tr>
</table></body></html>
"""


def _html_table(grid: Grid, attributes: str, cell: str, blank: str = "") -> str:
    rows = (
        "".join(f"<td{_spans(box)}>{cell.format(_inner(box, blank))}</td>" for box in row)
        for row in grid
    )
    inside = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table{attributes}>\n<tbody>\n{inside}\n</tbody></table>"


def _spans(box: Box) -> str:
    down = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
    across = f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    return down + across


def _inner(box: Box, blank: str) -> str:
    return escape(box.text, quote=False).replace("\n", "<br>") or blank


LAYOUTS: dict[str, tuple[str, Callable[[Page], str]]] = {
    "cells": ("txt", cells),
    "tabs": ("txt", tabs),
    "pipes": ("txt", pipes),
    "piped_cells": ("txt", piped_cells),
    "lines": ("txt", lines),
    "portal": ("html", portal),
    "word": ("html", word),
    "cms": ("html", cms),
}
