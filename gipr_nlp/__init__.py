"""Reads the annual information-disclosure reports of Chinese government bodies.

The public names are imported when they are first used; importing the package does nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Cell",
    "Document",
    "Figure",
    "Finding",
    "GiprError",
    "Repair",
    "Report",
    "SourceError",
    "Table",
    "compare_years",
    "extract_figures",
    "load",
    "read",
    "read_text",
]

_HOMES = {
    "Catalogue": "gipr_nlp.catalogue",
    "CatalogueError": "gipr_nlp.errors",
    "Cell": "gipr_nlp.records",
    "Document": "gipr_nlp.records",
    "Figure": "gipr_nlp.records",
    "Finding": "gipr_nlp.records",
    "GiprError": "gipr_nlp.errors",
    "Repair": "gipr_nlp.records",
    "Report": "gipr_nlp.records",
    "SourceError": "gipr_nlp.errors",
    "Table": "gipr_nlp.records",
    "compare_years": "gipr_nlp.analysis",
    "extract_figures": "gipr_nlp.analysis",
    "load": "gipr_nlp.language",
    "read": "gipr_nlp.analysis",
    "read_text": "gipr_nlp.analysis",
}

if TYPE_CHECKING:
    from gipr_nlp.analysis import compare_years, extract_figures, read, read_text
    from gipr_nlp.catalogue import Catalogue
    from gipr_nlp.errors import CatalogueError, GiprError, SourceError
    from gipr_nlp.language import load
    from gipr_nlp.records import Cell, Document, Figure, Finding, Repair, Report, Table


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
