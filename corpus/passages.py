"""Read and check the annotated passages of `corpus/passages/{train,dev,test}`.

The markup is described in `corpus/README.md`. As a command, it prints what the passages hold
and what is wrong with them, and exits with 1 when something is:

    python corpus/passages.py [SPLIT ...] [--catalogue metrics.toml]
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent / "passages"
CATALOGUE = Path(__file__).resolve().parent.parent / "gipr_nlp" / "catalogue" / "metrics.toml"

SPLITS = ("train", "dev", "test")
SECTIONS = frozenset({"overview", "proactive", "requests", "reviews", "problems", "other", "old"})
PERIODS = frozenset({"this_year", "last_year", "cumulative", "other"})
SUFFIXES = ("_share", "_yoy_pct", "_yoy_delta", "_part")
REASONS = frozenset(
    [
        "document_number",
        "date",
        "period",
        "phone",
        "postcode",
        "url",
        "article",
        "deadline",
        "slogan",
        "name",
        "ordinal",
        "policy_name",
        "external",
        "address",
        "version",
        "score",
        "size",
        "time",
        "law_order",
        "damaged_date",
    ]
)
TOPICS = frozenset(
    [
        "land_expropriation",
        "house_demolition",
        "planning_construction",
        "property_registration",
        "housing_property_mgmt",
        "rural_collective",
        "agriculture_water",
        "social_welfare",
        "fiscal_funds",
        "education",
        "employment_hr",
        "health",
        "environment",
        "enforcement",
        "approval_licensing",
        "statistics_data",
        "official_documents",
        "culture_tourism",
        "engineering_transport",
        "other",
    ]
)
SHARE_UNITS = frozenset({"%", ""})  # without a unit: 三分之一
HEADER_KEYS = frozenset({"year", "body", "section", "mess"})
FLAGS = frozenset({"closed", "approx"})
ATTRIBUTES = frozenset(
    {"id", "part", "share", "split", "value", "unit", "low", "high", "period", "scope"}
    | {"contradicts"}
)

_HEADER = re.compile(r"^--- +(\S+)(.*)$", re.MULTILINE)
_MARK = re.compile(r"\[\[([^|]+?)\|(.+?)\]\]", re.DOTALL)
_METRIC = re.compile(r"[a-z0-9_]+")
_PLAIN = re.compile(r"(?P<number>[\d\s,]*\d(?:[.\d\s]*\d)?)(?P<rest>.*)", re.DOTALL)
_NUMERALS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_RUN = re.compile(rf"(?:[\d.,\s{_NUMERALS}余多几来]|点(?=[{_NUMERALS}]))+")

Relation = Literal["part", "share"]


class PassageError(ValueError):
    """A passage that does not follow the markup."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that states a figure; without metrics where the catalogue has no name for it."""

    metrics: tuple[str, ...]
    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    approximate: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    period: str = "this_year"
    scope: str | None = None
    parent: int | None = None
    relation: Relation | None = None
    split: int = 1
    closed: bool = False
    contradicts: int | None = None


@dataclass(frozen=True, slots=True)
class NonFigure:
    """A number that states no figure, with the reason why."""

    reason: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A request topic named in the text."""

    label: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One annotated passage; offsets are into `text`, which carries no marks."""

    id: str
    family: str
    split: str
    year: int
    body: str
    section: str
    mess: str | None
    text: str
    figures: tuple[Figure, ...]
    non_figures: tuple[NonFigure, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark as written, at its place in the unmarked text."""

    text: str
    start: int
    end: int
    what: str
    attributes: dict[str, str]
    flags: frozenset[str]


# --- reading ---------------------------------------------------------------------------


def load(root: Path = ROOT, splits: Sequence[str] = SPLITS) -> list[Passage]:
    """Read every passage of the splits; raise PassageError when one is malformed."""
    passages, problems = scan(root, splits)
    if problems:
        raise PassageError("\n".join(problems))
    return passages


def scan(root: Path = ROOT, splits: Sequence[str] = SPLITS) -> tuple[list[Passage], list[str]]:
    """Read every passage that can be read, and say what is wrong with the others."""
    passages: list[Passage] = []
    problems: list[str] = []
    for split in splits:
        for path in sorted((root / split).glob("*.txt")):
            for chunk in _chunks(path.read_text(encoding="utf-8")):
                try:
                    passages.append(parse(chunk, path.stem, split))
                except PassageError as error:
                    problems.append(f"{split}/{path.name}: {error}")
    return passages, problems


def _chunks(source: str) -> Iterator[str]:
    """Cut a family file before each header line."""
    starts = [match.start() for match in _HEADER.finditer(source)]
    if source[: starts[0] if starts else None].strip():
        yield source[: starts[0] if starts else None]
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        yield source[start:end]


def parse(chunk: str, family: str, split: str) -> Passage:
    """Parse one passage: its header line and its marked text."""
    head, _, body = chunk.partition("\n")
    identity, keys = _header(head)
    try:
        text, marks = _unmark(_without_blank_ends(body))
        return Passage(
            id=identity,
            family=family,
            split=split,
            year=_year(keys),
            body=keys.get("body", ""),
            section=keys.get("section", ""),
            mess=keys.get("mess"),
            text=text,
            figures=_figures([mark for mark in marks if mark.what[0] not in "!@"]),
            non_figures=tuple(_non_figure(mark) for mark in marks if mark.what[0] == "!"),
            topics=tuple(_topic(mark) for mark in marks if mark.what[0] == "@"),
        )
    except PassageError as error:
        raise PassageError(f"{identity}: {error}") from None


def _header(line: str) -> tuple[str, dict[str, str]]:
    """Read `--- ID | key=value | ...`."""
    match = _HEADER.fullmatch(line.rstrip())
    if match is None:
        raise PassageError(f"text before the first header: {line[:40]!r}")
    identity, rest = match.groups()
    keys: dict[str, str] = {}
    for field in filter(None, (part.strip() for part in rest.split("|"))):
        key, equals, value = field.partition("=")
        if not equals or key not in HEADER_KEYS or key in keys:
            raise PassageError(f"{identity}: bad header field {field!r}")
        keys[key] = value
    return identity, keys


def _year(keys: dict[str, str]) -> int:
    """The year of the report, from the header."""
    if not keys.get("year", "").isdecimal():
        raise PassageError("the header states no year")
    return int(keys["year"])


def _without_blank_ends(body: str) -> str:
    """Drop blank lines before and after the text; keep those inside it."""
    lines = body.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        raise PassageError("no text")
    return "\n".join(lines[filled[0] : filled[-1] + 1])


def _unmark(marked: str) -> tuple[str, list[_Mark]]:
    """Take the marks out of the text and give each its offsets in what is left."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    cursor = length = 0
    for match in _MARK.finditer(marked):
        before, span = marked[cursor : match.start()], match.group(1)
        start = length + len(before)
        marks.append(_mark(span, start, match.group(2)))
        pieces += [before, span]
        length, cursor = start + len(span), match.end()
    text = "".join([*pieces, marked[cursor:]])
    if "[[" in text or "]]" in text or any("[[" in mark.what for mark in marks):
        raise PassageError("a mark that does not close, or marks that nest")
    return text, marks


def _mark(span: str, start: int, source: str) -> _Mark:
    """Read WHAT and the attributes of one mark."""
    what, *fields = source.split("|")
    attributes: dict[str, str] = {}
    flags: set[str] = set()
    for field in fields:
        key, equals, value = field.partition("=")
        if equals and key in ATTRIBUTES and key not in attributes and value:
            attributes[key] = value
        elif field in FLAGS:
            flags.add(field)
        else:
            raise PassageError(f"{span!r}: bad attribute {field!r}")
    if not what:
        raise PassageError(f"{span!r}: a mark that says nothing")
    return _Mark(span, start, start + len(span), what, attributes, frozenset(flags))


def _figures(marks: Sequence[_Mark]) -> tuple[Figure, ...]:
    """Turn marks into figures, with references as indices."""
    names: dict[str, int] = {}
    for index, mark in enumerate(marks):
        name = mark.attributes.get("id")
        if name in names:
            raise PassageError(f"two figures are called {name!r}")
        if name is not None:
            names[name] = index
    return tuple(_figure(mark, names) for mark in marks)


def _figure(mark: _Mark, names: dict[str, int]) -> Figure:
    """Turn one mark into a figure."""
    metrics, zero = _metrics(mark)
    relation, parent = _parent(mark, names)
    return Figure(
        metrics=metrics,
        text=mark.text,
        start=mark.start,
        end=mark.end,
        value=Decimal(0) if zero else _value(mark),
        unit=mark.attributes.get("unit", "" if zero else default_unit(mark.text)),
        approximate="approx" in mark.flags,
        low=_decimal(mark, "low"),
        high=_decimal(mark, "high"),
        period=mark.attributes.get("period", "this_year"),
        scope=mark.attributes.get("scope"),
        parent=parent,
        relation=relation,
        split=_split(mark),
        closed="closed" in mark.flags,
        contradicts=_reference(mark, "contradicts", names),
    )


def _metrics(mark: _Mark) -> tuple[tuple[str, ...], bool]:
    """The metrics of a mark, and whether it states zero in words."""
    if mark.what == "?":
        return (), False
    items = mark.what.split(",")
    names = [item.removesuffix("=0") for item in items]
    zeros = [item.endswith("=0") for item in items]
    if not all(_METRIC.fullmatch(name) for name in names) or any(zeros) != all(zeros):
        raise PassageError(f"{mark.text!r}: cannot read {mark.what!r}")
    return tuple(names), all(zeros)


def _parent(mark: _Mark, names: dict[str, int]) -> tuple[Relation | None, int | None]:
    """The relation of a mark and the figure at its other end."""
    part, share = _reference(mark, "part", names), _reference(mark, "share", names)
    if part is not None and share is not None:
        raise PassageError(f"{mark.text!r} is both a part and a share")
    if part is not None:
        return "part", part
    return ("share", share) if share is not None else (None, None)


def _reference(mark: _Mark, key: str, names: dict[str, int]) -> int | None:
    """The index of the figure that an attribute names."""
    name = mark.attributes.get(key)
    if name is not None and name not in names:
        raise PassageError(f"{mark.text!r}: {key}={name} names no figure of the passage")
    return None if name is None else names[name]


def _split(mark: _Mark) -> int:
    """The number of the split that a part belongs to."""
    number = mark.attributes.get("split", "1")
    if not number.isdecimal() or number == "0":
        raise PassageError(f"{mark.text!r}: bad split {number!r}")
    return int(number)


def _decimal(mark: _Mark, key: str) -> Decimal | None:
    """A number among the attributes."""
    source = mark.attributes.get(key)
    try:
        return None if source is None else Decimal(source)
    except InvalidOperation:
        raise PassageError(f"{mark.text!r}: {key}={source} is no number") from None


def _value(mark: _Mark) -> Decimal:
    """The stated value, or the plain digits of the span."""
    stated = _decimal(mark, "value")
    value = default_value(mark.text) if stated is None else stated
    if value is None:
        raise PassageError(f"{mark.text!r} needs value=")
    return value


def _non_figure(mark: _Mark) -> NonFigure:
    """Turn a mark that begins with `!` into a non-figure."""
    if mark.attributes or mark.flags:
        raise PassageError(f"{mark.text!r}: a non-figure has no attributes")
    return NonFigure(mark.what[1:], mark.text, mark.start, mark.end)


def _topic(mark: _Mark) -> Topic:
    """Turn a mark that begins with `@` into a topic."""
    if mark.attributes or mark.flags:
        raise PassageError(f"{mark.text!r}: a topic has no attributes")
    return Topic(mark.what[1:], mark.text, mark.start, mark.end)


# --- defaults --------------------------------------------------------------------------


def default_value(span: str) -> Decimal | None:
    """The plain digits of a span, or None where they do not say the value."""
    match = _PLAIN.fullmatch(_fold(span))
    if match is None or re.match(r"[余多几来]*[十百千万亿]", match["rest"].lstrip()):
        return None
    try:
        return Decimal(re.sub(r"[\s,]", "", match["number"]))
    except InvalidOperation:
        return None


def default_unit(span: str) -> str:
    """What follows the number in a span, without 余, 万 and their like."""
    folded = _fold(span)
    if "分之" in folded and "百分之" not in folded:
        return ""
    run = _RUN.search(folded)
    unit = re.sub(r"\s", "", folded[run.end() :]) if run else ""
    return "%" if unit in {"成", "成半"} else unit


def _fold(span: str) -> str:
    """Full-width forms to half-width; Kangxi radicals to characters."""
    return unicodedata.normalize("NFKC", span)


# --- checking --------------------------------------------------------------------------


def validate(passages: Sequence[Passage], catalogue: Path = CATALOGUE) -> list[str]:
    """All that is wrong with the passages, one line each."""
    known = known_metrics(catalogue)
    problems = list(_duplicate_ids(passages)) + list(_shared_texts(passages))
    for passage in passages:
        found = [
            *_bad_header(passage),
            *_uncovered_digits(passage),
            *_bad_labels(passage, known),
            *_bad_references(passage),
            *_bad_figures(passage),
            *_bad_sums(passage),
        ]
        problems += [f"{passage.split}/{passage.family}: {passage.id}: {line}" for line in found]
    return problems


def known_metrics(catalogue: Path = CATALOGUE) -> frozenset[str] | None:
    """The metric ids of the catalogue, or None where there is no catalogue yet."""
    if not catalogue.exists():
        return None
    with catalogue.open("rb") as file:
        rows = tomllib.load(file).get("metric", [])
    return frozenset(str(row["id"]) for row in rows)


def is_known(metric: str, known: frozenset[str]) -> bool:
    """Whether the catalogue has the metric, or what it is a share, change or part of."""
    bases = [metric.removesuffix(suffix) for suffix in SUFFIXES if metric.endswith(suffix)]
    return metric in known or any(base in known for base in bases)


def _duplicate_ids(passages: Sequence[Passage]) -> Iterator[str]:
    """Ids that more than one passage has."""
    for identity, count in Counter(passage.id for passage in passages).items():
        if count > 1:
            yield f"{identity}: {count} passages have this id"


def _shared_texts(passages: Sequence[Passage]) -> Iterator[str]:
    """Texts that stand twice, above all in two splits."""
    seen: dict[str, Passage] = {}
    for passage in passages:
        key = re.sub(r"\s", "", _fold(passage.text))
        first = seen.setdefault(key, passage)
        if first is not passage:
            where = f"{first.split}/{first.family}: {first.id}"
            yield f"{passage.split}/{passage.family}: {passage.id}: the text of {where}"


def _bad_header(passage: Passage) -> Iterator[str]:
    """Header fields that are missing or unknown."""
    if passage.section not in SECTIONS:
        yield f"unknown section {passage.section!r}"
    if not passage.body:
        yield "the header states no body"
    if not 2003 <= passage.year <= 2030:
        yield f"year {passage.year}"


def _uncovered_digits(passage: Passage) -> Iterator[str]:
    """Digits outside every mark."""
    covered = {place for start, end in _spans(passage) for place in range(start, end)}
    for match in re.finditer(r"\d+|[①-⑳]", passage.text):
        if not covered.issuperset(range(match.start(), match.end())):
            around = passage.text[max(0, match.start() - 8) : match.end() + 8]
            yield f"digits outside every mark: …{around}…"


def _spans(passage: Passage) -> Iterator[tuple[int, int]]:
    """The spans of all marks."""
    marks: Iterable[Figure | NonFigure | Topic]
    for marks in (passage.figures, passage.non_figures, passage.topics):
        for mark in marks:
            yield mark.start, mark.end


def _bad_labels(passage: Passage, known: frozenset[str] | None) -> Iterator[str]:
    """Metrics, reasons and topics that do not exist."""
    for item in passage.non_figures:
        if item.reason not in REASONS:
            yield f"{item.text!r}: unknown reason {item.reason!r}"
    for topic in passage.topics:
        if topic.label not in TOPICS:
            yield f"{topic.text!r}: unknown topic {topic.label!r}"
    for figure in passage.figures:
        for metric in figure.metrics:
            if known is not None and not is_known(metric, known):
                yield f"{figure.text!r}: unknown metric {metric!r}"


def _bad_references(passage: Passage) -> Iterator[str]:
    """References to nothing, to the figure itself, or in a circle."""
    size = len(passage.figures)
    for index, figure in enumerate(passage.figures):
        for other in (figure.parent, figure.contradicts):
            if other is not None and (other == index or not 0 <= other < size):
                yield f"{figure.text!r}: refers to figure {other}"
        seen, cursor = {index}, figure.parent
        while cursor is not None and cursor not in seen and 0 <= cursor < size:
            seen.add(cursor)
            cursor = passage.figures[cursor].parent
        if cursor is not None and cursor in seen and cursor != figure.parent:
            yield f"{figure.text!r}: its parents go in a circle"


def _bad_figures(passage: Passage) -> Iterator[str]:
    """Figures whose attributes cannot be right."""
    for figure in passage.figures:
        if figure.period not in PERIODS:
            yield f"{figure.text!r}: unknown period {figure.period!r}"
        if re.search(r"\d[\d\s]*[余多几]|[余多几][万亿]", figure.text) and not figure.approximate:
            yield f"{figure.text!r}: 余, 多, 几 without approx"
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield f"{figure.text!r}: low above high"
        if figure.relation == "share" and figure.unit not in SHARE_UNITS:
            yield f"{figure.text!r}: a share in {figure.unit!r}"


def _bad_sums(passage: Passage) -> Iterator[str]:
    """Parts that do not fit their whole although no mark says that they contradict it."""
    for index, whole in enumerate(passage.figures):
        parts = [part for part in passage.figures if part.relation == "part"]
        for number in sorted({part.split for part in parts if part.parent == index}):
            group = [part for part in parts if part.parent == index and part.split == number]
            if any(item.contradicts is not None or item.approximate for item in [whole, *group]):
                continue
            total = sum((part.value for part in group), Decimal(0))
            if total > whole.value or (whole.closed and number == 1 and total != whole.value):
                yield f"{whole.text!r}: the parts of split {number} add up to {total}"


# --- the command -----------------------------------------------------------------------


def report(passages: Sequence[Passage]) -> Iterator[str]:
    """Counts by split and by metric."""
    yield "split\tfamilies\tpassages\tfigures\tnon-figures\ttopics\tcontradicting passages"
    for split in SPLITS:
        chosen = [passage for passage in passages if passage.split == split]
        if chosen:
            yield "\t".join([split, *map(str, _counts(chosen))])
    yield ""
    yield "\t".join(["metric", *SPLITS])
    tallies = {split: _tally(passages, split) for split in SPLITS}
    for metric in sorted(set().union(*tallies.values())):
        yield "\t".join([metric, *(str(tallies[split][metric]) for split in SPLITS)])


def _counts(passages: Sequence[Passage]) -> list[int]:
    """Families, passages, figures, non-figures, topics, passages with a contradiction."""
    return [
        len({passage.family for passage in passages}),
        len(passages),
        sum(len(passage.figures) for passage in passages),
        sum(len(passage.non_figures) for passage in passages),
        sum(len(passage.topics) for passage in passages),
        sum(any(f.contradicts is not None for f in passage.figures) for passage in passages),
    ]


def _tally(passages: Sequence[Passage], split: str) -> Counter[str]:
    """How often each metric (`?` for none) is stated in a split."""
    figures = [f for passage in passages if passage.split == split for f in passage.figures]
    return Counter(metric for figure in figures for metric in (figure.metrics or ("?",)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print counts and problems; 1 when there are problems."""
    parser = argparse.ArgumentParser(description="Count and check the annotated passages.")
    parser.add_argument("splits", nargs="*", metavar="SPLIT", help="train, dev, test (default all)")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE, help="metrics.toml")
    options = parser.parse_args(arguments)
    if unknown := set(options.splits) - set(SPLITS):
        parser.error(f"no such split: {', '.join(sorted(unknown))}")
    passages, problems = scan(ROOT, options.splits or SPLITS)
    problems += validate(passages, options.catalogue)
    print("\n".join(report(passages)))
    if known_metrics(options.catalogue) is None:
        print(f"\nmetric ids not checked: there is no {options.catalogue} yet")
    print(f"\nproblems: {len(problems)}", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
