import io
import zipfile

import pytest

from gipr_nlp.errors import DamagedSource, SourceError, UnsupportedSource
from gipr_nlp.sources import read_document
from gipr_nlp.sources.detect import kind_of_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、总体情况\n受理83件", "text"),
        ("[2021]年度报告\n受理83件", "text"),
        ("申请数 < 83 且 > 52，见<附件>", "text"),
        ("<!DOCTYPE html><p>1", "html"),
        ("  <p>一段", "html"),
        ("前言<br/>受理<b>83</b>件<br>其中<p>52件</p>", "html"),
        ('{"content": "<p>一</p>"}', "json"),
        ('callback({"content": "一"});', "json"),
        ('"<p>一</p>"', "json"),
        ("<?mso-application progid='Word.Document'?><w:wordDocument/>", "legacy"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "mhtml"),
    ],
)
def test_kind_of_text(text, kind):
    assert kind_of_text(text) == kind


def package(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


FOREIGN = {
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "JPEG": b"\xff\xd8\xff\xe0" + bytes(20),
    "BMP": b"BM\x00\x01" + bytes(20),
    "RAR": b"Rar!\x1a\x07\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "gzip": b"\x1f\x8b\x08\x00",
    "video": b"\x00\x00\x00\x18ftypmp42",
    "program": b"MZ\x90\x00\x03",
    "SQLite": b"SQLite format 3\x00",
    "Excel": package("xl/workbook.xml"),
    "PowerPoint": package("ppt/presentation.xml"),
    "OFD": package("OFD.xml"),
    "zip archive": package("a.txt"),
    "an Excel workbook": ole("Workbook"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_kinds_are_named(name):
    with pytest.raises(UnsupportedSource, match=name):
        read_document(FOREIGN[name], path="report.docx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ole("EncryptedPackage"), "encrypted"),
        (ole("nothing"), "without a Word document"),
        (b"PK\x03\x04 cut off", "cut off"),
        (package("word/document.xml"), "broken"),
        (b"%PDF-1.7\n%cut", "broken"),
    ],
)
def test_damage_is_told(data, reason):
    with pytest.raises(DamagedSource, match=reason) as caught:
        read_document(data, path="report.txt")
    assert caught.value.where == "report.txt" and caught.value.advice


def test_letters_that_some_marks_begin_with_are_text():
    assert read_document(b"BMW, MZ and RIFF").text == "BMW, MZ and RIFF\n"


def test_every_error_says_what_to_do():
    for data in FOREIGN.values():
        with pytest.raises(SourceError) as caught:
            read_document(data)
        assert caught.value.advice
