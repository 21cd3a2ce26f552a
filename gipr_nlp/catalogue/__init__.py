"""Authored knowledge: metrics, units, forms, equations, words, as TOML rows, and their loader."""

from gipr_nlp.catalogue.loader import Catalogue, default_catalogue

__all__ = ["Catalogue", "default_catalogue"]
