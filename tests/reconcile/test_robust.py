"""Whatever figures and tables come in, reconciling gives a verdict, in bounded time."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.interval import Interval
from gipr_nlp.reconcile import compare_years
from gipr_nlp.records import Figure
from tests.reconcile.builder import Built, requests, reviews

METRICS = [*default_catalogue().all(Metric), "requests_new_yoy_pct", "proactive_total_yoy_delta"]
TEXT = "新收申请若干件，其中约占若干。\n全年答复若干，均按期答复。\n" * 4
VALUES = st.one_of(
    st.integers(0, 90).map(Decimal),
    st.sampled_from([Decimal(-7), Decimal("12.5"), Decimal("1E+40"), Decimal(10) ** 60 + 1]),
)
CELLS = st.one_of(st.integers(0, 60), st.sampled_from(["", "-", "?", None, 10**50]))


@st.composite
def figures(draw: st.DrawFn, count: int) -> tuple[Figure, ...]:
    drawn = []
    for n in range(count):
        value = draw(VALUES)
        related = draw(st.sampled_from([None, "part", "share", "yoy_pct", "yoy_delta"]))
        start = draw(st.integers(0, len(TEXT) - 4))
        drawn.append(
            Figure(
                id=f"f{n}",
                metric=draw(st.sampled_from(METRICS)),
                label="",
                value=value,
                unit=draw(st.sampled_from(["件", "%", "条"])),
                interval=Interval.point(value),
                period=draw(st.sampled_from(["this_year", "last_year", "cumulative"])),
                parent=f"f{draw(st.integers(0, count - 1))}" if related else None,
                relation=related,
                split="1" if related == "part" else None,
                closed=draw(st.booleans()),
                text=f"{value}",
                start=start,
                end=start + 3,
            )
        )
    return tuple(drawn)


def built(year: int, chosen: tuple[Figure, ...], cells: list[object]) -> Built:
    table = requests(
        requests_new=cells[:7], result_granted=cells[7:14], requests_answered=cells[14:21]
    )
    report = Built(TEXT, year=year, requests=table, reviews=reviews(cells[21:26], cells[26:31]))
    report.narrative = report.narrative.model_copy(update={"figures": chosen})
    return report


@given(
    figures(9), st.lists(CELLS, min_size=31, max_size=31), st.lists(CELLS, min_size=31, max_size=31)
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_gets_a_verdict(
    chosen: tuple[Figure, ...], cells: list[object], others: list[object]
) -> None:
    one, other = built(2021, chosen, cells), built(2022, chosen, others)
    start = process_time()
    found = one.verdict()
    assert process_time() - start < 2
    ids = {finding.id for finding in found.findings}
    assert len(ids) == len(found.findings)
    assert all(set(repair.explains) <= ids for repair in found.repairs)
    assert 0 <= found.reconciled <= len(chosen)
    compare_years([one.report(), other.report()], default_catalogue())
