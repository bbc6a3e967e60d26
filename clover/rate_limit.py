"""Clover's rate limit per token, shared by all processes of one user.

The state is a folder of lock files per user and token. The operating system releases the locks of
a process that dies, so a killed worker blocks no other.

Source: https://docs.clover.com/docs/api-usage-rate-limits (5 at once and 16 a second per token)
"""

import getpass
import hashlib
import json
import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import SecretStr, TypeAdapter

_AT_ONCE = 5
_PER_SECOND = 16
_WINDOW_S = 1.0
# Requests sent a second apart may arrive a little closer to each other.
_MARGIN_S = 0.05
_POLL_S = 0.02
_STARTS = TypeAdapter(list[float])


class LimiterStuck(RuntimeError):
    """No request could begin in time, or the shared folder cannot be used."""

    category = "suite problem"


class RateLimit:
    """Limits the requests of a token at once and in any second, across a user's processes."""

    def __init__(
        self,
        token: SecretStr,
        *,
        patience_s: float = 120.0,
        parent: Path | None = None,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Prepare the folder that all processes share.

        Args:
            token: names the folder, as a hash.
            patience_s: longest wait for a turn, in seconds.
            parent: the folder's parent; by default the system's folder for temporary files.
            wait: waits for the given seconds.

        Raises:
            LimiterStuck: the folder cannot be made, or belongs to another user.
        """
        digest = hashlib.sha256(b"clover-rate-limit:" + token.get_secret_value().encode())
        self._folder = _own_folder(parent or Path(tempfile.gettempdir())) / digest.hexdigest()[:20]
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._patience_s = patience_s
        self._wait = wait or threading.Event().wait

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may begin; leaving the context ends it.

        Raises:
            LimiterStuck: there was no turn in time.
        """
        with self._slot():
            self._wait_for_start()
            yield

    def _slot(self) -> AbstractContextManager[object]:
        """Wait for one of the places for requests in progress, and lock it."""
        deadline_s = time.monotonic() + self._patience_s
        while time.monotonic() <= deadline_s:
            for number in range(_AT_ONCE):
                # A new object each time: the same thread may lock one object twice.
                with suppress(Timeout):
                    return self._lock(f"slot-{number}.lock").acquire(blocking=False)
            self._wait(_POLL_S)
        raise self._stuck()

    def _wait_for_start(self) -> None:
        """Wait until one more request may begin, one waiter at a time, and record its start."""
        record = self._folder / "starts.json"
        try:
            with self._lock("book.lock").acquire(self._patience_s, poll_interval=_POLL_S):
                now_s = time.monotonic()
                # The clock is shared by all processes of a machine and restarts when it boots:
                # times further ahead than a few windows are from before that.
                starts = [at_s for at_s in _read(record) if at_s <= now_s + 3 * _WINDOW_S]
                start_s = now_s
                if len(starts) >= _PER_SECOND:
                    start_s = max(now_s, starts[-_PER_SECOND] + _WINDOW_S + _MARGIN_S)
                self._wait(start_s - now_s)
                starts.append(max(start_s, time.monotonic()))
                record.write_text(json.dumps(starts[-_PER_SECOND:]), encoding="ascii")
        except Timeout:
            raise self._stuck() from None

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._folder / name, thread_local=False)

    def _stuck(self) -> LimiterStuck:
        return LimiterStuck(
            f"No request could begin within {self._patience_s:g} s, because {_AT_ONCE} other"
            " requests with this token have not ended: end the processes that hang, or run with"
            " fewer workers."
        )


def _read(record: Path) -> list[float]:
    """Read the latest starts; none if the file is missing or half written."""
    try:
        return sorted(_STARTS.validate_json(record.read_bytes()))
    except (OSError, ValueError):
        return []


def _own_folder(parent: Path) -> Path:
    """Return a folder that only this user can read and write."""
    user = os.getuid() if hasattr(os, "getuid") else getpass.getuser()
    folder = parent / f"clover-rate-limit-{user}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        is_own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if is_own and stat.S_ISDIR(found.st_mode):
            return folder
    raise LimiterStuck(
        f"The rate limit cannot be kept, because {folder} cannot be made or belongs to another"
        " user: remove it, or set TMPDIR to your own folder."
    )
