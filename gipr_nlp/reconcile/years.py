"""Reports of one body for different years, held against each other."""

from __future__ import annotations

from collections.abc import Sequence

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.records import Finding, Report


def compare_years(reports: Sequence[Report], catalogue: Catalogue) -> list[Finding]:
    """What does not fit between consecutive years of one body."""
    return []
