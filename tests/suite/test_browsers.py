"""Tests of browser discovery."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem, find_browser, usual_places

REVISION = "1255"
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows recognises programs by extension"
)


def program(path: Path, content: str = "#!/bin/sh\n", mode: int = 0o755) -> Path:
    """Create a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def playwright_in(prefix: Path, environ: Mapping[str, str], *, installed: str) -> Path:
    """Install Playwright in an environment, with one downloaded browser."""
    package = prefix / "lib/python3.11/site-packages/playwright/driver/package"
    folder = Path(environ["PLAYWRIGHT_BROWSERS_PATH"]) / f"{installed}-{REVISION}"
    for path in (package, folder):
        path.mkdir(parents=True)
    names = ("chromium", "chromium-headless-shell", "firefox")
    browsers = [{"name": name, "revision": REVISION} for name in names]
    (package / "browsers.json").write_text(json.dumps({"browsers": browsers}), encoding="utf-8")
    (folder / "INSTALLATION_COMPLETE").touch()
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A machine without browsers, with a blank in each path."""
    return {
        "PATH": str(tmp_path / "the bin"),
        "HOME": str(tmp_path / "a home"),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "its browsers"),
    }


SHELL, CHROME, SNAP = "chromium-headless-shell", "google-chrome", "chromium-browser"


@posix_only
@pytest.mark.parametrize(("installed", "chosen", "headed", "found"), [
    pytest.param([SHELL, "my chrome"], "{bin}/my chrome", False, "my chrome", id="chosen path"),
    pytest.param([SHELL, "brave"], "brave", False, "brave", id="chosen name"),
    pytest.param([CHROME, "chromium", SHELL], "", False, SHELL, id="shell first"),
    pytest.param([CHROME, "chromium"], "", False, "chromium", id="Chromium next"),
    pytest.param([SHELL, CHROME], "", True, CHROME, id="headed"),
    pytest.param([SNAP, CHROME], "", False, CHROME, id="no snap"),
])  # fmt: skip
def test_best_browser_of_the_system_is_found(
    environ: dict[str, str], installed: list[str], chosen: str, *, headed: bool, found: str
) -> None:
    """CHROMIUM_PATH takes precedence, then shells, unless a window is needed; a snap is skipped."""
    folder = Path(environ["PATH"])
    snap = "#!/bin/sh\nexec /snap/bin/chromium\n"
    for name in installed:
        program(folder / name, snap if name == SNAP else "#!/bin/sh\n")
    environ["CHROMIUM_PATH"] = chosen.format(bin=folder)

    assert find_browser(environ, headed=headed, prefix=folder) == folder / found


@posix_only
@pytest.mark.parametrize("headed", [True, False])
def test_own_download_comes_first(environ: dict[str, str], tmp_path: Path, headed: bool) -> None:
    """Playwright's browser or shell takes precedence; an interrupted download does not count."""
    system = program(Path(environ["PATH"]) / CHROME)
    installed = "chromium" if headed else "chromium_headless_shell"
    folder = playwright_in(tmp_path, environ, installed=installed)

    assert find_browser(environ, prefix=tmp_path, headed=headed) is None
    assert find_browser(environ, prefix=tmp_path, headed=not headed) == system
    (folder / "INSTALLATION_COMPLETE").unlink()
    assert find_browser(environ, prefix=tmp_path, headed=headed) == system


@posix_only
@pytest.mark.parametrize(
    ("name", "reason"),
    [("none", "does not exist"), ("page.html", "cannot be run"), ("", "cannot be run")],
    ids=["missing", "not executable", "folder"],
)
def test_unusable_choice(environ: dict[str, str], tmp_path: Path, name: str, reason: str) -> None:
    """A wrong CHROMIUM_PATH is an error with its value, and no other browser replaces it."""
    program(Path(environ["PATH"]) / SHELL)
    program(tmp_path / "page.html", mode=0o644)
    chosen = str(tmp_path / name)

    with pytest.raises(SetUpProblem, match=f"which {reason}: set it to") as caught:
        find_browser({**environ, "CHROMIUM_PATH": chosen}, prefix=tmp_path)

    assert chosen in str(caught.value)
    assert caught.value.category == "suite problem"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have usual places")
def test_missing_browser_is_an_error_with_the_cure(environ: dict[str, str], tmp_path: Path) -> None:
    """Without a browser, one sentence says what to install."""
    with pytest.raises(SetUpProblem, match=r"^No Chromium was found: install .*\.$"):
        find_browser(environ, prefix=tmp_path)


def test_usual_places_of_macos_and_windows_are_searched() -> None:
    """Applications of the system and of the user, and each program folder that is set."""
    root = os.sep + "Program Files"
    macos = usual_places({"HOME": "/Users/ann"}, "darwin")

    assert Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome") in macos
    assert Path("/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium") in macos
    assert usual_places({"PROGRAMFILES": root}, "win32") == [
        Path(root, "Chromium", "Application", "chrome.exe"),
        Path(root, "Google", "Chrome", "Application", "chrome.exe"),
        Path(root, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]
