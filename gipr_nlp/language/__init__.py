"""spaCy over the library: a picklable tokenizer, components that write ``doc.spans``, attributes.

``load()`` returns a pipeline with the factories ``gipr_sections``, ``gipr_quantities``,
``gipr_figures`` and ``gipr_topics``; with the package installed, spaCy finds the factories and
the tokenizer by itself (entry points).
"""

from gipr_nlp.language.pipeline import load

__all__ = ["load"]
