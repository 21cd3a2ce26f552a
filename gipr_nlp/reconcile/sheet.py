"""The cells of one report's tables, addressed by name and summed by pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from gipr_nlp.catalogue.sums import CellPattern, parse_sum
from gipr_nlp.reconcile.operands import Operand, Sum, cell_operand
from gipr_nlp.records import Cell, Table


@dataclass(frozen=True)
class Shape:
    """Which cells some tables have, and in which editions: all that decides where equations apply."""

    editions: tuple[tuple[str, str], ...]
    refs: tuple[str, ...]

    def rows(self, table: str) -> list[str]:
        """The rows of ``table``, in order."""
        return list(dict.fromkeys(row for row, _ in self._by_table.get(table, ())))

    def columns(self, table: str) -> list[str]:
        """The columns of ``table``, in order."""
        return list(dict.fromkeys(column for _, column in self._by_table.get(table, ())))

    def select(self, pattern: CellPattern) -> tuple[str, ...]:
        """The cells that ``pattern`` names, in the order of the table."""
        key = (pattern.table, pattern.row, pattern.column)
        if key not in self._selected:
            self._selected[key] = tuple(
                f"{pattern.table}/{row}/{column}"
                for row, column in self._by_table.get(pattern.table, ())
                if pattern.matches(pattern.table, row, column)
            )
        return self._selected[key]

    @cached_property
    def known(self) -> frozenset[str]:
        """The cells as a set."""
        return frozenset(self.refs)

    @cached_property
    def _selected(self) -> dict[tuple[str, str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def _by_table(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for ref in self.refs:
            table, row, column = ref.split("/")
            found.setdefault(table, []).append((row, column))
        return found


@lru_cache(maxsize=64)
def shape_of(editions: tuple[tuple[str, str], ...], refs: tuple[str, ...]) -> Shape:
    """The shape of these cells; most reports print the same few forms, so shapes are kept."""
    return Shape(editions, refs)


@dataclass
class Sheet:
    """One statutory table of each kind: its cells, and the operand that each of them gives.

    ``operands`` lacks the cells that have no value (missing, ambiguous); ``telling`` are those
    of them that are not zero, ``filled`` the tables in which anything was filled in. Where a report has a table twice, the second is no
    ``primary`` sheet: its cells go by the same names, so changes are not sought in it.
    """

    tables: tuple[Table, ...]
    primary: bool = True
    cells: dict[str, Cell] = field(init=False)
    operands: dict[str, Operand] = field(init=False)
    telling: set[str] = field(init=False)
    filled: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = {cell.ref: cell for table in self.tables for cell in table.cells}
        read = ((ref, cell_operand(cell, ref)) for ref, cell in self.cells.items())
        self.operands = {ref: operand for ref, operand in read if operand is not None}
        self.filled = frozenset(
            cell.table for cell in self.cells.values() if cell.state in {"stated", "ambiguous"}
        )
        self.telling = {ref for ref, operand in self.operands.items() if operand.value}

    @cached_property
    def shape(self) -> Shape:
        """The cells that there are, without what they say."""
        return shape_of(tuple((one.id, one.form) for one in self.tables), tuple(self.cells))

    def fill(self, total: Operand) -> None:
        """Gives a blank total what its parts add up to."""
        self.operands[total.ref] = total
        self.telling.add(total.ref)

    def lines(self) -> Iterator[list[Operand]]:
        """The rows and the columns of every table, as the operands that stand in them."""
        lines: dict[tuple[str, str, str], list[Operand]] = {}
        for ref, operand in self.operands.items():
            cell = self.cells[ref]
            lines.setdefault((cell.table, "row", cell.row), []).append(operand)
            lines.setdefault((cell.table, "column", cell.column), []).append(operand)
        yield from lines.values()

    def sum_of(self, text: str) -> tuple[Sum, tuple[Cell, ...]] | None:
        """The sum that ``text`` describes and the cells of it that have no value.

        ``None`` where the tables have no such cells at all. A term of which an edition has no
        rows (其他处理 in three rows or in one) counts as nothing, unless the whole sum does.
        """
        terms = []
        unknown = []
        for pattern in parse_sum(text):
            for ref in self.shape.select(pattern):
                operand = self.operands.get(ref)
                if operand is None:
                    unknown.append(self.cells[ref])
                else:
                    terms.append((pattern.factor, operand))
        if not terms and not unknown:
            return None
        return Sum(tuple(terms)), tuple(unknown)


def sheets_of(tables: Iterable[Table]) -> list[Sheet]:
    """The tables as sheets: the first of each kind together, then the second of each, and so on."""
    layers: list[dict[str, list[Table]]] = []
    for table in tables:
        for layer in layers:
            if not any(_overlap(table, one) for one in layer.get(table.id, ())):
                layer.setdefault(table.id, []).append(table)
                break
        else:
            layers.append({table.id: [table]})
    return [
        Sheet(tuple(one for group in layer.values() for one in group), primary=n == 0)
        for n, layer in enumerate(layers)
    ]


def _overlap(one: Table, other: Table) -> bool:
    return not {cell.ref for cell in one.cells}.isdisjoint(cell.ref for cell in other.cells)
