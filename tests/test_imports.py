"""Imports run one way; the public surface is what it says; importing it is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gipr_nlp

PACKAGE = Path(gipr_nlp.__file__).parent

# A module may import what stands before it. Modules on one line do not know each other.
ORDER = [
    {"errors", "interval", "mapped"},
    {"records"},
    {"catalogue"},
    {"sources"},
    {"quantities", "segment"},
    {"figures", "forms"},
    {"reconcile"},
    {"language"},
    {"analysis"},
    {"bulk", "render"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


# The folders of figures, in the same way; the modules beside them may import all of them.
FIGURES = ["text", "topics", "binding", "relations"]


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imported_parts(path: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
            if node.module == "gipr_nlp":
                names = [f"gipr_nlp.{alias.name}" for alias in node.names]
        parts |= {part_of(name) for name in names if name.split(".")[0] == "gipr_nlp"}
    return parts


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    public = set(gipr_nlp.__all__) | {"__version__", "__init__"}
    for part in imported_parts(path) - public - {own}:
        assert RANK[part] < RANK[own], f"{own} imports {part}"


@pytest.mark.parametrize("folder", FIGURES)
def test_the_folders_of_figures_import_one_way(folder: str) -> None:
    allowed = FIGURES[: FIGURES.index(folder) + 1]
    for path in (PACKAGE / "figures" / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "gipr_nlp.figures"
            ):
                assert (node.module or "").split(".")[2] in allowed, path


def test_public_names_exist_and_are_sorted() -> None:
    assert list(gipr_nlp.__all__) == sorted(gipr_nlp.__all__)
    for name in gipr_nlp.__all__:
        assert getattr(gipr_nlp, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        gipr_nlp.nonsense  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import gipr_nlp; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(*new - sys.stdlib_module_names)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == ["gipr_nlp"]


def test_a_check_of_text_needs_no_heavy_package() -> None:
    code = (
        "import sys, gipr_nlp; gipr_nlp.read_text('2021年，全县共受理申请83件。');"
        "print(*{'spacy', 'jieba', 'pyarrow', 'pdfplumber', 'docx', 'pandas', 'numpy'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""
