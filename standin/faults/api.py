"""Faults of create call, dashboard and page: wrong before anybody is redirected."""

from standin.faults.fault import ASSERTION, Fault
from standin.faults.lapse import Lapse

_API = "docs/sources.md, The API"
_LEAK = "OWASP WSTG-BUSL-10; PCI DSS 4.0, requirement 3.4.1"


def _lapse(
    name: str, lapse: Lapse, why: str, *, source: str = _API, browser_clauses: tuple[str, ...] = ()
) -> Fault:
    return Fault(
        name=name,
        breaks=f"the provider {lapse}",
        clause=ASSERTION,
        browser_clauses=browser_clauses,
        why=why,
        source=source,
        lapses=frozenset({lapse}),
    )


FAULTS = (
    _lapse(
        "accepts-plain-http",
        Lapse.PLAIN_HTTP,
        "the check was left to the dashboard",
        source="docs/sources.md, Switches: http_url",
    ),
    _lapse(
        "accepts-any-scheme",
        Lapse.ANY_SCHEME,
        "whatever is not empty is taken for a URL",
        source="vercel-labs/emulate 0.8.0, as measured",
    ),
    _lapse("carts-unchecked", Lapse.ITEMS_UNCHECKED, "the page is trusted to add up"),
    _lapse("takes-any-token", Lapse.TOKEN_UNCHECKED, "a gateway in front was to check it"),
    _lapse(
        "user-agent-not-asked-for",
        Lapse.AGENT_UNCHECKED,
        "the announced rule is not switched on everywhere",
    ),
    _lapse("echoes-redirect-urls", Lapse.URLS_ECHOED, "the stored record is sent back whole"),
    _lapse("session-life-of-an-hour", Lapse.LONG_LIFE, "a setting of another environment"),
    _lapse(
        "same-session-for-equal-requests",
        Lapse.SAME_SESSION,
        "equal bodies are taken for one request that was repeated",
    ),
    _lapse(
        "href-of-the-session-before",
        Lapse.HREF_BEFORE,
        "the answer is built before the new session is saved",
        source="VivaPayments/API #2183",
    ),
    _lapse("session-can-be-read-back", Lapse.READ_BACK, "a route of the old API is still there"),
    _lapse(
        "missing-customer-as-bad-request",
        Lapse.CUSTOMER_400,
        "somebody has tidied the statuses up",
        source="docs/sources.md, Switches: missing_customer_status",
    ),
    _lapse("refuses-without-a-word", Lapse.NO_WORDS, "messages are translated, and one lacks"),
    _lapse("server-error-for-broken-json", Lapse.SERVER_ERROR, "the parser's error is not caught"),
    _lapse("unknown-keys-refused", Lapse.UNKNOWN_KEYS, "a stricter schema was put in front"),
    _lapse("all-urls-demanded", Lapse.ALL_URLS, "a form's rule has reached the API"),
    _lapse("tax-left-out", Lapse.NO_TAX, "tax is added by another service, which was down"),
    _lapse(
        "token-in-href",
        Lapse.TOKEN_IN_HREF,
        "the page is to know on whose behalf it was opened",
        source="juspay/hyperswitch-web #1598",
    ),
    _lapse(
        "receipt-goes-home",
        Lapse.RECEIPT_LEAVES,
        "a page of thanks is thought to be read in a moment",
        browser_clauses=("lands",),
        source="docs/sources.md, The hosted page",
    ),
    _lapse(
        "card-in-etag",
        Lapse.CARD_IN_ETAG,
        "answers are told apart by what was asked",
        source=_LEAK,
    ),
    _lapse(
        "card-in-cookie",
        Lapse.CARD_IN_COOKIE,
        "the next purchase is to be quicker",
        source=_LEAK,
    ),
    _lapse(
        "token-in-refusals",
        Lapse.TOKEN_IN_REFUSAL,
        "a message for the log is sent to the caller",
        source=_LEAK,
    ),
    _lapse("json-sent-as-a-page", Lapse.SENT_AS_PAGE, "a framework's default was left as it is"),
    _lapse(
        "token-in-page",
        Lapse.TOKEN_IN_PAGE,
        "the page's script is to call the API by itself",
        source="juspay/hyperswitch-web #1598",
    ),
    _lapse(
        "token-in-header",
        Lapse.TOKEN_IN_HEADER,
        "headers of the inner call are passed on to the browser",
        source="OWASP API3:2023",
    ),
    _lapse(
        "sessions-dated-back",
        Lapse.DATED_BACK,
        "one of the servers has a slow clock",
    ),
    _lapse(
        "clearing-one-url-clears-all",
        Lapse.CLEARS_ALL,
        "an incomplete form is taken for no form",
        source="docs/sources.md, Dashboard",
    ),
    _lapse(
        "dashboard-urls-decoded",
        Lapse.UNPACKED,
        "a form's values are decoded once by the browser's rules and once more by hand",
        source="docs/sources.md, Dashboard",
    ),
    _lapse(
        "page-shown-once",
        Lapse.SHOWN_ONCE,
        "a link is spent by the first visit",
        source="docs/sources.md, The hosted page",
    ),
    _lapse(
        "left-alone-goes-home",
        Lapse.SENDS_HOME,
        "a page is closed long before its session ends",
        source="docs/sources.md, The hosted page",
    ),
)
