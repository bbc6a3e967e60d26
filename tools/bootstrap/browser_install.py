"""Installation of a browser on a machine that has none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from suite.browsers import SetUpProblem, find_browser
from tools.command_line import say

DOWNLOAD_S = 600  # time limit for Playwright's download of about 100 MB
APT_S = 600
SHELL = "chromium-headless-shell"
STANDARD_ERROR = 2


def ensure_browser(environ: Mapping[str, str], *, python: Path, prefix: Path) -> None:
    """Find a browser, or install one where that needs no question.

    Args:
        environ: CHROMIUM_PATH, and the variables that name search paths (PATH, HOME, …).
        python: of the environment that holds Playwright.
        prefix: folder of that environment.

    Raises:
        SetUpProblem: no browser can be found or installed, or CHROMIUM_PATH is wrong.
    """
    found = partial(_found, environ, prefix)
    downloaded = found() or (_download(environ, python) and found())
    if not downloaded and not (_apt(environ) and found()):
        raise SetUpProblem(
            "No browser was found and none could be installed: install Google Chrome, Chromium or"
            f" (on Debian, as root: apt-get install {SHELL}) its headless shell, or set"
            " CHROMIUM_PATH to the executable of one."
        )


def _found(environ: Mapping[str, str], prefix: Path) -> bool:
    try:
        find_browser(environ, prefix=prefix)
    except SetUpProblem:
        if environ.get("CHROMIUM_PATH"):  # a wrong path is an error
            raise
        return False
    return True


def _download(environ: Mapping[str, str], python: Path) -> bool:
    say("No browser was found. Downloading Playwright's …")
    playwright = [str(python), "-m", "playwright"]
    if not _works([*playwright, "install", SHELL], environ, DOWNLOAD_S, output=STANDARD_ERROR):
        return False
    # A container lacks its libraries too.
    return not _may_apt() or _works([*playwright, "install-deps", SHELL], environ, APT_S)


def _may_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(environ: Mapping[str, str]) -> bool:
    if not _may_apt():
        return False
    say(f"The download failed. Installing the package {SHELL} …")
    apt = ["apt-get", "--quiet", "--yes", "--no-install-recommends"]
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(_works([*apt, *words], quiet, APT_S) for words in (["update"], ["install", SHELL]))


def _works(
    command: list[str],
    environ: Mapping[str, str],
    timeout_s: float,
    output: int = subprocess.DEVNULL,
) -> bool:
    try:
        done = subprocess.run(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=timeout_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def chosen_in(dotenv: Path) -> str:
    """Return the CHROMIUM_PATH of a `.env` file, or "".

    The suite reads the file with python-dotenv, which is not installed yet when this runs.
    """
    if not dotenv.is_file():
        return ""
    for line in dotenv.read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.strip().removeprefix("export ").partition("=")
        if name.strip() == "CHROMIUM_PATH":
            return value.partition(" #")[0].strip().strip("'\"")
    return ""
