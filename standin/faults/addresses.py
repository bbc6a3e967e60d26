"""Faults in scheme, host, port and path of the landing URL."""

import re

from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import decoded, origin, path, percent_escapes, replaced, whole_url
from standin.outcomes import RedirectUrls
from standin.redirect.situation import OtherSession, Situation


def _home(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    kept = (right.success, right.failure, right.cancel)
    return RedirectUrls(*(f"{situation.home}/" if url else None for url in kept))


def _urls_of(other: OtherSession | None, right: RedirectUrls) -> RedirectUrls:
    return other.requested if other else right


_HOOKS = {
    "trailing-slash-added": Hooks(encode=path(replaced(r"(?<!/)\Z", "/"))),
    "trailing-slash-removed": Hooks(encode=path(lambda text: text.rstrip("/") or "/")),
    "path-lower-cased": Hooks(encode=path(str.lower)),
    "double-slash-merged": Hooks(encode=path(replaced("/+", "/"))),
    "double-slash-made": Hooks(encode=path(replaced("^", "/"))),
    "base-path-lost": Hooks(encode=path(replaced("^/*[^/]*/?", "/"))),
    "file-ending-lost": Hooks(encode=path(replaced(r"\.[a-z]+$", ""))),
    "path-parameters-lost": Hooks(encode=path(replaced(";[^/]*", ""))),
    "path-decoded": Hooks(encode=path(decoded)),
    "path-encoded-twice": Hooks(encode=path(percent_escapes(lambda byte: f"%25{byte:02X}"))),
    "host-gets-www": Hooks(encode=origin(replaced("//", "//www."))),
    "sub-domain-lost": Hooks(encode=origin(replaced(r"//[^:]*\.([^.:]+\.[^.:]+)", r"//\1"))),
    "stale-host": Hooks(encode=origin(lambda _text: "https://preview.merchant.example")),
    "port-lost": Hooks(encode=origin(replaced(r":\d+$", ""))),
    "port-added": Hooks(
        encode=origin(lambda text: text if re.search(r":\d+$", text) else f"{text}:8443")
    ),
    "scheme-downgraded": Hooks(encode=origin(replaced("(?i)https:", "http:"))),
    "scheme-lost": Hooks(encode=whole_url(replaced(r"^\s*[A-Za-z]+:[\\/]*", "/"))),
    "lands-on-the-providers-home": Hooks(urls=_home),
    "lands-on-the-merchants-home": Hooks(encode=whole_url(replaced(r"(//[^\\/?#]*).*", r"\1/"))),
    "default-host": Hooks(encode=origin(lambda _text: "https://checkout.example")),
    "session-before-gets-its-url": Hooks(urls=lambda s, right: _urls_of(s.previous, right)),
    "other-merchants-url": Hooks(urls=lambda s, right: _urls_of(s.unrelated, right)),
}

FAULTS = read_family(__file__, _HOOKS)
