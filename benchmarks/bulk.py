"""What a run over a corpus costs, and what it survives; everything is measured in one go.

    python benchmarks/bulk.py whole CORPUS DIR --count 20000    make, run, and hold against the truth
    python benchmarks/make_corpus.py 2000 CORPUS
    python benchmarks/bulk.py truth CORPUS DIR       is everything found that the maker planted?
    python benchmarks/bulk.py speed CORPUS           one and two workers, a plain loop, jieba.lcut
    python benchmarks/bulk.py growth CORPUS [DIR]    rate and memory of the workers on the way
    python benchmarks/bulk.py kills CORPUS --times 20    kill -9 at random moments, a full disk
    python benchmarks/bulk.py engines CORPUS         local, Spark and Ray: equal tables, times

Ratios travel between machines, absolute figures do not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_corpus import main as make_corpus  # noqa: E402
from gipr_nlp.bulk import Dataset  # noqa: E402
from gipr_nlp.bulk.dataset import parts  # noqa: E402
from gipr_nlp.bulk.equal import differences  # noqa: E402
from gipr_nlp.bulk.query import VIEWS  # noqa: E402

_PAGE = 4096
_OUTCOMES = ("report", "duplicate", "not_report", "failure")


def gipr(*arguments: str, check: bool = True) -> float:
    """Runs the command and gives the seconds that it took; failures of documents are no failure."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "gipr_nlp.cli", *arguments],
        cwd=ROOT,
        env=_environment(),
        check=False,
    )
    if check and done.returncode not in {0, 1}:
        raise SystemExit(f"gipr {' '.join(arguments)}: exit code {done.returncode}")
    return time.monotonic() - begin


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}


# --- all of it at once --------------------------------------------------------------------


def whole(corpus: Path, dataset: Path, count: int) -> Iterator[str]:
    """Makes the corpus where it is not there, reads it with two workers, holds it against the truth."""
    if dataset.exists():
        raise SystemExit(f"{dataset} is there already: a run would only continue it")
    if not (corpus / "truth.jsonl").exists():
        make_corpus([str(count), str(corpus)])
    kinds = _counts(path.suffix for path in (corpus / "files").rglob("*") if path.is_file())
    yield ", ".join(f"{n} {kind or 'without suffix'}" for kind, n in sorted(kinds.items()))
    yield from growth(corpus, dataset)
    yield from truth(corpus, dataset)


# --- what the maker planted ---------------------------------------------------------------


def truth(corpus: Path, folder: Path) -> Iterator[str]:
    """The dataset against the truth of the maker: accounts, copies, chains, contradictions, views."""
    told = [json.loads(line) for line in (corpus / "truth.jsonl").read_text().splitlines()]
    by_file = {one["file"]: one for one in told}
    with Dataset(folder) as dataset:
        inputs = {one["document"]: one for one in dataset.sql("FROM inputs").to_pylist()}
        yield _accounts(len(told), inputs)
        for row in dataset.sql("FROM accounting").to_pylist():
            yield f"  {row['outcome']} {row['reason'] or ''}: {row['documents']}"
        yield from _confusion(by_file, inputs)
        yield from _chains(by_file, inputs, dataset)
        yield from _contradictions(by_file, inputs, dataset)
        for view in VIEWS:
            begin = time.monotonic()
            rows = dataset.sql(f"FROM {view}").num_rows
            took = time.monotonic() - begin
            slow = "" if took < 1 else " (more than a second)"
            yield f"view {view}: {rows} rows in {took:.2f} s{slow}"


def _accounts(files: int, inputs: dict[str, Any]) -> str:
    counts = _counts(one["outcome"] for one in inputs.values())
    sums = " + ".join(f"{counts.get(one, 0)} {one}" for one in _OUTCOMES)
    fits = files == len(inputs) == sum(counts.get(one, 0) for one in _OUTCOMES)
    return f"files in: {files} {'=' if fits else '≠'} {sums}"


def _confusion(by_file: dict[str, Any], inputs: dict[str, Any]) -> Iterator[str]:
    wanted = {"copy": "duplicate"}
    pairs = _counts(
        (wanted.get(one["outcome"], one["outcome"]), inputs[name]["outcome"])
        for name, one in by_file.items()
    )
    for (made, found), n in sorted(pairs.items()):
        yield f"  made as {made}, found as {found}: {n}"


def _chains(by_file: dict[str, Any], inputs: dict[str, Any], dataset: Dataset) -> Iterator[str]:
    reports = {
        (one["body"], one["year"]): one
        for name, one in by_file.items()
        if one["outcome"] == "report" and inputs[name]["outcome"] == "report"
    }
    made = {
        (body, year)
        for (body, year), one in reports.items()
        if one["chain_broken"] and (body, year - 1) in reports
    }
    found = {(one["body"], one["to_year"]) for one in dataset.sql("FROM broken_chains").to_pylist()}
    yield f"broken chains: made {len(made)}, found {len(made & found)}, false {len(found - made)}"
    yield from (f"  missed {one}" for one in sorted(made - found)[:5])
    yield from (f"  false {one}" for one in sorted(found - made)[:5])


def _contradictions(
    by_file: dict[str, Any], inputs: dict[str, Any], dataset: Dataset
) -> Iterator[str]:
    wrong = dataset.sql("SELECT document FROM reports WHERE errors > 0").column(0).to_pylist()
    found, reports = (
        set(wrong),
        {
            name
            for name, one in inputs.items()
            if one["outcome"] == "report" and "planted" in by_file[name]
        },
    )
    made = {name for name in reports if by_file[name]["planted"]}
    yield (
        f"contradicted reports: made {len(made)}, found {len(made & found)}, "
        f"errors in others {len(found - made)} of {len(reports - made)}"
    )
    false = _counts(by_file[name]["layout"] for name in found - made if name in reports)
    yield from (f"  errors in sound {layout}: {n}" for layout, n in sorted(false.items()))


def _counts(values: Any) -> dict[Any, int]:
    counts: dict[Any, int] = {}
    for one in values:
        counts[one] = counts.get(one, 0) + 1
    return counts


# --- speed and memory ---------------------------------------------------------------------


def speed(corpus: Path) -> Iterator[str]:
    """One worker, two, and what the same files cost without any analysis."""
    files = [path for path in sorted((corpus / "files").rglob("*")) if path.is_file()]
    times = {}
    for workers in (1, 2):
        with _scratch() as out:
            arguments = ("run", str(corpus / "files"), "--out", str(out), "--workers", str(workers))
            times[workers] = gipr(*arguments, "--quiet")
        yield f"{workers} worker(s): {times[workers]:.1f} s, {len(files) / times[workers]:.1f} documents/s"
    yield f"two workers against one: {times[1] / times[2]:.2f} times"
    texts = [path for path in files if path.suffix in {".txt", ".html"}]
    plain, one = _plain_loop(texts) / len(texts), times[1] / len(files)
    yield f"a plain loop (decode, jieba.lcut of the file): {1 / plain:.1f} text and HTML files/s; "
    yield f"a document through one worker / a file through the plain loop = {one / plain:.2f}"
    yield from _analysis_against_jieba(files)


def _plain_loop(files: Sequence[Path]) -> float:
    """Decodes and tokenises, with no regard to what the files are."""
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    begin = time.monotonic()
    for path in files:
        jieba.lcut(path.read_bytes().decode("utf-8", "replace"))
    return time.monotonic() - begin


def _analysis_against_jieba(files: Sequence[Path]) -> Iterator[str]:
    import jieba

    from gipr_nlp.analysis import analyse
    from gipr_nlp.errors import SourceError
    from gipr_nlp.sources import read_path

    spent: dict[str, list[float]] = {}
    chars = 0
    for path in files[:400]:
        begin = time.perf_counter()
        with suppress(SourceError):
            document = read_path(path)
            read = time.perf_counter()
            analyse(document)
            done = time.perf_counter()
            jieba.lcut(document.text)
            cut = time.perf_counter() - done
            if chars:  # the first one builds what the others use
                row = spent.setdefault(path.suffix, [0.0, 0.0, 0.0])
                for place, one in enumerate((read - begin, done - read, cut)):
                    row[place] += one
            chars += len(document.text)
    for kind, (read, analysed, cut) in sorted(spent.items()):
        yield f"{kind}: reading / lcut = {read / cut:.2f}, analysis / lcut = {analysed / cut:.2f}"
    yield f"analysis / jieba.lcut = {sum(one[1] for one in spent.values()) / sum(one[2] for one in spent.values()):.2f}"


def growth(corpus: Path, dataset: Path | None) -> Iterator[str]:
    """Documents per second and the memory of the workers, over the course of one run.

    What the run writes is kept in ``dataset``, for ``truth`` to look at.
    """
    files = sum(path.is_file() for path in (corpus / "files").rglob("*"))
    with nullcontext(dataset) if dataset is not None else _scratch() as out:
        command = [sys.executable, "-m", "gipr_nlp.cli", "run", str(corpus / "files")]
        command += ["--out", str(out), "--workers", "2", "--quiet", "--part-size", "500"]
        process = subprocess.Popen(command, cwd=ROOT, env=_environment())
        begin, seen = time.monotonic(), 0
        peak = 0
        while process.poll() is None:
            time.sleep(0.5)
            sizes = [_resident(pid) for pid in _children(process.pid)]
            peak = max([peak, *sizes])
            if len(parts(out)) > seen:
                seen = len(parts(out))
                done = min(500 * seen, files)
                rate = done / (time.monotonic() - begin)
                yield f"{done:>7} documents: {rate:.1f}/s, workers {max(sizes, default=0)} MB, parent {_resident(process.pid)} MB"
        took = time.monotonic() - begin
        if process.returncode not in {0, 1}:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
        yield f"{files} files in {took:.0f} s, {files / took:.1f}/s; peak of a worker: {peak} MB"


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def _resident(pid: int) -> int:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE // 2**20
    return 0


# --- what it survives ---------------------------------------------------------------------


def kills(corpus: Path, times: int, seed: int = 1) -> Iterator[str]:
    """Kills the parent or a worker at random moments, fills the disk; each time the run is
    continued and compared with one that was never interrupted."""
    chance = random.Random(seed)
    with _scratch() as whole:
        gipr("run", str(corpus / "files"), "--out", str(whole), "--quiet")
        for number in range(times):
            with _scratch() as out:
                rounds = _killed(corpus, out, chance)
                unequal = differences(out, whole)
                yield f"{number + 1}: {rounds}; {unequal or 'equal'}"
        yield from _full_disk(corpus, whole)


def _killed(corpus: Path, out: Path, chance: random.Random) -> str:
    """Runs until it is through, killed three times on the way; tells what was killed."""
    told = []
    command = [sys.executable, "-m", "gipr_nlp.cli", "run", str(corpus / "files"), "--quiet"]
    command += ["--out", str(out), "--workers", "2", "--part-size", "10"]
    for _ in range(3):
        process = subprocess.Popen(command, cwd=ROOT, env=_environment())
        goal = len(parts(out)) + chance.randint(0, 3)
        while len(parts(out)) < goal and process.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.5))
        victim = chance.choice(["parent", "worker", "interrupt"])
        told.append(f"{victim} after {len(parts(out))} parts")
        if victim == "worker":
            for pid in _children(process.pid)[-1:]:
                os.kill(pid, signal.SIGKILL)
        elif process.poll() is None:
            process.send_signal(signal.SIGKILL if victim == "parent" else signal.SIGTERM)
        process.wait()
    gipr(*command[3:])
    return ", ".join(told)


def _full_disk(corpus: Path, whole: Path) -> Iterator[str]:
    size = sum(path.stat().st_size for path in whole.rglob("*.parquet"))
    with _scratch() as place:
        place.mkdir()
        small = [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={max(size // 2, 400_000)}",
            "tmpfs",
            str(place),
        ]
        if subprocess.run(small, check=False, capture_output=True).returncode:
            yield "full disk: not measured, a small file system cannot be mounted here"
            return
        try:
            run = (
                "run",
                str(corpus / "files"),
                "--out",
                str(place / "out"),
                "--quiet",
                "--part-size",
                "20",
            )
            gipr(*run, check=False)
            yield f"full disk after {len(parts(place / 'out'))} parts"
            subprocess.run(["mount", "-o", f"remount,size={size * 4}", str(place)], check=True)
            gipr(*run)
            unequal = differences(place / "out", whole)
            yield f"continued: {unequal or 'equal'}"
        finally:
            subprocess.run(["umount", str(place)], check=False)


def engines(corpus: Path) -> Iterator[str]:
    """The same documents through every engine."""
    with _scratch() as local:
        run = ("run", str(corpus / "files"), "--quiet", "--workers", "2")
        yield f"local: {gipr(*run, '--out', str(local)):.1f} s"
        for name in ("spark", "ray"):
            with _scratch() as out:
                took = gipr(*run, "--out", str(out), "--engine", name)
                unequal = differences(out, local)
                yield f"{name}: {took:.1f} s, {unequal or 'equal'}"


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gipr-bench") as folder:
        yield Path(folder) / "out"
        shutil.rmtree(Path(folder) / "out", ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure runs over a made corpus.")
    parser.add_argument("what", choices=("whole", "truth", "speed", "growth", "kills", "engines"))
    parser.add_argument("corpus", type=Path, help="what make_corpus.py wrote")
    parser.add_argument(
        "dataset",
        type=Path,
        nargs="?",
        help="for truth: what gipr run wrote; for whole and growth: where to write it",
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--count", type=int, default=20_000, help="files to make for whole")
    options = parser.parse_args(arguments)
    if options.what in {"whole", "truth"} and options.dataset is None:
        parser.error(f"{options.what} needs the folder of the dataset beside that of the corpus")
    measured: dict[str, Callable[[], Iterator[str]]] = {
        "whole": lambda: whole(options.corpus, options.dataset, options.count),
        "truth": lambda: truth(options.corpus, options.dataset),
        "speed": lambda: speed(options.corpus),
        "growth": lambda: growth(options.corpus, options.dataset),
        "kills": lambda: kills(options.corpus, options.times),
        "engines": lambda: engines(options.corpus),
    }
    for line in measured[options.what]():
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
