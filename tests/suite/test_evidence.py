"""Traces and screenshots are kept as requested, and never with a secret."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from playwright.sync_api import Error

from records.verdict import Violation
from suite.evidence.evidence import Evidence, Recording
from suite.evidence.scrubber import Scrubber
from tests.suite.samples import error, record, verdict

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


def _evidence(folder: Path, recording: Recording, *, failed: bool) -> Evidence:
    evidence = Evidence(error() if failed else record(), folder, Scrubber(), recording)
    evidence.hide(TOKEN)
    return evidence


def _record(evidence: Evidence) -> list[tuple[str, Any]]:
    """Record two pages, one of which has crashed, and return the calls of the tracing."""
    tracing = _Tracing()
    shots = [Mock(side_effect=Error("Page crashed")), Mock(return_value=b"picture")]
    pages = [Mock(screenshot=shot, frames=[]) for shot in shots]
    with evidence.recorded(Mock(tracing=tracing, pages=pages)):
        pass
    return tracing.calls


def test_nothing_is_recorded_by_default(tmp_path: Path) -> None:
    """Without options no test pays for a trace or a screenshot."""
    evidence = _evidence(tmp_path, Recording(), failed=True)
    assert _record(evidence) == []
    evidence.finish({})
    assert [path.name for path in tmp_path.iterdir()] == ["evidence.json"]


def test_trace_of_a_passed_test_is_never_written(tmp_path: Path) -> None:
    """A dropped trace leaves no file, and has no DOM snapshots, which cost a third more CPU."""
    evidence = _evidence(tmp_path, Recording(trace="retain-on-failure"), failed=False)
    assert _record(evidence) == [("start", {"snapshots": False}), ("stop", None)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("mode", "failed"), [("retain-on-failure", True), ("on", False)])
def test_kept_trace_is_clean(tmp_path: Path, mode: str, failed: bool) -> None:
    """A kept trace was scrubbed before it reached the evidence; a requested one has the DOM."""
    evidence = _evidence(tmp_path, Recording(trace=mode), failed=failed)

    start, (_, written) = _record(evidence)

    assert start == ("start", {"snapshots": mode == "on"})
    assert evidence.record.trace == "trace.zip"
    with zipfile.ZipFile(tmp_path / "trace.zip") as archive:
        assert TOKEN.encode() not in archive.read("trace.network")
    assert not written.is_relative_to(tmp_path)
    assert not written.exists()


def test_each_context_has_its_files(tmp_path: Path) -> None:
    """Two shoppers in one test have two traces and screenshots; a crashed page has none."""
    evidence = _evidence(tmp_path, Recording(trace="on", screenshot="only-on-failure"), failed=True)
    for _ in range(2):
        _record(evidence)
    evidence.finish({})

    files = ["evidence", "screenshot", "screenshot-2", "trace", "trace-2"]
    assert evidence.record.screenshots == ["screenshot.png", "screenshot-2.png"]
    assert sorted(path.stem for path in tmp_path.iterdir()) == files


def test_late_arrival_replaces_the_verdict_that_had_not_seen_it(tmp_path: Path) -> None:
    """One landing is counted once, as broken."""
    evidence = _evidence(tmp_path, Recording(), failed=False)
    late = replace(verdict(), violations=(Violation("lands-once", "nothing more", "GET"),))

    evidence.add_verdict(late)

    assert evidence.record.verdicts == [late]
