"""Whole corpora: an Arrow kernel, a local pool that survives its documents, Parquet, DuckDB."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["Corpus", "Dataset", "Kernel", "Options", "Settings", "run_corpus"]

_HOMES = {
    "Corpus": "gipr_nlp.bulk.inputs",
    "Dataset": "gipr_nlp.bulk.query",
    "Kernel": "gipr_nlp.bulk.kernel",
    "Options": "gipr_nlp.bulk.run",
    "Settings": "gipr_nlp.bulk.settings",
    "run_corpus": "gipr_nlp.bulk.run",
}

if TYPE_CHECKING:
    from gipr_nlp.bulk.inputs import Corpus
    from gipr_nlp.bulk.kernel import Kernel
    from gipr_nlp.bulk.query import Dataset
    from gipr_nlp.bulk.run import Options, run_corpus
    from gipr_nlp.bulk.settings import Settings


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
