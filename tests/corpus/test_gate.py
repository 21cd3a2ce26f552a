"""The quality gate: it passes as the floors stand, and it fails when it should."""

import build
import evaluate
import pytest
import report_eval

from gipr_nlp.cli import main

CLEAN = [name for name in build.names() if not build.load(name).fields.get("planted")]


def test_no_measure_is_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main(["--check"]) == 0, capsys.readouterr().out


def test_a_measure_below_its_floor_is_named() -> None:
    assert evaluate.below({"cells": 0.91}, {"cells": 0.92}) == [
        "cells: 0.9100 is below the floor of 0.9200"
    ]
    assert evaluate.below({"cells": 0.92}, {"cells": 0.92}) == []


def test_a_measure_that_is_gone_is_below_its_floor() -> None:
    assert len(evaluate.below({}, {"cells": 0.92})) == 1


def test_floors_rise_and_fall_only_when_told() -> None:
    floors = {"cells": 0.9, "figures": 0.8}
    measured = {"cells": 0.85, "figures": 0.87654}
    assert evaluate.lifted(measured, floors, lower=False) == {"cells": 0.9, "figures": 0.8765}
    assert evaluate.lifted(measured, floors, lower=True) == {"cells": 0.85, "figures": 0.8765}


@pytest.mark.parametrize("name", CLEAN)
def test_a_report_in_which_nothing_is_wrong_has_no_error(name: str) -> None:
    path = build.REPORTS / build.stored(build.load(name))[0]
    assert main(["check", "--brief", str(path)]) == 0


@pytest.mark.parametrize("name", sorted(set(build.names()) - set(CLEAN)))
def test_what_was_planted_is_found_and_nothing_else(name: str) -> None:
    outcome = report_eval.score([name])
    assert outcome.faults["not detected"] == []
    assert outcome.faults["false error"] == []
    assert outcome.detected.total > 0
