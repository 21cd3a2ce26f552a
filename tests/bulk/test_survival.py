"""What documents, users and machines do to a run: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from gipr_nlp.bulk.dataset import parts
from gipr_nlp.bulk.equal import differences, sorted_table
from gipr_nlp.bulk.pool import Pool
from gipr_nlp.bulk.run import Options, run_corpus
from tests.bulk.hooks import misbehave
from tests.bulk.made import COUNTS, FAST

ROOT = Path(__file__).parent.parent.parent
needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")


@needs_signals
def test_documents_that_loop_eat_memory_or_crash_cost_themselves(
    corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "corpus"
    for name in ("loops", "eats", "segfaults", "exits", "raises"):
        mine.mkdir(exist_ok=True)
        (mine / f"{name}.txt").write_text(f"one that {name}")
    out = tmp_path / "out"
    settings = replace(FAST, hook=misbehave)
    run_corpus(mine, out, settings=settings, options=Options(workers=2, timeout=4, max_memory=700))
    told = {one["document"]: one for one in sorted_table(out, "failures").to_pylist()}
    kinds = {name.partition(".")[0]: one["kind"] for name, one in told.items()}
    assert kinds == {
        "loops": "Timeout",
        "eats": "OutOfMemory",
        "segfaults": "WorkerDied",
        "exits": "WorkerDied",
        "raises": "Internal",
    }
    assert "SIGSEGV" in told["segfaults.txt"]["what"]
    assert "exit code 7" in told["exits.txt"]["what"]
    assert "made on purpose" in told["raises.txt"]["detail"]
    assert all(one["sha256"] for one in told.values())


def _echo(connection: object, *_: object) -> None:
    connection.send("ready")  # type: ignore[attr-defined]
    while True:
        connection.send(connection.recv())  # type: ignore[attr-defined]


def _broken(connection: object) -> None:
    connection.send(("broken", "no catalogue"))  # type: ignore[attr-defined]


def test_workers_killed_at_any_moment_lose_no_job() -> None:
    payload, submitted, done, died = "x" * 20_000, 0, [], 0
    with Pool(2, _echo, (), timeout=30) as pool:
        stop = threading.Event()
        killer = threading.Thread(target=_kill_now_and_then, args=(pool, stop), daemon=True)
        killer.start()
        # Jobs keep coming until some of them have met the killer.
        while died < 3 or len(done) + died < submitted:
            while died < 3 and pool.room > 0:
                pool.submit((submitted, payload))
                submitted += 1
            for ended in pool.poll(1.0):
                if ended.died:
                    died += 1
                else:
                    assert ended.result == ended.job
                    done.append(ended.job[0])
            if died >= 3:
                stop.set()
    assert len(set(done)) == len(done) == submitted - died


def _kill_now_and_then(pool: Pool, stop: threading.Event) -> None:
    while not stop.wait(random.uniform(0.01, 0.1)):
        ready = [one.process.pid for one in list(pool._workers) if one.ready]
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(ready), signal.SIGKILL)


def test_workers_that_cannot_start_end_the_run() -> None:
    from gipr_nlp.errors import GiprError

    with Pool(1, _broken, (), timeout=30) as pool, pytest.raises(GiprError, match="no catalogue"):
        while True:
            pool.poll(1.0)


# --- the whole command --------------------------------------------------------------------


def start(corpus: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """``run_corpus`` as a process of its own, slowed down, with its workers in its group."""
    code = (
        "import sys; from dataclasses import replace; from pathlib import Path\n"
        "from gipr_nlp.bulk.run import Options, run_corpus\n"
        "from tests.bulk.hooks import slow; from tests.bulk.made import FAST\n"
        "if __name__ == '__main__':\n"
        "    run_corpus(sys.argv[1], sys.argv[2], settings=replace(FAST, hook=slow),\n"
        "               options=Options(workers=2, part_size=3))\n"
    )
    command = [sys.executable, "-c", code, str(corpus), str(out)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that ``process`` has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process.pid:
            found.append(int(path.parent.name))
    return found


def wait_for_parts(out: Path, count: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while len(parts(out)) < count and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_and_continued_is_the_same_as_never_killed(
    corpus: Path, dataset: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    out = tmp_path / "out"
    process = start(corpus, out)
    wait_for_parts(out, chance.randint(1, 4), process)
    time.sleep(chance.uniform(0, 0.2))
    workers = workers_of(process)
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()
    assert parts(out)
    end = time.monotonic() + 20
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_alive, workers)), "workers outlive their parent"
    counts = run_corpus(corpus, out, settings=FAST, options=Options(workers=2))
    assert counts.skipped > 0
    assert counts.skipped + counts.documents == sum(COUNTS.values())
    assert differences(out, dataset) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_killed_worker_changes_nothing(corpus: Path, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start(corpus, out)
    wait_for_parts(out, 1, process)
    for pid in workers_of(process)[:2]:
        os.kill(pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert differences(out, dataset) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_an_interrupt_writes_what_is_settled_and_says_nothing_else(
    corpus: Path, dataset: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gipr_nlp.cli", "run", str(corpus), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--part-size", "2", "--no-compliance", "--texts"],
        cwd=ROOT,
        text=True,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for_parts(out, 1, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, told = process.communicate(timeout=60)
    if process.returncode != 1:  # it may have been faster
        assert process.returncode == 130
        assert told.splitlines()[-1] == "gipr: stopped; the same command continues"
    assert "Traceback" not in told
    run_corpus(corpus, out, settings=FAST, options=Options(workers=1))
    assert differences(out, dataset) == []
