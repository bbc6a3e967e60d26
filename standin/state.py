"""The state file: merchants, sessions and payments that outlive the process.

It never holds a card number: what a shopper has typed is lost with the process.
"""

import errno
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from standin.merchants import Merchant
from standin.outcomes import RedirectUrls
from standin.record import Event, Payment
from standin.redirect.response_plan import RedirectPlan
from standin.serving import PathRefused
from standin.sessions import KEPT_AFTER_EXPIRY_S, Session, SessionStore

_APPLICATION: Final = 0x436C6F76
_VERSION: Final = 1
_TABLES: Final = f"""
    PRAGMA application_id = {_APPLICATION};
    PRAGMA user_version = {_VERSION};
    CREATE TABLE merchant (id TEXT PRIMARY KEY, json BLOB NOT NULL);
    CREATE TABLE session (
        id TEXT PRIMARY KEY, merchant TEXT NOT NULL, expires REAL NOT NULL,
        body BLOB NOT NULL, json BLOB NOT NULL
    );
    CREATE INDEX session_expires ON session (expires);
"""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Account:
    token: str
    email: str
    password: str
    webhook_secret: str
    urls: RedirectUrls
    recaptcha: bool
    sessions: int
    redirects: int
    latest_session: str


@dataclass(frozen=True, slots=True)
class _Activity:
    payments: list[Payment]
    attempts: int
    declines: int
    events: list[Event]
    landing: str | None
    query: str
    plans: dict[str, RedirectPlan]
    answers: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Checkout:
    requested: RedirectUrls
    dashboard_at_creation: RedirectUrls
    created: float
    expires: float
    number: int
    previous: str
    scheme: str
    activity: _Activity


_ACCOUNT: Final = TypeAdapter(_Account)
_CHECKOUT: Final = TypeAdapter(_Checkout)


class StateFile:
    """An SQLite file with a write-ahead log, for one stand-in at a time.

    A killed process loses nothing that ``save`` has written; a power failure may cost the latest
    answers.
    """

    def __init__(self, path: Path) -> None:
        """Open or create the file.

        Raises:
            PathRefused: it cannot be used; the message is one sentence.
        """
        self._path = path
        self._merchants: dict[str, bytes] = {}
        try:
            if not path.exists():
                path.touch(mode=0o600)  # it holds the account's token
            if not os.access(path, os.R_OK | os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self._file = sqlite3.connect(path, timeout=1, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise self._failed(getattr(error, "strerror", None) or str(error)) from None
        try:
            self._open()
        except sqlite3.Error as error:
            self._file.close()
            locked = "locked" in str(error)
            raise self._failed("another stand-in uses it" if locked else str(error)) from None
        except PathRefused:
            self._file.close()
            raise

    def _open(self) -> None:
        # An exclusive lock, taken by the first write, keeps a second stand-in out.
        self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
        (application,) = self._file.execute("PRAGMA application_id").fetchone()
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        (tables,) = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and application != _APPLICATION:
            raise self._failed("another program made it")
        if tables and version != _VERSION:
            raise self._failed(f"it has version {version} and this stand-in reads {_VERSION}")
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self._file.executescript(f"BEGIN; {_TABLES} COMMIT;")
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute("COMMIT")

    def restore_merchant(self, merchant_id: str | None, merchant: Merchant) -> None:
        """Give a new merchant what the file holds of this id, or of the latest one if it is None.

        Credentials that were chosen are set by the caller afterwards.
        """
        rows = dict(self._file.execute("SELECT id, json FROM merchant ORDER BY rowid"))
        known = merchant_id or next(reversed(rows), "")
        if known in rows:
            account = _ACCOUNT.validate_json(rows[known])
            merchant.id = known
            for each in fields(account):
                setattr(merchant, each.name, getattr(account, each.name))

    def restore_sessions(self, store: SessionStore, merchant: Merchant) -> None:
        """Read a merchant's sessions, the oldest first."""
        query = "SELECT id, body, json FROM session WHERE merchant = ? ORDER BY rowid"
        for session_id, body, text in self._file.execute(query, (merchant.id,)):
            store.restore(_session(session_id, merchant, body, _CHECKOUT.validate_json(text)))

    def save(self, store: SessionStore, merchants: Mapping[str, Merchant], now_s: float) -> None:
        """Write what has changed since the last call, and delete what expired long ago."""
        sessions = [
            (each.id, each.merchant.id, each.expires, each.body, _CHECKOUT.dump_json(_saved(each)))
            for each in (store.unsaved or {}).values()
        ]
        accounts = {
            each.id: _ACCOUNT.dump_json(_part(_Account, each)) for each in tuple(merchants.values())
        }
        changed = {key: text for key, text in accounts.items() if self._merchants.get(key) != text}
        if not sessions and not changed:
            return
        with self._file:
            self._file.executemany("REPLACE INTO merchant VALUES (?, ?)", changed.items())
            self._file.executemany(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET json = excluded.json",
                sessions,
            )
            forgotten = now_s - KEPT_AFTER_EXPIRY_S
            self._file.execute("DELETE FROM session WHERE expires < ?", (forgotten,))
        self._merchants |= changed
        (store.unsaved or {}).clear()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _failed(self, reason: str) -> PathRefused:
        return PathRefused(
            f"The state file {self._path} cannot be used ({reason}): name another one with --state."
        )


def _part(kind: type[_T], of: object, **more: Any) -> _T:
    """Make a dataclass of the attributes of the same names."""
    names = (each.name for each in fields(kind) if each.name not in more)  # type: ignore[arg-type]
    return kind(**{name: getattr(of, name) for name in names}, **more)


def _saved(session: Session) -> _Checkout:
    return _part(_Checkout, session, activity=_part(_Activity, session.activity))


def _session(session_id: str, merchant: Merchant, body: bytes, saved: _Checkout) -> Session:
    times = {each.name: getattr(saved, each.name) for each in fields(saved)}
    activity = times.pop("activity")
    session = Session(session_id, merchant, body, **times)
    for each in fields(activity):
        kept, value = getattr(session.activity, each.name), getattr(activity, each.name)
        if isinstance(kept, dict):
            kept.update(value)
        else:
            setattr(session.activity, each.name, value)
    return session
