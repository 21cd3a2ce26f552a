"""The pages that are made from the catalogue are those that it makes now; links lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from gipr_nlp.catalogue import default_catalogue

DOCS = Path(__file__).parent.parent / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), *sorted(DOCS.parent.glob("*.md"))]


def test_made_pages_are_up_to_date() -> None:
    build = runpy.run_path(str(DOCS / "build.py"))
    for name, text in build["pages"](default_catalogue()).items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, "run python docs/build.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
