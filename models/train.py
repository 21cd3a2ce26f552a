"""Trains ``zh_gipr_sm``, the model behind ``gipr_nlp.language.binder``, and sets its threshold.

    python models/train.py [--out FOLDER]

It learns from every number of ``corpus/passages/train``, bound by the rules or not, and nothing
else; the threshold is set on ``dev``; ``test`` is not read. One thread, fixed seeds: the same
corpus, catalogue and versions give the same bytes.
"""

from __future__ import annotations

import os

# One thread; this must be said before numpy is imported.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["BLIS_NUM_THREADS"] = "1"

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import passages as corpus
import spacy
from spacy.language import Language
from thinc.api import Adam, fix_random_seed

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.figures.text.lexicon import lexicon
from gipr_nlp.figures.text.view import narrative_view
from gipr_nlp.forms import read_tables
from gipr_nlp.language.binder import MODEL, numbers_of
from gipr_nlp.language.candidates import CHANGES, NONE
from gipr_nlp.language.ranker import FACTORY, Question, Ranker, question
from gipr_nlp.sources import text_document

SEED, EPOCHS, BATCH, DROP, RATE = 20, 5, 16, 0.4, 0.01
PRECISION = 0.97
FEWEST = 10  # right answers that a threshold must rest on; fewer prove nothing
SPACY = ">=3.8,<4"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A number of the corpus as a question, its right answer, and whether the rules left it over."""

    asked: Question
    right: str
    left_over: bool


@dataclass(frozen=True, slots=True)
class Guess:
    """The model's answer to one lesson."""

    metric: str
    share: float
    right: bool


def lessons(split: str) -> Iterator[Lesson]:
    """The numbers that the library finds in a split."""
    catalogue = default_catalogue()
    words = lexicon(catalogue)
    for passage in corpus.load(splits=[split]):
        document = text_document(passage.text)
        tables = read_tables(document, catalogue)
        narrative = read_narrative(document, tables, catalogue, year=passage.year)
        view = narrative_view(document, (), catalogue)
        items = numbers_of(narrative, view)
        gold = {(figure.start, figure.end): figure.metrics for figure in passage.figures}
        for index, item in enumerate(items):
            metrics = gold.get(view.span(item.start, item.end), ())
            asked = question(view.text, items, index, words)
            yield Lesson(asked, ",".join(metrics) or NONE, not item.metric)


def train(taught: Sequence[Lesson]) -> Language:
    """A pipeline with the trained component."""
    fix_random_seed(SEED)
    nlp = spacy.blank("zh", meta={"name": "gipr_sm", "license": "MIT"})
    ranker: Ranker = nlp.add_pipe(FACTORY)
    ranker.model.initialize()
    pairs = [(one.asked, one.right) for one in taught if one.right in one.asked.candidates]
    order = random.Random(SEED)
    sgd = Adam(RATE)
    steps = EPOCHS * (len(pairs) // BATCH + 1)
    done = 0
    for epoch in range(EPOCHS):
        order.shuffle(pairs)
        loss = 0.0
        for start in range(0, len(pairs), BATCH):
            sgd.learn_rate = RATE * max(0.02, 1 - done / steps)
            loss += ranker.learn(pairs[start : start + BATCH], sgd, drop=DROP)
            done += 1
        print(f"epoch {epoch + 1}: loss {loss / len(pairs):.3f}")
    return nlp


def guesses(ranker: Ranker, asked: Iterable[Lesson]) -> list[Guess]:
    """The answers that name a metric which the binder may bind, the surest first."""
    answers = ((ranker.answer(one.asked), one.right) for one in asked)
    named = [
        Guess(answer.metric, answer.share, answer.metric == right)
        for answer, right in answers
        if answer.metric != NONE and not answer.metric.endswith(CHANGES)
    ]
    return sorted(named, key=lambda one: -one.share)


def threshold(ranked: Sequence[Guess]) -> float | None:
    """The lowest share down to which at least ``PRECISION`` of the answers are right.

    None where there is none that rests on ``FEWEST`` answers: then the model stays silent.
    """
    lowest, right = None, 0
    for count, guess in enumerate(ranked, 1):
        right += guess.right
        if right >= max(PRECISION * count, FEWEST):
            lowest = guess.share
    return lowest


def choose(ranker: Ranker, held_out: Sequence[Lesson]) -> dict[str, float | int | None]:
    """The threshold, with what it gives on ``held_out``.

    It must hold both on what the rules left over, which is what the model will be asked about,
    and on all numbers, of which there are enough for a threshold to mean something.
    """
    left = guesses(ranker, (one for one in held_out if one.left_over))
    lowest = threshold(left), threshold(guesses(ranker, held_out))
    chosen = None if None in lowest else max(one for one in lowest if one is not None)
    bound = [one for one in left if chosen is not None and one.share >= chosen]
    return {
        "threshold": chosen,
        "dev_left_over": sum(one.left_over for one in held_out),
        "dev_bound": len(bound),
        "dev_right": sum(one.right for one in bound),
    }


def save(nlp: Language, folder: Path) -> None:
    """Writes the pipeline; any spaCy that the package allows may read it."""
    nlp.to_disk(folder)
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8")) | {"spacy_version": SPACY}
    path.write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Train, set the threshold, write the model."""
    parser = argparse.ArgumentParser(description="Train zh_gipr_sm.")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    taught, held_out = list(lessons("train")), list(lessons("dev"))
    print(f"{len(taught)} numbers to learn from, {len(held_out)} to set the threshold on")
    nlp = train(taught)
    ranker: Ranker = nlp.get_pipe(FACTORY)
    ranker.cfg.update(choose(ranker, held_out))
    print(ranker.cfg)
    save(nlp, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
