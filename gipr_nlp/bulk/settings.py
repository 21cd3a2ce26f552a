"""What decides the result of a run, and the key under which a result is still good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path

from gipr_nlp import __version__
from gipr_nlp.bulk.documents import InputDocument, Stamp
from gipr_nlp.bulk.schema import SCHEMA_VERSION
from gipr_nlp.catalogue import Catalogue, default_catalogue
from gipr_nlp.sources import Limits

_OWN_DATA = ("gipr_nlp.catalogue", "gipr_nlp.sources", "gipr_nlp.bulk")


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read: the user's ``catalogue`` files, whether ``compliance`` is checked,
    whether the ``texts`` are kept, and the ``limits`` of one document. Sent to every worker.

    ``hook`` is called with every document before it is read; tests make it misbehave.
    """

    catalogue: tuple[str, ...] = ()
    compliance: bool = True
    texts: bool = False
    limits: Limits = field(default_factory=Limits)
    hook: Callable[[InputDocument], None] | None = None

    def load(self) -> Catalogue:
        """The catalogue that these settings name, loaded once per process."""
        return _loaded(self.catalogue) if self.catalogue else default_catalogue()

    def catalogue_digest(self) -> str:
        """A short digest of every authored file that a result rests on, the user's included."""
        digest = hashlib.sha256()
        for name, content in [*_own_files(), *_user_files(self.catalogue)]:
            digest.update(name.encode() + b"\0" + content + b"\0")
        return digest.hexdigest()[:16]

    def stamp(self) -> Stamp:
        """The stamp of a result that is still to be made."""
        return Stamp(None, None, __version__, self.catalogue_digest())

    def key(self) -> dict[str, str]:
        """What has to be equal for a result of an earlier run to be still good."""
        return {
            "schema_version": SCHEMA_VERSION,
            "library_version": __version__,
            "catalogue": self.catalogue_digest(),
            "compliance": str(self.compliance),
            "texts": str(self.texts),
        }


@lru_cache(maxsize=4)
def _loaded(files: tuple[str, ...]) -> Catalogue:
    return Catalogue.load(files)


def _own_files() -> Iterator[tuple[str, bytes]]:
    for package in _OWN_DATA:
        folder = resources.files(package)
        for name in sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml")):
            yield f"{package}/{name}", folder.joinpath(name).read_bytes()


def _user_files(files: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    # Named by position, not by path: the same file elsewhere gives the same results.
    for position, name in enumerate(files):
        yield f"user/{position}", Path(name).read_bytes()
