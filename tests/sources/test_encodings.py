import pytest

from gipr_nlp.errors import UnsupportedSource
from gipr_nlp.sources.encodings import decode

REPORT = (
    "宁县2021年政府信息公开工作年度报告\n一、总体情况\n2021年，全县主动公开政府信息6853条，其中政务动态905条。"
    "受理政府信息公开申请83件，予以公开52件，部分公开24件，无法提供7件，按照条例规定办理。\n"
)
TRADITIONAL = (
    "寧縣2021年政府資訊公開工作年度報告\n一、總體情況\n全縣主動公開政府資訊6853條，其中政務動態905條。"
    "受理政府資訊公開申請83件，依照條例規定辦理。\n"
)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_are_told(encoding, told):
    decoded = decode(REPORT.encode(encoding))
    assert (decoded.text, decoded.encoding) == (REPORT, told)
    assert decoded.warnings == ()


def test_big5_is_told_from_gb18030():
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
def test_what_a_page_declares_is_not_believed(encoding, declared):
    page = f'<html><meta charset="{declared}"><p>{REPORT}</p></html>'
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_broken_byte_costs_itself_and_a_warning(encoding):
    data = (REPORT * 5).encode(encoding)
    decoded = decode(data[:300] + b"\xff\xff" + data[300:])
    assert decoded.warnings
    assert "主动公开政府信息6853条" in decoded.text
    assert decoded.text.endswith(REPORT[-40:])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_inside_a_character_is_read(encoding):
    data = (REPORT * 3).encode(encoding)
    assert REPORT in decode(data[: len(data) - 3]).text


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x01\x02\x03\x04" * 100])
def test_binary_data_is_no_text(data):
    with pytest.raises(UnsupportedSource, match="binary"):
        decode(data)


def test_short_and_plain_text():
    assert decode("无".encode("gbk")).text == "无"
    assert decode(b"83").text == "83"
