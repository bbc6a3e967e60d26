"""Faults that write the merchant's own values in another way, fragments included."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import (
    decoded,
    each_parameter,
    fragment,
    percent_escapes,
    query,
    split_url,
    whole_url,
)

_UNKNOWN = "docs/sources.md, The redirect: do the merchant's own parameters survive?"
_FRAGMENT = "docs/sources.md, The redirect: and a fragment?"


def _fragment_first(url: str) -> str:
    parts = split_url(url)
    if parts.query is None or parts.fragment is None:
        return url
    return f"{parts.origin}{parts.path}#{parts.fragment}?{parts.query}"


def _fragment_as_parameter(url: str) -> str:
    parts = split_url(url)
    if parts.query is None or parts.fragment is None:
        return url
    return str(replace(parts, query=f"{parts.query}%23{parts.fragment}", fragment=None))


def _latin(text: str) -> str:
    """Percent-encoded UTF-8 read as Latin-1 and written as UTF-8 again."""
    return percent_escapes(
        lambda byte: (
            f"%{byte:02X}"
            if byte < 0x80
            else "".join(f"%{each:02X}" for each in chr(byte).encode())
        )
    )(text)


def _stripped(text: str) -> str:
    return percent_escapes(lambda byte: f"%{byte:02X}" if byte < 0x80 else "")(text)


FAULTS = (
    Fault(
        name="blank-as-plus",
        breaks="%20 arrives as +",
        clause="keeps-query",
        why="a query that was parsed is written in the manner of forms",
        source=_UNKNOWN,
        condition="only queries with %20",
        encode=query(lambda text: text.replace("%20", "+")),
    ),
    Fault(
        name="plus-as-blank",
        breaks="+ arrives as %20",
        clause="keeps-query",
        why="a query that was parsed is written in the manner of paths",
        source=_UNKNOWN,
        condition="only queries with +",
        encode=query(lambda text: text.replace("+", "%20")),
    ),
    Fault(
        name="plus-encoded",
        breaks="+ arrives as %2B",
        clause="keeps-query",
        why="a blank is taken for a plus sign",
        source=_UNKNOWN,
        condition="only queries with +",
        encode=query(lambda text: text.replace("+", "%2B")),
    ),
    Fault(
        name="decoded-once-too-often",
        breaks="the query arrives with its percent-encoding taken away",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params", "keeps-fragment"),
        why="a framework decodes it, and nobody encodes it again",
        source="woocommerce/woocommerce #24685",
        condition="only queries with percent-encoding",
        encode=query(decoded),
    ),
    Fault(
        name="encoded-twice",
        breaks="percent signs of the query are encoded once more",
        clause="keeps-query",
        why="a URL is taken for raw text and made safe",
        source="better-auth/better-auth #8255",
        condition="only queries with percent-encoding",
        encode=query(percent_escapes(lambda byte: f"%25{byte:02X}")),
    ),
    Fault(
        name="escapes-in-small-letters",
        breaks="%C3 arrives as %c3",
        clause="keeps-query",
        why="a library writes them so, and a signature over the URL breaks",
        source=_UNKNOWN,
        condition="only queries with letters in their percent-encoding",
        encode=query(percent_escapes(lambda byte: f"%{byte:02x}")),
    ),
    Fault(
        name="letters-read-as-latin-1",
        breaks="letters beyond ASCII arrive as two wrong ones each",
        clause="keeps-query",
        why="UTF-8 is read as Latin-1 on the way through a database",
        source=_UNKNOWN,
        condition="only queries beyond ASCII",
        encode=query(_latin),
    ),
    Fault(
        name="raw-letters-lost",
        breaks="letters beyond ASCII that stand unencoded are lost",
        clause="keeps-query",
        browser_clauses=(
            "keeps-query",
            "no-extra-params",
            "same-path",
            "keeps-fragment",
            "same-origin",
        ),
        why="what cannot stand in a Location header is left out",
        source="vercel-labs/emulate 0.8.0, which sends them as raw bytes",
        condition="only URLs with raw letters beyond ASCII",
        when=conditions.not_ascii,
        encode=whole_url(lambda url: url.encode("ascii", "ignore").decode()),
    ),
    Fault(
        name="accents-dropped",
        breaks="percent-encoded letters beyond ASCII are lost",
        clause="keeps-query",
        why="an input filter lets ASCII pass",
        source=_UNKNOWN,
        condition="only queries beyond ASCII",
        encode=query(_stripped),
    ),
    Fault(
        name="values-trimmed",
        breaks="%25 at the end of a value is lost",
        clause="keeps-query",
        why="a percent sign without digits behind it is cleaned away after decoding",
        source=_UNKNOWN,
        condition="only values that end with %25",
        encode=each_parameter(lambda piece: piece.removesuffix("%25")),
    ),
    Fault(
        name="nested-url-decoded",
        breaks="a URL inside a parameter arrives decoded, and its & cuts the parameter in two",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params"),
        why="parameters that look like URLs are treated as such",
        source="polarsource/polar #6300",
        condition="only parameters that hold a URL",
        encode=each_parameter(lambda piece: decoded(piece) if "%3A%2F%2F" in piece else piece),
    ),
    Fault(
        name="fragment-lost",
        breaks="the fragment is lost",
        clause="keeps-fragment",
        why="a server never sees fragments, so its URL type has none",
        source=_FRAGMENT,
        condition="only URLs with a fragment",
        encode=fragment(lambda _text: None),
    ),
    Fault(
        name="fragment-replaced",
        breaks="the fragment is one of the provider's own",
        clause="keeps-fragment",
        why="a single-page checkout writes its own state there",
        source=_FRAGMENT,
        condition="only URLs with a fragment",
        encode=fragment(lambda _text: "/complete"),
    ),
    Fault(
        name="fragment-added",
        breaks="a URL without a fragment gets one",
        clause="keeps-fragment",
        why="#_=_ is the scar of a well-known sign-in",
        source=_FRAGMENT,
        condition="only URLs without a fragment",
        encode=whole_url(lambda url: url if "#" in url else f"{url}#_=_"),
    ),
    Fault(
        name="fragment-before-query",
        breaks="the fragment stands before the query",
        clause="keeps-query",
        browser_clauses=("keeps-query", "keeps-fragment", "session-id", "error-code"),
        why="the query is appended to a URL that ends with its fragment",
        source="minicart #170",
        condition="only URLs with query and fragment",
        encode=whole_url(_fragment_first),
    ),
    Fault(
        name="hash-sign-encoded",
        breaks="# arrives as %23, in the last parameter",
        clause="keeps-fragment",
        browser_clauses=("keeps-fragment", "keeps-query", "session-id", "error-code"),
        why="the URL is encoded as if it were a value",
        source=_FRAGMENT,
        condition="only URLs with query and fragment",
        encode=whole_url(_fragment_as_parameter),
    ),
)
