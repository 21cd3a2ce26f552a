"""What was carried in may explain outcomes above the new requests, but only as far as it goes."""

from __future__ import annotations

import pytest

import gipr_nlp


def errors(text: str) -> list[str]:
    report = gipr_nlp.read_text(text, compliance=False)
    return [one.check for one in report.findings if one.severity == "error"]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，全县收到申请31件，上年结转12件，予以公开6件，部分公开5件，结转下年度29件。",
        "2022年，全区收到申请9件，上年结转4件，予以公开8件，部分公开3件。",
    ],
)
def test_carried_in_explains_outcomes_within_the_sum(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2022年，全县收到申请31件，予以公开26件，部分公开9件，结转下年度2件。",
        "2022年，全区收到申请9件，上年结转4件，予以公开8件，部分公开7件。",
        "2022年，全区收到申请9件，上年结转0件，予以公开8件，部分公开3件。",
    ],
)
def test_what_nothing_carried_in_explains_stays_an_error(text: str) -> None:
    assert errors(text) == ["parts_within_whole"]
