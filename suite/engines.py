"""What each browser can do for the suite; tests that need more are skipped by their markers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

ALL_HOSTS = "needs_all_hosts"
MERCHANT_NAME = "needs_merchant_name"
TOUCH = "needs_touch"
SLOW_NETWORK = "needs_slow_network"
COOKIE_CONTROLS = "needs_cookie_controls"


@dataclass(frozen=True, slots=True)
class Engine:
    """One of Playwright's browsers.

    Attributes:
        landing_name: host name of the landing site.
        pins_certificates: whether it trusts single certificates; if not, it trusts all.
        lacks: what it cannot do, by marker, with the reason.
        unseen: what it does not tell the suite, for the reports.
    """

    landing_name: str
    pins_certificates: bool
    lacks: Mapping[str, str] = field(default_factory=dict)
    unseen: str = ""

    def skip_reason(self, marks: Iterable[str]) -> str:
        """Say why a test with these markers cannot run, or return ""."""
        return "; ".join(self.lacks[mark] for mark in sorted(marks) if mark in self.lacks)


#: Not a marker: a case says whether it has a shop.
SHOPS = "shops"

_LOCAL_NAME: Final = "merchant.localhost"
_NOT_CHROMIUM: Final = {
    SHOPS: "only Chromium reaches a shop by its host names",
    SLOW_NETWORK: "only Chromium can slow its network down",
    COOKIE_CONTROLS: "only Chromium can block third-party cookies by command",
}
_CHROMIUM_ALONE: Final = "causes of navigations, titles shown for a moment"
ENGINES: Final[Mapping[str, Engine]] = {
    "chromium": Engine("merchant.example", pins_certificates=True),
    "firefox": Engine(
        "merchant.example",
        pins_certificates=True,
        lacks={
            **_NOT_CHROMIUM,
            ALL_HOSTS: "Firefox trusts the landing site's certificate under its own name only",
            TOUCH: "Playwright cannot touch in Firefox",
        },
        unseen=f"{_CHROMIUM_ALONE}, bodies of requests, fragments of requests that fail",
    ),
    "webkit": Engine(
        _LOCAL_NAME,
        pins_certificates=False,
        lacks={
            **_NOT_CHROMIUM,
            **dict.fromkeys(
                (ALL_HOSTS, MERCHANT_NAME),
                "WebKit has no host names of its own for the landing site",
            ),
        },
        unseen=f"{_CHROMIUM_ALONE}, wrong certificates",
    ),
}
#: A browser on another machine reaches this one through a tunnel, by names below localhost.
_NOT_REMOTE: Final = {
    SHOPS: "a browser on another machine does not reach a shop by its host names",
    **dict.fromkeys(
        (ALL_HOSTS, MERCHANT_NAME),
        "a browser on another machine has no host names of its own for the landing site",
    ),
}


def engine(browser: str, *, is_remote: bool) -> Engine:
    """Return what a browser can do on this machine or on another one."""
    here = ENGINES[browser]
    if not is_remote:
        return here
    lacks = {**here.lacks, **_NOT_REMOTE}
    return replace(here, landing_name=_LOCAL_NAME, pins_certificates=False, lacks=lacks)
