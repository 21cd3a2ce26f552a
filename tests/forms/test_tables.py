"""Tables read from text and from grids, case by case."""

import tomllib
from pathlib import Path

import pytest

from gipr_nlp import sources
from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.forms import read_tables
from tests.forms.tabular import cells_of, grid_document, shown, tables_of

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))["case"]
REPORT = HERE.parents[1] / "corpus/reports/ningwu-2020.txt"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_text(case):
    tables = tables_of(case["text"])
    assert {row: shown(tables, row) for row in case["rows"]} == case["rows"]
    cells = cells_of(tables)
    for ref, form in case.get("forms", {}).items():
        found = cells[ref].form if "/" in ref else {one.id: one.form for one in tables}[ref]
        assert found == form


def test_one_cell_per_line_with_blanks_on_lines_of_their_own():
    document = sources.read_path(REPORT)
    tables = read_tables(document, default_catalogue())
    assert [(one.id, one.form) for one in tables] == [
        ("proactive", "2019"), ("requests", "2019"), ("reviews", "2019"),
    ]  # fmt: skip
    assert [len(one.cells) for one in tables] == [22, 23 * 7, 15]
    assert shown(tables, "requests/requests_new") == ["41", "_", "_", "_", "_", "42", "83"]
    assert shown(tables, "requests/result_unable_not_held") == ["6", "_", "_", "_", "_", "1", "7"]
    assert shown(tables, "requests/result_other") == ["_"] * 7
    assert shown(tables, "reviews/review") == ["_", "_", "1", "_", "1"]
    assert shown(tables, "reviews/direct") == ["_", "_", "_", "0", "0"]
    assert shown(tables, "proactive/procurement")[0] == "20"
    assert not any(cell.state in {"missing", "ambiguous"} for cell in cells_of(tables).values())


def test_a_region_holds_the_table_and_no_narrative():
    document = sources.read_path(REPORT)
    regions = [
        document.text[one.start : one.end].strip()
        for one in read_tables(document, default_catalogue())
    ]
    assert regions[0].startswith("第二十条第（一）项")
    assert regions[0].endswith("1978.83万元")
    assert regions[1].startswith("（本列数据的勾稽关系")
    assert regions[2].startswith("行政复议")
    assert not any("情况\n" in one and "政府信息情况" in one for one in regions)


def test_cells_know_their_place():
    document = sources.read_path(REPORT)
    for table in read_tables(document, default_catalogue()):
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= max(table.end, cell.end)
            assert document.text[cell.start : cell.end] == cell.raw


@pytest.mark.parametrize(
    "text",
    [
        "全年受理申请83件，予以公开52件，部分公开24件，本机关不掌握相关信息7件，重复申请1件。",
        "主动公开规章、规范性文件、行政许可、行政处罚、行政强制、行政事业性收费等信息120条。",
        "行政复议结果维持1件，结果纠正0件，其他结果0件，尚未审结2件，总计3件；行政诉讼未经复议直接起诉1件。",
        "（一）收到申请数5件，其中：当面申请数1件，传真申请数0件，网络申请数3件，信函申请数1件；"
        "申请办结数5件，按时办结数5件，延期办结数0件。",
        "规章现行有效142件，当年制定4件、废止3件；全市制发行政规范性文件1,206件、现行有效9,871件。"
        "作出行政许可处理决定1,863件，行政处罚处理决定214件，行政强制处理决定6件。",
        "作出行政许可处理决定5.8万件、行政处罚处理决定1.02万件、行政强制处理决定318件。",
        "行政许可12406行政处罚2310行政强制45行政事业性收费318.24万元",
        "本年新收申请数量3件、上年结转0件，予以公开1件、部分公开1件、属于国家秘密0件、总计3件。",
    ],
)
def test_a_narrative_is_no_table(text):
    assert tables_of(f"一、总体情况\n{text}\n五、存在的主要问题及改进情况\n改进工作。\n") == ()


def test_a_second_table_of_a_kind_is_told_apart():
    block = (
        "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
        "规章\t0\t0\t{0}\n行政规范性文件\t{0}\t0\t{0}\n"
    )
    text = block.format(4) + "二、主动公开政府信息情况\n" + block.format(6)
    tables = tables_of(text)
    assert [one.id for one in tables] == ["proactive", "proactive_2"]
    assert shown(tables, "proactive_2/rules") == ["0", "0", "6"]


HEAD = [
    [
        ("本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", 3, 3),
        ("申请人情况", 1, 7),
    ],
    [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
    [(one, 1, 1) for one in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
]


def row(*labels, values):
    return [*labels, *((value, 1, 1) for value in values)]


def test_a_grid_with_the_merged_outcome_cell():
    rows = [
        *HEAD,
        row(("一、本年新收政府信息公开申请数量", 1, 3), values=["9", "", "", "", "", "1", "10"]),
        row(("二、上年结转政府信息公开申请数量", 1, 3), values=["0"] * 7),
        row(("三、本年度办理结果", 3, 1), ("（一）予以公开", 1, 2), values=["9", *[""] * 5, "9"]),
        row(("（三）不予公开", 2, 1), ("1.属于国家秘密", 1, 1), values=[""] * 7),
        row(("2.其他法律行政法规禁止公开", 1, 1), values=["", "", "", "", "", "1", "1"]),
        row(("四、结转下年度继续办理", 1, 3), values=["-"] * 7),
    ]
    tables = read_tables(grid_document(rows, "三、收到和处理情况\n"), default_catalogue())
    assert shown(tables, "requests/requests_new") == ["9", "_", "_", "_", "_", "1", "10"]
    assert shown(tables, "requests/result_granted") == ["9", "_", "_", "_", "_", "_", "9"]
    assert shown(tables, "requests/result_denied_law") == ["_", "_", "_", "_", "_", "1", "1"]
    assert shown(tables, "requests/requests_carried_out") == ["~"] * 7


def test_a_merged_blank_covers_its_columns():
    rows = [
        *HEAD,
        row(("一、本年新收政府信息公开申请数量", 1, 3), values=["9", "", "", "", "", "1", "10"]),
        [("二、上年结转政府信息公开申请数量", 1, 3), ("", 1, 7)],
        row(("三、本年度办理结果", 2, 1), ("（一）予以公开", 1, 2), values=["9", *[""] * 5, "9"]),
        [("（二）部分公开", 1, 2), ("", 1, 5), ("1", 1, 1), ("1", 1, 1)],
        row(("四、结转下年度继续办理", 1, 3), values=[""] * 7),
    ]
    tables = read_tables(grid_document(rows), default_catalogue())
    assert shown(tables, "requests/requests_carried_in") == ["_"] * 7
    assert shown(tables, "requests/result_partial") == ["_", "_", "_", "_", "_", "1", "1"]


def test_a_row_of_a_grid_lacks_cells_at_its_end_only():
    rows = [
        *HEAD,
        row(("一、本年新收政府信息公开申请数量", 1, 3), values=["9", "", "", "", "", "1", "10"]),
        row(("二、上年结转政府信息公开申请数量", 1, 3), values=["2", "1"]),
        row(("三、本年度办理结果", 2, 1), ("（一）予以公开", 1, 2), values=["9", *[""] * 5, "9"]),
        row(("（二）部分公开", 1, 2), values=["2", "", "", "", "", "1", "3"]),
        row(("四、结转下年度继续办理", 1, 3), values=[""] * 7),
    ]
    tables = read_tables(grid_document(rows), default_catalogue())
    assert shown(tables, "requests/requests_carried_in") == ["2", "1", "_", "_", "_", "_", "_"]


def test_a_document_without_tables():
    assert tables_of("某镇年度报告\n一、总体情况\n全年未收到申请。\n") == ()
