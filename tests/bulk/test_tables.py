"""The schemas: documented, held to, and filled with what a report states."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from gipr_nlp.analysis import read_text
from gipr_nlp.bulk.bodies import body_of, region_of
from gipr_nlp.bulk.documents import InputDocument
from gipr_nlp.bulk.kernel import Kernel, text_digest
from gipr_nlp.bulk.ledger import Entry, Ledger
from gipr_nlp.bulk.schema import DOCUMENTS, TABLES, batch_of, number
from gipr_nlp.interval import plain
from tests.bulk.made import FAST, report

ROOT = Path(__file__).parent.parent.parent


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs/corpora.md").read_text(encoding="utf-8")
    for name, schema in TABLES.items():
        section = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        missing = [one.name for one in schema if f"`{one.name}`" not in section]
        assert not missing, f"{name}: {missing}"


def test_a_batch_of_documents_becomes_tables() -> None:
    text = report("松岭县", 2021, carried_in=2, carried_out=3)
    rows = [
        ("a", None, "http://a", text.encode(), "某县", "某省", 2020, None),
        ("b", None, None, b"", None, None, None, None),
        ("c", "nowhere.txt", None, None, None, None, None, None),
    ]
    tables = Kernel(FAST)(batch_of(DOCUMENTS, rows))
    assert {name: one.schema for name, one in tables.items()} == TABLES
    (made,) = tables["reports"].to_pylist()
    assert (made["organization"], made["region"], made["year"]) == ("某县", "某省", 2020)
    assert made["url"] == "http://a"
    assert [one["outcome"] for one in tables["inputs"].to_pylist()] == [
        "report",
        "failure",
        "failure",
    ]
    assert [one["document"] for one in tables["failures"].to_pylist()] == ["b", "c"]
    carried = [
        one
        for one in tables["cells"].to_pylist()
        if one["ref"] == "requests/requests_carried_out/total"
    ]
    assert [one["value"] for one in carried] == [3]


def test_halves_of_characters_do_not_stop_a_batch() -> None:
    data = '{"title": "松岭县2021年政府信息公开工作年度报告\\ud800"}'.encode()
    tables = Kernel(FAST).tables([InputDocument(id="a\udcff", data=data)])
    assert tables["inputs"].num_rows == 1


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("1.18", "1.18"),
        ("1e29", None),
        ("-99999999999999999999999999999", "-99999999999999999999999999999"),
        ("12345678901234567890.1234567890123", "12345678901234567890.123456789"),
        ("0.00000000012", "0"),
        ("0.0000000016", "0.000000002"),
        ("NaN", None),
    ],
)
def test_numbers_are_kept_exactly_or_not_at_all(value: str, kept: str | None) -> None:
    found = number(Decimal(value))
    assert (None if found is None else plain(found)) == kept


@pytest.mark.parametrize(
    ("organization", "body", "region"),
    [
        ("宁武县人民政府", "宁武县", "宁武县"),
        ("宁武县人民政府办公室", "宁武县", "宁武县"),
        ("山西省忻州市宁武县", "山西省忻州市宁武县", "山西"),
        ("内蒙古自治区财政厅", "内蒙古自治区财政厅", "内蒙古"),
        ("大理白族自治州教育局", "大理白族自治州教育局", "大理白族自治州"),
        ("国家税务总局", "国家税务总局", None),
        (None, None, None),
    ],
)
def test_bodies_and_regions(organization: str | None, body: str | None, region: str | None) -> None:
    assert (body_of(organization), region_of(organization)) == (body, region)


def test_a_report_is_known_again_in_another_layout_and_not_with_another_number() -> None:
    text = report("松岭县", 2021, carried_in=3, carried_out=2)
    page = "首页 > 政务公开\n" + text.replace("\t", " | ").replace("。\n", "。\n\n")
    changed = text.replace("（二）部分公开\t0", "（二）部分公开\t1")
    digests = [text_digest(read_text(one)) for one in (text, page, changed)]
    assert digests[0] == digests[1] != digests[2]


def test_the_first_of_its_kind_is_the_original_whatever_comes_later() -> None:
    ledger = Ledger()
    told = [
        ledger.settle(_input(name, sha, text))
        for name, sha, text in [("a", "1", "x"), ("b", "2", "x"), ("c", "2", "x"), ("d", "3", "y")]
    ]
    assert [(one["outcome"], one["reason"], one["duplicate_of"]) for one in told] == [
        ("report", None, None),
        ("duplicate", "same_text", "a"),
        ("duplicate", "same_bytes", "a"),
        ("report", None, None),
    ]
    again = Ledger({one["document"]: _entry(one) for one in reversed(told)})
    assert again.settle(_input("e", "1", "x"))["duplicate_of"] == "a"
    assert not again.orphans()
    again.forget("a")
    assert sorted(again.orphans()) == ["b", "c", "e"]


def test_empty_files_are_no_copies_of_each_other() -> None:
    ledger, empty = Ledger(), hashlib.sha256().hexdigest()
    assert ledger.claim("a", empty)
    assert ledger.claim("b", empty)


def _input(name: str, sha: str, text: str) -> dict[str, object]:
    row = dict.fromkeys(TABLES["inputs"].names)
    return row | {"document": name, "sha256": sha, "text_sha256": text, "outcome": "report"}


def _entry(row: dict[str, object]) -> Entry:
    return Entry(row["sha256"], row["text_sha256"], row["outcome"], row["duplicate_of"])  # type: ignore[arg-type]
