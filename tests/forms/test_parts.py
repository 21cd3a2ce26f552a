"""The small parts: values, labels, damage, splitting, equations between rows."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.catalogue.forms import Form, FormColumn
from gipr_nlp.errors import CatalogueError
from gipr_nlp.forms import labels
from gipr_nlp.forms.align import damage
from gipr_nlp.forms.solve import Balance, OpenRow, surviving_ways
from gipr_nlp.forms.split import Splitter, Sum, TooMany
from gipr_nlp.forms.values import Reading, Slot, read_value
from gipr_nlp.interval import Interval

COUNT = FormColumn(id="total")
CHANGE = FormColumn(id="change", signed=True)
FEE = FormColumn(id="amount", unit="元", scale=Decimal(10000))


def slot(text):
    return Slot(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "column", "state", "value"),
    [
        ("0", COUNT, "stated", 0),
        ("1 2", COUNT, "stated", 12),
        ("1,234", COUNT, "stated", 1234),
        ("12,34", COUNT, "ambiguous", None),
        ("41件", COUNT, "stated", 41),
        ("", COUNT, "blank", None),
        ("-", COUNT, "nil_mark", None),
        ("——", CHANGE, "nil_mark", None),
        ("/", COUNT, "nil_mark", None),
        ("无", COUNT, "nil_mark", None),
        ("不涉及", COUNT, "nil_mark", None),
        ("零", COUNT, "stated", 0),
        ("-5", CHANGE, "stated", -5),
        ("－5", CHANGE, "stated", -5),
        ("+1", CHANGE, "stated", 1),
        ("增98", CHANGE, "stated", 98),
        ("减少3", CHANGE, "stated", -3),
        ("增", CHANGE, "ambiguous", None),
        ("-5", COUNT, "ambiguous", None),
        ("282.1", FEE, "stated", 2821000),
        ("251000元", FEE, "stated", 251000),
        ("1.2亿元", FEE, "stated", 120000000),
        ("见附件", COUNT, "ambiguous", None),
    ],
)
def test_values(text, column, state, value):
    reading = read_value(slot(text), column)
    assert (reading.state, reading.value) == (state, value)


def test_a_fee_stands_for_what_rounds_to_it():
    assert read_value(slot("282.1"), FEE).interval == Interval.rounded(
        Decimal(2821000), Decimal(1000)
    )
    assert read_value(slot("0"), FEE).interval == Interval.point(0)
    assert read_value(slot("7"), COUNT).interval == Interval.point(7)


@pytest.mark.parametrize(
    "text",
    [
        "2.其他法律行政法规禁止公\n开",
        "其他法律 行政 法规禁止公开",
        "其\n他\n法\n律\n行\n政\n法\n规\n禁\n止\n公\n开",
    ],
)
def test_a_broken_label_is_the_label(text):
    hits = labels.find_labels(text, default_catalogue())
    assert [one.label for one in hits] == ["其他法律行政法规禁止公开"]
    assert text[hits[0].start] == "其" and text[hits[0].end - 1] == "开"


def test_the_longest_label_wins():
    hits = labels.find_labels(
        "其他处理 其他结果 其他 其他法律行政法规禁止公开", default_catalogue()
    )
    assert [one.label for one in hits] == [
        "其他处理",
        "其他结果",
        "其他",
        "其他法律行政法规禁止公开",
    ]


def test_damage_of_labels():
    assert damage("属于三类内部事务信息", "属于三类内部事务信息") == 0
    assert damage("属于三类内部事务", "属于三类内部事务信息") == 0.1
    assert damage("属于三类内容事物信息", "属于三类内部事务信息") == 0.2
    assert damage("属于四类过程性信息", "重复申请") > 0.34


SEVEN = Sum(total=6, parts=(0, 1, 2, 3, 4, 5))


def ways(text, columns=7, sums=(SEVEN,), blanks=False):
    splitter = Splitter([slot(text)], [COUNT] * columns, sums)
    return [
        [None if one is None else int(one.text) for one in way]
        for way in splitter.ways(blanks=blanks, bound=bool(sums))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6000017", [[6, 0, 0, 0, 0, 1, 7]]),
        ("200000121", [[20, 0, 0, 0, 0, 1, 21]]),
        ("4100004283", [[41, 0, 0, 0, 0, 42, 83]]),
        ("6000018", []),
        ("0000000", [[0] * 7]),
        ("000000", []),
    ],
)
def test_glued_numbers_part_where_the_total_says(text, expected):
    assert ways(text) == expected


@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_the_true_parting_is_always_among_the_ways(parts):
    row = [*parts, sum(parts)]
    with suppress(TooMany):
        assert row in ways("".join(map(str, row)))


def reading(value):
    return Reading(str(value), 0, 1, "stated", Decimal(value))


def test_rows_decide_each_other():
    first = OpenRow((("a", "x"), ("a", "y")), ((reading(5), None), (None, reading(5))))
    second = OpenRow((("b", "x"), ("b", "y")), ((reading(2), None), (None, reading(2))))
    balances = [
        Balance({("a", column): 1, ("b", column): 1, ("sum", column): -1}) for column in "xy"
    ]
    fixed = {("sum", "x"): Decimal(5), ("sum", "y"): Decimal(2)}
    kept = surviving_ways([first, second], fixed, balances)
    assert [[len([one for one in way if one]) for way in row] for row in kept] == [[1], [1]]
    assert kept[0][0][0] is not None and kept[1][0][1] is not None


def test_a_contradiction_between_rows_decides_nothing():
    row = OpenRow((("a", "x"),), ((reading(5),), (reading(6),)))
    balance = Balance({("a", "x"): 1, ("sum", "x"): -1})
    assert surviving_ways([row], {("sum", "x"): Decimal(9)}, [balance]) == [row.ways]


def test_an_unknown_cell_leaves_its_equation_open():
    row = OpenRow((("a", "x"),), ((reading(5),), (reading(9),)))
    balance = Balance({("a", "x"): 1, ("sum", "x"): -1}, open_up=True)
    assert surviving_ways([row], {("sum", "x"): Decimal(7)}, [balance]) == [((reading(5),),)]


def test_forms_are_complete():
    forms = default_catalogue().all(Form)
    assert len(forms["requests"].rows_of("2019")) == 23
    assert len(forms["requests"].rows_of("2021")) == 25
    assert [len(forms[f"proactive_article_{n}"].rows_of("2019")) for n in (1, 5, 6, 8, 9)] == [
        2, 2, 2, 1, 1,
    ]  # fmt: skip
    codes = [row.code for row in forms["statistics_35_codes"].rows]
    assert codes == [f"{number:02d}" for number in range(1, 36)]


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        ('columns = [{ id = "a", editions = ["1999"] }]', "no edition '1999'"),
        ('columns = [{ id = "a" }]\nsums = [{ id = "s", among = "rows", total = ["b"], parts = [] }]',
         "no row 'b'"),
        ('columns = [{ id = "a", colour = "red" }]', "colour"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_refused(tmp_path, addition, reason):
    file = tmp_path / "extra.toml"
    file.write_text(
        '[[form]]\nid = "mine"\ntable = "mine"\nzh = "表"\nen = "table"\neditions = ["1"]\n'
        f'rows = [{{ id = "a", labels = ["甲"] }}]\n{addition}\n',
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match=reason):
        Catalogue.load([file])
