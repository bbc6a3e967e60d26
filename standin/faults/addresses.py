"""Faults in scheme, host, port and path of the landing URL."""

import re

from standin.faults.fault import read_family
from standin.faults.url_mutations import decoded, origin, path, percent_escapes, whole_url
from standin.outcomes import RedirectUrls
from standin.redirect.situation import OtherSession, Situation


def _home(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    kept = (right.success, right.failure, right.cancel)
    return RedirectUrls(*(f"{situation.home}/" if url else None for url in kept))


def _urls_of(other: OtherSession | None, right: RedirectUrls) -> RedirectUrls:
    return other.requested if other else right


FAULTS = read_family(
    __file__,
    {
        "trailing-slash-added": {
            "encode": path(lambda text: text if text.endswith("/") else f"{text}/")
        },
        "trailing-slash-removed": {"encode": path(lambda text: text.rstrip("/") or "/")},
        "path-lower-cased": {"encode": path(str.lower)},
        "double-slash-merged": {"encode": path(lambda text: re.sub("/+", "/", text))},
        "double-slash-made": {"encode": path(lambda text: f"/{text}")},
        "base-path-lost": {"encode": path(lambda text: "/" + text.lstrip("/").partition("/")[2])},
        "file-ending-lost": {"encode": path(lambda text: re.sub(r"\.[a-z]+$", "", text))},
        "path-parameters-lost": {"encode": path(lambda text: re.sub(";[^/]*", "", text))},
        "path-decoded": {"encode": path(decoded)},
        "path-encoded-twice": {"encode": path(percent_escapes(lambda byte: f"%25{byte:02X}"))},
        "host-gets-www": {"encode": origin(lambda text: text.replace("//", "//www.", 1))},
        "sub-domain-lost": {
            "encode": origin(lambda text: re.sub(r"//[^:]*\.([^.:]+\.[^.:]+)", r"//\1", text))
        },
        "stale-host": {"encode": origin(lambda _text: "https://preview.merchant.example")},
        "port-lost": {"encode": origin(lambda text: re.sub(r":\d+$", "", text))},
        "port-added": {
            "encode": origin(lambda text: text if re.search(r":\d+$", text) else f"{text}:8443")
        },
        "scheme-downgraded": {
            "encode": origin(lambda text: re.sub("(?i)https:", "http:", text, count=1))
        },
        "scheme-lost": {
            "encode": whole_url(lambda url: re.sub(r"^\s*[A-Za-z]+:[\\/]*", "/", url, count=1))
        },
        "lands-on-the-providers-home": {"urls": _home},
        "lands-on-the-merchants-home": {
            "encode": whole_url(
                lambda url: re.sub(r"(//[^\\/?#]*).*", r"\1/", url, flags=re.DOTALL)
            )
        },
        "default-host": {"encode": origin(lambda _text: "https://checkout.example")},
        "session-before-gets-its-url": {
            "urls": lambda situation, right: _urls_of(situation.previous, right)
        },
        "other-merchants-url": {
            "urls": lambda situation, right: _urls_of(situation.unrelated, right)
        },
    },
)
