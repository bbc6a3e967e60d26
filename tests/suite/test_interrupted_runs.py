"""Accidents in mid-run: the run says what happened, keeps what it has, and leaves no process.

A lost browser server is in ``test_browser_servers.py``.
"""

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from records.recorded_test import TestRecord
from tests.suite.nested_run import RESULTS, run_tests

ROOT = Path(__file__).parents[2]
WAIT_S, STEP_S = 90.0, 0.1
CORE = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome"


def _started_by(run: subprocess.Popen[str]) -> set[psutil.Process]:
    with suppress(psutil.Error):
        return {*psutil.Process(run.pid).children(recursive=True)}
    return set()


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_keeps_what_it_has(tmp_path: Path, number: int) -> None:
    """Ctrl-C twice, or SIGTERM twice as from a CI: the report is whole, and nothing runs on."""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", CORE, "-n0", "--output", str(tmp_path / "results")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        clock, started = threading.Event(), set[psutil.Process]()
        for _ in range(int(WAIT_S / STEP_S)):
            started |= _started_by(run)
            if any(tmp_path.glob("results/*/evidence.json")) and len(started) > 1:
                break
            clock.wait(STEP_S)
        else:
            pytest.fail("No test began in time.")
        run.send_signal(number)
        run.send_signal(number)
        printed, _ = run.communicate(timeout=WAIT_S)

    assert run.returncode != 0
    report = (tmp_path / "results" / "report.html").read_text(encoding="utf-8")
    assert report.endswith("</html>"), printed
    _, alive = psutil.wait_procs(started, timeout=WAIT_S)
    assert alive == []


ACCIDENTS = '''
    import os
    import signal
    from contextlib import suppress

    import psutil
    import pytest
    from playwright.sync_api import Error

    from records.outcome import Outcome
    from suite.checkout.assertions import must_land


    def nothing(shopper):
        """All is well."""


    def kill_browser(shopper):
        for child in psutil.Process().children(recursive=True):
            if "chrom" in child.name():
                child.kill()


    def crash_tab(shopper):
        with suppress(Error):
            shopper.page.goto("chrome://crash")


    def kill_worker(shopper):
        os.kill(os.getpid(), signal.SIGKILL)


    def end_stand_in(shopper):
        shopper.observer.target.stand_in._serving.stop()


    @pytest.mark.standin_only
    @pytest.mark.parametrize("accident", [ROWS])
    def test_cancels(merchant, open_checkout, accident):
        """Leaving leads to the cancel URL."""
        shopper = open_checkout(merchant.create_checkout(merchant.urls("?order=7")))
        if accident is nothing:
            shopper.cancel()
        accident(shopper)
        must_land(shopper, Outcome.CANCEL)
'''
WELL = "passed", ""
DIED = "error", "The browser died during this test: look for a crash or low memory"
CRASHED = "error", "The browser or its tab crashed before the end of the checkout: look for low"
ENDED = "error", "The stand-in's server has ended: look for low memory or open files"
KILLED = "error", "The process that ran this test died"


def _told(record: TestRecord) -> tuple[str, str]:
    """Return status and headline of a test; it has at most one problem, of the suite."""
    assert {problem.category for problem in record.problems} <= {"suite problem"}
    texts = [problem.text for problem in record.problems]
    assert len(texts) < 2
    return record.status, "".join(texts)


@pytest.mark.skipif(sys.platform == "win32", reason="kills processes as POSIX does")
@pytest.mark.parametrize(("workers", "accidents"), [
    pytest.param("0", {
        "kill_browser": DIED, "nothing": WELL, "crash_tab": CRASHED, "end_stand_in": ENDED,
        "nothing ": ENDED,
    }, id="browser and stand-in"),
    pytest.param("2", {"kill_worker": KILLED, "nothing": WELL, "nothing ": WELL}, id="worker"),
])  # fmt: skip
def test_accident_is_no_redirect_bug(
    tmp_path: Path, workers: str, accidents: dict[str, tuple[str, str]]
) -> None:
    """It is named, later tests have a new browser or worker, and the exit code is 1."""
    before = {process.pid for process in psutil.process_iter()}
    tests = ACCIDENTS.replace("ROWS", ", ".join(accidents))

    code, printed, records = run_tests(tmp_path, tests, "-n", workers)

    assert code == 1, printed
    told = sorted(map(_told, records))
    for (status, text), (wanted, words) in zip(told, sorted(accidents.values()), strict=True):
        assert (status, text.startswith(words)) == (wanted, True), printed
    report = (tmp_path / RESULTS / "report.html").read_text(encoding="utf-8")
    assert report.endswith("</html>")
    left = [
        one for one in psutil.process_iter() if one.pid not in before and _is_ours(one, tmp_path)
    ]
    assert left == []


def _is_ours(process: psutil.Process, folder: Path) -> bool:
    """Whether a process was started by the run in this folder."""
    with suppress(psutil.Error):
        return process.cwd() == str(folder)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_full_disk_ends_the_run_with_one_sentence(tmp_path: Path) -> None:
    """There is no traceback, no test counts as red, and no broken report."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", str(disk))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    tests = ACCIDENTS.replace("ROWS", "nothing, nothing, nothing")
    try:
        code, printed, _ = run_tests(tmp_path, tests, "--output", str(disk / "results"))
        left = {path.name for path in (disk / "results").glob("*report*")}
    finally:
        subprocess.run(("umount", str(disk)), check=True)

    assert code == 1, printed
    assert "could not be written whole to" in printed
    assert "(No space left on device): free space there" in printed
    assert "Traceback" not in printed
    assert left == set()
