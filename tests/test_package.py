"""What ships: the wheel carries its data and works elsewhere; versions and changelog agree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gipr_nlp

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree and installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        target,
        wheel,
    ]
    subprocess.run(install, check=True, capture_output=True)
    return target


def run_elsewhere(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys, gipr_nlp.cli as c; print(c.__file__, file=sys.stderr); sys.exit(c.main())"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=site.parent,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_checks_a_report_elsewhere(installed: Path) -> None:
    done = run_elsewhere(installed, "check", str(ROOT / "corpus/reports/ningwu-2020.txt"))
    assert str(installed) in done.stderr
    assert done.returncode == 0, done.stderr
    assert "83" in done.stdout


def test_the_wheel_holds_the_catalogue_and_the_type_marker(installed: Path) -> None:
    own = {path.name for path in (ROOT / "gipr_nlp/catalogue").glob("*.toml")}
    assert own
    assert own == {path.name for path in (installed / "gipr_nlp/catalogue").glob("*.toml")}
    assert (installed / "gipr_nlp/py.typed").exists()


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.split("## ")[1].split()[0] == gipr_nlp.__version__
