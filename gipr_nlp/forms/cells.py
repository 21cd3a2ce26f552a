"""From lines to cells: each line's slots to its columns, the sums of the form deciding the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gipr_nlp.catalogue.forms import Form, FormColumn, FormRow, FormSum
from gipr_nlp.forms.fit import Habits, Values, fit, number, numbers_in
from gipr_nlp.forms.rows import BROKEN
from gipr_nlp.forms.slots import fits
from gipr_nlp.forms.solve import Balance, CellKey, OpenRow, surviving_ways
from gipr_nlp.forms.split import Sum
from gipr_nlp.forms.values import Reading, Slot, value_of
from gipr_nlp.records import Cell

_ZERO = Decimal(0)
_NAUGHT = {"", "0", "-"}


@dataclass(frozen=True, slots=True)
class LineCells:
    """The slots of one line, and the cells (with their columns) that the line has to fill.

    ``sums`` are those of the form within the line, as places of its cells.
    """

    form: Form
    cells: tuple[CellKey, ...]
    columns: tuple[FormColumn, ...]
    sums: tuple[Sum, ...]
    slots: tuple[Slot, ...] = ()
    joined: bool = False

    @classmethod
    def of(cls, form: Form, cells: Iterable[CellKey], columns: Iterable[FormColumn]) -> LineCells:
        """A line of the form for these cells; its slots are yet to be read."""
        own = tuple(cells)
        return cls(form, own, tuple(columns), tuple(_sums_within(form.sums, own)))

    def filled(self, slots: Iterable[Slot], *, joined: bool = False) -> LineCells:
        """The line with these slots."""
        return LineCells(self.form, self.cells, self.columns, self.sums, tuple(slots), joined)

    @property
    def printed(self) -> list[Slot]:
        """The slots that are not empty."""
        return [slot for slot in self.slots if not slot.empty]

    @property
    def exact(self) -> bool:
        """Whether the line has a slot for each of its cells."""
        return fits(self.slots, len(self.cells))

    def rank(self, slots: Sequence[Slot]) -> int:
        """Of slots, one for each cell of the line, how well its sums hold: 0 is best.

        ``BROKEN`` for each sum that does not hold, 1 for each total that is left empty beside parts.
        """
        if not self.sums or all(slot.text in _NAUGHT for slot in slots):
            return 0
        values = [value_of(*one) for one in zip(slots, self.columns, strict=True)]
        return sum(_cost(rule, values) for rule in self.sums)


def _cost(rule: Sum, values: Sequence[Decimal | None]) -> int:
    parts = sum((values[place] or _ZERO for place in rule.parts), _ZERO)
    total = values[rule.total]
    if total is None:
        return 1 if parts else 0
    return 0 if total == parts else BROKEN


@dataclass(frozen=True, slots=True)
class Writing:
    """How the tables of a document are written: ``joined`` without separators, ``full`` without
    leaving cells blank."""

    joined: bool
    full: bool


def writing(lines: Sequence[LineCells]) -> Writing:
    """How the document is written whose tables have these lines.

    Cells are never left blank where every joined line has digits for all of its cells, and
    zeros stand for nothing.
    """
    printed = [line for line in lines if any(slot.text for slot in line.slots)]
    joined = [line for line in printed if line.joined]
    is_joined = len(joined) * 2 > len(printed)
    full = (
        is_joined
        and any(line.printed[0].text.startswith("0") for line in printed)
        and all(numbers_in(line.slots) >= len(line.cells) for line in lines)
    )
    return Writing(is_joined, full)


def fill(
    table: str,
    lines: Sequence[LineCells],
    missing: Iterable[CellKey],
    at: int,
    manner: Writing,
) -> list[Cell]:
    """The cells of the lines and, as ``missing``, those that no line holds (placed ``at``)."""
    habits = _habits(lines, manner)
    ways = [fit(line.slots, line.columns, line.sums, habits) for line in lines]
    absent = list(missing)
    kept = undecided(lines, ways, absent)
    cells = [
        cell
        for line, found in zip(lines, kept, strict=True)
        for cell in to_cells(table, line, found)
    ]
    return cells + [
        Cell(table=table, row=row, column=column, state="missing", start=at, end=at)
        for row, column in absent
    ]


def column_of(form: Form, cell: Cell) -> FormColumn:
    """The column of a cell, with the unit and the scale that its row has of its own."""
    row = next(one for one in form.rows if one.id == cell.row)
    column = next(
        one
        for one in form.columns
        if one.id == cell.column and (not one.editions or cell.form in {None, *one.editions})
    )
    return of_row(column, row)


def of_row(column: FormColumn, row: FormRow) -> FormColumn:
    """The column with the unit and the scale that the row has of its own."""
    if row.scale is None and not row.unit:
        return column
    scale = column.scale if row.scale is None else row.scale
    unit = row.unit.lstrip("万") if scale != 1 else row.unit
    return column.model_copy(update={"scale": scale, "unit": unit})


def _habits(lines: Sequence[LineCells], manner: Writing) -> Habits:
    if manner.joined:
        return Habits(blanks=manner.full, glued=True)
    exact = [line for line in lines if line.exact]
    short = [line for line in lines if not line.exact and line.printed]
    blanks = any(slot.empty for line in lines for slot in line.slots) or not short
    whole = any(line.slots[len(line.cells) - 1].empty for line in exact) or not short
    return Habits(blanks=blanks, totals=_prints_totals(exact), whole=whole)


def _prints_totals(lines: Sequence[LineCells]) -> bool | None:
    """Whether lines that print a number print the total of it too; ``None`` if none tells."""
    shown: list[bool] = []
    for line in lines:
        for rule in line.sums:
            if any(_prints_number(line.slots[place]) for place in rule.parts):
                shown.append(not line.slots[rule.total].empty)
    return any(shown) if shown else None


def _prints_number(slot: Slot) -> bool:
    return any(character in "123456789" for character in slot.text)


def _sums_within(rules: Iterable[FormSum], cells: Sequence[CellKey]) -> Iterator[Sum]:
    places = {cell: place for place, cell in enumerate(cells)}
    rows = dict.fromkeys(row for row, _ in cells)
    for rule in rules:
        if rule.among == "columns" and rule.relation == "equal":
            for row in rows:
                if all((row, one) in places for one in (*rule.total, *rule.parts)):
                    parts = tuple(places[row, one] for one in rule.parts)
                    yield Sum(places[row, rule.total[0]], parts)


def undecided(
    lines: Sequence[LineCells], ways: Sequence[list[Values]], missing: Sequence[CellKey]
) -> list[list[Values]]:
    """The ways that the equations between the lines leave to each line; ``missing`` are the cells
    that no line holds."""
    open_places = [place for place, found in enumerate(ways) if len(found) > 1]
    if not open_places:
        return list(ways)
    fixed, unknown = _known(lines, ways, missing)
    balances = _balances(lines, unknown)
    rows = [OpenRow(lines[place].cells, tuple(ways[place])) for place in open_places]
    kept = list(ways)
    for place, left in zip(open_places, surviving_ways(rows, fixed, balances), strict=True):
        kept[place] = list(left)
    return kept


def _known(
    lines: Sequence[LineCells], ways: Sequence[list[Values]], missing: Sequence[CellKey]
) -> tuple[dict[CellKey, Decimal], set[CellKey]]:
    """The values of the lines that can be read in one way only, and the cells nobody can read."""
    fixed: dict[CellKey, Decimal] = {}
    unknown = set(missing)
    for line, found in zip(lines, ways, strict=True):
        if not found:
            unknown |= set(line.cells)
        elif len(found) == 1:
            is_empty = all(one is None or one.value is None for one in found[0])
            for cell, reading in zip(line.cells, found[0], strict=True):
                illegible = reading is not None and reading.state == "ambiguous"
                if illegible or (is_empty and _is_total(line.form, cell[0])):
                    unknown.add(cell)
                else:
                    fixed[cell] = number(reading)
    return fixed, unknown


def _is_total(form: Form, row: str) -> bool:
    """Whether the row is the sum of others: left empty, it does not say that they are zero."""
    return any(rule.among == "rows" and rule.total == (row,) for rule in form.sums)


def _balances(lines: Sequence[LineCells], unknown: set[CellKey]) -> list[Balance]:
    seen: dict[tuple[str, str], tuple[FormSum, dict[str, None]]] = {}
    for line in lines:
        for rule in line.form.sums:
            if rule.among == "rows":
                columns = seen.setdefault((line.form.id, rule.id), (rule, {}))[1]
                columns.update(dict.fromkeys(column for _, column in line.cells))
    known = {cell for line in lines for cell in line.cells} | unknown
    return [
        _balance(rule, column, known, unknown)
        for rule, columns in seen.values()
        for column in columns
    ]


def _balance(rule: FormSum, column: str, known: set[CellKey], unknown: set[CellKey]) -> Balance:
    weights = {
        (row, column): weight
        for names, weight in ((rule.total, -1), (rule.parts, 1))
        for row in names
        if (row, column) in known
    }
    signs = {weight for cell, weight in weights.items() if cell in unknown}
    return Balance(
        {cell: weight for cell, weight in weights.items() if cell not in unknown},
        open_up=1 in signs or rule.relation == "at_most",
        open_down=-1 in signs,
    )


def to_cells(table: str, line: LineCells, ways: Sequence[Values]) -> list[Cell]:
    """The cells of a line of which these ways of reading are left."""
    if len(ways) == 1:
        return [_read_cell(table, line, place, one) for place, one in enumerate(ways[0])]
    return [
        _cell(table, line, place, [way[place] for way in ways]) for place in range(len(line.cells))
    ]


def _cell(table: str, line: LineCells, place: int, readings: Sequence[Reading | None]) -> Cell:
    if len({_meaning(one) for one in readings}) == 1:
        return _read_cell(table, line, place, readings[0])
    row, column = line.cells[place]
    values = sorted({one.value for one in readings if one is not None and one.value is not None})
    printed = line.printed
    return Cell(
        table=table, row=row, column=column, state="ambiguous", candidates=tuple(values),
        raw=" ".join(slot.text for slot in printed),
        start=printed[0].start if printed else _line_place(line)[0],
        end=printed[-1].end if printed else _line_place(line)[1],
    )  # fmt: skip


def _read_cell(table: str, line: LineCells, place: int, reading: Reading | None) -> Cell:
    row, column = line.cells[place]
    told = reading or Reading("", *_line_place(line), "blank")
    return Cell(
        table=table, row=row, column=column, value=told.value, raw=told.raw, state=told.state,
        unit=told.unit, interval=told.interval, start=told.start, end=told.end,
    )  # fmt: skip


def _meaning(reading: Reading | None) -> tuple[str, Decimal | None]:
    return ("blank", None) if reading is None else (reading.state, reading.value)


def _line_place(line: LineCells) -> tuple[int, int]:
    """A place for a cell that has no characters of its own: the end of its line."""
    end = line.slots[-1].end if line.slots else 0
    return end, end
