"""The trainable component: among the metrics that a number may state, which one does it?

It asks about the numbers of ``doc.spans["numbers"]``, whose labels are what is known already
(the metric that the rules bound; none for what they left over). One linear layer weighs the
evidence for every candidate (see ``candidates``), a softmax over the candidates of one number
makes shares of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer, SparseLinear_v2

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures.text.lexicon import Lexicon, lexicon
from gipr_nlp.language.candidates import Evidence, Weigher, candidates
from gipr_nlp.language.context import Item, context_of

ASKED, ANSWERED = "numbers", "answers"
FACTORY = "gipr_binder"
TABLE = 2**18

Floats = npt.NDArray[np.float32]
Batch = tuple[npt.NDArray[np.uint64], Floats, npt.NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Question:
    """One number with its candidates and the evidence for each."""

    candidates: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest metric, and its share among all candidates (0 to 1)."""

    metric: str
    share: float


def doc_of(text: str, items: Sequence[Item], vocab: Vocab) -> Doc:
    """``text`` as a ``Doc`` of single characters, with ``items`` as its numbers."""
    doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
    spans = [Span(doc, item.start, item.end, label=item.metric) for item in items]
    units = [item.unit for item in items]
    doc.spans[ASKED] = SpanGroup(doc, name=ASKED, spans=spans, attrs={"units": units})
    return doc


def items_of(doc: Doc) -> list[Item]:
    """The numbers of a ``Doc`` made by ``doc_of``."""
    group = doc.spans[ASKED]
    units = group.attrs["units"]
    return [
        Item(span.start, span.end, unit, span.label_)
        for span, unit in zip(group, units, strict=True)
    ]


def question(text: str, items: Sequence[Item], index: int, words: Lexicon) -> Question:
    """What the model is asked about ``items[index]``; the item's own metric is not looked at."""
    context = context_of(text, items, index, words)
    weigher = Weigher(context, words)
    found = tuple(candidates(context, words))
    return Question(found, tuple(weigher.evidence(metric) for metric in found))


class Ranker(TrainablePipe):  # type: ignore[misc]
    """The component; ``lexicon`` may be exchanged for that of another catalogue.

    It is taught by ``learn`` on questions that are made once, not by ``nlp.update``, which would
    make them anew in every epoch.
    """

    def __init__(self, vocab: Vocab, model: Model[Batch, Floats], name: str = FACTORY) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {}
        self.lexicon = lexicon(default_catalogue())

    @property
    def labels(self) -> tuple[str, ...]:
        """Nothing fixed: the candidates come from the catalogue."""
        return ()

    def predict(self, docs: Iterable[Doc]) -> list[list[Answer | None]]:
        """An answer for every number without a metric, None for the others."""
        return [self._answers(doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], scores: list[list[Answer | None]]) -> None:
        """Write the answers to ``doc.spans["answers"]``, their shares to its ``scores``."""
        for doc, answers in zip(docs, scores, strict=True):
            pairs = zip(doc.spans[ASKED], answers, strict=True)
            told = [(span, answer) for span, answer in pairs if answer is not None]
            spans = [Span(doc, span.start, span.end, label=one.metric) for span, one in told]
            group = SpanGroup(doc, name=ANSWERED, spans=spans)
            group.attrs["scores"] = [one.share for _, one in told]
            doc.spans[ANSWERED] = group

    def answer(self, asked: Question) -> Answer:
        """The likeliest candidate of a question."""
        shares = _softmax(self.model.predict(_batch([asked]))[:, 0])
        best = int(shares.argmax())
        return Answer(asked.candidates[best], float(shares[best]))

    def learn(
        self,
        lessons: Sequence[tuple[Question, str]],
        sgd: Optimizer,
        *,
        drop: float = 0.0,
    ) -> float:
        """One step on questions with their right answers; gives back the loss.

        ``drop`` is the share of keys that is left out, so that none is relied on alone.
        """
        loss = 0.0
        scores, backprop = self.model.begin_update(_batch([asked for asked, _ in lessons], drop))
        gradient = np.zeros_like(scores)
        start = 0
        for asked, right in lessons:
            end = start + len(asked.candidates)
            shares = _softmax(scores[start:end, 0])
            place = asked.candidates.index(right)
            loss -= float(np.log(max(shares[place], 1e-9)))
            gradient[start:end, 0] = shares
            gradient[start + place, 0] -= 1.0
            start = end
        gradient /= len(lessons)
        backprop(gradient)
        self.finish_update(sgd)
        return loss

    def _answers(self, doc: Doc) -> list[Answer | None]:
        items = items_of(doc)
        return [
            None if item.metric else self.answer(question(doc.text, items, index, self.lexicon))
            for index, item in enumerate(items)
        ]


@Language.factory(FACTORY)
def make_ranker(nlp: Language, name: str) -> Ranker:
    """The factory ``gipr_binder``."""
    return Ranker(nlp.vocab, SparseLinear_v2(nO=1, length=TABLE), name)


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def _batch(questions: Sequence[Question], drop: float = 0.0) -> Batch:
    """All candidates as the layer's rows; each family of evidence counts as much as the next."""
    rows = [families for asked in questions for families in asked.evidence]
    keys = np.concatenate([family for families in rows for family in families])
    values = np.concatenate([_even(len(family)) for families in rows for family in families])
    if drop:
        values *= (np.random.random(len(values)) >= drop).astype(np.float32) / np.float32(1 - drop)
    lengths = np.array([sum(map(len, families)) for families in rows], dtype=np.int32)
    return keys, values, lengths


def _even(size: int) -> Floats:
    return np.full(size, 1 / np.sqrt(max(size, 1)), dtype=np.float32)
