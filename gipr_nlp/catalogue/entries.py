"""What a row of any kind has in common: an id, no unknown keys, references that exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

if TYPE_CHECKING:
    from gipr_nlp.catalogue.loader import Catalogue


TRUSTED = "trusted"
"""The key of the validation context that says that a row has been checked before."""


def _compiles(pattern: str, info: ValidationInfo) -> str:
    if info.context and info.context.get(TRUSTED):
        return pattern
    try:
        regex.compile(pattern)
    except regex.error as fault:
        raise ValueError(f"the pattern {pattern!r} does not compile: {fault}") from fault
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]


class Entry(BaseModel):
    """One row of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identifier

    def faults(self, catalogue: Catalogue) -> Iterable[str]:
        """What is wrong with this row beside the others: references to nothing, say."""
        return ()
