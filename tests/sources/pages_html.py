"""Pieces of HTML pages, each with what is hard about it, and what must be read from them."""

NARRATIVE = (
    "2021年，全县主动公开政府信息6853条，其中政务动态905条。受理政府信息公开申请83件，予以公开52件，"
    "部分公开24件，无法提供7件。以上申请均在法定期限内答复，没有收取任何费用。"
)
BODY = f"<h2>一、总体情况</h2><p>{NARRATIVE}</p>"
TEXT = f"一、总体情况\n{NARRATIVE}\n"
MENU = '<ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul>'
FOOT = "<p>版权所有：宁县人民政府</p><p>某ICP备05070218号-1 某公网安备 62102602000103号</p>"

# Pages that must all give the same text: what surrounds the report, or how it is wrapped.
WRAPPED = {
    "bare fragment": BODY,
    "whole page": f"<html><head><title>x</title></head><body>{BODY}</body></html>",
    "menu in divs": f"<body><div class='nav-box'>{MENU}</div><div>{BODY}</div></body>",
    "menu without names": f"<body><div>{MENU}</div><div>{BODY}</div>",
    "nav, header and footer": f"<header>{MENU}</header><nav>{MENU}</nav><main>{BODY}</main><footer>{FOOT}</footer>",
    "foot in divs": f"<div><div>{BODY}</div><div class='bt'>{FOOT}</div></div>",
    "roles": f"<div role='navigation'><p>栏目</p>{MENU}</div>{BODY}<div role='contentinfo'>x</div>",
    "path": f"<div>当前位置：<a href=/>首页</a> &gt; <a href=/nb>年报</a></div>{BODY}",
    "layout tables": f"<table><tr><td>{MENU}</td><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>",
    "form around the page": f"<form><input type=hidden value=83><div>{BODY}</div></form>",
    "script and style": f"<script>var n = '申请99件';</script><style>p {{ color: red }}</style>{BODY}",
    "comments": f"<!-- 申请99件 -->{BODY}<!--[if IE]><p>99件</p><![endif]-->",
    "hidden double": f"{BODY}<div style='display:none'>{BODY}</div>",
    "hidden by a rule": f"<style>.m, .x{{display: none}} @media print{{.y{{display:none}}}}</style><div class=m>{BODY}</div><div class=y>{BODY}</div>",
    "hidden by attribute": f"{BODY}<p hidden>99件</p><p aria-hidden=true>98件</p><p style='visibility: hidden'>9</p>",
    "shown by a script": f"<div id=a style='display:none'>{BODY}</div><script>show('a')</script>",
    "metadata table": (
        "<table><tr><td>索 引 号：</td><td>0001-22</td><td>发布日期</td><td>2022-01-09</td></tr>"
        f"<tr><td>发布机构</td><td>县政府办</td><td>浏览次数</td><td>1873</td></tr></table>{BODY}"
    ),
    "metadata lines": f"<div>发布时间：2022-01-09 10:30　点击数：<span>233</span>次　【打印】</div>{BODY}<p>【打印】【关闭】</p>",
    "metadata in pieces": f"<ul><li><b>索引号</b></li><li>0001/2022-12</li><li><b>发布日期</b></li><li>2022-01-09</li></ul>{BODY}",
    "text area": f"<body>{MENU}<textarea>{BODY.replace('<', '&lt;')}</textarea></body>",
    "text area of raw markup": f"<body>{MENU}<textarea>{BODY}</textarea></body>",
    "unclosed elements": f"<div><div><table><tr><td><font><b>{BODY}",
    "closed too often": f"</td></div></div><div>{BODY}</div></div></table></body></html></p>",
    "everything in a link": f"<a href='x'>{BODY}</a>",
    "class names of chrome on the content": f"<div class='header location comment'>{BODY}</div>",
    "upper case": f"<HTML><BODY><DIV>{BODY.replace('h2', 'H2').replace('<p>', '<P>')}</DIV></BODY></HTML>",
    "entities": BODY.replace("6853", "&#54;&#x38;53").replace("，", "&#65292;"),
    "breaks of the markup": BODY.replace("政务动态", "政务\n    动态"),
    "breaks for paragraphs": BODY.replace("<h2>", "")
    .replace("</h2><p>", "<br>")
    .replace("</p>", "<br/><br/>"),
    "preformatted": f"<pre>一、总体情况\n    {NARRATIVE}\n</pre>",
    "reading aids": BODY.replace("公开", "<ruby>公<rp>(</rp><rt>gōng</rt><rp>)</rp></ruby>开"),
    "images as data": f"<img src='data:image/png;base64,{'A' * 6000}'>{BODY}",
}

ROWS = (
    (("情况", 2, 2), ("申请人", 1, 2)),
    ("自然人", "总计"),
    (("结果", 2, 1), "公开", "52", ""),
    ("部分", "24", "24"),
)
CELLS = [
    (0, 0, 2, 2, "情况"),
    (0, 2, 1, 2, "申请人"),
    (1, 2, 1, 1, "自然人"),
    (1, 3, 1, 1, "总计"),
    (2, 0, 2, 1, "结果"),
    (2, 1, 1, 1, "公开"),
    (2, 2, 1, 1, "52"),
    (2, 3, 1, 1, ""),
    (3, 1, 1, 1, "部分"),
    (3, 2, 1, 1, "24"),
    (3, 3, 1, 1, "24"),
]


def _row(row, cell="<td{}>{}</td>"):
    pieces = []
    for item in row:
        text, rows, columns = item if isinstance(item, tuple) else (item, 1, 1)
        spans = f' rowspan="{rows}"' * (rows > 1) + f" colspan={columns}" * (columns > 1)
        pieces.append(cell.format(spans, text))
    return f"<tr>{''.join(pieces)}</tr>"


_PLAIN = [_row(row) for row in ROWS]
# Ways to write the same table.
TABLES = {
    "plain": f"<table>{''.join(_PLAIN)}</table>",
    "blanks between": f"<table>\n <tbody>\n{chr(10).join(_PLAIN)}\n</tbody>\n</table>",
    "head and bodies": f"<table><thead>{''.join(_PLAIN[:2])}</thead><tbody>{_PLAIN[2]}{_PLAIN[3]}</tbody></table>",
    "a body for every row": f"<table>{''.join(f'<tbody>{row}</tbody>' for row in _PLAIN)}</table>",
    "th cells": f"<table>{''.join(_row(row, '<th{}>{}</th>') for row in ROWS)}</table>",
    "paragraphs in cells": f"<table>{''.join(_row(row, '<td{}><p><span>{}</span></p><p>&nbsp;</p></td>') for row in ROWS)}</table>",
    "lists in cells": f"<table>{''.join(_row(row, '<td{}><ul><li>{}</li></ul></td>') for row in ROWS)}</table>",
    "tables in cells": f"<table>{''.join(_row(row, '<td{}><table><tr><td>{}</td></tr></table></td>') for row in ROWS)}</table>",
    "fields of a form": "<table>"
    + "".join(_PLAIN).replace(">52<", "><input value=52><")
    + "</table>",
    "unclosed cells": f"<table>{''.join(_PLAIN).replace('</td>', '').replace('</tr>', '')}</table>",
    "in a layout table": f"<table><tr><td><div><table>{''.join(_PLAIN)}</table></div></td></tr></table>",
    "columns and caption": f"<table><caption>{NARRATIVE}</caption><colgroup><col><col></colgroup>{''.join(_PLAIN)}</table>",
    "spans too long": "<table>" + "".join(_PLAIN).replace('"2">结果', '"99">结果') + "</table>",
    "narrative in its rows": f"<table><tr><td colspan=4>{NARRATIVE}{NARRATIVE}</td></tr>{''.join(_PLAIN)}<tr><td colspan=4><p>{NARRATIVE}</p><p>{NARRATIVE}</p><p>{NARRATIVE}</p></td></tr></table>",
}
