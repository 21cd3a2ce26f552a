"""How fast numbers are found: quantities a second, and the ratio to jieba.lcut of the same text.

    python benchmarks/quantities.py [--rounds 5]

Both are timed in one run on the same texts, the passages of the corpus: the ratio travels from
machine to machine, the absolute figures do not. Below 1.0 is faster than cutting into words.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus")]

from passages import load  # noqa: E402

from gipr_nlp.catalogue import default_catalogue  # noqa: E402
from gipr_nlp.quantities import find_quantities  # noqa: E402
from gipr_nlp.segment import Segmenter  # noqa: E402


def best(work: Callable[[], object], rounds: int) -> float:
    """The seconds of processor time of the fastest of ``rounds`` runs, after one to warm up."""
    work()
    seconds = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        seconds.append(time.process_time() - before)
    return min(seconds)


def main() -> None:
    """Time the three and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    texts = [passage.text for passage in load()]
    characters = sum(map(len, texts))
    catalogue = default_catalogue()
    segmenter = Segmenter(catalogue)
    jieba.setLogLevel(logging.WARNING)
    found = sum(len(find_quantities(text, catalogue)) for text in texts)

    finding = best(lambda: [find_quantities(text, catalogue) for text in texts], rounds)
    cutting = best(lambda: [jieba.lcut(text) for text in texts], rounds)
    segmenting = best(lambda: [segmenter.words(text) for text in texts], rounds)
    print(f"{len(texts)} texts, {characters:,} characters, {found:,} quantities")
    print(f"quantities   {found / finding:12,.0f} a second {characters / finding:12,.0f} chars/s")
    print(f"jieba.lcut   {'':21} {characters / cutting:12,.0f} chars/s")
    print(f"segmenter    {'':21} {characters / segmenting:12,.0f} chars/s")
    print(f"ratio of quantities to jieba.lcut: {finding / cutting:.2f}")
    print(f"ratio of the segmenter to jieba.lcut: {segmenting / cutting:.2f}")


if __name__ == "__main__":
    main()
