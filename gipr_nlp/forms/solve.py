"""Lets the equations between rows decide what the rows alone leave open.

Every open row has a few ways of being read. A way survives if some choice of ways for the other
rows makes every equation hold; where no choice does, the table contradicts itself and nothing
is decided. Partial sums are carried row by row, and dropped as soon as what is left to come
can no longer balance them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gipr_nlp.forms.fit import Values, number

CellKey = tuple[str, str]
Vector = tuple[Decimal, ...]

MOST_STATES = 30_000
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """An equation: the weighted cells add up to zero; ``open_up`` and ``open_down`` say that cells
    which nobody can read may add to it, or take from it, any amount."""

    weights: Mapping[CellKey, int]
    open_up: bool = False
    open_down: bool = False


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row with more than one way: the cells that it fills and the ways."""

    cells: tuple[CellKey, ...]
    ways: tuple[Values, ...]


def surviving_ways(
    rows: Sequence[OpenRow], fixed: Mapping[CellKey, Decimal], balances: Sequence[Balance]
) -> list[tuple[Values, ...]]:
    """The ways of each row that take part in a choice under which all equations hold.

    ``fixed`` are the cells that are known. All ways survive where no choice satisfies the
    equations, or where there are too many to look at.
    """
    everything = [row.ways for row in rows]
    concerned = [one for one in balances if _concerns(one, rows)]
    if not concerned:
        return everything
    start = tuple(
        sum((fixed.get(cell, _ZERO) * weight for cell, weight in one.weights.items()), _ZERO)
        for one in concerned
    )
    vectors = [_vectors(row, concerned) for row in rows]
    forward = _sweep(start, vectors, concerned)
    if forward is None or not forward[-1]:
        return everything
    kept = _trace_back(forward, vectors)
    return [
        tuple(way for way, vector in zip(row.ways, given, strict=True) if vector in alive)
        for row, given, alive in zip(rows, vectors, kept, strict=True)
    ]


def _concerns(balance: Balance, rows: Sequence[OpenRow]) -> bool:
    return any(cell in balance.weights for row in rows for cell in row.cells)


def _vectors(row: OpenRow, balances: Sequence[Balance]) -> list[Vector]:
    """What each way of the row adds to each equation."""
    weights = [[one.weights.get(cell, 0) for cell in row.cells] for one in balances]
    return [
        tuple(
            sum((number(one) * weight for one, weight in zip(way, line, strict=True)), _ZERO)
            for line in weights
        )
        for way in row.ways
    ]


def _sweep(
    start: Vector, vectors: Sequence[Sequence[Vector]], balances: Sequence[Balance]
) -> list[set[Vector]] | None:
    """The sums that can be reached after each row and still be balanced; ``None``: too many."""
    lows, highs = _reach(vectors, balances)
    layers = [{start}]
    for place, choices in enumerate(vectors):
        reached: set[Vector] = set()
        for vector in set(choices):
            for state in layers[-1]:
                total = tuple(map(Decimal.__add__, state, vector))
                if _can_balance(total, lows[place + 1], highs[place + 1]):
                    reached.add(total)
            if len(reached) > MOST_STATES:
                return None
        layers.append(reached)
    return layers


_Bound = tuple[Decimal | None, ...]


def _reach(
    vectors: Sequence[Sequence[Vector]], balances: Sequence[Balance]
) -> tuple[list[_Bound], list[_Bound]]:
    """The least and the most that the rows from each place on can add; ``None`` is no limit."""
    low: list[Decimal | None] = [None if one.open_down else _ZERO for one in balances]
    high: list[Decimal | None] = [None if one.open_up else _ZERO for one in balances]
    lows, highs = [tuple(low)], [tuple(high)]
    for choices in reversed(vectors):
        for place in range(len(balances)):
            amounts = [vector[place] for vector in choices]
            low[place] = _plus(low[place], min(amounts))
            high[place] = _plus(high[place], max(amounts))
        lows.append(tuple(low))
        highs.append(tuple(high))
    return lows[::-1], highs[::-1]


def _plus(bound: Decimal | None, amount: Decimal) -> Decimal | None:
    return None if bound is None else bound + amount


def _can_balance(total: Vector, low: _Bound, high: _Bound) -> bool:
    return all(
        (least is None or amount + least <= 0) and (most is None or amount + most >= 0)
        for amount, least, most in zip(total, low, high, strict=True)
    )


def _trace_back(
    layers: Sequence[set[Vector]], vectors: Sequence[Sequence[Vector]]
) -> list[set[Vector]]:
    """The contributions of each row that lie on a path to a balanced end."""
    alive = layers[-1]
    kept: list[set[Vector]] = []
    for place in range(len(vectors) - 1, -1, -1):
        useful: set[Vector] = set()
        before: set[Vector] = set()
        for vector in set(vectors[place]):
            sources = {
                state
                for state in layers[place]
                if tuple(map(Decimal.__add__, state, vector)) in alive
            }
            if sources:
                useful.add(vector)
                before |= sources
        kept.append(useful)
        alive = before
    return kept[::-1]
