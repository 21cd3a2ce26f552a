"""How well the figures of annotated passages are read, and what goes wrong, by cause.

    python benchmarks/figures_eval.py [--split dev ...] [--errors] [FILE.ann | FOLDER ...]

Without files it reads the passages of `corpus/passages`; a file holds passages in the same
markup (`corpus/README.md`). ``--given`` takes the numbers from the annotation, which measures
the binding alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("", "corpus")]

import passages as corpus  # noqa: E402

from gipr_nlp.catalogue import Catalogue, default_catalogue  # noqa: E402
from gipr_nlp.figures.narrative import narrative_of, read_narrative  # noqa: E402
from gipr_nlp.figures.text.sections import find_sections  # noqa: E402
from gipr_nlp.figures.text.view import narrative_view  # noqa: E402
from gipr_nlp.forms import read_tables  # noqa: E402
from gipr_nlp.interval import Interval  # noqa: E402
from gipr_nlp.mapped import MappedText  # noqa: E402
from gipr_nlp.records import Document, Figure, Narrative, Place, Quantity, Report  # noqa: E402
from gipr_nlp.sources import text_document  # noqa: E402

Span = tuple[int, int]
AnyPlace = TypeVar("AnyPlace", bound=Place)


@dataclass
class Score:
    """Right and total of one measure."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Count one case."""
        self.right += right
        self.total += 1

    def __str__(self) -> str:
        share = self.right / self.total if self.total else 1.0
        return f"{share:7.4f}  ({self.right}/{self.total})"


@dataclass
class F1:
    """Found, wrongly found and missed."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def value(self) -> float:
        """The harmonic mean of precision and recall."""
        both = 2 * self.found
        return both / (both + self.false + self.missed) if both else 0.0

    def __str__(self) -> str:
        return f"{self.value:7.4f}  (found {self.found}, false {self.false}, missed {self.missed})"


@dataclass
class Result:
    """The measures over a set of passages, and the errors by cause."""

    figures: F1 = field(default_factory=F1)
    topics: F1 = field(default_factory=F1)
    zeros: F1 = field(default_factory=F1)
    metric: Score = field(default_factory=Score)
    bound: F1 = field(default_factory=F1)
    period: Score = field(default_factory=Score)
    approximation: Score = field(default_factory=Score)
    parent: Score = field(default_factory=Score)
    split: Score = field(default_factory=Score)
    closed: Score = field(default_factory=Score)
    unnamed: Score = field(default_factory=Score)
    from_non_figures: int = 0
    passages: int = 0
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def report(self) -> str:
        """The measures as text."""
        return "\n".join(
            f"{name:34}{value}"
            for name, value in {
                "passages": self.passages,
                "figures F1 (value, unit, place)": self.figures,
                "metric right, of those found": self.metric,
                "figures F1 with metric": self.bound,
                "zero in words F1": self.zeros,
                "period": self.period,
                "approximation": self.approximation,
                "part or share bound to its whole": self.parent,
                "split": self.split,
                "closed": self.closed,
                "unnamed figures left unbound": self.unnamed,
                "topics F1": self.topics,
                "figures out of non-figures": self.from_non_figures,
            }.items()
        )


def read(
    passage: corpus.Passage, catalogue: Catalogue, *, given: bool, plain: bool = False
) -> Narrative:
    """What the library reads in a passage."""
    document = text_document(passage.text)
    tables = () if plain else read_tables(document, catalogue)
    if not given:
        found = read_narrative(document, tables, catalogue, year=passage.year)
        return _in_source(found, document)
    view = narrative_view(document, tables, catalogue)
    quantities = _given(passage, _places(view, document), view.text)
    sections = find_sections(document.text, catalogue, tables)
    found = narrative_of(view, quantities, sections, catalogue, year=passage.year)
    return _in_source(found, document)


def _in_source(narrative: Narrative, document: Document) -> Narrative:
    """The narrative with the offsets of the text that was given to ``text_document``."""
    source = MappedText(document.text, document.origin)

    def moved(places: Iterable[AnyPlace]) -> tuple[AnyPlace, ...]:
        spans = ((one, source.span(one.start, one.end)) for one in places)
        return tuple(one.model_copy(update={"start": s, "end": e}) for one, (s, e) in spans)

    return narrative.model_copy(
        update={
            "figures": moved(narrative.figures),
            "unbound": moved(narrative.unbound),
            "topics": moved(narrative.topics),
        }
    )


def _places(view: MappedText, document: Document) -> dict[int, int]:
    """The place in the view of each character of the text that was given."""
    origin = [*document.origin, document.origin[-1] + 1] if document.origin else []
    return {origin[start]: index for index, start in enumerate(view.starts)}


def _given(passage: corpus.Passage, place: dict[int, int], text: str) -> list[Quantity]:
    found = []
    for one in (*passage.figures, *passage.non_figures):
        if (
            isinstance(one, corpus.Figure)
            and one.value == 0
            and not any(c.isdigit() for c in one.text)
        ):
            continue
        start = place.get(one.start)
        end = place.get(one.end)
        if start is None or end is None:
            continue
        value = one.value if isinstance(one, corpus.Figure) else Decimal(0)
        unit = one.unit if isinstance(one, corpus.Figure) else ""
        kind = (
            "percent"
            if unit == "%"
            else "money"
            if unit == "元"
            else "points"
            if unit == "个百分点"
            else "count"
        )
        found.append(
            Quantity(
                start=start,
                end=end,
                text=text[start:end],
                value=abs(value),
                printed=abs(value),
                unit=unit,
                kind=kind,
                modifier="约" if isinstance(one, corpus.Figure) and one.approximate else None,
                interval=Interval.point(abs(value)),
                not_figure=one.reason if isinstance(one, corpus.NonFigure) else None,
            )
        )
    return sorted(found, key=lambda one: one.start)


def score(
    passages: Iterable[corpus.Passage], catalogue: Catalogue, *, given: bool, plain: bool = False
) -> Result:
    """The measures over ``passages``; ``plain`` looks for no statutory tables in them."""
    result = Result()
    for passage in passages:
        add(passage, read(passage, catalogue, given=given, plain=plain), result)
    return result


def add(passage: corpus.Passage, narrative: Narrative | Report, result: Result) -> None:
    """Count what was read in one passage; the offsets of both are those of one text."""
    result.passages += 1
    _Scored(passage, narrative, result).count()
    _score_topics(passage, narrative, result)


class _Scored:
    """The figures read in one passage, held against its annotation."""

    def __init__(
        self, passage: corpus.Passage, narrative: Narrative | Report, result: Result
    ) -> None:
        self.passage, self.narrative, self.result = passage, narrative, result
        self.note = _Notes(passage, result.errors)
        self.by_id = {figure.id: figure for figure in narrative.figures}
        self.unbound = {(one.start, one.end): one for one in narrative.unbound}
        self.bound: dict[Span, list[Figure]] = defaultdict(list)
        for one in narrative.figures:
            self.bound[one.start, one.end].append(one)

    def count(self) -> None:
        """Adds all to the result."""
        zeros = [one for one in self.passage.figures if _in_words(one)]
        for gold in self.passage.figures:
            if gold in zeros:
                self._zero(gold)
            elif self._is_found(gold):
                self._meaning(gold)
        self._spare({(one.start, one.end) for one in self.passage.figures}, zeros)

    def _is_found(self, gold: corpus.Figure) -> bool:
        here = self.bound.get((gold.start, gold.end))
        state = here[0] if here else self.unbound.get((gold.start, gold.end))
        if state is None:
            self.result.figures.missed += 1
            self.note("number not found", gold)
            return False
        same_value = abs(state.value) == abs(gold.value)
        if same_value and state.unit == gold.unit.replace("條", "条"):
            self.result.figures.found += 1
            return True
        self.result.figures.missed += 1
        self.result.figures.false += 1
        self.note("value or unit", gold, f"{state.value} {state.unit!r}")
        return False

    def _meaning(self, gold: corpus.Figure) -> None:
        here = self.bound.get((gold.start, gold.end), [])
        choices = passage_metrics(self.passage, gold)
        if set() in choices and (not here or len(choices) == 1):
            self.result.unnamed.add(not here)
            if here:
                self.result.bound.false += 1
                self.note("bound though unnamed", gold, here[0].metric)
            return
        told = {one.metric for one in here}
        self.result.metric.add(told in choices)
        if told in choices:
            self.result.bound.found += 1
            self._details(gold, here[0])
            return
        self.result.bound.missed += 1
        self.result.bound.false += bool(here)
        other = self.unbound.get((gold.start, gold.end))
        reason = ",".join(sorted(told)) or f"unbound ({other.reason if other else ''})"
        self.note("metric: " + ("wrong" if here else "unbound"), gold, reason)

    def _details(self, gold: corpus.Figure, one: Figure) -> None:
        if one.value != gold.value:
            self.note("sign", gold, str(one.value))
        self.result.period.add(one.period == gold.period)
        if one.period != gold.period:
            self.note("period", gold, one.period)
        self.result.approximation.add(one.approximate == gold.approximate)
        if one.approximate != gold.approximate:
            self.note("approximation", gold)
        if one.relation not in {"yoy_pct", "yoy_delta"}:
            self._relation(gold, one)

    def _relation(self, gold: corpus.Figure, one: Figure) -> None:
        parent = self.by_id.get(one.parent or "")
        whole = self.passage.figures[gold.parent] if gold.parent is not None else None
        expected = (whole.start, whole.end) if whole else None
        actual = (parent.start, parent.end) if parent else None
        self.result.parent.add(expected == actual)
        if expected != actual:
            kind = "missed" if actual is None else "false" if expected is None else "wrong whole"
            places = (place.text if place else None for place in (parent, whole))
            self.note(f"part: {kind}", gold, " not ".join(map(str, places)))
        elif gold.relation == "part":
            self._split(gold, one)
        self.result.closed.add(one.closed == gold.closed)
        if one.closed != gold.closed:
            self.note("closed", gold, str(one.closed))

    def _split(self, gold: corpus.Figure, one: Figure) -> None:
        parts = [part for part in self.passage.figures if part.parent == gold.parent]
        first = next(part for part in parts if part.relation == "part")
        read_first = self.bound.get((first.start, first.end), [None])[0]
        if read_first is None or read_first.relation != "part":
            return
        same = (first.split == gold.split) == (read_first.split == one.split)
        self.result.split.add(same)
        if not same:
            self.note("split", gold, f"{one.split} against {read_first.split}")

    def _zero(self, gold: corpus.Figure) -> None:
        read = {
            one.metric
            for one in self.narrative.figures
            if one.in_words and one.start < gold.end and gold.start < one.end
        }
        self.result.zeros.found += len(read & set(gold.metrics))
        self.result.zeros.missed += len(set(gold.metrics) - read)
        self.result.zeros.false += len(read - set(gold.metrics))
        if read != set(gold.metrics):
            self.note("zero in words", gold, ",".join(sorted(read)) or "none")

    def _spare(self, expected: set[Span], zeros: Sequence[corpus.Figure]) -> None:
        """Counts what was read where nothing is annotated."""
        for start, end in sorted({*self.bound, *self.unbound} - expected):
            here = self.bound.get((start, end), [])
            if here and here[0].in_words:
                if not any(start < zero.end and zero.start < end for zero in zeros):
                    self.result.zeros.false += len(here)
                    self.note("spare zero", None, self.passage.text[start:end])
                continue
            non_figures = self.passage.non_figures
            what = next((one for one in non_figures if one.start < end and start < one.end), None)
            self.result.figures.false += 1
            self.result.from_non_figures += bool(here) and what is not None
            cause = "bound" if here else "listed"
            kind = f"non-figure {what.reason}" if what else "spare number"
            metric = here[0].metric if here else ""
            self.note(f"{cause} {kind}", None, f"{self.passage.text[start:end]} {metric}")


def _in_words(gold: corpus.Figure) -> bool:
    """Whether a figure is a zero that the words state."""
    return gold.value == 0 and not any(map(str.isdigit, gold.text)) and not gold.unit


def _score_topics(passage: corpus.Passage, narrative: Narrative | Report, result: Result) -> None:
    gold = {(one.label, one.start, one.end) for one in passage.topics}
    found = {(one.label, one.start, one.end) for one in narrative.topics}
    result.topics.found += len(gold & found)
    result.topics.false += len(found - gold)
    result.topics.missed += len(gold - found)
    for kind, those in (("topic missed", gold - found), ("topic false", found - gold)):
        for label, start, end in sorted(those, key=lambda one: one[1]):
            result.errors[kind].append(f"{passage.id}: {passage.text[start:end]} {label}")


class _Notes:
    """Writes errors down with the words around them."""

    def __init__(self, passage: corpus.Passage, errors: dict[str, list[str]]) -> None:
        self.passage = passage
        self.errors = errors

    def __call__(self, cause: str, gold: corpus.Figure | None, got: str = "") -> None:
        if gold is None:
            self.errors[cause].append(f"{self.passage.id}: {got}")
            return
        text = self.passage.text
        before = text[max(0, gold.start - 28) : gold.start].replace("\n", "/")
        after = text[gold.end : gold.end + 14].replace("\n", "/")
        expected = ",".join(gold.metrics) or "?"
        self.errors[cause].append(
            f"{self.passage.id}: {before}[{gold.text}]{after} | {expected} {gold.period} | got {got}"
        )


def load(paths: Sequence[str], splits: Sequence[str]) -> Iterator[corpus.Passage]:
    """The passages of ``paths`` (files or folders), or of the splits of the corpus."""
    if not paths:
        found, problems = corpus.scan(splits=splits)
        for problem in problems:
            print("skipped:", problem, file=sys.stderr)
        yield from found
        return
    for path in map(Path, paths):
        files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
        for file in files:
            for chunk in corpus._chunks(file.read_text(encoding="utf-8")):
                try:
                    yield _parsed(chunk, file.stem)
                except corpus.PassageError as fault:
                    print("skipped:", fault, file=sys.stderr)


CHOICES: dict[tuple[str, int], list[set[str]]] = {}
_CHOICE = re.compile(r"\|([a-z_0-9]+|\?)((?:/(?:[a-z_0-9]+|\?))+)(?=[|\]])")


def _parsed(chunk: str, family: str) -> corpus.Passage:
    """A passage in which a mark may name several metrics that will do (``a/b``)."""
    chunk = re.sub(r"\|unit=(?=[|\]])", "", chunk)
    passage = corpus.parse(_CHOICE.sub(r"|\1", chunk), family, "")
    longest = max((len(m.group(2).split("/")) for m in _CHOICE.finditer(chunk)), default=1)
    for index in range(1, longest):
        other = corpus.parse(_CHOICE.sub(partial(_choice, index=index), chunk), family, "")
        for one in other.figures:
            CHOICES.setdefault((passage.id, one.start), []).append(set(one.metrics))
    return passage


def _choice(match: re.Match[str], index: int) -> str:
    names = (match.group(1) + match.group(2)).split("/")
    return "|" + names[min(index, len(names) - 1)]


def passage_metrics(passage: corpus.Passage, gold: corpus.Figure) -> list[set[str]]:
    """The metrics of a figure, each set of them that will do."""
    return [set(gold.metrics), *CHOICES.get((passage.id, gold.start), [])]


def main() -> int:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--split", action="append", choices=corpus.SPLITS)
    parser.add_argument("--given", action="store_true", help="take the numbers from the annotation")
    parser.add_argument("--plain", action="store_true", help="look for no statutory tables")
    parser.add_argument("--errors", action="store_true", help="list the errors by cause")
    options = parser.parse_args()
    chosen = load(options.paths, options.split or ("train", "dev"))
    result = score(chosen, default_catalogue(), given=options.given, plain=options.plain)
    print(result.report())
    causes = Counter({cause: len(those) for cause, those in result.errors.items()})
    for cause, count in causes.most_common():
        print(f"{count:5} {cause}")
        if options.errors:
            print("\n".join(f"        {line}" for line in result.errors[cause]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
