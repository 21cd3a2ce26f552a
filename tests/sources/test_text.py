import pytest

from gipr_nlp.errors import EmptySource, LimitExceeded, SourceError, UsageError
from gipr_nlp.sources import Limits, read_document, read_path, text_document


def test_text_stays_line_by_line_with_its_way_back():
    source = "\ufeff一、总体情况\r\n　　受理８３件\t其中|52件\u200b。\r\n\r\n\t规章\n\t0"
    document = read_document(source.encode())
    assert document.text == "一、总体情况\n  受理83件\t其中|52件。\n\n\t规章\n\t0\n"
    assert not document.hard_lines and document.grids == ()
    decoded = source[1:]
    start = document.text.index("83件")
    assert document.origin is not None and len(document.origin) == len(document.text)
    assert decoded[document.origin[start] : document.origin[start] + 3] == "８３件"


def test_furniture_of_a_page_is_no_narrative():
    text = (
        "[bookmark: _GoBack]\n索 引 号：0001-2022-00012\n发布日期：2022年1月9日 浏览次数：1873\n"
        "宁县政府信息公开年度报告\n其中：自然人41件\n- 5 -\n-5\n第 2 页 共 6 页\nPage 9\n"
        "信息来源多样，公开及时。\n【打印】 【关闭】\n"
    )
    document = text_document(text)
    assert document.text == (
        "宁县政府信息公开年度报告\n其中：自然人41件\n-5\n信息来源多样，公开及时。\n"
    )
    assert document.published == "2022-01-09"


def test_traditional_text_is_read_as_simplified_in_place():
    text = "政府資訊公(gong)開工作年度報告\n全縣受理申請83件，公(gōng)開52件，佔63%。\n"
    document = text_document(text)
    assert document.text == "政府信息公开工作年度报告\n全县受理申请83件，公开52件，占63%。\n"
    assert len(document.warnings) == 2
    start = document.text.index("开52")
    assert document.origin is not None and text[document.origin[start]] == "開"


def test_simplified_text_is_left_alone():
    text = "他姓锺，著有《乾坤》（gong）一书，附件(pdf)见网站。公开(open)信息83件。\n"
    assert text_document(text).text == text


@pytest.mark.parametrize(
    "data", [b"", b" \n\t ", b"\x00" * 9, b"\xef\xbb\xbf", "\u200b\n".encode()]
)
def test_nothing_is_an_empty_source(data):
    with pytest.raises(EmptySource, match=r"empty|no text"):
        read_document(data)


def test_paths_that_cannot_be_read(tmp_path):
    for path, reason in ((tmp_path / "none.txt", "no such file"), (tmp_path, "directory")):
        with pytest.raises(SourceError, match=reason) as caught:
            read_path(path)
        assert caught.value.where == str(path)
    with pytest.raises(SourceError):
        read_path("a\0b")


def test_a_path_is_told_in_the_record_and_in_errors(tmp_path):
    file = tmp_path / "报告.pdf"
    file.write_text("一、总体情况\n受理83件。", encoding="utf-8")
    document = read_path(file)
    assert document.source.path == str(file) and document.source.media_type == "text/plain"
    file.write_bytes(b"")
    with pytest.raises(EmptySource) as caught:
        read_path(file)
    assert str(file) in str(caught.value)


def test_limits_hold():
    with pytest.raises(LimitExceeded, match="bytes"):
        read_document(b"x" * 101, limits=Limits(max_bytes=100))
    with pytest.raises(LimitExceeded, match="characters"):
        text_document("件" * 101, Limits(max_characters=100))
    with pytest.raises(UsageError):
        Limits(seconds=0)


def test_a_text_of_nothing_but_digits_is_refused_at_once():
    with pytest.raises(LimitExceeded, match="50,000,000 characters"):
        read_document(b"1" * 50_000_000)
