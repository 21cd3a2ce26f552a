"""From the narrative's numbers to figures: what each one counts, when, of what it is a part."""

from gipr_nlp.figures.narrative import read_narrative

__all__ = ["read_narrative"]
