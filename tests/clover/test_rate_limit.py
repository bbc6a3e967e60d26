"""Clover's limits per token, kept within a process and across processes."""

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

# Takes turns in several threads, and tells when each began and ended.
TAKE_TURNS = """
import json, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pydantic import SecretStr
from clover.rate_limit import RateLimit

limit = RateLimit(SecretStr(sys.argv[1]), parent=Path(sys.argv[2]))

def take(_):
    with limit.turn():
        began = time.monotonic()
        threading.Event().wait(0.1)
        return began, time.monotonic()

with ThreadPoolExecutor(5) as pool:
    print(json.dumps(list(pool.map(take, range(10)))))
"""

# Takes every place there is, says so, and holds on until it is killed.
HOLD_ON = """
import sys
from contextlib import ExitStack
from pathlib import Path
from pydantic import SecretStr
from clover.rate_limit import RateLimit

limit = RateLimit(SecretStr(sys.argv[1]), parent=Path(sys.argv[2]))
with ExitStack() as held:
    for _ in range(5):
        held.enter_context(limit.turn())
    print("held", flush=True)
    sys.stdin.read()
"""


def _process(script: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, TOKEN.get_secret_value(), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _limit(folder: Path, waits: list[float] | None = None, **options: float) -> RateLimit:
    """A limit that notes its waits and does not wait."""
    noted = waits if waits is not None else []
    return RateLimit(TOKEN, parent=folder, wait=noted.append, **options)  # type: ignore[arg-type]


def test_sixteen_requests_go_at_once_and_the_next_waits(tmp_path: Path) -> None:
    """A burst is let through up to the limit; the next request is sent a second after the first."""
    waits: list[float] = []
    limit = _limit(tmp_path, waits)

    for _ in range(17):
        with limit.turn():
            pass

    assert waits[:16] == [0.0] * 16
    assert 0.5 < waits[16] <= 1.05


def test_waiting_requests_are_spread_like_those_before(tmp_path: Path) -> None:
    """The second burst is a second later than the first, and the third two."""
    waits: list[float] = []
    limit = _limit(tmp_path, waits)

    for _ in range(33):
        with limit.turn():
            pass

    assert 0.5 < waits[16] <= 1.05
    assert 1.5 < waits[32] <= 2.1


def test_sixth_request_waits_for_a_place(tmp_path: Path) -> None:
    """Five are under way at the most; one that ends makes room."""
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(_limit(tmp_path).turn())
        with (
            _limit(tmp_path).turn(),
            pytest.raises(LimiterStuck, match="5 other requests"),
            _limit(tmp_path, patience_s=0.05).turn(),
        ):
            pass

        with _limit(tmp_path).turn():
            pass


def test_failed_request_gives_its_place_back(tmp_path: Path) -> None:
    """An error within a turn ends the turn."""
    limit = _limit(tmp_path, patience_s=0.05)

    for _ in range(7):
        with pytest.raises(ZeroDivisionError), limit.turn():
            _ = 1 / 0


def test_tokens_do_not_hold_each_other_back(tmp_path: Path) -> None:
    """Each token has limits of its own, and none is told by a file's name or content."""
    other = RateLimit(SecretStr("another"), parent=tmp_path, patience_s=0.05)

    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(_limit(tmp_path).turn())
        with other.turn():
            pass

    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left
    for path in left:
        assert TOKEN.get_secret_value() not in str(path) + path.read_text(encoding="ascii")


def test_processes_share_the_limits(tmp_path: Path) -> None:
    """Two processes of five threads: never six at once, never seventeen in a second."""
    processes = [_process(TAKE_TURNS, tmp_path) for _ in range(2)]
    turns = [turn for one in processes for turn in json.loads(one.communicate(timeout=30)[0])]

    assert len(turns) == 20
    for began, _ in turns:
        assert sum(start <= began < end for start, end in turns) <= 5
        # Less than the second that is kept, since a busy machine may stop us before we look.
        assert sum(began <= start < began + 0.8 for start, _ in turns) <= 16


def test_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    """A worker that dies in the midst of its requests leaves all places free."""
    holder = _process(HOLD_ON, tmp_path)
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LimiterStuck), _limit(tmp_path, patience_s=0.05).turn():
            pass
        holder.kill()

    with _limit(tmp_path, patience_s=5).turn():
        pass


@pytest.mark.parametrize(
    "content", ["", "[1, 2", "null", '{"a": 1}', '["x", null]', "[1e300, 1e301]", "\xff"]
)
def test_damaged_book_is_begun_anew(tmp_path: Path, content: str) -> None:
    """What a dying process, or the time before a reboot, has left is not believed."""
    waits: list[float] = []
    limit = _limit(tmp_path, waits)
    with limit.turn():
        pass
    (book,) = tmp_path.rglob("starts.json")
    book.write_text(content, encoding="latin-1")

    with limit.turn():
        pass

    assert waits == [0.0, 0.0]
    assert len(json.loads(book.read_text(encoding="ascii"))) == 1


@pytest.mark.skipif(not hasattr(Path, "symlink_to") or sys.platform == "win32", reason="POSIX only")
def test_folder_that_leads_elsewhere_is_not_used(tmp_path: Path) -> None:
    """In a shared folder for temporary files, a link that somebody laid is refused."""
    _limit(tmp_path)
    (mine,) = tmp_path.iterdir()
    elsewhere = tmp_path / "elsewhere"
    mine.rename(elsewhere)
    mine.symlink_to(elsewhere)

    with pytest.raises(LimiterStuck, match="TMPDIR"):
        _limit(tmp_path)


def test_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """Without a place for the state, the cure is named."""
    with pytest.raises(LimiterStuck, match="TMPDIR"):
        RateLimit(TOKEN, parent=tmp_path / "nowhere")


def test_book_that_stays_locked_is_told(tmp_path: Path) -> None:
    """Somebody who holds the book for good is told like one who holds the places."""
    limit = _limit(tmp_path, patience_s=0.05)
    with limit.turn():
        pass
    (lock,) = tmp_path.rglob("book.lock")

    with FileLock(lock), pytest.raises(LimiterStuck), limit.turn():
        pass
