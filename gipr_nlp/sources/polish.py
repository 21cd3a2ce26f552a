"""What every reader of structured files does last: furniture out, one script, layout laid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gipr_nlp.sources.blocks import Block, Lattice, Paragraph, assemble, tidy
from gipr_nlp.sources.furniture import is_furniture, is_label, published_in
from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.parts import Parts
from gipr_nlp.sources.script import NOTICE, is_traditional, simplified

# Before a line this long, or a table, a page is still telling about the publication.
HEAD_LINE = 80
VALUE_LENGTH = 50


def polish(
    blocks: Iterable[Block],
    limits: Limits,
    *,
    title: str | None = None,
    published: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Parts:
    """The parts of a document from the ``blocks`` of a reader, whose texts are clean."""
    tidied = list(tidy(blocks))
    kept, dated = _without_metadata(tidied)
    plain, notices = _simplified(kept)
    text, grids = assemble(plain, limits)
    return Parts(
        text=text,
        grids=grids,
        title=title,
        published=published or dated,
        hard_lines=True,
        warnings=(*warnings, *notices),
    )


def _without_metadata(blocks: list[Block]) -> tuple[list[Block], str | None]:
    """The blocks without furniture, and the date of publication that stood in it."""
    kept: list[Block] = []
    published = None
    in_head, label = True, ""
    for block in blocks:
        text = block.text if isinstance(block, Paragraph) else _cell_texts(block)
        if isinstance(block, Lattice):
            dropped, label = _is_metadata(block), ""
            in_head = in_head and dropped
        elif label and len(text) <= VALUE_LENGTH and not is_label(text) and "报告" not in text:
            text, label, dropped = f"{label}：{text}", "", True
        else:
            label = text if in_head and is_label(text) else ""
            dropped = bool(label) or is_furniture(text)
            in_head = in_head and (dropped or len(text) < HEAD_LINE)
        if dropped:
            published = published or published_in(text)
        else:
            kept.append(block)
    return kept, published


def _cell_texts(lattice: Lattice) -> str:
    return " ".join(cell.text for cell in lattice.cells)


def _is_metadata(lattice: Lattice) -> bool:
    """Whether a table tells about the publication: labels like 索引号 beside their values."""
    if len(lattice.cells) > 60:
        return False
    filled = [cell.text for cell in lattice.cells if cell.text]
    labels = sum(is_label(text) or is_furniture(text) for text in filled)
    return labels >= 1 and labels * 3 >= len(filled) and not any("。" in text for text in filled)


def _simplified(blocks: list[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks in simplified characters, where the whole of them is traditional."""
    texts = [block.text if isinstance(block, Paragraph) else _cell_texts(block) for block in blocks]
    if not is_traditional("".join(texts)):
        return blocks, ()
    plain = [_simplified_block(block) for block in blocks]
    return plain, (NOTICE,)


def _simplified_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(simplified(block.text).text)
    cells = (replace(cell, text=simplified(cell.text).text) for cell in block.cells)
    return Lattice(tuple(cells))
