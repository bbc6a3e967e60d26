"""Installation of a browser on a machine that has none."""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from suite.browsers import SetUpProblem, find_browser, find_firefox
from suite.display import can_start, has_display
from tools.command_line import say

DOWNLOAD_S = 600  # time limit for Playwright's download of about 100 MB
APT_S = 600
STANDARD_ERROR = 2
SERVERS = "REDIRECT_CONNECT"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that a run may need.

    Attributes:
        name: of Playwright's download.
        package: of Debian.
        variable: names the executable of another one.
        find: finds one, or raises SetUpProblem.
    """

    name: str
    package: str
    variable: str
    find: Callable[..., Path | None]


SHELL = Browser(
    *("chromium-headless-shell", "chromium-headless-shell"), "CHROMIUM_PATH", find_browser
)
WINDOW = Browser("chromium", "chromium", "CHROMIUM_PATH", partial(find_browser, headed=True))
FIREFOX = Browser("firefox", "firefox-esr", "FIREFOX_PATH", find_firefox)


def split_options(text: str) -> list[str]:
    """Split options as a shell does; none if it cannot, and will say so itself."""
    with suppress(ValueError):
        return shlex.split(text)
    return []


def wanted(arguments: Sequence[str]) -> tuple[Browser, bool]:
    """Return the browser that a run with these options of pytest needs, and whether in a window.

    WebKit comes from Playwright only, which downloads it by a command of its own.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--browser", action="append", default=[])
    parser.add_argument("--headed", action="store_true")
    try:
        known, _ = parser.parse_known_args(arguments)
    except argparse.ArgumentError:  # pytest will say what is wrong
        return SHELL, False
    if "firefox" in known.browser:
        return FIREFOX, known.headed
    return (WINDOW if known.headed else SHELL), known.headed


def ensure_run(
    arguments: Sequence[str], environ: Mapping[str, str], *, python: Path, prefix: Path
) -> None:
    """Make sure that a run with these options of pytest has its browser, and a window its display.

    A run with browser servers needs neither. Arguments and errors are those of ``ensure_browser``.
    """
    if environ.get(SERVERS) or any(word.split("=")[0] == "--connect" for word in arguments):
        return
    browser, headed = wanted(arguments)
    ensure_browser(environ, python=python, prefix=prefix, browser=browser)
    if headed:
        _ensure_display(environ)


def ensure_browser(
    environ: Mapping[str, str], *, python: Path, prefix: Path, browser: Browser = SHELL
) -> None:
    """Find a browser, or install one where that needs no question.

    Args:
        environ: CHROMIUM_PATH or FIREFOX_PATH, and the variables that name search paths.
        python: of the environment that holds Playwright.
        prefix: folder of that environment.
        browser: which one.

    Raises:
        SetUpProblem: no browser can be found or installed, or the variable is wrong.
    """
    found = partial(_found, browser, environ, prefix)
    downloaded = found() or (_download(browser, environ, python) and found())
    if not downloaded and not (_apt(browser, environ) and found()):
        raise SetUpProblem(
            f"No {browser.name} was found and none could be installed: install one (on Debian, as"
            f" root: apt-get install {browser.package}), or set {browser.variable} to the"
            " executable of one."
        )


def _ensure_display(environ: Mapping[str, str]) -> None:
    """Install a virtual display where a window has no other and that needs no question."""
    if not has_display(environ) and not can_start() and _may_apt():
        _install("xvfb", environ)


def _found(browser: Browser, environ: Mapping[str, str], prefix: Path) -> bool:
    try:
        browser.find(environ, prefix=prefix)
    except SetUpProblem:
        if environ.get(browser.variable):  # a wrong path is an error
            raise
        return False
    return True


def _download(browser: Browser, environ: Mapping[str, str], python: Path) -> bool:
    say(f"No {browser.name} was found. Downloading Playwright's …")
    playwright = [str(python), "-m", "playwright"]
    install = [*playwright, "install", browser.name]
    if not _works(install, environ, DOWNLOAD_S, output=STANDARD_ERROR):
        return False
    # A container lacks its libraries too.
    libraries = [*playwright, "install-deps", browser.name]
    return not _may_apt() or _works(libraries, environ, APT_S)


def _may_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(browser: Browser, environ: Mapping[str, str]) -> bool:
    if not _may_apt():
        return False
    say("The download failed.")
    return _install(browser.package, environ)


def _install(package: str, environ: Mapping[str, str]) -> bool:
    say(f"Installing the package {package} …")
    apt = ["apt-get", "--quiet", "--yes", "--no-install-recommends"]
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(_works([*apt, *words], quiet, APT_S) for words in (["update"], ["install", package]))


def _works(
    command: list[str],
    environ: Mapping[str, str],
    timeout_s: float,
    output: int = subprocess.DEVNULL,
) -> bool:
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=timeout_s,
            check=False,
        )
        return done.returncode == 0
    return False


def with_choice(environ: Mapping[str, str], dotenv: Path) -> dict[str, str]:
    """Add browsers and servers that a `.env` file names to the environment, which goes first.

    The suite reads the file with python-dotenv, which is not installed yet when this runs.
    """
    chosen = dict(environ)
    text = dotenv.read_text(encoding="utf-8", errors="replace") if dotenv.is_file() else ""
    for line in text.splitlines():
        name, _, value = line.strip().removeprefix("export ").partition("=")
        if name.strip() in {SHELL.variable, FIREFOX.variable, SERVERS}:
            path = value.partition(" #")[0].strip().strip("'\"")
            chosen.setdefault(name.strip(), path)
    return chosen
