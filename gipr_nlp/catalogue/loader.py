"""Reads catalogue files and refuses what is wrong in them, with file, entry and reason.

A catalogue file is TOML whose top-level keys are kinds of rows (``[[metric]]``, ``[[unit]]``,
``[[form]]`` ...). All files of the library and those that a user adds make one catalogue;
within a kind an id stands once, and whatever a row refers to exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from gipr_nlp.catalogue.entries import TRUSTED, Entry
from gipr_nlp.catalogue.equations import ClaimRule, Equation, Policy, Reading, Rescue
from gipr_nlp.catalogue.forms import Form
from gipr_nlp.catalogue.metrics import Axis, Characters, Concept, Group, Metric, Topic
from gipr_nlp.catalogue.sections import SectionKind
from gipr_nlp.catalogue.units import Approximation, NonFigure, NumberWord, Numeral, Unit
from gipr_nlp.errors import CatalogueError

# tomli is the parser of the standard library, compiled: a third of the time.
toml = import_module("tomli" if find_spec("tomli") else "tomllib")

KINDS: dict[str, type[Entry]] = {
    "axis": Axis,
    "characters": Characters,
    "concept": Concept,
    "group": Group,
    "metric": Metric,
    "topic": Topic,
    "unit": Unit,
    "numeral": Numeral,
    "number_word": NumberWord,
    "approximation": Approximation,
    "nonfigure": NonFigure,
    "form": Form,
    "equation": Equation,
    "reading": Reading,
    "claim": ClaimRule,
    "rescue": Rescue,
    "policy": Policy,
    "section": SectionKind,
}

AnyEntry = TypeVar("AnyEntry", bound=Entry)
File = tuple[str, str]  # its name and its text
Rows = dict[str, dict[str, Entry]]


class Catalogue:
    """The rows of all loaded files, by kind and id. Immutable once loaded."""

    def __init__(self, rows: Mapping[str, Mapping[str, Entry]]) -> None:
        self._rows = rows

    @classmethod
    def load(cls, files: Iterable[str | Path] = ()) -> Catalogue:
        """The library's own catalogue, with the user's ``files`` added.

        Raises ``CatalogueError`` for a file that cannot be read, an unknown key, a duplicate
        id, a reference to nothing, a pattern that does not compile. The last two are not looked
        for again in the library's own rows: a test does.
        """
        return assemble(own_files(), map(_user_file, files))

    def all(self, kind: type[AnyEntry]) -> dict[str, AnyEntry]:
        """Every row of one kind, by id, in the order of the files."""
        for name, known in KINDS.items():
            if known is kind:
                return self._rows[name]  # type: ignore[return-value]
        raise KeyError(kind)


@lru_cache(maxsize=1)
def default_catalogue() -> Catalogue:
    """The library's own catalogue, loaded once per process."""
    return Catalogue.load()


def assemble(trusted: Iterable[File], checked: Iterable[File]) -> Catalogue:
    """The catalogue of all rows; of those in ``checked`` files patterns and references are tried."""
    doubtful = list(checked)
    rows: Rows = {kind: {} for kind in KINDS}
    origin: dict[tuple[str, str], str] = {}
    for file in trusted:
        _add(file, rows, origin, trust=True)
    for file in doubtful:
        _add(file, rows, origin, trust=False)
    catalogue = Catalogue(rows)
    _check_references(catalogue, origin, {name for name, _ in doubtful})
    return catalogue


def _add(file: File, rows: Rows, origin: dict[tuple[str, str], str], *, trust: bool) -> None:
    name, text = file
    for kind, entry in _entries(name, text, trust):
        if entry.id in rows[kind]:
            first = origin[kind, entry.id]
            raise CatalogueError(name, entry.id, f"this {kind} is already defined in {first}")
        rows[kind][entry.id] = entry
        origin[kind, entry.id] = name


def own_files() -> list[File]:
    """The library's own files."""
    folder = resources.files("gipr_nlp.catalogue")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return [(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names]


def _user_file(path: str | Path) -> File:
    try:
        return str(path), Path(path).read_text(encoding="utf-8-sig")
    except OSError as fault:
        reason = f"the file cannot be read: {fault.strerror}"
    except UnicodeDecodeError:
        reason = "the file is not UTF-8 text"
    raise CatalogueError(str(path), "-", reason)


def _entries(name: str, text: str, trust: bool) -> Iterable[tuple[str, Entry]]:
    try:
        content = toml.loads(text)
    except toml.TOMLDecodeError as fault:
        raise CatalogueError(name, "-", f"not valid TOML: {fault}") from fault
    for kind, rows in content.items():
        if kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            raise CatalogueError(name, kind, f"unknown kind of row; known are {known}")
        if not isinstance(rows, list):
            raise CatalogueError(name, kind, f"rows are written as [[{kind}]]")
        for position, row in enumerate(rows, 1):
            yield kind, _entry(name, kind, position, row, trust)


def _entry(name: str, kind: str, position: int, row: Any, trust: bool) -> Entry:
    place = f"{kind} {position}"
    if isinstance(row, dict) and "id" in row:
        place = str(row["id"])
    try:
        return KINDS[kind].model_validate(row, context={TRUSTED: trust})
    except ValidationError as fault:
        raise CatalogueError(name, place, _reasons(fault)) from fault


def _reasons(fault: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, error['loc'])) or 'row'}: {error['msg']}"
        for error in fault.errors(include_url=False)
    )


def _check_references(
    catalogue: Catalogue, origin: Mapping[tuple[str, str], str], files: set[str]
) -> None:
    for (kind, identifier), name in origin.items():
        if name in files:
            for reason in catalogue.all(KINDS[kind])[identifier].faults(catalogue):
                raise CatalogueError(name, identifier, reason)
