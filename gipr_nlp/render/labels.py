"""The names of metrics, rows and columns as the catalogue has them."""

from __future__ import annotations

from gipr_nlp.catalogue import Catalogue
from gipr_nlp.catalogue.metrics import Metric
from gipr_nlp.render.words import Language

_SUFFIXES = {
    "_yoy_pct": {"zh": "同比", "en": "change on last year, %"},
    "_yoy_delta": {"zh": "比上年增减", "en": "change on last year"},
    "_share": {"zh": "占比", "en": "share"},
    "_part": {"zh": "部分", "en": "part"},
}


def metric_label(catalogue: Catalogue, metric: str, language: Language) -> str:
    """The name of ``metric``, derived ones (share, change, part) included."""
    metrics = catalogue.all(Metric)
    if metric in metrics:
        return getattr(metrics[metric], language)
    for suffix, words in _SUFFIXES.items():
        base = metric.removesuffix(suffix)
        if base in metrics and base != metric:
            return f"{getattr(metrics[base], language)}{'' if language == 'zh' else ', '}{words[language]}"
    return metric
