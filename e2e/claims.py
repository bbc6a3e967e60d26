"""Which faults of the stand-in turn which tests red, where a single marker line cannot say it.

``make faults`` holds every test to its claims.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

OUTCOMES = pytest.mark.killed_by(
    "declined-as-success",
    "approved-as-failure",
    "declined-as-cancel",
    "cancel-as-failure",
    "cancel-as-success",
    "one-url-for-every-outcome",
    "success-asked-for-on-a-decline",
    "success-before-the-payment",
    "charged-though-declined",
    "request-ignored",
)

ADDRESSES = pytest.mark.killed_by(
    "trailing-slash-added",
    "double-slash-made",
    "base-path-lost",
    "host-gets-www",
    "stale-host",
    "port-added",
    "scheme-downgraded",
    "scheme-lost",
    "lands-on-the-providers-home",
    "lands-on-the-merchants-home",
    "default-host",
)

PARAMETERS = pytest.mark.killed_by(
    "query-dropped",
    "first-parameter-only",
    "first-parameter-lost",
    "middle-parameter-lost",
    "repeated-parameters-merged",
    "repeated-parameters-joined",
    "parameter-doubled",
    "query-doubled",
    "parameters-sorted",
    "parameters-reversed",
    "blank-values-dropped",
    "equals-sign-added",
    "equals-sign-dropped",
    "ampersand-as-entity",
    "session-id-appended",
    "order-id-appended",
    "status-appended",
    "colliding-parameter-added",
    "second-question-mark",
    "appended-to-the-fragment",
    "ampersand-left-over",
)

ENCODINGS = pytest.mark.killed_by(
    "blank-as-plus",
    "plus-as-blank",
    "plus-encoded",
    "decoded-once-too-often",
    "encoded-twice",
    "escapes-in-small-letters",
    "letters-read-as-latin-1",
    "accents-dropped",
    "values-trimmed",
    "nested-url-decoded",
    "fragment-lost",
    "fragment-replaced",
    "fragment-before-query",
    "hash-sign-encoded",
)

PLACEHOLDERS = pytest.mark.killed_by(
    "placeholders-untouched",
    "placeholders-percent-encoded",
    "braces-left-standing",
    "session-id-twice",
    "session-id-empty",
    "session-id-undefined",
    "session-id-in-capitals",
    "session-id-without-hyphens",
    "session-id-cut-short",
    "session-id-and-error-code-swapped",
    "parameter-of-the-session-id-lost",
)

ROADS = pytest.mark.killed_by(
    "lands-by-post",
    "post-kept-by-the-redirect",
    "lands-in-new-tab",
    "lands-in-a-frame",
    "plain-http-hop",
    "meta-refresh-without-tls",
    "second-hop-loses-the-query",
    "open-redirect-hop",
    "never-leaves",
    "declined-never-leaves",
    "cancel-never-leaves",
    "needs-a-click",
    "lands-late",
    "lands-twice",
    "lands-in-new-tab-too",
    "landing-asked-for-by-script",
    "landing-told-by-beacon",
    "landing-asked-for-as-image",
    "landings-prefetched",
    "success-visited-when-the-page-opens",
    "paid-twice",
    "decline-lands-by-post",
    "cancel-in-a-new-tab",
)

LEAKS = pytest.mark.killed_by(
    "card-in-url",
    "card-in-groups-in-url",
    "card-in-base64-in-url",
    "card-in-fragment",
    "card-in-title",
    "card-in-window-name",
    "card-in-referrer",
    "cvv-in-url",
    "cvv-in-referrer",
    "card-posted-to-the-merchant",
    "token-in-url",
    "token-in-referrer",
    "email-in-url",
    "email-in-referrer",
)

#: Faults that need a URL of a certain shape, by the shape's name in ``shapes.py``.
SHAPES = {
    "trailing slash": ("trailing-slash-removed",),
    "upper case": ("path-lower-cased",),
    "double slash": ("double-slash-merged",),
    "dots in names": ("file-ending-lost",),
    "path parameters": ("path-parameters-lost", "meta-refresh-cut-at-semicolon"),
    "encoded slash": ("path-decoded", "path-encoded-twice"),
    "sub-domain": ("sub-domain-lost",),
    "explicit port": ("port-lost",),
    "equals in a value": ("value-cut-at-equals",),
    "brackets": ("brackets-dropped",),
    "oddly ordered": ("names-lower-cased",),
    "more than 2,083 characters": ("url-cut-at-255", "url-cut-at-2000"),
    "raw non-ASCII": ("raw-letters-lost",),
    "no query": ("question-mark-left-over", "fragment-added"),
    "session id twice": ("first-placeholder-only",),
    "session id in the path": ("placeholder-in-the-path-untouched",),
    "placeholder in the fragment": ("placeholder-in-the-fragment-untouched",),
    "lower case": ("other-spellings-filled-in",),
    "already encoded": ("encoded-placeholders-filled-in",),
}


def on(values: Iterable[Any], claims: Mapping[Any, tuple[str, ...]]) -> list[Any]:
    """Parameters of a test, each with its own claims where it has some."""
    return [
        pytest.param(value, marks=pytest.mark.killed_by(*claims[value]))
        if value in claims
        else value
        for value in values
    ]
