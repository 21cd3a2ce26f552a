"""A check: one equation confronted with the numbers of one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gipr_nlp.reconcile.comparison import Result
from gipr_nlp.reconcile.operands import Operand, Sum
from gipr_nlp.records import Finding, Term

Bond = Literal["equal", "at_most", "share", "growth", "growth_by"]


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of ``equation`` between ``left`` and ``right``, before it is told as a finding.

    ``bond`` is how the sides hold each other, where a change of one number can be worked out
    from the others. ``notes`` are further places worth naming. ``apart``: the sides turned out
    to speak of different things.
    """

    equation: str
    result: Result
    message: str
    message_en: str
    left: Sum
    right: Sum
    reading: str | None = None
    bond: Bond | None = None
    notes: tuple[Term, ...] = ()
    apart: bool = False

    @property
    def failed(self) -> bool:
        """Whether the check is an error by itself."""
        return self.result.severity == "error"

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The operands of both sides."""
        return self.left.operands + self.right.operands

    @property
    def refs(self) -> frozenset[str]:
        """The figures and cells that take part."""
        return frozenset(operand.ref for operand in self.operands)

    def finding(self, identifier: str) -> Finding:
        """The check as a record."""
        return Finding(
            id=identifier,
            check=self.equation,
            outcome=self.result.outcome,
            severity=self.result.severity,
            message=self.message,
            message_en=self.message_en,
            reading=self.reading,
            terms=self._terms(),
            expected=self.right.total(),
            actual=self.left.total(),
        )

    def _terms(self) -> tuple[Term, ...]:
        """The operands and the further places, each place once."""
        own = [operand.term() for operand in self._shown()]
        claims = [term for term in self.notes if term.kind == "claim"]
        others = {term.ref: term for term in self.notes if term.kind != "claim"}
        for term in own:
            others.pop(term.ref, None)
        return (*own, *claims, *others.values())

    def _shown(self) -> list[Operand]:
        """The operands worth naming: blank cells only where they are the point."""
        named = {one.ref: one for one in self.operands if not one.implied or one.derived}
        if len(named) < 2:
            lone = (*self.left.operands[:1], *self.right.operands[:1])
            named = {one.ref: one for one in lone} | named
        return list(named.values())
