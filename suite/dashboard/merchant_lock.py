"""One merchant, many tests: whoever changes its dashboard is alone with it for that time."""

import getpass
import hashlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import ReadWriteLock, Timeout

#: Seconds to wait for the others: a whole run on a sandbox may be before us.
PATIENCE_S = 3600.0


class NoTurn(RuntimeError):
    """The merchant could not be had, or the folder that says whose turn it is."""

    category = "suite problem"


def folder_of(merchant_id: str, parent: Path | None = None) -> Path:
    """A folder for one merchant, which this user alone can read and write.

    Raises:
        NoTurn: somebody else's folder is in its place.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    root = (parent or Path(tempfile.gettempdir())) / f"clover-dashboard-{user}"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and (root.is_symlink() or root.lstat().st_uid != os.getuid()):
        raise NoTurn(
            f"{root} belongs to another user, so that runs could not keep out of each other's way:"
            " remove it, or set TMPDIR to a folder of your own."
        )
    name = hashlib.sha256(merchant_id.encode()).hexdigest()[:20]
    folder = root / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def turn(folder: Path, *, alone: bool, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Use the merchant of ``folder``, beside others or alone.

    The operating system ends the turn of a process that dies.

    Raises:
        NoTurn: it did not become free in time.
    """
    lock = ReadWriteLock(folder / "turn.db", timeout=patience_s, is_singleton=False)
    try:
        held = lock.acquire_write() if alone else lock.acquire_read()
    except Timeout:
        raise NoTurn(
            f"The merchant did not become free within {patience_s:.0f} s: another run of this user"
            " holds it; wait for that run, or end it."
        ) from None
    with held:
        yield


@contextmanager
def before_the_end(last_wish: Callable[[], None]) -> Iterator[None]:
    """Fulfil ``last_wish`` as soon as the run is ended by Ctrl-C or SIGTERM, then end it.

    Not later: what is torn down after an interruption may hang, and SIGTERM alone would end the
    process with nothing put back. A second signal does not wait for the wish.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ending = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal ending
        if not ending:
            ending = True
            try:
                last_wish()
            except Exception as problem:
                raise KeyboardInterrupt(_words(problem)) from problem
        raise KeyboardInterrupt

    former = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _words(problem: Exception) -> str:
    inner = problem.exceptions if isinstance(problem, ExceptionGroup) else [problem]
    return "\n".join(str(each) for each in inner)
