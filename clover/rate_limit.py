"""Staying under Clover's limits per token, also when several processes share the token.

The state is a folder of lock files for this user and this token. The operating system drops the
locks of a process that dies, so that a killed worker holds nobody up.

Source: https://docs.clover.com/docs/api-usage-rate-limits (5 at once and 16 a second per token)
"""

import getpass
import hashlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from pydantic import SecretStr

_WINDOW_S = 1.0
# Requests sent a second apart may arrive a little closer to each other.
_MARGIN_S = 0.05
_BETWEEN_LOOKS_S = 0.02


class Limiter(Protocol):
    """Something that holds a request back until it may go."""

    def turn(self) -> AbstractContextManager[None]:
        """Wait for a turn; leaving the context gives it up."""


class LimiterStuck(RuntimeError):
    """No turn came for so long that something must be wrong."""

    category = "suite problem"


class RateLimit:
    """At most so many requests at once and so many in any second, for one token and one user."""

    def __init__(
        self,
        token: SecretStr,
        *,
        at_once: int = 5,
        per_second: int = 16,
        patience_s: float = 120.0,
        parent: Path | None = None,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Prepare the folder that all processes share.

        Args:
            token: names the folder, as a hash that does not tell it.
            at_once: requests under way at the same time.
            per_second: requests begun within any second.
            patience_s: seconds after which waiting for a turn is given up.
            parent: where the folder is made, by default the system's place for temporary files.
            wait: waits for the seconds it is given.

        Raises:
            LimiterStuck: the folder belongs to somebody else.
        """
        digest = hashlib.sha256(b"clover-rate-limit:" + token.get_secret_value().encode())
        self._folder = _own_folder(parent or Path(tempfile.gettempdir())) / digest.hexdigest()[:20]
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._at_once = at_once
        self._per_second = per_second
        self._patience_s = patience_s
        self._wait = wait or threading.Event().wait

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may begin; leaving the context ends it.

        Raises:
            LimiterStuck: no turn came in time.
        """
        slot = self._slot()
        try:
            self._wait_for_start()
            yield
        finally:
            slot.release()

    def _slot(self) -> FileLock:
        """One of the places for requests under way, as soon as one is free."""
        give_up_s = time.monotonic() + self._patience_s
        while True:
            for number in range(self._at_once):
                # A new object each time: one lock object may be taken twice by the same thread.
                lock = FileLock(self._folder / f"slot-{number}.lock", thread_local=False)
                try:
                    lock.acquire(blocking=False)
                except Timeout:
                    continue
                return lock
            if time.monotonic() > give_up_s:
                raise self._stuck()
            self._wait(_BETWEEN_LOOKS_S)

    @contextmanager
    def _held(self, lock: FileLock) -> Iterator[None]:
        try:
            lock.acquire(poll_interval=_BETWEEN_LOOKS_S)
        except Timeout:
            raise self._stuck() from None
        try:
            yield
        finally:
            lock.release()

    def _stuck(self) -> LimiterStuck:
        return LimiterStuck(
            f"No turn to ask the API came within {self._patience_s:g} s, since {self._at_once}"
            " other requests with this token never ended: end the processes that hang, or run"
            " with fewer workers."
        )

    def _wait_for_start(self) -> None:
        """Wait until one more request may begin, one waiter after another, and note its start."""
        book = self._folder / "starts.json"
        lock = FileLock(self._folder / "book.lock", timeout=self._patience_s, thread_local=False)
        with self._held(lock):
            # The clock is one for all processes of a machine and begins anew when it boots: what
            # lies further ahead than a window or two is from before that.
            now_s = time.monotonic()
            starts = [at_s for at_s in _read_book(book) if at_s <= now_s + 3 * _WINDOW_S]
            start_s = now_s
            if len(starts) >= self._per_second:
                start_s = max(now_s, starts[-self._per_second] + _WINDOW_S + _MARGIN_S)
            self._wait(start_s - now_s)
            starts.append(max(start_s, time.monotonic()))
            book.write_text(json.dumps(starts[-self._per_second :]), encoding="ascii")


def _read_book(book: Path) -> list[float]:
    """The latest starts; none where the file is new, or a dying process left it half written."""
    try:
        starts = json.loads(book.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return []
    if not isinstance(starts, list):
        return []
    return sorted(float(at_s) for at_s in starts if isinstance(at_s, int | float))


def _own_folder(parent: Path) -> Path:
    """A folder that only this user can read and write."""
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    folder = parent / f"clover-rate-limit-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LimiterStuck(
            f"{folder} cannot be made ({error.strerror}), so that the API's rate limit cannot be"
            " kept: set TMPDIR to a folder that can be written to."
        ) from None
    if hasattr(os, "getuid"):
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid != os.getuid():
            raise LimiterStuck(
                f"{folder} belongs to another user, so that the API's rate limit cannot be kept"
                " there: remove it, or set TMPDIR to a folder of your own."
            )
    return folder
