"""What a corpus may be: folders, globs, lists, tables, archives; ids that stay; nothing lost."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gipr_nlp.bulk.columns import Columns
from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.fetch import fetch
from gipr_nlp.bulk.inputs import Corpus
from gipr_nlp.errors import DamagedSource, LimitExceeded, UsageError
from gipr_nlp.sources import Limits

LIMITS = Limits()


def read(*places: Path | str, **options: object) -> dict[str, InputDocument]:
    corpus = Corpus(places=tuple(map(str, places)), **options)  # type: ignore[arg-type]
    return {one.id: one for one in corpus.documents()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/2.html", "b/1.txt", "a.txt", ".hidden", "b/.git/x"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "corpus"


def test_a_folder_is_read_in_the_order_of_its_names(folder: Path) -> None:
    assert list(read(folder)) == ["a.txt", "b/1.txt", "b/2.html"]
    assert Corpus((str(folder),)).count() == 3


def test_a_dataset_inside_the_corpus_is_left_out(folder: Path) -> None:
    assert list(read(folder, leave_out=str(folder / "b"))) == ["a.txt"]


def test_a_dataset_is_not_its_own_corpus(folder: Path) -> None:
    dataset = str(folder / "b")
    assert list(read(folder / "**" / "*", leave_out=dataset)) == ["a.txt"]
    for place in (dataset, folder / "b" / "1.txt"):
        with pytest.raises(UsageError, match="this is the dataset that is written"):
            read(place, leave_out=dataset)


def test_a_glob_and_a_single_file(folder: Path) -> None:
    assert list(read(folder / "**" / "*.txt")) == ["a.txt", "b/1.txt"]
    assert list(read(folder / "a.txt")) == ["a.txt"]


def test_a_list_of_files_counts_from_its_own_folder(folder: Path) -> None:
    listed = folder / "list.txt"
    listed.write_text("b/1.txt\n\nmissing.txt\n", encoding="utf-8-sig")
    found = read(lists=(str(listed),))
    assert list(found) == ["b/1.txt", "missing.txt"]
    assert fetch(found["b/1.txt"], LIMITS) == b"b/1.txt"


def test_ids_that_are_taken_get_a_number(folder: Path) -> None:
    assert list(read(folder / "a.txt", folder / "a.txt")) == ["a.txt", "a.txt~2"]


def test_names_that_are_no_text_still_name_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.txt"
    try:
        path.write_text("x")
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names that are text")
    (name,) = read(tmp_path)
    assert name.encode("utf-8")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_table_with_the_usual_columns(tmp_path: Path, kind: str) -> None:
    rows = [
        {"url": "http://a", "text": "甲", "year": 2021, "单位": "甲县"},
        {"url": "http://b", "text": "乙", "year": 2022, "单位": ""},
    ]
    table = _table(tmp_path / f"pages.{kind}", rows)
    first, second = read(table).values()
    assert (first.id, first.url, first.year) == (f"pages.{kind}#1", "http://a", 2021)
    assert (first.organization, second.organization) == ("甲县", None)
    assert fetch(second, LIMITS) == "乙".encode()


def _table(path: Path, rows: list[dict[str, object]]) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows))
    else:
        lines = [",".join(rows[0]), *(",".join(map(str, one.values())) for one in rows)]
        path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def test_a_table_of_bytes_and_one_of_paths(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>甲</p>")
    paths = _table(tmp_path / "paths.csv", [{"id": "x", "file": "a.html"}])
    held = _table(tmp_path / "held.parquet", [{"id": "y", "raw": b"%PDF"}])
    assert fetch(read(paths)["x"], LIMITS) == "<p>甲</p>".encode()
    assert fetch(read(held, columns=Columns(content="raw"))["y"], LIMITS) == b"%PDF"


def test_a_table_without_the_content_says_what_there_is(tmp_path: Path) -> None:
    table = _table(tmp_path / "odd.csv", [{"foo": "1", "bar": "2"}])
    with pytest.raises(UsageError, match="there are foo, bar"):
        read(table)
    with pytest.raises(UsageError, match="no column 'baz'"):
        read(table, columns=Columns(content="baz"))


class ChineseSystem(zipfile.ZipInfo):
    """A member whose name is written as such systems write it: in GB 18030, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gb18030"), 0


def test_a_zip_with_a_chinese_name_and_a_broken_member(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(ChineseSystem("年报.txt"), "甲")
        archive.writestr("b.txt", "乙" * 100)
        archive.writestr("__MACOSX/b.txt", "x")
    data = bytearray(path.read_bytes())
    at = data.find("乙".encode() * 100)
    data[at] ^= 255
    path.write_bytes(data)
    found = read(path)
    assert list(found) == ["all.zip!/年报.txt", "all.zip!/b.txt"]
    assert fetch(found["all.zip!/年报.txt"], LIMITS) == "甲".encode()
    with pytest.raises(DamagedSource, match="member cannot be read"):
        fetch(found["all.zip!/b.txt"], LIMITS)


def test_archives_that_are_cut_off_keep_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "all.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("a.txt", "b.bin"):
            content = name.encode() if name == "a.txt" else bytes(range(256)) * 4000
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    path.write_bytes(path.read_bytes()[:-40])
    found = read(path)
    assert fetch(found["all.tar.gz!/a.txt"], LIMITS) == b"a.txt"
    with pytest.raises(DamagedSource, match="archive is broken"):
        fetch(found["all.tar.gz"], LIMITS)


@pytest.mark.filterwarnings("ignore")  # the writer of the test leaves a file open
def test_a_web_archive_gives_its_documents_with_their_addresses(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "crawl.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, media in (
            ("http://a/1.html", "200 OK", "text/html"),
            ("http://a/gone", "404 Not Found", "text/html"),
            ("http://a/x.css", "200 OK", "text/css"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(b"<p>1</p>"), http_headers=headers
            )
            writer.write_record(record)
    (one,) = read(path).values()
    assert (one.url, fetch(one, LIMITS)) == ("http://a/1.html", b"<p>1</p>")


def test_members_larger_than_allowed_are_refused_without_being_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(5_000_000))
    limits = Limits(max_bytes=1000)
    (one,) = read(path, limits=limits).values()
    assert one.data is not None
    assert len(one.data) == 1001
    with pytest.raises(LimitExceeded):
        fetch(one, limits)


def test_an_address_is_listed_and_read(folder: Path) -> None:
    found = read(f"file://{folder}/b")
    assert [name for name in found if not name.startswith(".")] == ["1.txt", "2.html"]
    assert fetch(found["1.txt"], LIMITS) == b"b/1.txt"
