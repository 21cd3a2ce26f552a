"""Bytes to ``Document``: text, HTML, JSON, DOCX, PDF, and the old Word kinds.

``read_path`` and ``read_document`` give a ``Document`` or raise a ``SourceError`` that says
what is wrong, where, and what to do, within the ``Limits`` of the caller.
"""

from __future__ import annotations

from gipr_nlp.sources.limits import Limits
from gipr_nlp.sources.read import read_document, read_path, text_document

__all__ = ["Limits", "read_document", "read_path", "text_document"]
