"""What documents do on purpose: hooks that a worker calls with each document before it reads it."""

from __future__ import annotations

import ctypes
import os
import time

from gipr_nlp.bulk.documents import InputDocument


def misbehave(document: InputDocument) -> None:
    """Does what the name of the document says."""
    name = document.id.rpartition("/")[2]
    if name.startswith("loops"):
        while True:
            pass
    if name.startswith("eats"):
        held = []
        while True:
            held.append(bytes(64 * 1024 * 1024))  # reserved, not touched: it is fast
    if name.startswith("segfaults"):
        ctypes.string_at(0)
    if name.startswith("exits"):
        os._exit(7)
    if name.startswith("raises"):
        raise RuntimeError("made on purpose")


def slow(document: InputDocument) -> None:
    """Gives a test the time to interrupt."""
    time.sleep(0.05)
