"""What is found once for a shape of tables is what each report of that shape would give."""

from __future__ import annotations

import pytest

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.sums import parse_sum
from gipr_nlp.reconcile.bonds import linear
from gipr_nlp.reconcile.operands import Sum
from gipr_nlp.reconcile.places import places_of
from gipr_nlp.reconcile.sheet import Sheet
from tests.reconcile.builder import COLUMNS, make_table


def _requests(*printed: object) -> Sheet:
    form = next(one for one in default_catalogue().all(Form).values() if one.table == "requests")
    rows = {row.id: printed for row in form.rows_of("2021")}
    return Sheet((make_table("requests", rows, "2021", []),))


@pytest.mark.parametrize("nothing", [0, ""])
def test_the_equation_over_zeros_is_that_of_the_zeros_a_report_prints(nothing: object) -> None:
    sheet = _requests(*[nothing] * len(COLUMNS))
    places = places_of(sheet.shape, default_catalogue())
    assert places
    for place in places:
        left, right = (
            Sum(tuple((factor, sheet.operands[ref]) for factor, ref in side))
            for side in (place.left, place.right)
        )
        assert place.bond == linear(left, right, at_most=place.relation == "at_most")


def test_two_reports_of_one_shape_share_it_and_keep_their_own_numbers() -> None:
    one, other = _requests(1, 0, 0, 0, 0, 0, 1), _requests(2, 0, 0, 0, 0, 0, 2)
    assert one.shape is other.shape
    pattern = parse_sum("requests/result_denied_*/total")[0]
    denied = [ref for ref in one.cells if "/result_denied_" in ref and ref.endswith("/total")]
    assert list(one.shape.select(pattern)) == denied
    sums = [sheet.sum_of("requests/result_granted/total") for sheet in (one, other)]
    assert [found[0].value for found in sums if found] == [1, 2]
    assert "requests/result_granted/total" in one.telling
    assert "requests/result_granted/research" not in one.telling
