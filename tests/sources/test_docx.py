import io
import zipfile
from functools import cache

import pytest
from papers import expected as cells_of
from papers import proactive_grid, read_cells, requests_grid, reviews_grid

from gipr_nlp.errors import DamagedSource, EmptySource, LimitExceeded
from gipr_nlp.sources import Limits, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


@cache
def empty():
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def package(body, head="", **parts):
    """A DOCX file with ``body`` as the content of its w:body."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(empty())) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = f'<?xml version="1.0"?>{head}<w:document {SPACES}><w:body>{body}</w:body></w:document>'
            target.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], content))
    return made.getvalue()


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*pieces, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(pieces)}</w:p>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(content, span=1, merge=""):
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{content}</w:tc>'


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


BOX = f"<w:txbxContent>{paragraph(run('框中83件'))}</w:txbxContent>"
PARAGRAPHS = {
    "runs and full-width digits": (paragraph(run("受理８"), run("３件")), "受理83件\n"),
    "tracked changes": (
        paragraph(
            run("受理"),
            f'<w:del w:id="1"><w:r><w:delText>99</w:delText></w:r></w:del><w:ins w:id="2">{run("83")}</w:ins>',
            f"<w:moveFrom>{run('98')}</w:moveFrom><w:moveTo>{run('件')}</w:moveTo>",
        ),
        "受理83件\n",
    ),
    "a deleted paragraph mark": (
        paragraph(run("受理8"), properties='<w:rPr><w:del w:id="1"/></w:rPr>')
        + paragraph(run("3件")),
        "受理83件\n",
    ),
    "hidden runs": (
        paragraph(run("受理"), run("99", "<w:vanish/>"), run("83件", '<w:vanish w:val="0"/>')),
        "受理83件\n",
    ),
    "the result of a field": (
        paragraph(
            field("begin"),
            "<w:r><w:instrText>REF a</w:instrText></w:r>",
            field("separate"),
            run("83件"),
            field("end"),
        ),
        "83件\n",
    ),
    "a table of contents": (
        paragraph(
            field("begin"),
            "<w:r><w:instrText> TOC \\o</w:instrText></w:r>",
            field("separate"),
            run("一、总体情况 1"),
        )
        + paragraph(run("二、主动公开 3"), field("end"))
        + paragraph(run("一、总体情况")),
        "一、总体情况\n",
    ),
    "a field that never ends": (
        paragraph(
            field("begin"),
            "<w:r><w:instrText>TOC</w:instrText></w:r>",
            field("separate"),
            run("一"),
        )
        + paragraph(run("83件")),
        "一\n83件\n",
    ),
    "a simple field": (
        paragraph(
            f'<w:fldSimple w:instr="DATE">{run("2021年")}</w:fldSimple><w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>'
        ),
        "2021年\n",
    ),
    "a text box once": (
        paragraph(
            run("前"),
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            run("后"),
        ),
        "前后\n框中83件\n",
    ),
    "an old text box": (
        paragraph(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"),
        "框中83件\n",
    ),
    "a soft break inside a sentence": (
        paragraph(run("受理8"), "<w:r><w:br/></w:r>", run("3件。")),
        "受理83件。\n",
    ),
    "a soft break before a head": (
        paragraph(run("受理83件"), "<w:r><w:br/></w:r>", run("（二）答复情况")),
        "受理83件\n（二）答复情况\n",
    ),
    "links, tags and controls": (
        paragraph(
            f"<w:hyperlink>{run('受理')}</w:hyperlink><w:smartTag>{run('83')}</w:smartTag><w:sdt><w:sdtContent>{run('件')}</w:sdtContent></w:sdt>"
        ),
        "受理83件\n",
    ),
    "a control around paragraphs": (
        f"<w:sdt><w:sdtContent>{paragraph(run('受理83件'))}</w:sdtContent></w:sdt>",
        "受理83件\n",
    ),
    "reading aids": (
        paragraph(
            f"<w:r><w:ruby><w:rt>{run('gōng')}</w:rt><w:rubyBase>{run('公')}</w:rubyBase></w:ruby></w:r>",
            run("开"),
        ),
        "公开\n",
    ),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name):
    body, text = PARAGRAPHS[name]
    document = read_document(package(body))
    assert document.text == text and document.hard_lines


def test_paragraphs_and_tables_stand_in_order():
    body = (
        paragraph(run("前"))
        + table([cell(paragraph(run("甲"))), cell(paragraph(run("1")))])
        + paragraph(run("后"))
    )
    assert read_document(package(body)).text == "前\n甲\t1\n后\n"


def test_merged_cells_neither_repeat_nor_vanish():
    p = lambda text: paragraph(run(text))  # noqa: E731
    body = table(
        [cell(p("角"), 2, "restart"), cell(p("申请人"), 2)],
        [cell(p(""), 2, "on"), cell(p("自然人")), cell(p("总计"))],
        [cell(p("结果"), 1, "restart"), cell(p("公开")), cell(p("5") + p("2")), cell(p(""))],
        [cell(p(""), 1, "on"), cell(p("部分")), cell(p("24")), cell(p("24"))],
    )
    (grid,) = read_document(package(body)).grids
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells] == [
        (0, 0, 2, 2, "角"), (0, 2, 1, 2, "申请人"), (1, 2, 1, 1, "自然人"), (1, 3, 1, 1, "总计"),
        (2, 0, 2, 1, "结果"), (2, 1, 1, 1, "公开"), (2, 2, 1, 1, "5 2"), (2, 3, 1, 1, ""),
        (3, 1, 1, 1, "部分"), (3, 2, 1, 1, "24"), (3, 3, 1, 1, "24"),
    ]  # fmt: skip


def test_a_continuation_with_nothing_above_is_a_cell():
    body = table([cell(paragraph(run("规章")), 1, "on"), cell(paragraph(run("7")), 1, "on")])
    assert read_document(package(body)).text == "规章\t7\n"


def test_a_deleted_row_is_gone_and_rows_may_start_late():
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell(paragraph(run('99')))}</w:tr>"
    late = f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell(paragraph(run('7')))}</w:tr>"
    plain = f"<w:tr>{''.join(cell(paragraph(run(text))) for text in 'abc')}</w:tr>"
    assert read_document(package(f"<w:tbl>{plain}{gone}{late}</w:tbl>")).text == "a\tb\tc\n\t\t7\n"


def test_a_nested_table_is_read_in_its_place():
    inner = table(*[[cell(paragraph(run(text))) for text in row] for row in ("甲1", "乙2", "丙3")])
    body = table([cell(paragraph(run("前")) + inner + paragraph(run("后")))])
    document = read_document(package(body))
    assert document.text == "前\n甲\t1\n乙\t2\n丙\t3\n后\n" and len(document.grids) == 1


def test_a_small_table_in_a_cell_is_text_of_the_cell():
    inner = table([cell(paragraph(run("4"))), cell(paragraph(run("2")))])
    body = table([cell(paragraph(run("规章"))), cell(inner)])
    assert read_document(package(body)).text == "规章\t4 2\n"


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_the_numbers_that_word_puts_before_heads_are_text():
    levels = [
        (0, "总体"),
        (1, "主动"),
        (1, "申请"),
        (2, "甲"),
        (2, "乙"),
        (3, "点"),
        (0, "主动"),
        (1, "丙"),
    ]
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(
        paragraph(run(text), properties=numbered.format(level)) for level, text in levels
    )
    made = package(body, numbering=NUMBERING)
    assert read_document(made).text.split() == [
        "一、总体", "（一）主动", "（二）申请", "1.甲", "2.乙", "点", "二、主动", "（一）丙",
    ]  # fmt: skip


@pytest.mark.parametrize("make", [proactive_grid, requests_grid, reviews_grid])
def test_statutory_tables_cell_for_cell(make):
    from layouts import docx as write
    from pages import Page

    (grid,) = read_document(write(Page("年报", "县", 2022, ["一、总体情况", make()]))).grids
    assert read_cells(grid) == cells_of(make())


def test_the_strict_variant_reads_the_same():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = paragraph(run("受理83件")) + table(
        [cell(paragraph(run("甲")), 2), cell(paragraph(run("1")))]
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(body))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(W.encode(), strict.encode()))
    assert read_document(made.getvalue()).text == "受理83件\n甲\t\t1\n"


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE = {
    "a bomb of entities": (
        package(paragraph(run("&e8;")), f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>'),
        DamagedSource,
    ),
    "an external entity": (
        package(paragraph(run("&e;")), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        (DamagedSource, EmptySource),
    ),
    "endless nesting": (
        package("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000),
        DamagedSource,
    ),
    "megabytes in a cell": (
        package(table([cell(paragraph(run("7" * 4_000_000))), cell(paragraph(run("1")))])),
        LimitExceeded,
    ),
    "cells without end": (package(table(*[[cell("<w:p/>")] * 300] * 200)), LimitExceeded),
    "a zip bomb": (package(" " * 31_000_000), LimitExceeded),
    "cut in half": (package(paragraph(run("83")))[:5000], DamagedSource),
    "no document": (package("")[:-1], DamagedSource),
    "nothing in it": (package(""), EmptySource),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_packages_end_in_an_error(name):
    data, error = HOSTILE[name]
    with pytest.raises(error) as caught:
        read_document(data, limits=Limits(max_expanded_bytes=30_000_000))
    assert "root:" not in str(caught.value)


def test_a_span_beyond_reason_is_cut():
    body = table([cell(paragraph(run("甲")), 60_000), cell(paragraph(run("1")))])
    assert read_document(package(body)).text.replace("\t", "") == "甲1\n"
