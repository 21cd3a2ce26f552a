"""Questions to a dataset: DuckDB over its parts, with ready views; Arrow, pandas and polars out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from pathlib import Path
from textwrap import fill
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from gipr_nlp.bulk.dataset import about, part_files
from gipr_nlp.bulk.schema import TABLES
from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.catalogue.equations import Reading
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.sums import CellPattern, parse_sum
from gipr_nlp.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

VIEWS = (
    "panel",
    "mismatches",
    "mismatches_by",
    "carry_over",
    "broken_chains",
    "coverage",
    "accounting",
)


class Dataset:
    """The dataset in ``folder``, as the tables of ``schema`` and the views of ``views.sql``.

    Only complete parts are seen, so a dataset may be asked while a run writes to it. Raises
    ``UsageError`` where there is none. Use it as a context manager, or ``close`` it.
    """

    def __init__(self, folder: str | Path, catalogue: Catalogue | None = None) -> None:
        self.folder = Path(folder)
        if about(self.folder) is None:
            raise UsageError(f"{folder}: there is no dataset; gipr run CORPUS --out {folder}")
        self._connection = _connect()
        for name in TABLES:
            self._add_table(name)
        self._add_cells_of_metrics(catalogue or default_catalogue())
        views = resources.files("gipr_nlp.bulk").joinpath("views.sql")
        self._connection.execute(views.read_text(encoding="utf-8"))

    def __enter__(self) -> Dataset:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def sql(self, query: str, parameters: list[Any] | None = None) -> pa.Table:
        """The answer to ``query`` as an Arrow table. Raises ``UsageError`` for wrong SQL."""
        answer = self._asked(query, parameters)
        table: pa.Table = answer.to_arrow_table() if answer is not None else pa.table({})
        return table

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """The answer to ``query``, a batch at a time, for answers larger than memory."""
        answer = self._asked(query, None)
        if answer is not None:
            yield from pa.RecordBatchReader.from_stream(answer)

    def pandas(self, query: str, parameters: list[Any] | None = None) -> pd.DataFrame:
        """The answer to ``query`` as a pandas frame."""
        try:
            import pandas as pd  # noqa: F401
        except ImportError:
            raise MissingExtra("pandas frames", "frames") from None
        frame: pd.DataFrame = self.sql(query, parameters).to_pandas()
        return frame

    def polars(self, query: str, parameters: list[Any] | None = None) -> pl.DataFrame:
        """The answer to ``query`` as a polars frame."""
        try:
            import polars as pl
        except ImportError:
            raise MissingExtra("polars frames", "frames") from None
        frame = pl.from_arrow(self.sql(query, parameters))
        assert isinstance(frame, pl.DataFrame)
        return frame

    def about(self) -> str:
        """The tables and views with their columns, a paragraph each."""
        lines = (
            f"{name}: {', '.join(self.sql(f'FROM {name} LIMIT 0').schema.names)}"
            for name in self.names()
        )
        return "\n".join(fill(line, width=96, subsequent_indent="    ") for line in lines) + "\n"

    def names(self) -> list[str]:
        """The tables and views that can be asked."""
        return [*TABLES, *VIEWS]

    def _asked(self, query: str, parameters: list[Any] | None) -> duckdb.DuckDBPyRelation | None:
        import duckdb

        try:
            return self._connection.sql(query, params=parameters)
        except duckdb.Error as fault:
            raise UsageError(f"the query cannot be answered: {fault}") from None

    def _add_table(self, name: str) -> None:
        files = [str(path) for path in part_files(self.folder, name)]
        if files:
            listed = ", ".join("'" + one.replace("'", "''") + "'" for one in files)
            self._connection.execute(f"CREATE VIEW {name} AS FROM read_parquet([{listed}])")
        else:
            self._connection.register(name, TABLES[name].empty_table())

    def _add_cells_of_metrics(self, catalogue: Catalogue) -> None:
        rows = list(_cells_of_metrics(catalogue))
        columns = zip(*rows, strict=True)
        types = {"metric": pa.string(), "ref": pa.string(), "factor": pa.decimal128(9, 4)}
        arrays = [pa.array(one, kind) for one, kind in zip(columns, types.values(), strict=True)]
        self._connection.register("metric_cells", pa.table(arrays, names=list(types)))


def _connect() -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("asking a dataset", "bulk") from None
    return duckdb.connect()


def _cells_of_metrics(catalogue: Catalogue) -> Iterator[tuple[str, str, Decimal]]:
    """Metric, cell and factor, for every cell of the sum that the metric's first reading names."""
    cells = list(dict.fromkeys(_cells(catalogue)))
    for reading in catalogue.all(Reading).values():
        if reading.metric != "*" and reading.order == 1:
            for term in parse_sum(reading.cells):
                yield from ((reading.metric, ref, term.factor) for ref in _meant(term, cells))
    # The form of 2014 has a row for each metric.
    for table, row, column in cells:
        if table == "statistics":
            yield row, f"{table}/{row}/{column}", Decimal(1)


def _cells(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for form in catalogue.all(Form).values():
        for row in form.rows:
            for column in form.columns:
                yield form.table, row.id, column.id


def _meant(term: CellPattern, cells: list[tuple[str, str, str]]) -> Iterator[str]:
    for table, row, column in cells:
        if term.matches(table, row, column):
            yield f"{table}/{row}/{column}"
