"""Reports and failures as JSON: Chinese as it is, numbers as decimal strings."""

from __future__ import annotations

import json
from typing import Any

from gipr_nlp.errors import SourceError
from gipr_nlp.interval import Interval, plain
from gipr_nlp.records import Figure, Report


def report_json(report: Report) -> str:
    """``report`` in the stable layout of the documentation (``schema_version`` names it)."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=2)


def report_data(report: Report) -> dict[str, Any]:
    """``report`` as plain dicts, lists and strings."""
    data = report.model_dump(mode="json")
    data["figures"] = [figure_data(one) for one in report.figures]
    return data


def figure_data(figure: Figure) -> dict[str, Any]:
    """``figure`` with the ends of its interval as ``low`` and ``high`` (null where there is none)."""
    return figure.model_dump(mode="json") | _ends(figure.interval)


def _ends(interval: Interval) -> dict[str, str | None]:
    return {
        "low": None if interval.low is None else plain(interval.low),
        "high": None if interval.high is None else plain(interval.high),
    }


def failure_json(path: str, fault: SourceError) -> str:
    """What stands in place of a report that could not be read."""
    failure = {"what": fault.what, "advice": fault.advice, "kind": type(fault).__name__}
    return json.dumps({"source": {"path": path}, "failure": failure}, ensure_ascii=False, indent=2)
