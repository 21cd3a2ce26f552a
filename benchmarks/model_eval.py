"""Rules alone against rules and model: what the model binds of what the rules left over.

    python benchmarks/model_eval.py [--split dev ...] [--list]

Of ``test`` only totals are ever printed. Beside the shipped threshold it shows how many of the
model's surest answers on the left-over numbers are right, whatever the threshold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import passages as corpus

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.forms import read_tables
from gipr_nlp.language.binder import Binder
from gipr_nlp.language.candidates import NONE
from gipr_nlp.records import Narrative
from gipr_nlp.sources import text_document

STEPS = (1, 2, 5, 10, 15, 20, 30, 40, 50)


@dataclass
class Tally:
    """What rules and model make of the numbers of one split.

    ``guesses`` are the model's answers that name a metric: share, whether it is right, and how
    it reads.
    """

    numbers: int = 0
    named: int = 0
    by_rules: int = 0
    rules_right: int = 0
    left_over: int = 0
    left_over_named: int = 0
    by_model: int = 0
    model_right: int = 0
    guesses: list[tuple[float, bool, str]] = field(default_factory=list)

    def report(self, *, detailed: bool) -> str:
        """The tally as text."""
        rows = {
            "numbers that state a figure": self.numbers,
            "  of them named by the catalogue": self.named,
            "bound by the rules": f"{self.by_rules} ({self.rules_right} right)",
            "left over by the rules": f"{self.left_over} ({self.left_over_named} have a metric)",
            "bound by the model": f"{self.by_model} ({self.model_right} right)",
            "right, rules alone": f"{self.rules_right / max(self.named, 1):.4f} of those named",
            "right, rules and model": f"{(self.rules_right + self.model_right) / max(self.named, 1):.4f}",
            "surest answers that are right": "  ".join(self._curve()),
        }
        text = "\n".join(f"{name:36}{value}" for name, value in rows.items())
        lines = [
            f"  {share:.2f} {'right' if ok else 'WRONG'} {words}"
            for share, ok, words in self._ranked()
        ]
        return "\n".join([text, *lines]) if detailed else text

    def _ranked(self) -> list[tuple[float, bool, str]]:
        return sorted(self.guesses, key=lambda one: -one[0])

    def _curve(self) -> Iterable[str]:
        ranked = self._ranked()
        for step in STEPS:
            if step <= len(ranked):
                yield f"{sum(ok for _, ok, _ in ranked[:step])}/{step} (from {ranked[step - 1][0]:.2f})"


def tally(passages: Iterable[corpus.Passage], binder: Binder) -> Tally:
    """Rules and model over ``passages``."""
    catalogue = default_catalogue()
    result = Tally()
    for passage in passages:
        document = text_document(passage.text)
        tables = read_tables(document, catalogue)
        rules = read_narrative(document, tables, catalogue, year=passage.year)
        both = binder.bind(rules, document, catalogue)
        gold = {(one.start, one.end): one.metrics for one in passage.figures}
        _count(rules, both, gold, result)
        for span, answer in binder.answers(rules, document, catalogue).items():
            if answer.metric != NONE:
                right = gold.get(span, ()) == (answer.metric,)
                words = passage.text[max(0, span[0] - 20) : span[1] + 8].replace("\n", "/")
                said = f"{passage.id}: {answer.metric} for {gold.get(span)}: {words}"
                result.guesses.append((answer.share, right, said))
    return result


def _count(
    rules: Narrative, both: Narrative, gold: dict[tuple[int, int], tuple[str, ...]], result: Tally
) -> None:
    bound: dict[tuple[int, int], set[str]] = {}
    for one in rules.figures:
        if not one.in_words:
            bound.setdefault((one.start, one.end), set()).add(one.metric)
    left = [(one.start, one.end) for one in rules.unbound]
    spans = [span for span in (*bound, *left) if span in gold]
    result.numbers += len(spans)
    result.named += sum(bool(gold[span]) for span in spans)
    result.by_rules += len(bound)
    result.rules_right += sum(set(gold.get(span, ())) == metrics for span, metrics in bound.items())
    result.left_over += len(left)
    result.left_over_named += sum(bool(gold.get(span)) for span in left)
    by_model = [one for one in both.figures if one.bound_by == "model"]
    result.by_model += len(by_model)
    result.model_right += sum(gold.get((one.start, one.end)) == (one.metric,) for one in by_model)


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", action="append", choices=corpus.SPLITS)
    parser.add_argument(
        "--list", action="store_true", help="list the answers (never those of test)"
    )
    options = parser.parse_args()
    binder = Binder.load()
    print(
        "threshold:",
        "none, the model binds nothing" if binder.threshold is None else binder.threshold,
    )
    for split in options.split or ("dev", "test"):
        found = tally(corpus.load(splits=[split]), binder)
        print(f"\n{split}\n{found.report(detailed=options.list and split != 'test')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
