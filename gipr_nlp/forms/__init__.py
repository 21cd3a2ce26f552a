"""The statutory tables of a document: read by aligning what is there to the forms of the law."""

from gipr_nlp.forms.settle import settle
from gipr_nlp.forms.tables import read_tables

__all__ = ["read_tables", "settle"]
