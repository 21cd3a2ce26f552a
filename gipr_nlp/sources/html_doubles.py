"""Pages that carry the report twice, once for each kind of screen: read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gipr_nlp.sources.blocks import Block, Lattice, Paragraph

# A paragraph (in characters) or a table (in cells) this large does not stand twice by chance.
LONG_PARAGRAPH = 60
LARGE_TABLE = 20
NOTICE = "the page carries text or tables twice: they were read once"


def without_doubles(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks without doubles, and the notice if there were any.

    A double is a run of blocks that stood before, with a large table or two long paragraphs in
    it: a single paragraph may be its author's repetition.
    """
    counts = Counter(block for block in blocks if _is_large(block))
    first: dict[Block, int] = {}
    dropped: set[int] = set()
    for place, block in enumerate(blocks):
        if counts[block] != 2:
            continue
        if block not in first:
            first[block] = place
        elif place not in dropped:
            run = _run(blocks, first[block], place)
            large = [blocks[index] for index in run if _is_large(blocks[index])]
            if len(large) > 1 or isinstance(block, Lattice):
                dropped.update(run)
    kept = [block for place, block in enumerate(blocks) if place not in dropped]
    return kept, (NOTICE,) if dropped else ()


def _run(blocks: Sequence[Block], one: int, other: int) -> range:
    """The places around ``other`` whose blocks are those around ``one``."""
    distance = other - one
    start, end = other, other + 1
    while (
        start - 1 >= distance
        and start - 1 > one
        and blocks[start - 1] == blocks[start - 1 - distance]
    ):
        start -= 1
    while end < len(blocks) and end - distance < other and blocks[end] == blocks[end - distance]:
        end += 1
    return range(start, end)


def _is_large(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return len(block.text) >= LONG_PARAGRAPH
    return len(block.cells) >= LARGE_TABLE
