"""Browser discovery: the Chromium or Firefox that a run uses.

It imports the standard library only: the set-up uses it before anything is installed.
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# The shell comes first: it draws no window and needs a third of the processor time.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MACOS_APPS = tuple(
    f"{app}.app/Contents/MacOS/{app}" for app in ("Chromium", "Google Chrome", "Microsoft Edge")
)
WINDOWS_APPS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
FIREFOXES = ("firefox-esr", "firefox")
MACOS_FIREFOX = ("Firefox.app/Contents/MacOS/firefox",)
WINDOWS_FIREFOX = ("Mozilla Firefox/firefox.exe",)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
SNAP = b"/snap/bin"


class SetUpProblem(RuntimeError):
    """Something that the suite needs is missing; the message says what, and how to get it."""

    category = "suite problem"


def find_browser(
    environ: Mapping[str, str], *, headed: bool = False, prefix: Path | None = None
) -> Path | None:
    """Find a Chromium: CHROMIUM_PATH, Playwright's own, or one of the system.

    The search is repeated in every run, because a browser may be removed at any time.

    Args:
        environ: CHROMIUM_PATH, and the variables that name search paths (PATH, HOME, …).
        headed: whether a window is needed, which headless shells cannot open.
        prefix: the Python environment that holds Playwright; the running one by default.

    Returns:
        The executable, or None for Playwright's own.

    Raises:
        SetUpProblem: CHROMIUM_PATH is not an executable, or there is no browser.
    """
    if chosen := environ.get("CHROMIUM_PATH"):
        return _chosen(chosen, environ)
    own = "chromium" if headed else "chromium-headless-shell"
    if _is_downloaded(environ, Path(sys.prefix) if prefix is None else prefix, own):
        return None
    names = BROWSERS if headed else SHELLS + BROWSERS
    if found := _of_system(environ, names, usual_places(environ, sys.platform)):
        return found
    raise SetUpProblem(
        "No Chromium was found: install Google Chrome or Chromium, or run"
        f" `{sys.executable} -m playwright install chromium-headless-shell`, or set CHROMIUM_PATH"
        " to the executable of one."
    )


def find_firefox(environ: Mapping[str, str], *, prefix: Path | None = None) -> Path | None:
    """Find a Firefox: FIREFOX_PATH, Playwright's own, or one of the system.

    Arguments, result and errors are those of ``find_browser``.
    """
    if chosen := environ.get("FIREFOX_PATH"):
        return _chosen(chosen, environ, "FIREFOX_PATH", "Firefox")
    if _is_downloaded(environ, Path(sys.prefix) if prefix is None else prefix, "firefox"):
        return None
    places = usual_places(environ, sys.platform, MACOS_FIREFOX, WINDOWS_FIREFOX)
    if found := _of_system(environ, FIREFOXES, places):
        return found
    raise SetUpProblem(
        "No Firefox was found: install it (on Debian: apt-get install firefox-esr), or run"
        f" `{sys.executable} -m playwright install firefox`, or set FIREFOX_PATH to the executable"
        " of one."
    )


def _of_system(
    environ: Mapping[str, str], names: Sequence[str], places: Sequence[Path]
) -> Path | None:
    """Return the first of these programs on the PATH, or in one of these places."""
    for name in names:
        found = shutil.which(name, path=environ.get("PATH", ""))
        # A snap cannot read Playwright's profile in /tmp.
        if found and not _is_snap(Path(found)):
            return Path(found)
    return next((place for place in places if _can_run(place)), None)


def _is_downloaded(environ: Mapping[str, str], prefix: Path, name: str) -> bool:
    """Whether Playwright has downloaded this browser in the revision of its version."""
    inside = "site-packages/playwright/driver/package/browsers.json"
    for listing in (*prefix.glob(f"lib/python3.*/{inside}"), *prefix.glob(f"Lib/{inside}")):
        browsers = json.loads(listing.read_text(encoding="utf-8"))["browsers"]
        revisions = {browser["name"]: browser["revision"] for browser in browsers}
        downloaded = f"{name.replace('-', '_')}-{revisions.get(name)}/INSTALLATION_COMPLETE"
        if (_download_folder(environ, listing.parent) / downloaded).exists():
            return True
    return False


def _chosen(
    chosen: str, environ: Mapping[str, str], variable: str = "CHROMIUM_PATH", kind: str = "Chromium"
) -> Path:
    path = Path(chosen).expanduser()
    if _can_run(path):
        return path
    if named := shutil.which(chosen, path=environ.get("PATH", "")):
        return Path(named)
    reason = "cannot be run" if path.exists() else "does not exist"
    raise SetUpProblem(
        f"{variable} is {chosen}, which {reason}: set it to the executable of a {kind},"
        " or remove it to let the suite find one."
    )


def _can_run(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _is_snap(path: Path) -> bool:
    """Whether the program is a snap, or the script by which Ubuntu starts one."""
    if path.is_relative_to("/snap"):
        return True
    with path.open("rb") as file:
        start = file.read(2048)
    return start.startswith(b"#!") and SNAP in start


def usual_places(
    environ: Mapping[str, str],
    platform: str,
    macos: Sequence[str] = MACOS_APPS,
    windows: Sequence[str] = WINDOWS_APPS,
) -> list[Path]:
    """Return the usual install paths on systems that do not put browsers on the PATH."""
    if platform == "darwin":
        roots = (Path("/Applications"), Path(environ.get("HOME", "/")) / "Applications")
        return [root / app for root in roots for app in macos]
    if platform == "win32":
        homes = [Path(environ[root]) for root in WINDOWS_ROOTS if environ.get(root)]
        return [home / app for app in windows for home in homes]
    return []


def _download_folder(environ: Mapping[str, str], package: Path) -> Path:
    """Return Playwright's browser cache. Source: https://playwright.dev/python/docs/browsers."""
    wanted = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if wanted == "0":
        return package / ".local-browsers"
    if wanted:
        return Path(wanted)
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "darwin":
        cache = home / "Library" / "Caches"
    elif sys.platform == "win32":
        cache = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    return cache / "ms-playwright"
