"""Finds the numbers of a text, with unit, approximation and what they stand for."""

from gipr_nlp.quantities.find import find_quantities, number_end

__all__ = ["find_quantities", "number_end"]
