"""Displays of browser windows."""

import os
import shutil
import subprocess
import sys

import pytest

from suite import display
from suite.browsers import SetUpProblem, find_browser
from suite.display import VirtualDisplay, has_display

needs_xvfb = pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no Xvfb")


@pytest.mark.parametrize(("environ", "platform", "expected"), [
    ({}, "linux", False), ({"DISPLAY": ":1"}, "linux", True),
    ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True), ({}, "darwin", True), ({}, "win32", True),
])  # fmt: skip
def test_display_is_known(environ: dict[str, str], platform: str, expected: bool) -> None:
    """Linux names its display in the environment; other systems always have one."""
    assert has_display(environ, platform) is expected


def test_missing_xvfb_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setattr(display, "can_start", lambda: False)
    with pytest.raises(SetUpProblem, match="apt-get install xvfb"):
        VirtualDisplay()


@needs_xvfb
def test_virtual_display_lives_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named in the environment as long as it accepts clients."""
    monkeypatch.delenv("DISPLAY", raising=False)
    shown = VirtualDisplay()
    name = os.environ["DISPLAY"]
    socket = f"/tmp/.X11-unix/X{name[1:]}"
    assert os.path.exists(socket)  # noqa: PTH110 - it is no file

    shown.stop()

    assert "DISPLAY" not in os.environ
    assert not os.path.exists(socket)  # noqa: PTH110


@needs_xvfb
def test_run_with_a_window_starts_a_display() -> None:
    """``--headed`` works on a machine without a display."""
    try:
        find_browser(os.environ, headed=True)
    except SetUpProblem:
        pytest.skip("there is no full Chromium")
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    test = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome"

    run = subprocess.run(
        [sys.executable, "-m", "pytest", test, "-k", "cancel", "--headed", "-n0", "-q",
         "--output", "test-results/window"],
        env=kept, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
