"""Which number is most likely wrong: the smallest change after which every equation holds.

The error localisation problem of Fellegi and Holt (1976): over each set of violated equations
that hang together, find the fewest places (cells and figures) that can be changed so that these
equations hold and no other one breaks. Values stay non-negative, counts stay whole. Every
equally small set is kept; what looks like a slip of the hand comes first.

The search is exact for changes that follow one from another: a change is worked out from a
violated equation with all other places as they are, and so on to three changes. It is bounded
by the number of steps; what is not found within the bound is left without a repair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gipr_nlp.interval import ZERO
from gipr_nlp.reconcile.bonds import Bond
from gipr_nlp.reconcile.operands import Operand
from gipr_nlp.reconcile.slips import COST, Slip, slip_between

MOST_CHANGES = 3
_MOST_STEPS = 2500
_MOST_REPAIRS = 8
_CELL_SURCHARGE = Decimal("0.05")
# A total is worked out by hand, which its parts are not.
_TOTAL_DISCOUNT = Decimal("0.01")
# A number is sooner forgotten than invented; a neighbour's is not invented.
_INVENTED_SURCHARGE = Decimal("0.30")

_Solved = tuple[list["Bond"], tuple[tuple["Correction", ...], ...]]
Assignment = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One place of a localisation: the value that it should have, and the slip that explains it."""

    operand: Operand
    value: Decimal
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Localisation:
    """The equally small sets of changes for one set of violated equations, best first."""

    violated: tuple[Bond, ...]
    sets: tuple[tuple[Correction, ...], ...]


@dataclass
class Localiser:
    """Searches for changes among ``operands`` that satisfy all of ``bonds``.

    ``neighbours`` gives the values that stand next to a place, ``last_years`` those that the
    year before had there; ``signed`` places may be negative.
    """

    bonds: Sequence[Bond]
    operands: Mapping[str, Operand]
    signed: frozenset[str] = frozenset()
    neighbours: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    last_years: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    _by_ref: dict[str, list[Bond]] = field(init=False)
    _totals: frozenset[str] = field(init=False)
    _values: dict[str, Decimal] = field(init=False)
    _place: dict[str, int] = field(init=False)
    _steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._by_ref = defaultdict(list)
        for bond in self.bonds:
            for ref in bond.refs:
                self._by_ref[ref].append(bond)
        self._totals = frozenset(ref for bond in self.bonds for ref in bond.totals)
        self._values = {ref: operand.value for ref, operand in self.operands.items()}
        self._place = {ref: n for n, ref in enumerate(self.operands)}

    def localise(self) -> list[Localisation]:
        """The repairs of every connected set of violated equations.

        Sets that cannot be repaired each for itself are tried together: a swap of two rows
        violates equations that share no place.
        """
        self._steps = 0
        violated = [bond for bond in self.bonds if not bond.holds(self._values)]
        components = [(part, self._smallest(part)) for part in _components(violated)]
        return [
            Localisation(tuple(part), sets) for part, sets in self._joined(components, violated)
        ]

    def _joined(self, components: list[_Solved], violated: Sequence[Bond]) -> list[_Solved]:
        """The components, those put together that share a repair or can only be repaired together."""
        joined = [one for one in components if one[1]]
        open_ = [bond for part, sets in components if not sets for bond in part]
        if open_:
            joined.append((open_, self._smallest(open_)))
        for part, sets in joined:
            mended = self._mended_by(sets[0], violated) if sets else []
            if len(mended) > len(part):
                rest = [one for one in joined if not set(map(id, one[0])) & set(map(id, mended))]
                return self._joined([*rest, (mended, self._smallest(mended))], violated)
        return joined

    def _mended_by(self, corrections: Iterable[Correction], violated: Sequence[Bond]) -> list[Bond]:
        values = {**self._values, **{one.operand.ref: one.value for one in corrections}}
        return [bond for bond in violated if bond.holds(values)]

    # --- search -----------------------------------------------------------------------------

    def _smallest(self, violated: Sequence[Bond]) -> tuple[tuple[Correction, ...], ...]:
        for size in range(1, MOST_CHANGES + 1):
            found = {frozenset(one) for one in self._search(list(violated), {}, size, set())}
            if found:
                described = [self._described(dict(one)) for one in found]
                described.sort(key=lambda one: (self._cost(one), self._order(one)))
                return tuple(described[:_MOST_REPAIRS])
        return tuple(self._shifts(violated))

    def _shifts(self, violated: Sequence[Bond]) -> Iterator[tuple[Correction, ...]]:
        """Rows whose numbers all stand one column too far: many changes, but one slip."""
        touched = {ref for bond in violated for ref in bond.refs}
        for row in _rows(self.operands):
            if touched.isdisjoint(row):
                continue
            values = [self._values[ref] for ref in row]
            for moved in ([*values[1:], values[0]], [values[-1], *values[:-1]]):
                changed = {
                    ref: new for ref, old, new in zip(row, values, moved, strict=True) if old != new
                }
                if len(changed) > MOST_CHANGES and self._mends(changed, violated):
                    yield tuple(
                        Correction(self.operands[ref], value, "shifted")
                        for ref, value in changed.items()
                    )

    def _mends(self, changed: Mapping[str, Decimal], violated: Sequence[Bond]) -> bool:
        values = {**self._values, **changed}
        touched = [bond for ref in changed for bond in self._by_ref[ref]]
        return all(bond.holds(values) for bond in (*violated, *touched))

    def _search(
        self,
        violated: list[Bond],
        changed: dict[str, Decimal],
        left: int,
        seen: set[frozenset[tuple[str, Decimal]]],
    ) -> Iterator[Assignment]:
        if not violated:
            yield tuple(changed.items())
            return
        if left == 0 or _disjoint(violated, left) > left:
            return
        values = {**self._values, **changed}
        for ref, value in self._moves(violated, changed, values, single=left == 1):
            step = frozenset({**changed, ref: value}.items())
            if step in seen or self._steps >= _MOST_STEPS:
                continue
            seen.add(step)
            self._steps += 1
            still = self._violated_after(violated, ref, {**values, ref: value})
            yield from self._search(still, {**changed, ref: value}, left - 1, seen)

    def _moves(
        self,
        violated: list[Bond],
        changed: Mapping[str, Decimal],
        values: Mapping[str, Decimal],
        *,
        single: bool,
    ) -> Iterator[tuple[str, Decimal]]:
        """Changes of one place that make one violated equation hold.

        The last change must mend whatever is left, so it lies in all violated equations.
        """
        if single:
            common = frozenset.intersection(*(bond.refs for bond in violated))
            pairs = [(violated[0], ref) for ref in common]
            pairs += [(bond, ref) for bond in violated[1:] for ref in common]
        else:
            pairs = [(bond, ref) for bond in violated for ref in bond.refs]
        for bond, ref in pairs:
            if ref in changed:
                continue
            value = bond.solve(ref, values)
            if value is not None and value != values[ref] and self._allowed(ref, value):
                yield ref, value

    def _violated_after(
        self, violated: Sequence[Bond], ref: str, values: Mapping[str, Decimal]
    ) -> list[Bond]:
        touched = self._by_ref[ref]
        others = [bond for bond in violated if ref not in bond.refs]
        return others + [bond for bond in touched if not bond.holds(values)]

    def _allowed(self, ref: str, value: Decimal) -> bool:
        if ref in self.signed:
            return True
        whole = self._values[ref] == self._values[ref].to_integral_value()
        is_percent = self.operands[ref].text.rstrip().endswith(("%", "％"))
        return value >= 0 and (is_percent or not whole or value == value.to_integral_value())

    # --- ranking ----------------------------------------------------------------------------

    def _described(self, values: Mapping[str, Decimal]) -> tuple[Correction, ...]:
        swapped = {
            ref
            for ref, value in values.items()
            for other, its in values.items()
            if ref != other and value == self._values[other] and its == self._values[ref]
        }
        return tuple(
            Correction(
                self.operands[ref], value, "swapped" if ref in swapped else self._slip(ref, value)
            )
            for ref, value in sorted(values.items())
        )

    def _slip(self, ref: str, value: Decimal) -> Slip | None:
        """The likeliest way in which the number at ``ref`` came to stand for ``value``."""
        operand = self.operands[ref]
        if operand.value == 0:
            return "left_blank" if operand.implied else "left_zero"
        if operand.value in self.last_years.get(ref, ()):
            return "last_year"
        slip = slip_between(operand.value, value)
        if slip in {None, "one_digit"} and operand.value in self.neighbours.get(ref, ()):
            return "neighbour"
        return slip

    def _order(self, corrections: Iterable[Correction]) -> list[int]:
        """As printed, since the forms put first what happens most (自然人, 予以公开, 结果维持).

        Of two equal neighbours the later one first: a hand repeats what it has just written.
        """
        places = [(one.slip, self._place[one.operand.ref]) for one in corrections]
        return [-place if slip == "neighbour" else place for slip, place in places]

    def _cost(self, corrections: Iterable[Correction]) -> Decimal:
        total = ZERO
        for one in corrections:
            total += COST[one.slip]
            if one.operand.kind == "cell":
                total += _CELL_SURCHARGE
            if one.operand.ref in self._totals:
                total -= _TOTAL_DISCOUNT
            if one.value == 0 and one.slip != "neighbour":
                total += _INVENTED_SURCHARGE
        return total


def _rows(operands: Mapping[str, Operand]) -> list[list[str]]:
    """The cells of every row of the tables, totals left out."""
    rows: dict[str, list[str]] = {}
    for ref in operands:
        row, _, column = ref.rpartition("/")
        if row and column != "total":
            rows.setdefault(row, []).append(ref)
    return list(rows.values())


def _components(violated: Sequence[Bond]) -> list[list[Bond]]:
    """The violated equations, parted into sets that share no place."""
    parts: list[tuple[set[str], list[Bond]]] = []
    for bond in violated:
        joined = [part for part in parts if part[0] & bond.refs]
        refs = set(bond.refs).union(*(part[0] for part in joined))
        members = [one for part in joined for one in part[1]] + [bond]
        parts = [part for part in parts if part not in joined] + [(refs, members)]
    return [members for _, members in parts]


def _disjoint(violated: Sequence[Bond], limit: int) -> int:
    """A lower bound of the changes needed: equations that share no place, counted greedily."""
    count = 0
    used: set[str] = set()
    for bond in sorted(violated, key=lambda one: len(one.refs)):
        if not used & bond.refs:
            used |= bond.refs
            count += 1
            if count > limit:
                break
    return count
