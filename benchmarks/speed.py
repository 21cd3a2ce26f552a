"""How fast a report is read: ratios to jieba.lcut of the same texts, and to ``import spacy``.

    python benchmarks/speed.py [--rounds 7] [--cold 5]

Everything is timed in one run on one machine, so the ratios travel and no absolute figure is
told. Warm: processor time, the median of the rounds, in which both sides take turns. Cold: wall
time of whole processes that take turns. Below 1.0 is faster than what we compare with.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import jieba

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus"), str(ROOT / "benchmarks")]

from compare_quantities import TOOLS  # noqa: E402
from passages import load  # noqa: E402

from gipr_nlp.analysis import read  # noqa: E402
from gipr_nlp.catalogue import default_catalogue  # noqa: E402
from gipr_nlp.figures import read_narrative  # noqa: E402
from gipr_nlp.figures.text.heading import read_heading  # noqa: E402
from gipr_nlp.forms import read_tables, settle  # noqa: E402
from gipr_nlp.reconcile import reconcile  # noqa: E402
from gipr_nlp.sources import read_document  # noqa: E402

Work = Callable[[], object]
REPORTS = ROOT / "corpus" / "reports"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="warm rounds (7)")
    parser.add_argument("--cold", type=int, default=5, help="cold starts; 0 leaves them out (5)")
    options = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    files = sorted(REPORTS.glob("*.txt"))
    warm(files, options.rounds)
    quantities(options.rounds)
    if options.cold:
        cold(files[0], options.cold)


def warm(files: Sequence[Path], rounds: int) -> None:
    """The whole analysis of each text beside jieba's words of it, and what each package costs."""
    data = [file.read_bytes() for file in files]
    texts = [read_document(one).text for one in data]
    stages: dict[str, list[float]] = {}
    ours, theirs, *_ = medians(
        [
            lambda: [read(one) for one in data],
            lambda: [jieba.lcut(text) for text in texts],
            lambda: [add_stages(one, stages) for one in data],
        ],
        rounds,
    )
    print(f"{len(files)} reports, {sum(map(len, texts)):,} characters")
    print(f"  whole analysis / jieba.lcut: {ours / theirs:.2f}")
    whole = sum(map(sum, stages.values()))
    for name, seconds in stages.items():
        share = sum(seconds) / whole
        print(f"    {name:<10} {share:5.0%}   {share * ours / theirs:.2f} of jieba.lcut")
    clean: dict[str, list[float]] = {}
    for one in data * rounds:
        if all(finding.severity != "error" for finding in read(one).findings):
            add_stages(one, clean)
    share = sum(clean["reconcile"]) / sum(map(sum, clean.values()))
    print(f"  reconciling a clean report: {share:.0%} of its analysis")


def add_stages(data: bytes, stages: dict[str, list[float]]) -> None:
    """One analysis, step by step as ``analyse`` does it, with the time of each package."""
    catalogue = default_catalogue()

    def timed(name: str, work: Callable[..., Any], *inputs: Any, **options: Any) -> Any:
        before = time.process_time()
        made = work(*inputs, **options)
        stages.setdefault(name, []).append(time.process_time() - before)
        return made

    document = timed("sources", read_document, data)
    heading = timed("figures", read_heading, document)
    tables = timed("forms", read_tables, document, catalogue)
    told = timed("figures", read_narrative, document, tables, catalogue, year=heading.year)
    tables = timed("forms", settle, tables, told.figures, catalogue)
    timed("reconcile", reconcile, told, tables, catalogue, document=document, heading=heading)


def quantities(rounds: int) -> None:
    """Numbers found in the passages of the corpus, beside other recognisers that are installed."""
    texts = [one.text for one in load(splits=("dev",))]
    print(f"quantities in {sum(map(len, texts)):,} characters of passages, per second, ours = 1")
    speed: dict[str, float] = {}
    for name, make in TOOLS.items():
        try:
            tool = make()
        except ImportError as fault:
            print(f"  {name:<17} not installed here ({fault.name})")
            continue
        found = sum(len(list(tool(text))) for text in texts)
        # The others take seconds, where one round is as good as many.
        repeats = rounds if name == "gipr_nlp" else 1
        (seconds,) = medians([lambda tool=tool: [list(tool(text)) for text in texts]], repeats)
        speed[name] = found / seconds
        print(f"  {name:<17} {speed[name] / speed['gipr_nlp']:.4f}")
    own = TOOLS["gipr_nlp"]()
    ours, words = medians(
        [
            lambda: [list(own(text)) for text in texts],
            lambda: [jieba.lcut(text) for text in texts],
        ],
        rounds,
    )
    print(f"  finding them / jieba.lcut: {ours / words:.2f}")


def medians(works: Sequence[Work], rounds: int) -> list[float]:
    """The median seconds of processor time of each piece of work, taking turns, once warm."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, seconds in zip(works, taken, strict=True):
            before = time.process_time()
            work()
            if turn:
                seconds.append(time.process_time() - before)
    return [median(seconds) for seconds in taken]


def cold(file: Path, rounds: int) -> None:
    """A whole ``gipr check`` of a text as a new process, beside one that imports spaCy."""
    commands = {
        "check": [sys.executable, "-m", "gipr_nlp.cli", "check", str(file)],
        "spacy": [sys.executable, "-c", "import spacy"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        # As pip installs it: the first round, which is not counted, compiles the modules.
        settings = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        settings.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(rounds + 1):
            for name, command in commands.items():
                before = time.perf_counter()
                ended = subprocess.run(
                    command, cwd=ROOT, env=settings, capture_output=True, check=False
                )
                if turn:
                    taken[name].append(time.perf_counter() - before)
                elif name == "spacy" and ended.returncode:
                    print("cold start: spaCy is not installed here")
                    return
    ratio = median(taken["check"]) / median(taken["spacy"])
    print(f"cold gipr check of a text / python -c 'import spacy': {ratio:.2f}")


if __name__ == "__main__":
    main()
