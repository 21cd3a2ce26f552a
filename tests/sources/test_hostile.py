"""Whatever arrives ends in a ``Document`` or a ``SourceError``, soon."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts import pdf
from pages import Page
from pages_html import BODY, TABLES, WRAPPED
from papers import reviews_grid
from test_docx import cell, package, paragraph, run, table

from gipr_nlp.errors import SourceError
from gipr_nlp.sources import Limits, read_document

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SOON = 5.0

# Each once took minutes, gigabytes or a traceback.
BROKE = {
    "open text areas": "<textarea>" * 50_000 + "x" * 1000,
    "attributes without end": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</div>",
    "style rules that never close": "<style>" + "{a" * 100_000 + "</style><p>x",
    "media rules that never close": "<style>" + "@media x{" * 20_000 + "</style><p>x",
    "formatting that never closes": "".join(f"<p><font color={n}>x</p>" for n in range(5_000)),
    "divs that never close": "<div>" * 100_000 + "x",
    "bold that never closes": "<b>" * 100_000 + "x",
    "links that never close": "<a href=x>x" * 20_000,
    "nested vectors": "<svg>" * 20_000 + "x",
    "text areas within strings": json.dumps("<textarea>" * 500 + BODY),
    "brackets of JSON": "[" * 100_000 + "]" * 100_000,
    "nothing but newlines": "\n" * 1_000_000 + "x",
    "nothing but angle brackets": "<" * 100_000,
    "reading aids that never close": "報" + "（(a" * 100_000,
    "a megabyte in a cell": "<table><tr><td>" + "8" * 1_000_000 + "</td><td>1</td></tr></table>",
    "a label and a million blanks": "索" + " " * 1_000_000,
}


@pytest.mark.parametrize("name", BROKE)
def test_what_broke_before_ends_soon(name):
    start = time.monotonic()
    ends(BROKE[name].encode())
    assert time.monotonic() - start < SOON


def ends(data, limits=None):
    """Read ``data``; a document's own offsets must hold."""
    try:
        document = read_document(data, limits=limits or Limits(seconds=10))
    except SourceError as fault:
        assert str(fault) and not isinstance(fault.__cause__, AssertionError | AttributeError)
        return None
    assert document.text.strip()
    for grid in document.grids:
        assert grid.start <= grid.end <= len(document.text)
        for found in grid.cells:
            assert document.text[found.start : found.end] == found.text
            assert "\n" not in found.text and "\t" not in found.text
    assert document.origin is None or len(document.origin) == len(document.text)
    document.model_dump_json()
    return document


SEEDS = {
    "text": ("一、总体情况\n受理８３件\t52\n" * 5).encode(),
    "gbk": ("一、总体情况\r\n受理83件，予以公开52件\n" * 5).encode("gbk"),
    "utf-16": ("一、总体情况\n受理83件\n" * 5).encode("utf-16-le"),
    "html": (WRAPPED["metadata table"] + TABLES["head and bodies"]).encode(),
    "json": json.dumps({"a": [BODY, 1, None], "title": "年报"}).encode(),
    "docx": package(
        paragraph(run("受理83件")) + table([cell(paragraph(run("甲"))), cell(paragraph(run("1")))])
    ),
    "pdf": pdf(Page("年报", "县", 2022, ["一、总体情况", "受理83件。", reviews_grid()])),
}


@pytest.mark.parametrize("kind", SEEDS)
@SLOW
@given(data=st.data())
def test_damaged_files_end(kind, data):
    seed = SEEDS[kind]
    start = data.draw(st.integers(0, len(seed)))
    length = data.draw(st.sampled_from([0, 1, 2, 16, 200, len(seed)]))
    ends(seed[:start] + data.draw(st.binary(max_size=20)) + seed[start + length :])


@SLOW
@given(st.binary(max_size=300))
def test_random_bytes_end(data):
    ends(data)


@SLOW
@given(st.text(max_size=300))
def test_random_text_ends(text):
    ends(text.encode("utf-8", "surrogatepass"))


TAGS = [
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "p",
    "div",
    "br",
    "ul",
    "li",
    "a href=x",
    "b",
    "pre",
    "textarea",
]
TAGS += [
    "td rowspan=3",
    "td colspan=0",
    "td rowspan=0 colspan=99",
    "script",
    "style",
    "h1",
    "nav",
    "caption",
    "font",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        [
            "一、总体情况",
            "83",
            "&nbsp;",
            "&#0;",
            "\n",
            "<!--",
            "-->",
            "浏览次数：9",
            "。" * 5,
            "公开" * 90,
        ]
    ),
)


@settings(SLOW, max_examples=250)
@given(st.lists(PIECES, max_size=40))
def test_random_markup_ends(pieces):
    ends(("<p>" + "".join(pieces)).encode())


WORDS = st.sampled_from(
    [
        "w:p",
        "w:r",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:sdt",
        "w:sdtContent",
        "w:ins",
        "w:del",
        "w:fldSimple",
        "w:txbxContent",
        "w:pict",
    ]
)
TREES = st.recursive(
    st.sampled_from(
        [
            "<w:t>83件</w:t>",
            "<w:br/>",
            "<w:tcPr><w:vMerge/></w:tcPr>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:fldChar w:fldCharType="end"/>',
        ]
    ),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", WORDS, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@SLOW
@given(st.lists(TREES, max_size=6))
def test_random_word_markup_ends(trees):
    ends(package("".join(trees)))


def test_wrong_extensions_do_not_matter(tmp_path):
    from gipr_nlp.sources import read_path

    for kind, data in SEEDS.items():
        file = tmp_path / f"{kind}.xls"
        file.write_bytes(data)
        assert "83" in read_path(file).text


def test_no_letter_of_a_report_is_lost_in_any_cut_of_its_markup():
    """However a page is cut off, what was there of the report is read."""
    page = WRAPPED["layout tables"] + TABLES["plain"]
    text = ends(page.encode()).text
    for size in range(page.index("全县") + 40, len(page), 97):
        document = ends(page[:size].encode())
        assert document is not None and text[:20] in document.text
