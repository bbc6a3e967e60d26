"""Firefox: discovery, and the profile that knows the run's names and certificates."""

import configparser
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from landing.site import LandingSite
from suite.browsers import SetUpProblem, find_firefox
from suite.engines import ENGINES, SHOPS
from suite.firefox import firefox_options
from tests.suite.test_browsers import playwright_in, program

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="starts a script")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A machine without browsers."""
    return {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "own")}


@posix_only
def test_firefox_is_found_in_this_order(environ: dict[str, str], tmp_path: Path) -> None:
    """FIREFOX_PATH, then Playwright's own, then the system's; without one, a sentence."""
    with pytest.raises(SetUpProblem, match=r"^No Firefox was found: install it .*FIREFOX_PATH"):
        find_firefox(environ, prefix=tmp_path)

    system = program(Path(environ["PATH"]) / "firefox-esr")
    assert find_firefox(environ, prefix=tmp_path) == system

    playwright_in(tmp_path, environ, installed="firefox")
    assert find_firefox(environ, prefix=tmp_path) is None

    chosen = program(tmp_path / "mine")
    assert find_firefox({**environ, "FIREFOX_PATH": str(chosen)}, prefix=tmp_path) == chosen
    with pytest.raises(SetUpProblem, match="FIREFOX_PATH is nowhere, which does not exist"):
        find_firefox({**environ, "FIREFOX_PATH": "nowhere"}, prefix=tmp_path)


def _options(folder: Path, firefox: Path, certificates: dict[str, bytes]) -> dict[str, Any]:
    settings: Any = SimpleNamespace(firefox_path=firefox)
    return firefox_options(
        settings,
        folder,
        own="",
        headed=False,
        landing=(".example", 4430),
        certificates=certificates,
    )


@posix_only
@pytest.mark.parametrize("option", ["-profile", "--profile"])
def test_starter_puts_the_exceptions_into_the_profile(tmp_path: Path, option: str) -> None:
    """It copies them into the folder that the driver names, and passes every word on."""
    profile = tmp_path / "the profile"
    profile.mkdir()
    firefox = program(tmp_path / "a firefox", '#!/bin/sh\nprintf "%s|" "$@"\n')
    with LandingSite() as site:
        options = _options(tmp_path, firefox, site.certificates)

    started = [options["executable_path"], "--headless", option, profile, "a b"]
    ran = subprocess.run(started, capture_output=True, text=True, check=True)

    assert ran.stdout == f"--headless|{option}|{profile}|a b|"
    (line,) = (profile / "cert_override.txt").read_text(encoding="ascii").splitlines()
    address, kind, fingerprint, _ = line.split("\t")
    assert (address, kind) == ("merchant.example:443:", "OID.2.16.840.1.101.3.4.2.1")
    assert [len(byte) for byte in fingerprint.split(":")] == [2] * 32
    assert options["channel"] == "moz-firefox"


@pytest.mark.parametrize(("proxy", "other"), [("", "DIRECT"), ("http://px:3128", "PROXY px:3128")])
def test_other_hosts_keep_their_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str, other: str
) -> None:
    """Only the merchant's names go to the landing site; a proxy of the machine stays in use."""
    monkeypatch.setenv("https_proxy", proxy)
    preferences = _options(tmp_path, program(tmp_path / "f"), {})["firefox_user_prefs"]

    script = preferences["network.proxy.autoconfig_url"]
    assert script.startswith("data:application/x-ns-proxy-autoconfig,function%20FindProxyForURL")
    assert "PROXY%20127.0.0.1%3A4430" in script
    assert script.endswith(f"{other.replace(' ', '%20').replace(':', '%3A')}%22%3B%20%7D")


def test_markers_are_those_of_the_table() -> None:
    """pytest.ini describes each ability that a test may need, and no other."""
    ini = configparser.ConfigParser()
    ini.read("pytest.ini")
    markers = ini["pytest"]["markers"].split("\n")
    described = {line.partition(":")[0] for line in markers if line.startswith("needs_")}

    assert described == {mark for engine in ENGINES.values() for mark in engine.lacks} - {SHOPS}
    assert ENGINES["chromium"].skip_reason(described) == ""
    assert ENGINES["firefox"].skip_reason({"needs_touch", "core"}).endswith("touch in Firefox")
