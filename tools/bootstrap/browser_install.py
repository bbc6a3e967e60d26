"""Installation of a browser on a machine that has none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from suite.browsers import SetUpProblem, find_browser
from tools.bootstrap.console import say
from tools.bootstrap.environment import Environment

DOWNLOAD_S = 600  # time limit for Playwright's download of about 100 MB
APT_S = 600
SHELL = "chromium-headless-shell"


def ensure_browser(environment: Environment, environ: Mapping[str, str]) -> None:
    """Find a browser, or install one where that needs no question.

    Raises:
        SetUpProblem: no browser can be found or installed, or CHROMIUM_PATH is wrong.
    """
    if _found(environment, environ):
        return
    say("No browser was found. Downloading Playwright's …")
    if _download(environment, environ) and _found(environment, environ):
        return
    if _may_apt():
        say(f"The download failed. Installing the package {SHELL} …")
        if _apt(environ, "update") and _apt(environ, "install", SHELL):
            find_browser(environ, prefix=environment.folder)
            return
    raise SetUpProblem(
        "No browser was found and none could be installed: install Google Chrome, Chromium or"
        f" (on Debian, as root: apt-get install {SHELL}) its headless shell, or set"
        " CHROMIUM_PATH to the executable of one."
    )


def _found(environment: Environment, environ: Mapping[str, str]) -> bool:
    if environ.get("CHROMIUM_PATH"):
        find_browser(environ, prefix=environment.folder)  # a wrong path is an error
        return True
    try:
        find_browser(environ, prefix=environment.folder)
    except SetUpProblem:
        return False
    return True


def _download(environment: Environment, environ: Mapping[str, str]) -> bool:
    playwright = [str(environment.python), "-m", "playwright"]
    if not _works([*playwright, "install", SHELL], environ, DOWNLOAD_S):
        return False
    if sys.platform == "linux" and _may_apt():  # a container lacks its libraries too
        return _works([*playwright, "install-deps", SHELL], environ, APT_S)
    return True


def _may_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(environ: Mapping[str, str], verb: str, *packages: str) -> bool:
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--yes", "--no-install-recommends", verb, *packages]
    return _works(command, quiet, APT_S)


def _works(command: list[str], environ: Mapping[str, str], timeout_s: float) -> bool:
    try:
        done = subprocess.run(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
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
