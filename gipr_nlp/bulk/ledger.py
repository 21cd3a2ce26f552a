"""What became of every document: who is the first of its kind, and what is a copy of what.

Results are settled in the order of the corpus, whatever order they come in, so that the same
document is the first of its copies in every run, on every engine, however often interrupted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

Input = dict[str, Any]
_EMPTY = hashlib.sha256(b"").hexdigest()


class Entry(NamedTuple):
    """The account of one document."""

    sha256: str | None
    text_sha256: str | None
    outcome: str
    duplicate_of: str | None


class Ledger:
    """The accounts of all documents of a dataset."""

    def __init__(self, entries: Mapping[str, Entry] | None = None) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_bytes: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        # Originals first: a duplicate that was written before its original was read again must
        # not take its place.
        for name, entry in sorted((entries or {}).items(), key=lambda one: bool(one[1][3])):
            self._enter(name, entry)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, name: str) -> Entry | None:
        """The account of document ``name``, where it has one."""
        return self._entries.get(name)

    def forget(self, name: str) -> None:
        """Close the account of a document that is read again; its digests are free for others."""
        entry = self._entries.pop(name, None)
        if entry is None:
            return
        for claims, digest in ((self._by_bytes, entry.sha256), (self._by_text, entry.text_sha256)):
            if digest is not None and claims.get(digest) == name:
                del claims[digest]

    def claim(self, name: str, sha256: str) -> bool:
        """Whether ``name`` is the first document with these bytes; it then is from now on.

        Empty files are no copies of each other: each is a fetch that went wrong.
        """
        return sha256 == _EMPTY or self._by_bytes.setdefault(sha256, name) == name

    def settle(self, row: Input) -> Input:
        """``row`` of ``inputs``, as a duplicate if another document came first; entered as such."""
        name, first = row["document"], self._first(row)
        if first != name:
            original = self._entries[first]
            row = row | {
                "outcome": "duplicate",
                "reason": "same_bytes" if row["sha256"] == original.sha256 else "same_text",
                "text_sha256": original.text_sha256,
                "duplicate_of": original.duplicate_of or first,
            }
        fields = (row["sha256"], row["text_sha256"], row["outcome"], row["duplicate_of"])
        self._enter(name, Entry(*fields))
        return row

    def orphans(self) -> list[str]:
        """The duplicates that have lost their original."""
        return [name for name, entry in self._entries.items() if self.is_orphan(entry)]

    def is_orphan(self, entry: Entry) -> bool:
        """Whether it is a duplicate whose original is gone or has changed: it is to be read again."""
        if entry.duplicate_of is None:
            return False
        original = self._entries.get(entry.duplicate_of)
        return original is None or not _same(entry, original)

    def _first(self, row: Input) -> str:
        name: str = row["document"]
        if row["sha256"] is not None and not self.claim(name, row["sha256"]):
            return self._by_bytes[row["sha256"]]
        if row["text_sha256"] is not None:
            return self._by_text.setdefault(row["text_sha256"], name)
        return name

    def _enter(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry
        if entry.sha256 is not None:
            self._by_bytes.setdefault(entry.sha256, name)
        if entry.text_sha256 is not None and entry.duplicate_of is None:
            self._by_text.setdefault(entry.text_sha256, name)


def _same(entry: Entry, original: Entry) -> bool:
    if original.duplicate_of is not None:
        return False
    same_text = entry.text_sha256 is not None and entry.text_sha256 == original.text_sha256
    return same_text or entry.sha256 == original.sha256
