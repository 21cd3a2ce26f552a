"""What a comparison over the years found, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from gipr_nlp.records import Finding, Report
from gipr_nlp.render.terminal import painted, printable
from gipr_nlp.render.words import Language, say

_COLOUR = {"error": "red", "warning": "yellow", "note": "dim", "ok": "green"}


def years_text(
    reports: Sequence[Report], findings: Sequence[Finding], language: Language, *, colour: bool
) -> str:
    """The reports that were compared and the findings, by severity."""
    lines = [
        printable(f"{one.organization or '?'}  {one.year or '?'}  {one.source.path or '-'}")
        for one in sorted(reports, key=lambda one: (one.organization or "", one.year or 0))
    ]
    errors = sum(one.severity == "error" for one in findings)
    verdict = (
        painted("✗ " + say(language, "verdict_errors", errors=errors), "red", on=colour)
        if errors
        else painted("✓ " + say(language, "verdict_clean"), "green", on=colour)
    )
    compared = sum(one.outcome != "not_comparable" for one in findings)
    told = (
        say(language, "checked_years", checks=compared)
        if compared
        else say(language, "nothing_checked", reason=say(language, "no_years"))
    )
    lines += ["", verdict, told]
    for severity in ("error", "warning", "note"):
        chosen = [one for one in findings if one.severity == severity]
        if chosen:
            lines += ["", painted(say(language, severity), "bold", on=colour)]
        for number, one in enumerate(chosen, 1):
            message = one.message if language == "zh" else one.message_en
            lines.append(
                f"{number:>3}. {painted(printable(message), _COLOUR[severity], on=colour)}"
            )
    return "\n".join(lines) + "\n"


def years_json(reports: Sequence[Report], findings: Sequence[Finding]) -> str:
    """The reports that were compared and every finding."""
    told = [
        {"path": one.source.path, "organization": one.organization, "year": one.year}
        for one in reports
    ]
    data = {"reports": told, "findings": [one.model_dump(mode="json") for one in findings]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
