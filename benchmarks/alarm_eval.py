"""False alarms: each passage read as the narrative of a report, without tables.

    python benchmarks/alarm_eval.py [--split dev] [--errors]

A passage whose annotation has no contradiction must raise no error; one that has (`contradicts=`)
should raise one. Of the test split only totals are shown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import passages as corpus  # noqa: E402
from figures_eval import Score  # noqa: E402

from gipr_nlp.analysis import read_text  # noqa: E402


@dataclass
class Alarms:
    """Passages without a contradiction that raise no error, those with one that do, and the rest."""

    clean: Score = field(default_factory=Score)
    contradictory: Score = field(default_factory=Score)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def score(passages: Iterable[corpus.Passage]) -> Alarms:
    """Read ``passages`` as reports of their year and see which raise errors."""
    alarms = Alarms()
    for passage in passages:
        report = read_text(f"青山县{passage.year}年政府信息公开工作年度报告\n{passage.text}\n")
        errors = [one.message for one in report.findings if one.severity == "error"]
        if any(figure.contradicts is not None for figure in passage.figures):
            alarms.contradictory.add(bool(errors))
            alarms.missed += [] if errors else [passage.id]
        else:
            alarms.clean.add(not errors)
            alarms.false += [f"{passage.id}: {message}" for message in errors]
    return alarms


def main() -> int:
    """Print the totals, and with ``--errors`` what was wrongly raised or missed."""
    parser = argparse.ArgumentParser(description="False alarms over the passages.")
    parser.add_argument("--split", action="append", choices=corpus.SPLITS)
    parser.add_argument("--errors", action="store_true", help="list them (not of test)")
    options = parser.parse_args()
    for split in options.split or corpus.SPLITS:
        alarms = score(corpus.load(splits=(split,)))
        clean, told = alarms.clean, alarms.contradictory
        print(f"{split:6}no contradiction, no error  {clean.right} of {clean.total}")
        print(f"{'':6}a contradiction, an error   {told.right} of {told.total}")
        if options.errors and split != "test":
            print(*(f"        false   {one}" for one in alarms.false), sep="\n")
            print(*(f"        missed  {one}" for one in alarms.missed), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
