"""Clover's rate limit per token, within a process and across processes."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock
from pydantic import SecretStr

from clover.rate_limit import LimiterStuck, RateLimit

ROOT = Path(__file__).parents[2]
TOKEN = SecretStr("5fd3b1a2-c0de-4a11-8e1f-aa55aa55aa55")

PRELUDE = """
import json, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from pydantic import SecretStr
from clover.rate_limit import RateLimit

limit = RateLimit(SecretStr(sys.argv[1]), parent=Path(sys.argv[2]))
"""

# Takes turns in several threads, and prints when each began and ended.
TAKE_TURNS = """
def take(_):
    with limit.turn():
        began = time.monotonic()
        threading.Event().wait(0.1)
        return began, time.monotonic()

with ThreadPoolExecutor(5) as pool:
    print(json.dumps(list(pool.map(take, range(10)))))
"""

# Takes every place, says so, and holds on until it is killed.
HOLD_ON = """
with ExitStack() as held:
    for _ in range(5):
        held.enter_context(limit.turn())
    print("held", flush=True)
    sys.stdin.read()
"""


def _process(script: str, folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PRELUDE + script, TOKEN.get_secret_value(), str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def _limit(folder: Path, waits: list[float] | None = None, **options: float) -> RateLimit:
    """Return a limit that records its waits and does not wait."""
    recorded = [] if waits is None else waits
    return RateLimit(TOKEN, parent=folder, wait=recorded.append, **options)


def _take_a_turn(limit: RateLimit) -> None:
    with limit.turn():
        pass


def test_seventeenth_request_waits_for_a_second(tmp_path: Path) -> None:
    """16 requests begin at once; each later one waits a second for the 16th before it."""
    waits: list[float] = []
    limit = _limit(tmp_path, waits)
    for _ in range(33):
        _take_a_turn(limit)

    assert waits[:16] == [0.0] * 16
    assert 0.5 < waits[16] <= 1.05
    assert 1.5 < waits[32] <= 2.1


def test_sixth_request_waits_for_a_place(tmp_path: Path) -> None:
    """At most five requests of a token run; one that ends or fails makes room; no file shows it."""
    limit = _limit(tmp_path, patience_s=0.05)
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(limit.turn())
        with pytest.raises(LimiterStuck, match="5 other requests"):
            _take_a_turn(limit)
        _take_a_turn(RateLimit(SecretStr("another"), parent=tmp_path, patience_s=0.05))

    for _ in range(7):
        with pytest.raises(ZeroDivisionError), limit.turn():
            _ = 1 / 0
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left
    for path in left:
        assert TOKEN.get_secret_value() not in str(path) + path.read_text(encoding="ascii")


def test_processes_share_the_limits(tmp_path: Path) -> None:
    """Two processes of five threads never have six requests at once or 17 in a second."""
    processes = [_process(TAKE_TURNS, tmp_path) for _ in range(2)]
    turns = [turn for one in processes for turn in json.loads(one.communicate(timeout=30)[0])]

    assert len(turns) == 20
    for began, _ in turns:
        assert sum(start <= began < end for start, end in turns) <= 5
        # Less than the real second, since a busy machine may delay the measurement.
        assert sum(began <= start < began + 0.8 for start, _ in turns) <= 16


def test_killed_process_blocks_no_other(tmp_path: Path) -> None:
    """A worker that dies during its requests leaves all places free."""
    with _process(HOLD_ON, tmp_path) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LimiterStuck):
            _take_a_turn(_limit(tmp_path, patience_s=0.05))
        holder.kill()

    _take_a_turn(_limit(tmp_path, patience_s=5))


@pytest.mark.parametrize(
    "content", ["", "[1, 2", "null", '{"a": 1}', '["x", null]', "[1e300, 1e301]", "\xff"]
)
def test_damaged_record_is_replaced(tmp_path: Path, content: str) -> None:
    """Remains of a dying process, or from before a reboot, are ignored."""
    waits: list[float] = []
    limit = _limit(tmp_path, waits)
    _take_a_turn(limit)
    (record,) = tmp_path.rglob("starts.json")
    record.write_text(content, encoding="latin-1")

    _take_a_turn(limit)

    assert waits == [0.0, 0.0]
    assert len(json.loads(record.read_text(encoding="ascii"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    """A link laid by another user, and a folder that cannot be made, are refused with the cure."""
    _limit(tmp_path)
    (mine,) = tmp_path.iterdir()
    elsewhere = tmp_path / "elsewhere"
    mine.rename(elsewhere)
    mine.symlink_to(elsewhere)

    for parent in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(LimiterStuck, match="TMPDIR"):
            _limit(parent)


def test_locked_record_is_reported(tmp_path: Path) -> None:
    """A process that never unlocks the record is reported like one that keeps its place."""
    limit = _limit(tmp_path, patience_s=0.05)
    _take_a_turn(limit)
    (lock,) = tmp_path.rglob("book.lock")
    with FileLock(lock), pytest.raises(LimiterStuck):
        _take_a_turn(limit)
