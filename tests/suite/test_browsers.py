"""Tests of browser discovery."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem, find_browser, own_browser, system_browsers, usual_places

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


def playwright_in(prefix: Path, environ: Mapping[str, str], *, installed: str = "") -> Path:
    """Install Playwright in an environment, with one downloaded browser or none."""
    package = prefix / "lib/python3.11/site-packages/playwright/driver/package"
    package.mkdir(parents=True)
    names = ("chromium", "chromium-headless-shell")
    browsers = [{"name": name, "revision": REVISION} for name in names]
    (package / "browsers.json").write_text(json.dumps({"browsers": browsers}), encoding="utf-8")
    folder = Path(environ["PLAYWRIGHT_BROWSERS_PATH"]) / f"{installed}-{REVISION}"
    if installed:
        folder.mkdir(parents=True)
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


@pytest.fixture
def bin_folder(environ: dict[str, str]) -> Path:
    """The only folder of that machine's PATH."""
    return Path(environ["PATH"])


@posix_only
def test_chosen_browser_wins(environ: dict[str, str], bin_folder: Path, tmp_path: Path) -> None:
    """CHROMIUM_PATH takes precedence over other browsers."""
    program(bin_folder / "chromium-headless-shell")
    chosen = program(tmp_path / "my chrome")

    assert find_browser({**environ, "CHROMIUM_PATH": str(chosen)}, prefix=tmp_path) == chosen


@posix_only
def test_chosen_browser_may_be_named(environ: dict[str, str], bin_folder: Path) -> None:
    """CHROMIUM_PATH may name a program of the PATH."""
    chosen = program(bin_folder / "brave")

    assert find_browser({**environ, "CHROMIUM_PATH": "brave"}) == chosen


def test_chosen_browser_that_is_not_there_is_an_error(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """A wrong path is an error with the value, and no other browser replaces it."""
    with pytest.raises(SetUpProblem, match=r"which does not exist: set it to") as caught:
        find_browser({**environ, "CHROMIUM_PATH": str(tmp_path / "none")}, prefix=tmp_path)

    assert str(tmp_path / "none") in str(caught.value)
    assert caught.value.category == "suite problem"


@posix_only
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_chosen_browser_that_cannot_be_run_is_an_error(
    environ: dict[str, str], tmp_path: Path, kind: str
) -> None:
    """A folder, or a file that is not executable, is an error."""
    chosen = tmp_path if kind == "folder" else program(tmp_path / "page.html", mode=0o644)

    with pytest.raises(SetUpProblem, match="which cannot be run"):
        find_browser({**environ, "CHROMIUM_PATH": str(chosen)}, prefix=tmp_path)


@posix_only
def test_own_browser_of_playwright_comes_before_the_systems(
    environ: dict[str, str], bin_folder: Path, tmp_path: Path
) -> None:
    """Playwright's own browser takes precedence over the system's."""
    program(bin_folder / "chromium-headless-shell")
    playwright_in(tmp_path, environ, installed="chromium_headless_shell")

    assert find_browser(environ, prefix=tmp_path) is None


@posix_only
def test_incomplete_download_is_no_browser(
    environ: dict[str, str], bin_folder: Path, tmp_path: Path
) -> None:
    """An interrupted download does not count."""
    system = program(bin_folder / "chromium")
    folder = playwright_in(tmp_path, environ, installed="chromium_headless_shell")
    (folder / "INSTALLATION_COMPLETE").unlink()

    assert find_browser(environ, prefix=tmp_path) == system


@posix_only
def test_headed_run_needs_a_browser_with_windows(
    environ: dict[str, str], bin_folder: Path, tmp_path: Path
) -> None:
    """A headed run skips the headless shells."""
    playwright_in(tmp_path, environ, installed="chromium_headless_shell")
    program(bin_folder / "chromium-headless-shell")
    chrome = program(bin_folder / "google-chrome")

    assert find_browser(environ, headed=True, prefix=tmp_path) == chrome


def test_own_headed_browser_is_found(environ: dict[str, str], tmp_path: Path) -> None:
    """Playwright's headed browser and its shell are separate downloads."""
    folder = playwright_in(tmp_path, environ, installed="chromium")

    assert own_browser(environ, headed=True, prefix=tmp_path) == folder
    assert own_browser(environ, prefix=tmp_path) is None


@posix_only
def test_system_browsers_come_shell_first(environ: dict[str, str], bin_folder: Path) -> None:
    """The order is shell, Chromium, Chrome."""
    for name in ("google-chrome", "chromium", "chromium-headless-shell"):
        program(bin_folder / name)

    names = [path.name for path in system_browsers(environ)]

    assert names[:3] == ["chromium-headless-shell", "chromium", "google-chrome"]


@posix_only
def test_script_that_stands_for_a_snap_is_no_browser(
    environ: dict[str, str], bin_folder: Path
) -> None:
    """A script that starts a snap is skipped."""
    program(bin_folder / "chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium\n")
    chrome = program(bin_folder / "google-chrome")

    assert next(system_browsers(environ)) == chrome


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have usual places")
def test_missing_browser_is_an_error_with_the_cure(environ: dict[str, str], tmp_path: Path) -> None:
    """Without a browser, one sentence says what to install."""
    with pytest.raises(SetUpProblem, match=r"^No Chromium was found: install .*\.$"):
        find_browser(environ, prefix=tmp_path)


def test_macos_browsers_are_looked_for_in_both_applications_folders() -> None:
    """Applications of the system and of the user are searched."""
    places = usual_places({"HOME": "/Users/ann"}, "darwin")

    assert Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome") in places
    assert Path("/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium") in places


def test_windows_browsers_are_looked_for_in_the_folders_that_are_set() -> None:
    """Each program folder that is set is searched."""
    root = os.sep + "Program Files"

    places = usual_places({"PROGRAMFILES": root}, "win32")

    assert places == [
        Path(root, "Chromium", "Application", "chrome.exe"),
        Path(root, "Google", "Chrome", "Application", "chrome.exe"),
        Path(root, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]
