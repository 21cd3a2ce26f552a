"""Our quantities beside recognizers-text, jionlp and cn2an, on the passages of the corpus.

    python benchmarks/compare_quantities.py [--split test ...] [--write]

The others come with ``pip install "gipr_nlp[compare]"``; one that is not installed is named as
such. ``--write`` puts the table into docs/quantities-comparison.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus")]

from passages import SPLITS, Figure, Passage, load  # noqa: E402

from gipr_nlp.catalogue import default_catalogue  # noqa: E402
from gipr_nlp.quantities import find_quantities  # noqa: E402

PAGE = ROOT / "docs" / "quantities-comparison.md"
WRITTEN = re.compile(r"[0-9０-９零〇一二三四五六七八九十百千万亿两半]")
CONVERTED = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Found:
    """A number as a tool tells it."""

    start: int
    end: int
    value: Decimal | None
    approximate: bool = False


Tool = Callable[[str], Iterable[Found]]


@dataclass
class Score:
    """Counts over all passages."""

    figures: int = 0
    found: int = 0
    right: int = 0
    approximate: int = 0
    approximation_kept: int = 0
    false: int = 0
    characters: int = 0
    seconds: float = field(default=0.0)


def ours() -> Tool:
    """This library; what it recognises as no figure is not counted as found."""
    catalogue = default_catalogue()

    def tool(text: str) -> Iterator[Found]:
        for one in find_quantities(text, catalogue):
            if one.not_figure is None:
                yield Found(one.start, one.end, one.value, one.approximate)

    return tool


def recognizers() -> Tool:
    """Numbers and percentages of Microsoft's recognizers-text, Chinese culture."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    def tool(text: str) -> Iterator[Found]:
        for recognise in (recognize_percentage, recognize_number):
            for one in recognise(text, Culture.Chinese):
                value = (one.resolution or {}).get("value") or ""
                yield Found(one.start, one.end + 1, decimal(value.rstrip("%")))

    return tool


def jionlp() -> Tool:
    """Amounts of money: the only numbers with a unit that jionlp finds in text."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as package

    def tool(text: str) -> Iterator[Found]:
        for one in package.ner.extract_money(text):
            value, blur = one["detail"]["num"], one["detail"]["definition"] != "accurate"
            yield Found(*one["offset"], None if isinstance(value, list) else decimal(value), blur)

    return tool


def cn2an() -> Tool:
    """Every run of digits after cn2an has turned the Chinese numerals of the text into digits."""
    import cn2an as package

    def tool(text: str) -> Iterator[Found]:
        converted = package.transform(text, "cn2an")
        blocks = SequenceMatcher(None, converted, text, autojunk=False).get_matching_blocks()
        for match in CONVERTED.finditer(converted):
            start, end = back(match.start(), blocks, -1), back(match.end(), blocks, 1)
            yield Found(start, max(end, start + 1), decimal(match[0]))

    return tool


def back(offset: int, blocks: list[tuple[int, int, int]], side: int) -> int:
    """Where ``offset`` of the converted text lay in the text: the nearest kept character."""
    if side < 0:
        return max((b + min(offset - a, size) for a, b, size in blocks if a <= offset), default=0)
    return min((b + max(offset - a, 0) for a, b, size in blocks if offset <= a + size), default=0)


def decimal(text: str) -> Decimal | None:
    """The number, or None where there is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


TOOLS: dict[str, Callable[[], Tool]] = {
    "gipr_nlp": ours,
    "recognizers-text": recognizers,
    "cn2an": cn2an,
    "jionlp": jionlp,
}


def measure(tool: Tool, passages: Iterable[Passage]) -> Score:
    """What the tool finds of the annotated figures, and what it takes for one."""
    score = Score()
    for passage in passages:
        before = time.process_time()
        try:
            found = list(tool(passage.text))
        except Exception:  # a tool that falls over has found nothing here
            found = []
        score.seconds += time.process_time() - before
        score.characters += len(passage.text)
        count(score, found, passage.figures)
    return score


def written(figure: Figure) -> bool:
    """Whether the figure is a number: 未收到 and its like are zero in words, for the linker."""
    in_words = figure.value == 0 and not figure.unit
    return WRITTEN.search(figure.text) is not None and not in_words


def count(score: Score, found: list[Found], figures: Sequence[Figure]) -> None:
    """Add one passage to the score."""
    for figure in filter(written, figures):
        hits = [one for one in found if one.start < figure.end and one.end > figure.start]
        score.figures += 1
        score.found += bool(hits)
        score.right += any(same(one.value, figure.value) for one in hits)
        score.approximate += figure.approximate
        score.approximation_kept += figure.approximate and any(one.approximate for one in hits)
    score.false += sum(
        not any(one.start < figure.end and one.end > figure.start for figure in figures)
        for one in found
    )


def same(value: Decimal | None, gold: Decimal) -> bool:
    """Equal but for the sign: a decrease is told by words, not by the number."""
    return value is not None and abs(value) == abs(gold)


def table(passages: list[Passage]) -> str:
    """The comparison as Markdown."""
    lines = [
        "| tool | found | value right | approximation kept | false positives | characters/s |",
        "|---|---|---|---|---|---|",
    ]
    for name, make in TOOLS.items():
        try:
            tool = make()
        except ImportError as fault:
            lines.append(f"| {name} | not installed here ({fault.name}) | | | | |")
            continue
        list(tool(passages[0].text))  # what is loaded with the first text is no matter of speed
        lines.append(row(name, measure(tool, passages)))
    return "\n".join(lines)


def row(name: str, score: Score) -> str:
    """One line of the table."""

    def of(part: int, whole: int) -> str:
        return f"{part} of {whole} ({part / max(whole, 1):.1%})"

    speed = score.characters / max(score.seconds, 1e-9)
    return (
        f"| {name} | {of(score.found, score.figures)} | {of(score.right, score.figures)} "
        f"| {of(score.approximation_kept, score.approximate)} | {score.false} | {speed:,.0f} |"
    )


HEAD = """# Quantities beside other recognisers

Made by `python benchmarks/compare_quantities.py --write`, on the {passages} passages of
{splits} ({characters:,} characters). Zero in words is left out. *Found*: some number of the tool overlaps the figure.
*Value right*: equal to the figure in base units (1.18万条 is 11800), the sign of a decrease
aside. *Approximation kept*: of the figures that the text calls inexact (约, 近, 余, 多 ...), those
that the tool tells as such. *False positives*: numbers of the tool where the text states no
figure, such as dates, document numbers, telephone numbers, slogans.

recognizers-text finds bare numbers and percentages; it has no measure words. cn2an only turns
Chinese numerals into digits, so every run of digits counts as found. jionlp finds amounts of
money. The speeds were taken in one run on one machine: their ratios travel, the figures do not.

"""


def main() -> None:
    """Compare, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", nargs="+", choices=SPLITS, default=["dev", "test"])
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    passages = load(splits=options.split)
    head = HEAD.format(
        passages=len(passages),
        splits=" and ".join(options.split),
        characters=sum(len(one.text) for one in passages),
    )
    text = head + table(passages) + "\n"
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
