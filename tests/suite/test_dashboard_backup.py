"""Restoring a merchant's dashboard: the backup, the lock per merchant, interruptions."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest

from records.outcome import Outcome
from suite.dashboard.dashboard_backup import DashboardBackup
from suite.dashboard.editor import NotRestored, NotSaved
from suite.dashboard.merchant_lock import MerchantBusy, lock_merchant, merchant_folder, on_interrupt

URLS = {Outcome.SUCCESS: "https://shop.example/é?a=1", Outcome.CANCEL: "https://shop.example/c"}


def _backup(tmp_path: Path, urls: Mapping[Outcome, str] | None = None) -> DashboardBackup:
    """The backup of a merchant, as each run opens it."""
    backup = DashboardBackup(tmp_path / "merchant", tmp_path / "results")
    if urls is not None:
        backup.keep(urls)
    return backup


def test_first_urls_are_kept_until_they_are_restored(tmp_path: Path) -> None:
    """Neither a second change nor the run after a killed one replaces them; a restore does."""
    backup = _backup(tmp_path, URLS)
    backup.keep({})
    next_run = _backup(tmp_path, {Outcome.FAILURE: "https://left.behind.example/"})

    assert backup.urls == next_run.urls == URLS
    backup.discard()
    assert _backup(tmp_path).urls is None


def test_failed_restore_names_every_value(tmp_path: Path) -> None:
    """The error and a file in the results say what to set by hand."""
    file = _backup(tmp_path, URLS).export("MERCHANT00001")
    problem = NotRestored("MERCHANT00001", URLS, file, OSError("gone"))
    for part in ("MERCHANT00001", URLS[Outcome.SUCCESS], "failure: empty", file, "gone"):
        assert part in str(problem)
    assert URLS[Outcome.SUCCESS] in Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_lock_excludes_every_change(tmp_path: Path, *, first: bool, second: bool) -> None:
    """A test that changes the dashboard excludes all others; tests that read it share the lock."""
    busy = pytest.raises(MerchantBusy) if first or second else nullcontext()
    with lock_merchant(tmp_path, exclusive=first), busy, ExitStack() as other:
        other.enter_context(lock_merchant(tmp_path, exclusive=second, patience_s=0.05))


def test_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    """A link in place of the folder is not followed."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    (tmp_path / f"clover-dashboard-{user}").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(MerchantBusy, match="another user"):
        merchant_folder("MERCHANT00001", tmp_path)


@pytest.fixture
def clean_ups() -> Iterator[list[str]]:
    """What was done before the run ended; the signal handlers are the same afterwards."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    done: list[str] = []
    yield done
    assert {number: signal.getsignal(number) for number in handlers} == handlers


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interruption_cleans_up_first(clean_ups: list[str], number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end a run only after the dashboard is restored."""
    with pytest.raises(KeyboardInterrupt), on_interrupt(lambda: clean_ups.append("restored")):
        signal.raise_signal(number)
    assert clean_ups == ["restored"]


def test_failed_clean_up_is_reported(clean_ups: list[str]) -> None:
    """The interruption says what could not be restored."""

    def fail() -> None:
        clean_ups.append("tried")
        raise ExceptionGroup("all", [OSError("the failure URL was https://old.example/")])

    with pytest.raises(KeyboardInterrupt, match="https://old"), on_interrupt(fail):
        signal.raise_signal(signal.SIGTERM)


NEW = {Outcome.SUCCESS: "https://shop.example/new"}


@pytest.mark.parametrize(("shown", "said", "category"), [
    pytest.param({}, "", "redirect bug", id="all cleared"),
    pytest.param({Outcome.SUCCESS: "https://shop.example/NEW"}, "", "redirect bug", id="other"),
    pytest.param(URLS, "", "target problem", id="as before"),
    pytest.param({}, "Try again later.", "target problem", id="a reason"),
])  # fmt: skip
def test_unsaved_urls_are_attributed(shown: dict[Outcome, str], said: str, category: str) -> None:
    """Silently changed URLs are a redirect bug; unchanged ones were perhaps not saved."""
    problem = NotSaved(NEW, shown, URLS, said)
    assert problem.category == category
    assert NotRestored("MERCHANT00001", URLS, "file", problem).category == category
