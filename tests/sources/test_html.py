import json

import pytest
from pages_html import BODY, CELLS, NARRATIVE, TABLES, TEXT, WRAPPED

from gipr_nlp.errors import EmptySource, LimitExceeded
from gipr_nlp.sources import Limits, read_document


def read(markup):
    return read_document(markup.encode())


@pytest.mark.parametrize("name", WRAPPED)
def test_the_report_is_read_and_what_surrounds_it_is_not(name):
    document = read(WRAPPED[name])
    assert document.text == TEXT
    assert document.hard_lines and document.source.media_type == "text/html"


@pytest.mark.parametrize("name", TABLES)
def test_cells_stand_at_their_places(name):
    document = read(BODY + TABLES[name] + "<p>三、后文。</p>")
    (grid,) = document.grids
    found = [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells]
    assert found == CELLS
    for cell in grid.cells:
        assert document.text[cell.start : cell.end] == cell.text
    assert document.text[grid.start : grid.end] == (
        "情况\t\t申请人\n\t\t自然人\t总计\n结果\t公开\t52\t\n\t部分\t24\t24\n"
    )


def test_every_wrapping_of_tables_is_layout():
    markup = "<table><tr><td>" * 40 + BODY + TABLES["plain"] + "</td></tr></table>" * 40
    document = read(markup)
    assert document.text.startswith(TEXT) and len(document.grids) == 1


def test_text_around_and_between_tables_keeps_its_order():
    document = read(f"<p>前</p>{TABLES['plain']}中间<b>文</b>字{TABLES['plain']}<p>后</p>")
    assert [len(grid.cells) for grid in document.grids] == [11, 11]
    parts = document.text.replace(
        document.text[document.grids[0].start : document.grids[0].end], "|"
    )
    assert parts == "前\n|中间文字\n|后\n"


def test_breaks_in_cells_become_spaces():
    document = read("<table><tr><td>本年<br>制发\n件数</td><td>1<span>2</span></td></tr></table>")
    assert [cell.text for cell in document.grids[0].cells] == ["本年 制发件数", "12"]


@pytest.mark.parametrize(
    ("head", "title", "published"),
    [
        ("<title>宁县2021年年度报告 - 宁县人民政府</title>", "宁县2021年年度报告", None),
        ("<meta name=ArticleTitle content='宁县年报'><title>宁县</title>", "宁县年报", None),
        ("<meta name='PubDate' content='2022-01-09 08:00'>", None, "2022-01-09"),
        ("<div>发布日期：2022年1月9日</div>", None, "2022-01-09"),
        (
            "<table><tr><td>索引号</td><td>1</td><td>成文日期</td><td>2022/1/9</td></tr></table>",
            None,
            "2022-01-09",
        ),
    ],
)
def test_title_and_date_are_kept(head, title, published):
    document = read(f"<html>{head}{BODY}</html>")
    assert document.title == title and document.published == published
    assert "2022" not in document.text and "成文日期" not in document.text


def test_a_report_for_two_screens_is_read_once():
    whole = f"{BODY}{TABLES['plain']}<p>二、主动公开</p>{TABLES['plain']}<p>{NARRATIVE}再</p>"
    once, twice = read(whole), read(f"<div class=pc>{whole}</div><div class=phone>{whole}</div>")
    assert twice.text == once.text
    assert once.warnings == () and twice.warnings


def test_a_paragraph_that_its_author_repeats_stays():
    text = "".join(f"<p>{NARRATIVE}{part}</p>" for part in "甲乙丙甲")
    assert read(text).text.count("甲") == 2


PAGE = f"<div>{BODY}</div>"


@pytest.mark.parametrize(
    "wrapped",
    [
        json.dumps({"title": "年报", "content": PAGE, "hits": 99}),
        json.dumps({"data": {"list": [{"id": "7", "body": PAGE}]}}, ensure_ascii=False),
        json.dumps(PAGE),
        json.dumps(json.dumps({"content": PAGE})),
        f"callback({json.dumps({'content': PAGE})});",
        json.dumps({"content": PAGE.replace("<", "&lt;").replace(">", "&gt;")}),
        json.dumps(["一、总体情况", NARRATIVE], ensure_ascii=False),
        f"<html><body><div id=app></div><script>var doc = {json.dumps(PAGE)};</script></body></html>",
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n",
    ],
)
def test_reports_inside_strings(wrapped):
    assert read(wrapped).text.rstrip("\n") == TEXT.rstrip("\n")


def test_a_text_that_only_looks_like_json_is_text():
    text = '{一、总体情况} "受理83件"'
    assert read(text).text == text + "\n"


def test_traditional_pages_are_read_as_simplified():
    document = read(
        "<p>全縣受理政府資訊公(gong)開申請83件。</p><table><tr><td>規範性文件</td><td>7</td></tr></table>"
    )
    assert document.text == "全县受理政府信息公开申请83件。\n规范性文件\t7\n"
    assert document.warnings


def test_a_page_without_text_is_empty():
    with pytest.raises(EmptySource):
        read("<html><body><script>load()</script><img src=a.png></body></html>")


@pytest.mark.parametrize(
    ("markup", "limit"),
    [
        ("<div>" * 3000 + "x", "nested"),
        ("<p>x" * 300_000, "elements"),
        (
            f"<table>{'<tr><td rowspan=60000 colspan=1000>1</td><td>2</td></tr>' * 300}</table>",
            "cells",
        ),
    ],
)
def test_limits_hold(markup, limit):
    with pytest.raises(LimitExceeded, match=limit):
        read(markup)


def test_time_is_a_limit_too():
    with pytest.raises(LimitExceeded, match="seconds"):
        read_document(("<p>x" * 90_000).encode(), limits=Limits(seconds=0.05))
