"""What the spans of ``doc.spans`` know: their record, value, unit, metric.

The records lie as plain data in ``doc.user_data``, by the name of the group and the id of the
span, so that they travel with ``doc.to_bytes`` and with ``DocBin(store_user_data=True)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from spacy.tokens import Doc, Span

from gipr_nlp.interval import Interval
from gipr_nlp.records import Figure, Place, Quantity, Section, Topic

USER_DATA = "gipr_nlp"
RECORDS: dict[str, type[Place]] = {
    "sections": Section,
    "quantities": Quantity,
    "figures": Figure,
    "topics": Topic,
}
_INTERVAL = TypeAdapter(Interval)


def write_spans(doc: Doc, group: str, items: Iterable[tuple[Place, str, tuple[int, int]]]) -> None:
    """Each record as a span of ``doc.spans[group]`` with a label, at its characters of the doc."""
    spans: list[Span] = []
    kept: dict[str, Any] = {}
    for number, (record, label, (start, end)) in enumerate(items):
        name = f"{group}:{number}"
        span = doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            kept[name] = _plain(record)
    doc.spans[group] = spans
    doc.user_data[USER_DATA] = {**doc.user_data.get(USER_DATA, {}), **kept}


def record_of(span: Span) -> Any:
    """The ``Section``, ``Quantity``, ``Figure`` or ``Topic`` of a span, or None."""
    data = span.doc.user_data.get(USER_DATA, {}).get(span.id_)
    return None if data is None else RECORDS[span.id_.partition(":")[0]].model_validate(data)


def _plain(record: Place) -> dict[str, Any]:
    """The record as data that msgpack can hold."""
    data = record.model_dump(mode="json")
    if isinstance(record, Quantity | Figure):
        data["interval"] = _INTERVAL.dump_python(record.interval, mode="json")
    return data


def _value(span: Span) -> Decimal | None:
    return getattr(record_of(span), "value", None)


def _unit(span: Span) -> str | None:
    return getattr(record_of(span), "unit", None)


def _metric(span: Span) -> str | None:
    return getattr(record_of(span), "metric", None)


def register() -> None:
    """Make ``span._.record``, ``value``, ``unit`` and ``metric`` known to spaCy."""
    getters = {"record": record_of, "value": _value, "unit": _unit, "metric": _metric}
    for name, getter in getters.items():
        Span.set_extension(name, getter=getter, force=True)
