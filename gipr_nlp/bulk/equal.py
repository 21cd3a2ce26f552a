"""Whether two datasets are the same: the same rows in every table, however the parts are cut."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gipr_nlp.bulk.dataset import part_files
from gipr_nlp.bulk.schema import KEYS, TABLES


def differences(one: str | Path, other: str | Path) -> list[str]:
    """The tables whose rows differ between two datasets, with how; none where they are the same."""
    told = []
    for name in TABLES:
        mine, theirs = (sorted_table(folder, name) for folder in (one, other))
        if not mine.equals(theirs):
            told.append(
                f"{name}: {mine.num_rows} rows, {theirs.num_rows} rows{_first(mine, theirs)}"
            )
    return told


def sorted_table(folder: str | Path, name: str) -> pa.Table:
    """All rows of table ``name``, sorted by the columns that name a row."""
    files = part_files(Path(folder), name)
    tables = [pq.read_table(path, schema=TABLES[name]) for path in files]
    table = pa.concat_tables([TABLES[name].empty_table(), *tables])
    return table.sort_by([(column, "ascending") for column in KEYS[name]]).combine_chunks()


def _first(mine: pa.Table, theirs: pa.Table) -> str:
    for one, other in zip(mine.to_pylist(), theirs.to_pylist(), strict=False):
        if one != other:
            unequal = [key for key in one if one[key] != other[key]]
            return f"; first in {', '.join(unequal)} of {one['document']} / {other['document']}"
    return ""
