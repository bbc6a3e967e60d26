"""Faults that depend on what has happened before: declines, cancels, sessions, the clock."""

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import fragment, parameters, path, query
from standin.outcomes import NO_URLS, Outcome, RedirectUrls
from standin.redirect.situation import Situation, Trigger

_RETRY = "docs/sources.md, The redirect: what sends a shopper to failure?"


def _previous_urls(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return situation.previous.requested if situation.previous else right


FAULTS = (
    Fault(
        name="lost-after-decline",
        breaks="a shopper whose second card is taken loses a parameter of the merchant's",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id"),
        why="the retry is built by other code than the first try",
        source=_RETRY,
        condition="only approvals after a decline",
        when=conditions.approved_after_decline,
        encode=parameters(lambda listed: listed[1:]),
    ),
    Fault(
        name="failure-sticks",
        breaks="a shopper whose second card is taken is sent to the failure URL",
        clause="right-outcome",
        why="the session remembers its first result",
        source="silverstripe/silverstripe-omnipay #30",
        condition="only approvals after a decline",
        when=conditions.approved_after_decline,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="cancel-sticks",
        breaks="who cancelled, came back and paid is sent to the cancel URL",
        clause="right-outcome",
        why="the session remembers its first result",
        source="docs/sources.md, The redirect: and to cancel?",
        condition="only approvals after a cancel",
        when=lambda situation: conditions.approved(situation) and "cancelled" in situation.history,
        outcome=lambda _situation, _right: Outcome.CANCEL,
    ),
    Fault(
        name="second-cancel-as-failure",
        breaks="who cancelled, came back and cancels again is sent to the failure URL",
        clause="right-outcome",
        why="a session that was left twice counts as given up",
        source="docs/sources.md, The redirect: and to cancel?",
        condition="only a session's second cancel",
        when=lambda situation: (
            conditions.cancelled(situation) and situation.history.count("cancelled") > 1
        ),
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="cancel-after-decline-as-failure",
        breaks="who gives up after a decline is sent to the failure URL",
        clause="right-outcome",
        why="the last result of the processor counts, not what the shopper did",
        source="woocommerce/woocommerce-gateway-stripe #5263",
        condition="only cancels after a decline",
        when=lambda situation: conditions.cancelled(situation) and situation.declines > 0,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="third-try-lost",
        breaks="the third try of a session leads nowhere",
        clause="lands",
        why="tries are counted up to two",
        source=_RETRY,
        condition="only from a session's third try on",
        when=lambda situation: situation.attempts > 2,
        outcome=lambda _situation, _right: None,
    ),
    Fault(
        name="second-session-loses-fragment",
        breaks="a merchant's second session loses the fragment",
        clause="keeps-fragment",
        why="the first session fills a cache with what a server sees of the URL",
        source="docs/sources.md, The redirect: and a fragment?",
        condition="only a merchant's second session",
        when=conditions.nth_session(2),
        encode=fragment(lambda _text: None),
    ),
    Fault(
        name="every-third-never-leaves",
        breaks="every third shopper of a merchant is never sent anywhere",
        clause="lands",
        why="one of three servers has not been updated",
        source="VivaPayments/API #1268",
        condition="every third redirect of a merchant",
        when=conditions.every(3),
        urls=lambda _situation, _right: NO_URLS,
    ),
    Fault(
        name="every-fifth-loses-a-parameter",
        breaks="every fifth shopper of a merchant lands without the first parameter",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="one of five servers has not been updated",
        source="csob/paymentgateway #574",
        condition="every fifth redirect of a merchant",
        when=conditions.every(5),
        encode=query(lambda text: "&".join(text.split("&")[1:])),
    ),
    Fault(
        name="old-session-loses-its-urls",
        breaks="a session that is older than ten minutes has no URLs any more",
        clause="lands",
        why="they are cached for ten minutes, the session lives for fifteen",
        source="docs/sources.md, The API: a session lives 15 minutes",
        condition="only sessions of more than ten minutes",
        when=conditions.older_than(600),
        urls=lambda _situation, _right: NO_URLS,
    ),
    Fault(
        name="returning-shopper-gets-the-url-before",
        breaks="a shopper who buys again lands on the URL of the merchant's session before",
        clause="right-outcome",
        browser_clauses=("right-outcome", "same-path", "lands-once"),
        why="a cookie names the session, and is older than the address",
        source="VivaPayments/API #2183",
        condition="only browsers that have opened another session before",
        when=lambda situation: situation.returning,
        urls=_previous_urls,
    ),
    Fault(
        name="opened-twice-loses-the-path",
        breaks="a page that was opened or reloaded twice before the payment loses the path's end",
        clause="same-path",
        why="each visit takes one segment off the stored URL",
        source="docs/sources.md, The redirect",
        condition="only pages that were opened more than once",
        when=lambda situation: (
            situation.history.count("opened") > 1 and situation.trigger is Trigger.APPROVED
        ),
        encode=path(lambda text: text.rpartition("/")[0] or "/"),
    ),
    Fault(
        name="reload-loses-the-cancel-url",
        breaks="a page that was opened or reloaded twice leads nowhere when the shopper cancels",
        clause="lands",
        why="the way out is handed to the page with its first visit alone",
        source="docs/sources.md, The redirect: and to cancel?",
        condition="only pages that were opened more than once",
        when=lambda situation: (
            situation.history.count("opened") > 1 and situation.trigger is Trigger.CANCELLED
        ),
        urls=lambda _situation, _right: NO_URLS,
    ),
)
