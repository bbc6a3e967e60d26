"""A lock per merchant: tests that change the dashboard run alone, all others side by side."""

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

#: Seconds to wait for other runs: a whole run on a sandbox may come first.
PATIENCE_S = 3600.0


class MerchantBusy(RuntimeError):
    """The merchant did not become free, or its folder cannot be used."""

    category = "suite problem"


def merchant_folder(merchant_id: str, parent: Path | None = None) -> Path:
    """Return a folder for one merchant that only this user can read and write.

    Raises:
        MerchantBusy: another user's folder is in its place.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    root = (parent or Path(tempfile.gettempdir())) / f"clover-dashboard-{user}"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and (root.is_symlink() or root.lstat().st_uid != os.getuid()):
        raise MerchantBusy(
            f"{root} belongs to another user, so runs cannot coordinate: remove it, or set TMPDIR"
            " to a folder that only you can write."
        )
    name = hashlib.sha256(merchant_id.encode()).hexdigest()[:20]
    folder = root / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def lock_merchant(
    folder: Path, *, exclusive: bool, patience_s: float = PATIENCE_S
) -> Iterator[None]:
    """Use the merchant of ``folder``, beside other tests or exclusively.

    The operating system releases the lock of a process that dies.

    Raises:
        MerchantBusy: the merchant did not become free in time.
    """
    lock = ReadWriteLock(folder / "turn.db", timeout=patience_s, is_singleton=False)
    try:
        held = lock.acquire_write() if exclusive else lock.acquire_read()
    except Timeout:
        raise MerchantBusy(
            f"The merchant did not become free within {patience_s:.0f} s, because another run of"
            " this user holds it: wait for that run, or end it."
        ) from None
    with held:
        yield


@contextmanager
def on_interrupt(clean_up: Callable[[], None]) -> Iterator[None]:
    """Call ``clean_up`` as soon as Ctrl-C or SIGTERM ends the run, then end it.

    A fixture's teardown is too late: it may hang after an interruption, and SIGTERM alone ends the
    process without any. A second signal does not wait.
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
                clean_up()
            except Exception as problem:
                raise KeyboardInterrupt(_words(problem)) from problem
        raise KeyboardInterrupt

    handlers = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _words(problem: Exception) -> str:
    inner = problem.exceptions if isinstance(problem, ExceptionGroup) else [problem]
    return "\n".join(str(each) for each in inner)
