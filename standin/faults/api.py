"""Faults of create call, dashboard and page: wrong before anybody is redirected."""

from standin.faults.api_defects import ApiDefect
from standin.faults.fault import ASSERTION, Fault

_API = "docs/sources.md, The API"
_LEAK = "OWASP WSTG-BUSL-10; PCI DSS 4.0, requirement 3.4.1"


def _defect(
    name: str,
    defect: ApiDefect,
    why: str,
    *,
    source: str = _API,
    browser_clauses: tuple[str, ...] = (),
) -> Fault:
    return Fault(
        name=name,
        breaks=f"the provider {defect}",
        clause=ASSERTION,
        browser_clauses=browser_clauses,
        why=why,
        source=source,
        api_defects=frozenset({defect}),
    )


FAULTS = (
    _defect(
        "accepts-plain-http",
        ApiDefect.PLAIN_HTTP,
        "the check was left to the dashboard",
        source="docs/sources.md, Switches: http_url",
    ),
    _defect(
        "accepts-any-scheme",
        ApiDefect.ANY_SCHEME,
        "whatever is not empty is taken for a URL",
        source="vercel-labs/emulate 0.8.0, as measured",
    ),
    _defect("carts-unchecked", ApiDefect.ITEMS_UNCHECKED, "the page is trusted to add up"),
    _defect("takes-any-token", ApiDefect.TOKEN_UNCHECKED, "a gateway in front was to check it"),
    _defect(
        "user-agent-not-asked-for",
        ApiDefect.AGENT_UNCHECKED,
        "the announced rule is not switched on everywhere",
    ),
    _defect("echoes-redirect-urls", ApiDefect.URLS_ECHOED, "the stored record is sent back whole"),
    _defect("session-life-of-an-hour", ApiDefect.LONG_LIFE, "a setting of another environment"),
    _defect(
        "same-session-for-equal-requests",
        ApiDefect.SAME_SESSION,
        "equal bodies are taken for one request that was repeated",
    ),
    _defect(
        "href-of-the-session-before",
        ApiDefect.HREF_BEFORE,
        "the answer is built before the new session is saved",
        source="VivaPayments/API #2183",
    ),
    _defect(
        "session-can-be-read-back", ApiDefect.READ_BACK, "a route of the old API is still there"
    ),
    _defect(
        "missing-customer-as-bad-request",
        ApiDefect.CUSTOMER_400,
        "somebody has tidied the statuses up",
        source="docs/sources.md, Switches: missing_customer_status",
    ),
    _defect("refuses-without-a-word", ApiDefect.NO_WORDS, "messages are translated, and one lacks"),
    _defect(
        "server-error-for-broken-json", ApiDefect.SERVER_ERROR, "the parser's error is not caught"
    ),
    _defect("unknown-keys-refused", ApiDefect.UNKNOWN_KEYS, "a stricter schema was put in front"),
    _defect("all-urls-demanded", ApiDefect.ALL_URLS, "a form's rule has reached the API"),
    _defect("tax-left-out", ApiDefect.NO_TAX, "tax is added by another service, which was down"),
    _defect(
        "token-in-href",
        ApiDefect.TOKEN_IN_HREF,
        "the page is to know on whose behalf it was opened",
        source="juspay/hyperswitch-web #1598",
    ),
    _defect(
        "receipt-goes-home",
        ApiDefect.RECEIPT_LEAVES,
        "a page of thanks is thought to be read in a moment",
        browser_clauses=("lands",),
        source="docs/sources.md, The hosted page",
    ),
    _defect(
        "card-in-etag",
        ApiDefect.CARD_IN_ETAG,
        "answers are told apart by what was asked",
        source=_LEAK,
    ),
    _defect(
        "card-in-cookie",
        ApiDefect.CARD_IN_COOKIE,
        "the next purchase is to be quicker",
        source=_LEAK,
    ),
    _defect(
        "token-in-refusals",
        ApiDefect.TOKEN_IN_REFUSAL,
        "a message for the log is sent to the caller",
        source=_LEAK,
    ),
    _defect(
        "json-sent-as-a-page", ApiDefect.SENT_AS_PAGE, "a framework's default was left as it is"
    ),
    _defect(
        "token-in-page",
        ApiDefect.TOKEN_IN_PAGE,
        "the page's script is to call the API by itself",
        source="juspay/hyperswitch-web #1598",
    ),
    _defect(
        "token-in-header",
        ApiDefect.TOKEN_IN_HEADER,
        "headers of the inner call are passed on to the browser",
        source="OWASP API3:2023",
    ),
    _defect(
        "sessions-dated-back",
        ApiDefect.DATED_BACK,
        "one of the servers has a slow clock",
    ),
    _defect(
        "clearing-one-url-clears-all",
        ApiDefect.CLEARS_ALL,
        "an incomplete form is taken for no form",
        source="docs/sources.md, Dashboard",
    ),
    _defect(
        "dashboard-urls-decoded",
        ApiDefect.UNPACKED,
        "a form's values are decoded once by the browser's rules and once more by hand",
        source="docs/sources.md, Dashboard",
    ),
    _defect(
        "page-shown-once",
        ApiDefect.SHOWN_ONCE,
        "a link is spent by the first visit",
        source="docs/sources.md, The hosted page",
    ),
    _defect(
        "left-alone-goes-home",
        ApiDefect.SENDS_HOME,
        "a page is closed long before its session ends",
        source="docs/sources.md, The hosted page",
    ),
)
