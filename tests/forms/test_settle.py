"""The narrative decides what the tables left open."""

from decimal import Decimal

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.forms import settle
from gipr_nlp.interval import Interval
from gipr_nlp.records import Figure
from tests.forms.tabular import shown, tables_of

GLUED = """
第二十条第（五）项
信息内容上一年项目数量本年增/减处理决定数量
行政许可2648-18538
其他对外管理服务事项38022540
"""
VANISHED = """
自然人
商业企业
科研机构
社会公益组织
法律服务机构
其他
总计
一、本年新收政府信息公开申请数量
41
42
83
二、上年结转政府信息公开申请数量
三、本年度办理结果
（一）予以公开
41
42
83
（二）部分公开
（三）不予公开
1.属于国家秘密
（七）总计
41
42
83
四、结转下年度继续办理
四、政府信息公开行政复议、行政诉讼情况
"""


def figure(metric, value, **fields):
    number = Decimal(value)
    return Figure(
        id=metric, metric=metric, label=metric, value=number, unit="件", text=str(value),
        interval=Interval.point(number), start=0, end=1, **fields,
    )  # fmt: skip


def settled(text, *figures):
    return settle(tables_of(text), figures, default_catalogue())


def test_a_stated_value_parts_glued_numbers():
    tables = settled(GLUED, figure("permits_decisions", 538))
    assert shown(tables, "proactive/permits") == ["2648", "-18", "538"]
    assert shown(tables, "proactive/service_items") == shown(
        tables_of(GLUED), "proactive/service_items"
    )


def test_a_stated_value_places_what_lost_its_column():
    before = shown(tables_of(VANISHED), "requests/requests_new")
    assert before == ["A", "A", "A", "A", "A", "A", "83"]
    tables = settled(
        VANISHED, figure("requests_natural_person", 41), figure("requests_other_org", 42)
    )
    expected = ["41", "_", "_", "_", "_", "42", "83"]
    assert shown(tables, "requests/requests_new") == expected
    # The equations of the columns carry it on to the rows that nobody spoke of.
    assert shown(tables, "requests/requests_answered") == expected


@pytest.mark.parametrize(
    "fields",
    [{"period": "last_year"}, {"approximate": True}, {"scope": "县政府办"}],
    ids=lambda fields: next(iter(fields)),
)
def test_what_is_said_of_something_else_settles_nothing(fields):
    tables = settled(GLUED, figure("permits_decisions", 538, **fields))
    assert shown(tables, "proactive/permits") == ["2648", "A", "A"]


def test_a_figure_that_no_way_gives_settles_nothing():
    tables = settled(GLUED, figure("permits_decisions", 777))
    assert shown(tables, "proactive/permits") == ["2648", "A", "A"]


def test_certain_tables_stay_as_they_are():
    text = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t2\t0\t9\n"
    tables = tables_of(text)
    assert settle(tables, [figure("normative_made", 5)], default_catalogue()) == tables
