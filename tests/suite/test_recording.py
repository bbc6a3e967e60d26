"""Traces and screenshots are kept as requested, and never with a secret."""

import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext, Error

from suite.evidence.recording import Recorder, Recording
from suite.evidence.scrubber import Scrubber

TOKEN = "token-7f93ab"


class _Tracing:
    """A stub that writes a trace with a secret, as Playwright does."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []

    def start(self, **parts: object) -> None:
        self.calls.append(("start", parts))

    def stop(self, path: Path | None = None) -> None:
        self.calls.append(("stop", path))
        if path is not None:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("trace.network", f"Bearer {TOKEN}")


def _photographed(**_: object) -> bytes:
    return b"picture"


def _crashed(**_: object) -> bytes:
    raise Error("Page crashed")


class _Browser:
    """A context with two pages, one of which has crashed."""

    def __init__(self) -> None:
        self.tracing = _Tracing()
        self.pages = [
            SimpleNamespace(screenshot=_crashed, frames=[]),
            SimpleNamespace(screenshot=_photographed, frames=[]),
        ]


def _record(folder: Path, recording: Recording, *, failed: bool) -> tuple[_Browser, Recorder]:
    scrubber = Scrubber()
    scrubber.hide(TOKEN)
    browser = _Browser()
    recorder = Recorder(recording, folder, scrubber, lambda: failed)
    with recorder.around(cast("BrowserContext", browser)):
        pass
    return browser, recorder


def test_nothing_is_recorded_by_default(tmp_path: Path) -> None:
    """Without options no test pays for a trace."""
    browser, recorder = _record(tmp_path, Recording(), failed=True)

    assert browser.tracing.calls == []
    assert recorder.pictures == []
    assert recorder.traces == []


def test_trace_of_a_passed_test_is_never_written(tmp_path: Path) -> None:
    """A dropped trace leaves no file, and has no DOM snapshots, which cost a third more CPU."""
    browser, _ = _record(tmp_path, Recording(trace="retain-on-failure"), failed=False)

    assert browser.tracing.calls == [("start", {"snapshots": False}), ("stop", None)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("mode", "failed"), [("retain-on-failure", True), ("on", False)])
def test_kept_trace_is_clean(tmp_path: Path, mode: str, failed: bool) -> None:
    """A kept trace was scrubbed before it reached the evidence; a requested one has the DOM."""
    browser, recorder = _record(tmp_path, Recording(trace=mode), failed=failed)

    assert browser.tracing.calls[0] == ("start", {"snapshots": mode == "on"})
    assert recorder.traces == ["trace.zip"]
    assert [path.name for path in tmp_path.iterdir()] == ["trace.zip"]
    with zipfile.ZipFile(tmp_path / "trace.zip") as archive:
        assert TOKEN.encode() not in archive.read("trace.network")
    written = browser.tracing.calls[-1][1]
    assert not written.is_relative_to(tmp_path)
    assert not written.exists()


def test_each_context_has_its_trace(tmp_path: Path) -> None:
    """Two shoppers in one test have two traces."""
    recorder = Recorder(Recording(trace="on"), tmp_path, Scrubber(), lambda: False)
    for _ in range(2):
        with recorder.around(cast("BrowserContext", _Browser())):
            pass

    assert recorder.traces == ["trace.zip", "trace-2.zip"]


def test_crashed_page_has_no_screenshot(tmp_path: Path) -> None:
    """The other pages of the context have theirs."""
    _, recorder = _record(tmp_path, Recording(screenshot="only-on-failure"), failed=True)

    assert recorder.pictures == [(b"picture", "screenshot")]
