"""The border to other people's readers: whatever they raise becomes a ``SourceError``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gipr_nlp.errors import DamagedSource, GiprError, LimitExceeded


@contextmanager
def guarded(kind: str) -> Iterator[None]:
    """Within it, any fault of a reader of ``kind`` becomes a ``DamagedSource``; running out of
    stack or memory a ``LimitExceeded``. Errors of this library pass as they are."""
    try:
        yield
    except GiprError:
        raise
    except (MemoryError, RecursionError) as fault:
        raise LimitExceeded(f"this {kind} is nested too deep or too large to read") from fault
    except Exception as fault:
        reason = str(fault).strip().splitlines()
        raise DamagedSource(
            f"this {kind} is broken or cut off: {reason[0][:200] if reason else type(fault).__name__}",
            advice="open it in the program that wrote it and save it again, or fetch it again",
        ) from fault
