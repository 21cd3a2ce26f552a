"""How far a run has come: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shlex
import sys
from time import monotonic
from typing import Any, TextIO

from gipr_nlp.bulk.collect import Counts

_LINE_EVERY = 15.0


class Progress:
    """What a run has met, in ``counts``; this one tells nothing of it on the way."""

    def __init__(self) -> None:
        self.counts = Counts()

    def start(self, total: int | None) -> None:
        """The run begins; ``total`` documents, where that is known."""

    def tell(self, remark: str) -> None:
        """Something that the user should know."""

    def advance(self) -> None:
        """One more document is settled."""

    def end(self) -> None:
        """The run is over, for better or worse."""


class Shown(Progress):
    """What is told on ``stream``."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def tell(self, remark: str) -> None:
        """Print the remark."""
        self._stream.write(f"gipr: {remark}\n")
        self._stream.flush()


class Bar(Shown):
    """A bar with rate, remaining time, and what was met so far."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._bar: Any = None

    def start(self, total: int | None) -> None:
        """Draw the empty bar."""
        from tqdm import tqdm

        self._bar = tqdm(total=total, unit="doc", file=self._stream, smoothing=0.05)

    def advance(self) -> None:
        """Draw the bar as far as it has come."""
        self._bar.set_postfix_str(_found(self.counts), refresh=False)
        # What was done before counts as done, not as speed.
        self._bar.initial = self.counts.skipped
        self._bar.update(self.counts.documents + self.counts.skipped - self._bar.n)

    def end(self) -> None:
        """Leave the bar as it stands."""
        self._bar.close()


class Lines(Shown):
    """A line every quarter of a minute, for logs."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._total: int | None = None
        self._begin = self._last = monotonic()

    def start(self, total: int | None) -> None:
        """Begin to count the time."""
        self._total = total
        self._begin = self._last = monotonic()

    def advance(self) -> None:
        """Print a line, if it is time for one."""
        now = monotonic()
        if now - self._last >= _LINE_EVERY:
            self._last = now
            self._stream.write(self._line(now - self._begin) + "\n")
            self._stream.flush()

    def _line(self, seconds: float) -> str:
        counts = self.counts
        rate = counts.documents / seconds
        done = counts.documents + counts.skipped
        of = f" of {self._total:,}" if self._total is not None else ""
        left = ""
        if self._total is not None and rate > 0:
            left = f", {_clock((self._total - done) / rate)} left"
        return f"{done:,}{of} documents, {rate:.1f}/s{left}; {_found(counts)}"


def progress_on(stream: TextIO = sys.stderr) -> Progress:
    """The progress that suits ``stream``."""
    return Bar(stream) if stream.isatty() else Lines(stream)


def summary(counts: Counts, seconds: float, folder: str, *, done: bool) -> str:
    """What a run has done, for its end; the sum over documents is exact."""
    lines = [
        f"{counts.documents:,} documents in {_clock(seconds)}: {counts.reports:,} reports, "
        f"{counts.duplicates:,} duplicates, {counts.not_reports:,} no reports, "
        f"{counts.failures:,} failures",
        f"{counts.findings:,} findings, {counts.errors:,} of them errors",
    ]
    if counts.skipped:
        lines.append(f"{counts.skipped:,} documents were done before")
    if counts.failures:
        lines.append(f'why they failed: gipr query {shlex.quote(folder)} "FROM failures"')
    if not done:
        lines.append("stopped; the same command continues")
    return "".join(f"gipr: {line}\n" for line in lines)


def _found(counts: Counts) -> str:
    return (
        f"{counts.reports:,} reports, {counts.errors:,} errors in {counts.findings:,} findings, "
        f"{counts.failures:,} failures"
    )


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
