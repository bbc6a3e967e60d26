"""Runs that are interrupted: they keep what they have, and leave no process."""

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

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
