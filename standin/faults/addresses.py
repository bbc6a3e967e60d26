"""Faults in scheme, host, port and path of the address that is reached."""

import re

from standin.faults.fault import Fault
from standin.faults.url_mutations import decoded, origin, path, percent_escapes, whole_url
from standin.outcomes import RedirectUrls
from standin.redirect.situation import OtherSession, Situation

_ASSUMED = "docs/sources.md, Switches: no way of writing a URL is documented"


def _home(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    kept = (right.success, right.failure, right.cancel)
    return RedirectUrls(*(f"{situation.home}/" if url else None for url in kept))


def _of(neighbour: OtherSession | None, right: RedirectUrls) -> RedirectUrls:
    return neighbour.requested if neighbour else right


FAULTS = (
    Fault(
        name="trailing-slash-added",
        breaks="the path gets a slash at its end",
        clause="same-path",
        why="a router or URL builder makes paths uniform",
        source="brewski-beers/rush-n-relax, named in docs/sources.md",
        encode=path(lambda text: text if text.endswith("/") else f"{text}/"),
    ),
    Fault(
        name="trailing-slash-removed",
        breaks="the slash at the end of the path is lost",
        clause="same-path",
        why="URLs are trimmed before they are joined",
        source=_ASSUMED,
        condition="only paths that end with a slash",
        encode=path(lambda text: text.rstrip("/") or "/"),
    ),
    Fault(
        name="path-lower-cased",
        breaks="capital letters of the path become small",
        clause="same-path",
        why="URLs are made comparable before they are stored",
        source=_ASSUMED,
        condition="only paths with capitals",
        encode=path(str.lower),
    ),
    Fault(
        name="double-slash-merged",
        breaks="several slashes in a row become one",
        clause="same-path",
        why="a proxy in front of the redirect cleans paths up",
        source=_ASSUMED,
        condition="only paths with several slashes in a row",
        encode=path(lambda text: re.sub("/+", "/", text)),
    ),
    Fault(
        name="double-slash-made",
        breaks="the path begins with two slashes",
        clause="same-path",
        why="a base that ends with a slash and a path that begins with one are joined",
        source="VivaPayments/API #1268",
        encode=path(lambda text: f"/{text}"),
    ),
    Fault(
        name="base-path-lost",
        breaks="the first part of the path is lost",
        clause="same-path",
        why="an absolute path is resolved against a base",
        source="woocommerce/woocommerce-gateway-stripe #3682",
        encode=path(lambda text: "/" + text.lstrip("/").partition("/")[2]),
    ),
    Fault(
        name="file-ending-lost",
        breaks="what follows the last dot of the path is lost",
        clause="same-path",
        why="a router takes it for the wanted format",
        source=_ASSUMED,
        condition="only paths with a file's ending",
        encode=path(lambda text: re.sub(r"\.[a-z]+$", "", text)),
    ),
    Fault(
        name="path-parameters-lost",
        breaks="a segment loses what follows its semicolon",
        clause="same-path",
        why="a servlet container strips path parameters",
        source=_ASSUMED,
        condition="only paths with a semicolon",
        encode=path(lambda text: re.sub(";[^/]*", "", text)),
    ),
    Fault(
        name="path-decoded",
        breaks="percent-encoded letters of the path arrive decoded",
        clause="same-path",
        why="the path is taken from a framework's request, which has decoded it",
        source=_ASSUMED,
        condition="only paths with percent-encoding",
        encode=path(decoded),
    ),
    Fault(
        name="path-encoded-twice",
        breaks="percent signs of the path are encoded once more",
        clause="same-path",
        why="a URL is taken for raw text and made safe",
        source="better-auth/better-auth #8255",
        condition="only paths with percent-encoding",
        encode=path(percent_escapes(lambda byte: f"%25{byte:02X}")),
    ),
    Fault(
        name="host-gets-www",
        breaks="the host begins with www.",
        clause="same-origin",
        why="the merchant's domain is taken from its account",
        source="VivaPayments/API #2183",
        encode=origin(lambda text: text.replace("//", "//www.", 1)),
    ),
    Fault(
        name="sub-domain-lost",
        breaks="a sub-domain is lost",
        clause="same-origin",
        why="the allow-list holds registrable domains, and the redirect is built from it",
        source="woocommerce/woocommerce-gateway-stripe #3682",
        condition="only hosts with a sub-domain",
        encode=origin(lambda text: re.sub(r"//[^:]*\.([^.:]+\.[^.:]+)", r"//\1", text)),
    ),
    Fault(
        name="stale-host",
        breaks="the host is that of an earlier deployment",
        clause="same-origin",
        why="the host that was configured first is cached",
        source="woocommerce/woocommerce-gateway-stripe #3682",
        encode=origin(lambda _text: "https://preview.merchant.example"),
    ),
    Fault(
        name="port-lost",
        breaks="a port that is written out is lost",
        clause="same-origin",
        why="host and port are stored in two columns",
        source=_ASSUMED,
        condition="only URLs with a port",
        encode=origin(lambda text: re.sub(r":\d+$", "", text)),
    ),
    Fault(
        name="port-added",
        breaks="the provider's own port stands behind the host",
        clause="same-origin",
        why="the service behind the load balancer builds the URL from what it listens on",
        source=_ASSUMED,
        condition="only URLs without a port",
        encode=origin(lambda text: text if re.search(r":\d+$", text) else f"{text}:8443"),
    ),
    Fault(
        name="scheme-downgraded",
        breaks="https:// becomes http://",
        clause="same-origin",
        browser_clauses=("secure", "same-origin"),
        why="the service behind the load balancer does not know of TLS",
        source="pagopa #854",
        encode=origin(lambda text: re.sub("(?i)https:", "http:", text, count=1)),
    ),
    Fault(
        name="scheme-lost",
        breaks="the URL becomes a path on the provider's own host",
        clause="lands",
        why="the scheme is cut off, and what is left counts as relative",
        source="ownpay #153",
        encode=whole_url(lambda url: re.sub(r"^\s*[A-Za-z]+:[\\/]*", "/", url, count=1)),
    ),
    Fault(
        name="lands-on-the-providers-home",
        breaks="the shopper ends on the provider's own start page",
        clause="lands",
        why="an error while the URL is built is answered with the default page",
        source="VivaPayments/API #2183",
        urls=_home,
    ),
    Fault(
        name="lands-on-the-merchants-home",
        breaks="path, query and fragment are lost",
        clause="same-path",
        browser_clauses=("same-path", "keeps-query", "keeps-fragment", "session-id", "error-code"),
        why="only the origin passes the check against open redirects",
        source="woocommerce/woocommerce-gateway-stripe #3682",
        encode=whole_url(lambda url: re.sub(r"(//[^\\/?#]*).*", r"\1/", url, flags=re.DOTALL)),
    ),
    Fault(
        name="default-host",
        breaks="the host is that of the documentation's sample",
        clause="same-origin",
        why="a template's default was never replaced",
        source="docs/sources.md, The redirect",
        encode=origin(lambda _text: "https://checkout.example"),
    ),
    Fault(
        name="session-before-gets-its-url",
        breaks="the shopper lands on the URL of the merchant's session before",
        clause="right-outcome",
        browser_clauses=("right-outcome", "same-path", "lands-once"),
        why="what belongs to a session is cached by merchant",
        source="VivaPayments/API #2183",
        condition="from a merchant's second session on",
        urls=lambda situation, right: _of(situation.previous, right),
    ),
    Fault(
        name="other-merchants-url",
        breaks="the shopper lands on the URL of a session of another merchant",
        clause="right-outcome",
        browser_clauses=("right-outcome", "same-path", "lands-once"),
        why="a cache key lacks the merchant",
        source="woocommerce/woocommerce-gateway-stripe #3682",
        condition="only where another merchant has a session",
        urls=lambda situation, right: _of(situation.unrelated, right),
    ),
)
