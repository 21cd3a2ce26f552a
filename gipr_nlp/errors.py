"""Every exception that the library raises on purpose.

    GiprError
    ├── CatalogueError    an authored rule file is wrong (file, entry, reason)
    ├── SourceError       a document cannot be read (what, where, what to do)
    │   ├── EmptySource         there is nothing in it
    │   ├── UnsupportedSource   its kind is not one we read, or a reader is not installed
    │   ├── DamagedSource       its kind is known but its content is broken or encrypted
    │   └── LimitExceeded       it is larger, deeper or slower than the caller allows
    ├── MissingExtra      an optional package is needed for this call
    └── UsageError        a call or a command line that cannot be carried out

Catching ``GiprError`` catches them all; nothing else is raised for bad input.
"""

from __future__ import annotations


class GiprError(Exception):
    """Base of every error of the library."""


class CatalogueError(GiprError):
    """An authored catalogue file is wrong.

    ``file`` is the file's name, ``entry`` the id of the entry (or its position), ``reason``
    what is wrong with it.
    """

    def __init__(self, file: str, entry: str, reason: str) -> None:
        super().__init__(f"{file}: {entry}: {reason}")
        self.file = file
        self.entry = entry
        self.reason = reason


class SourceError(GiprError):
    """A document cannot be read: ``what`` is wrong, ``where``, and ``advice`` on what to do."""

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what = what
        self.where = where
        self.advice = advice
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" ({self.advice})" if self.advice else ""
        return f"{place}{self.what}{hint}"

    def at(self, where: str) -> SourceError:
        """The same error, told of the file ``where`` unless it already names its place."""
        self.where = self.where or where
        return self


class EmptySource(SourceError):
    """There is no text in the document."""


class UnsupportedSource(SourceError):
    """The kind of document is not one that can be read here."""


class DamagedSource(SourceError):
    """The document is broken, truncated or encrypted."""


class LimitExceeded(SourceError):
    """The document is larger, deeper or slower to read than the limits allow."""


class MissingExtra(GiprError):
    """An optional package is needed; the message names the extra that installs it."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(f'{purpose} needs more packages: pip install "gipr_nlp[{extra}]"')
        self.purpose = purpose
        self.extra = extra


class UsageError(GiprError):
    """A call or a command line that cannot be carried out as given."""
