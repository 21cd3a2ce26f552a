"""Writes the pages that are made from the catalogue: ``python docs/build.py [--check]``."""

from __future__ import annotations

import sys
from pathlib import Path

from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.catalogue.equations import Equation
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.render.metrics import metrics_as

FOLDER = Path(__file__).parent


def pages(catalogue: Catalogue) -> dict[str, str]:
    """The text of every page that is made, by file name."""
    return {
        "metrics.md": "# Metrics\n\nMade by `python docs/build.py`.\n\n"
        + metrics_as("markdown", catalogue, "en"),
        "equations.md": _equations(catalogue),
    }


def _equations(catalogue: Catalogue) -> str:
    lines = [
        "# Equations",
        "",
        "Made by `python docs/build.py`. What is compared, by the id that a finding's `check` names.",
        "",
        "| check | kind | what must hold | 关系 | severity | source |",
        "|---|---|---|---|---|---|",
    ]
    for row in catalogue.all(Equation).values():
        told = (row.id, row.kind, row.en, row.zh, row.severity, row.source)
        lines.append("| `{}` | {} | {} | {} | {} | {} |".format(*told))
    lines += [
        "",
        "## Sums of the forms",
        "",
        "| form | editions | sum | total | parts |",
        "|---|---|---|---|---|",
    ]
    for form in catalogue.all(Form).values():
        for rule in form.sums:
            sides = (" + ".join(rule.total), " + ".join(rule.parts))
            editions = ", ".join(form.editions)
            lines.append(f"| `{form.id}` | {editions} | `{rule.id}` | {sides[0]} | {sides[1]} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the pages, or with ``--check`` tells which are not up to date."""
    stale = [
        name
        for name, text in pages(default_catalogue()).items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        print(*(f"{name} is not up to date: python docs/build.py" for name in stale), sep="\n")
        return 1 if stale else 0
    for name, text in pages(default_catalogue()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
