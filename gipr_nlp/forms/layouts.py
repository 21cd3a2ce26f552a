"""Which regions of a text are tables, and in which edition of which form they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.forms import Form, FormRow
from gipr_nlp.forms.align import RowKey, row_places
from gipr_nlp.forms.cells import LineCells, of_row
from gipr_nlp.forms.labels import Hit, bare_label
from gipr_nlp.forms.regions import Region, find_regions

# Tables whose heads are words that no sentence uses beside their rows.
HEADED = {"proactive", "statistics"}
MANY_ROWS = 8
# What may interrupt a table: a page border with its footer, a remark.
LONGEST_INTERRUPTION = 1500
FEWEST_CONTINUED = 2
# Fewer labels than these are a mention, not a table; 5 where a table is not named here.
FEWEST_LABELS = {"proactive": 4, "reviews": 6}
FEWEST_OF_ANY = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """What one edition of a table consists of.

    ``lines`` are the empty lines of its blocks, by block, row and edition: one block may be
    printed in another edition than the table.
    """

    table: str
    edition: str
    forms: tuple[Form, ...]
    rows: tuple[RowKey, ...]
    labels: frozenset[str]
    lines: Mapping[tuple[str, str, str], LineCells]


def fewest_labels(table: str) -> int:
    """How many labels a table of the kind has at least."""
    return FEWEST_LABELS.get(table, FEWEST_OF_ANY)


def laid_out(text: str, hits: Sequence[Hit], catalogue: Catalogue) -> list[tuple[Region, Layout]]:
    """Every region with the layout of which it shows most; where two are as good, that of the
    edition of which the whole document shows most."""
    shown: Counter[str] = Counter()
    weighed = []
    for name, layouts in layouts_of(catalogue).items():
        for region in _whole(text, find_regions(text, hits, name), layouts):
            if len(region.hits) >= fewest_labels(name) and _is_headed(text, region, layouts):
                weights = [_weight(region, layout) for layout in layouts]
                shown.update(
                    {one.edition: weight for one, weight in zip(layouts, weights, strict=True)}
                )
                weighed.append((region, layouts, weights))
    return [
        (
            region,
            max(
                zip(layouts, weights, strict=True),
                key=lambda one: (one[1], shown[one[0].edition]),
            )[0],
        )
        for region, layouts, weights in weighed
    ]


def _is_headed(text: str, region: Region, layouts: Sequence[Layout]) -> bool:
    """Whether the labels stand under the heads of a table: a sentence that lists rows has none.

    Heads are two labels of columns side by side, or one that only a table has; so many rows
    that no sentence lists them will do.
    """
    beside = any(
        one.is_kind(region.table, "column")
        and other.is_kind(region.table, "column")
        and one.label != other.label
        and not any(map(str.isdigit, text[one.end : other.start]))
        for one, other in pairwise(region.hits)
    )
    own_head = region.table in HEADED and any(
        hit.is_kind(region.table, "head") for hit in region.hits
    )
    return (
        beside
        or own_head
        or any(len(row_places(text, region.hits, one.rows)) >= MANY_ROWS for one in layouts)
    )


def _whole(text: str, regions: Sequence[Region], layouts: Sequence[Layout]) -> list[Region]:
    """The regions with the parts of one table put together that something stands between.

    A region goes on with the one before it where its rows come after the rows of that one, and
    one of the two has labels enough for a table of its own.
    """
    whole: list[Region] = []
    for region in regions:
        before = whole[-1] if whole else None
        if before is not None and _continues(text, before, region, layouts):
            whole[-1] = Region(region.table, before.hits + region.hits)
        else:
            whole.append(region)
    return whole


def _continues(text: str, one: Region, other: Region, layouts: Sequence[Layout]) -> bool:
    labels = max(len(one.hits), len(other.hits))
    apart = other.start - one.hits[-1].end
    if apart > LONGEST_INTERRUPTION or labels < fewest_labels(one.table):
        return False
    layout = max(layouts, key=lambda layout: _weight(one, layout) + _weight(other, layout))
    later = row_places(text, other.hits, layout.rows)
    if len(later) < FEWEST_CONTINUED:
        return False
    earlier = row_places(text, one.hits, layout.rows)
    return len(earlier) >= FEWEST_CONTINUED and earlier[-1] < later[0]


@lru_cache(maxsize=8)
def layouts_of(catalogue: Catalogue) -> dict[str, tuple[Layout, ...]]:
    """The editions of every table of the catalogue."""
    forms = list(catalogue.all(Form).values())
    return {
        table: tuple(
            _layout(table, edition, [one for one in forms if one.table == table])
            for edition in dict.fromkeys(
                edition for form in forms if form.table == table for edition in form.editions
            )
        )
        for table in dict.fromkeys(form.table for form in forms)
    }


def _layout(table: str, edition: str, forms: Sequence[Form]) -> Layout:
    own = tuple(form for form in forms if edition in form.editions)
    rows = tuple(RowKey(form.id, row) for form in own for row in form.rows_of(edition))
    printed = [label for key in rows for label in key.row.labels]
    printed += [label for form in own for one in form.columns_of(edition) for label in one.labels]
    lines = {
        (form.id, row.id, one): _line(form, row, one)
        for form in own
        for one in form.editions
        for row in form.rows
    }
    return Layout(table, edition, own, rows, frozenset(map(bare_label, printed)), lines)


def _line(form: Form, row: FormRow, edition: str) -> LineCells:
    """The empty line of a row in one edition."""
    columns = [of_row(column, row) for column in form.columns_of(edition)]
    return LineCells.of(form, [(row.id, column.id) for column in columns], columns)


def _weight(region: Region, layout: Layout) -> int:
    """How many ideographs of the region's labels the layout explains."""
    shown = layout.labels.intersection(hit.label for hit in region.hits)
    return sum(map(len, shown))
