"""A display for browser windows: the machine's own, or a virtual one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from suite.browsers import SetUpProblem

XVFB = "Xvfb"
_SCREEN = ("-screen", "0", "1280x1024x24", "-nolisten", "tcp")


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether this machine has a display for a browser window."""
    if platform in {"darwin", "win32"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def can_start() -> bool:
    """Whether a virtual display can be started."""
    return shutil.which(XVFB) is not None


class VirtualDisplay:
    """An X server without a screen, which names itself in ``DISPLAY`` until ``stop``."""

    def __init__(self) -> None:
        """Start the server, and wait until it accepts clients.

        Raises:
            SetUpProblem: there is no Xvfb, or it does not start.
        """
        if not can_start():
            raise SetUpProblem(
                "A browser window needs a display, and this machine has none: install Xvfb (on"
                " Debian: apt-get install xvfb) for a virtual one, or leave out --headed."
            )
        self._server = subprocess.Popen(
            [XVFB, "-displayfd", "1", *_SCREEN],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._server.stdout is not None
        number = self._server.stdout.readline().strip()
        if not number:
            self.stop()
            raise SetUpProblem("Xvfb did not start: run it yourself to see why.")
        os.environ["DISPLAY"] = f":{number}"

    def stop(self) -> None:
        """Stop the server."""
        os.environ.pop("DISPLAY", None)
        self._server.terminate()
        self._server.wait()
        if self._server.stdout is not None:
            self._server.stdout.close()
