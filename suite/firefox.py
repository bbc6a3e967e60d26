"""Launch options of Firefox: host names and certificates that only the browser of a run knows.

Firefox has no command-line options for them. A proxy script sends the merchant's names to the
landing site, and a profile with certificate exceptions trusts single certificates at single
addresses, so that every other certificate is checked as usual.
"""

import hashlib
import os
import shlex
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from suite.browsers import find_firefox
from suite.settings.settings import Settings

#: Source: measured with Firefox ESR 153 over WebDriver BiDi.
PREFERENCES: Final[Mapping[str, Any]] = {
    # Keys that are typed into frames of another site get lost otherwise.
    "fission.autostart": False,
    # Back never ends otherwise.
    "browser.sessionhistory.max_total_viewers": 0,
}
_SHA256: Final = "OID.2.16.840.1.101.3.4.2.1"
_STARTER: Final = """#!/bin/sh
# Puts the certificate exceptions into the profile that Playwright has made, and starts Firefox.
for word in "$@"; do
  case "$previous" in
    -profile | --profile) cp {exceptions} "$word/cert_override.txt" ;;
  esac
  previous=$word
done
exec {firefox} "$@"
"""


def firefox_options(
    settings: Settings,
    folder: Path,
    *,
    own: str,
    headed: bool,
    landing: tuple[str, int],
    certificates: Mapping[str, bytes],
) -> dict[str, Any]:
    """Return Playwright's options to launch Firefox.

    Args:
        settings: may name a browser.
        folder: for the starter and the exceptions; the browser needs it as long as it runs.
        own: path of the Firefox that Playwright has downloaded, if it has.
        headed: whether a window is needed.
        landing: the ending of the host names that lead to the landing site, and its port.
        certificates: in PEM, by the address ``host:port`` that may present them.
    """
    named = {"FIREFOX_PATH": str(settings.firefox_path)} if settings.firefox_path else {}
    found = find_firefox({**os.environ, **named})
    stock = {} if found is None else {"channel": "moz-firefox"}
    starter = _starter(folder, str(found or own), certificates)
    return {
        **stock,
        "executable_path": starter,
        "headless": not headed,
        "firefox_user_prefs": {**PREFERENCES, **_names(*landing)},
    }


def _names(ending: str, port: int) -> dict[str, Any]:
    """Preferences that send host names to a loopback port and keep the usual proxy for others."""
    proxy = urlsplit(urllib.request.getproxies().get("https", ""))
    other = f"PROXY {proxy.hostname}:{proxy.port}" if proxy.hostname and proxy.port else "DIRECT"
    script = (
        f'function FindProxyForURL(url, host) {{ if (dnsDomainIs(host, "{ending}"))'
        f' return "PROXY 127.0.0.1:{port}"; if (host == "127.0.0.1" || host == "localhost" ||'
        f' dnsDomainIs(host, ".localhost")) return "DIRECT"; return "{other}"; }}'
    )
    return {
        "network.proxy.type": 2,
        "network.proxy.autoconfig_url": f"data:application/x-ns-proxy-autoconfig,{quote(script)}",
        "network.proxy.failover_direct": False,
    }


def _starter(folder: Path, firefox: str, certificates: Mapping[str, bytes]) -> Path:
    """Write the program that starts Firefox with the exceptions; on Windows there are none."""
    if sys.platform == "win32":
        return Path(firefox)
    exceptions, starter = folder / "cert_override.txt", folder / "firefox"
    lines = (
        f"{address}:\t{_SHA256}\t{_fingerprint(pem)}\t\n" for address, pem in certificates.items()
    )
    exceptions.write_text("".join(lines), encoding="ascii")
    starter.write_text(
        _STARTER.format(exceptions=shlex.quote(str(exceptions)), firefox=shlex.quote(firefox)),
        encoding="utf-8",
    )
    starter.chmod(0o700)
    return starter


def _fingerprint(pem: bytes) -> str:
    der = load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    return ":".join(f"{byte:02X}" for byte in hashlib.sha256(der).digest())
