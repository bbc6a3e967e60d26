"""Faults in scheme, host, port and path of the landing URL."""

import re

from standin.faults.fault import Hooks, read_family
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
        "trailing-slash-added": Hooks(
            encode=path(lambda text: text if text.endswith("/") else f"{text}/")
        ),
        "trailing-slash-removed": Hooks(encode=path(lambda text: text.rstrip("/") or "/")),
        "path-lower-cased": Hooks(encode=path(str.lower)),
        "double-slash-merged": Hooks(encode=path(lambda text: re.sub("/+", "/", text))),
        "double-slash-made": Hooks(encode=path(lambda text: f"/{text}")),
        "base-path-lost": Hooks(encode=path(lambda text: "/" + text.lstrip("/").partition("/")[2])),
        "file-ending-lost": Hooks(encode=path(lambda text: re.sub(r"\.[a-z]+$", "", text))),
        "path-parameters-lost": Hooks(encode=path(lambda text: re.sub(";[^/]*", "", text))),
        "path-decoded": Hooks(encode=path(decoded)),
        "path-encoded-twice": Hooks(encode=path(percent_escapes(lambda byte: f"%25{byte:02X}"))),
        "host-gets-www": Hooks(encode=origin(lambda text: text.replace("//", "//www.", 1))),
        "sub-domain-lost": Hooks(
            encode=origin(lambda text: re.sub(r"//[^:]*\.([^.:]+\.[^.:]+)", r"//\1", text))
        ),
        "stale-host": Hooks(encode=origin(lambda _text: "https://preview.merchant.example")),
        "port-lost": Hooks(encode=origin(lambda text: re.sub(r":\d+$", "", text))),
        "port-added": Hooks(
            encode=origin(lambda text: text if re.search(r":\d+$", text) else f"{text}:8443")
        ),
        "scheme-downgraded": Hooks(
            encode=origin(lambda text: re.sub("(?i)https:", "http:", text, count=1))
        ),
        "scheme-lost": Hooks(
            encode=whole_url(lambda url: re.sub(r"^\s*[A-Za-z]+:[\\/]*", "/", url, count=1))
        ),
        "lands-on-the-providers-home": Hooks(urls=_home),
        "lands-on-the-merchants-home": Hooks(
            encode=whole_url(lambda url: re.sub(r"(//[^\\/?#]*).*", r"\1/", url, flags=re.DOTALL))
        ),
        "default-host": Hooks(encode=origin(lambda _text: "https://checkout.example")),
        "session-before-gets-its-url": Hooks(
            urls=lambda situation, right: _urls_of(situation.previous, right)
        ),
        "other-merchants-url": Hooks(
            urls=lambda situation, right: _urls_of(situation.unrelated, right)
        ),
    },
)
