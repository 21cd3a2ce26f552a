"""Figures and tables against each other: what agrees, what does not, and what would mend it."""

from gipr_nlp.reconcile.verdict import Verdict, reconcile
from gipr_nlp.reconcile.years.compare import compare_years

__all__ = ["Verdict", "compare_years", "reconcile"]
