"""Checks of names that a browser would take without a word: devices, locales, URLs."""

import re
from functools import cache
from pathlib import Path

from suite.cases.case_text import closest

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def check_names(device: str | None, locale: str | None) -> None:
    """Refuse a device that Playwright does not know, and a locale that is no language tag.

    Raises:
        ValueError: one of them is unknown; the message has the nearest right name.
    """
    if device and device not in _devices():
        raise ValueError(f"device {device!r} is unknown{closest(device, _devices())}")
    if locale and not _LOCALE.fullmatch(locale):
        language, _, region = locale.replace("_", "-").partition("-")
        near = f"{language.lower()[:2]}-{region.upper() or 'US'}"
        raise ValueError(f"locale {locale!r} is no language tag: did you mean {near}?")


def check_scheme(url: str, field: str) -> None:
    """Refuse a URL without a scheme, which a create call would be refused for.

    Raises:
        ValueError: the URL is relative or begins with a host.
    """
    if not _SCHEME.match(url):
        raise ValueError(f"{field} is {url!r}, which is no full URL: begin it with https://")


@cache
def _devices() -> list[str]:
    """The devices that Playwright knows, without starting it; a test compares the file with it."""
    return Path(__file__).with_name("devices.txt").read_text(encoding="utf-8").splitlines()
