"""Faults in how the browser travels: by what request, in which tab, over which addresses."""

from dataclasses import replace
from urllib.parse import parse_qs

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import split_url, whole_url
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.situation import Situation

_HOW = "docs/sources.md, The redirect: redirect by status, script or form?"
_LATE_MS = 12_000


def _without_query(url: str) -> str:
    return str(replace(split_url(url), query=None))


def _as_the_address_says(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    asked = parse_qs(situation.query).get("redirect_url")
    return RedirectUrls(*asked[:1] * len(Outcome)) if asked else right


FAULTS = (
    Fault(
        name="lands-by-post",
        breaks="the landing is requested with POST",
        clause="is-a-get",
        why="a hidden form carries the result",
        source="Adyen-shopware5 #102",
        navigation=lambda _situation, right: replace(right, method="post"),
    ),
    Fault(
        name="post-kept-by-the-redirect",
        breaks="a form is answered with 307, so that the merchant gets its POST",
        clause="is-a-get",
        why="307 looks like the modern 302",
        source="Buckaroo #470",
        navigation=lambda _situation, right: replace(right, via="307"),
    ),
    Fault(
        name="lands-in-new-tab",
        breaks="the landing opens in a new tab",
        clause="same-tab",
        browser_clauses=("same-tab", "lands"),
        why="a link with a target",
        source=_HOW,
        navigation=lambda _situation, right: replace(right, place="popup"),
    ),
    Fault(
        name="lands-in-a-frame",
        breaks="the landing opens in a frame of the checkout page",
        clause="same-tab",
        browser_clauses=("same-tab", "lands"),
        why="the page was made to be embedded, and forgets to leave its frame",
        source=_HOW,
        navigation=lambda _situation, right: replace(right, place="frame"),
    ),
    Fault(
        name="plain-http-hop",
        breaks="the road leads over an address without TLS",
        clause="secure",
        why="a load balancer that rewrites links",
        source="pagopa #854",
        navigation=lambda _situation, right: replace(right, hops=("plain",)),
    ),
    Fault(
        name="meta-refresh-without-tls",
        breaks="a page without TLS sends the shopper on by meta refresh",
        clause="secure",
        why="an old page of thanks was never moved",
        source=_HOW,
        navigation=lambda _situation, right: replace(
            right, hops=("plain", "own"), via="meta-refresh"
        ),
    ),
    Fault(
        name="second-hop-loses-the-query",
        breaks="of two hops the second forgets the query",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="each hop builds the next address itself",
        source="paynl #161",
        encode=whole_url(_without_query),
        navigation=lambda _situation, right: replace(right, hops=("own", "own")),
    ),
    Fault(
        name="open-redirect-hop",
        breaks="a redirector takes the landing from its query, where the first & ends it",
        clause="keeps-query",
        browser_clauses=("keeps-query", "keeps-fragment", "session-id", "error-code"),
        why="the landing is put into the redirector's address unencoded",
        source="CVE-2024-0337",
        encode=whole_url(lambda url: url.partition("&")[0]),
        navigation=lambda _situation, right: replace(right, hops=("open",)),
    ),
    Fault(
        name="page-address-chooses-the-landing",
        breaks="a parameter of the checkout link decides where the shopper lands",
        clause="same-origin",
        browser_clauses=("same-origin", "same-path", "keeps-query", "keeps-fragment", "session-id"),
        why="a parameter that was meant for previews is still read",
        source="CVE-2024-0337; OWASP WSTG-CLNT-04",
        condition="only where somebody has added the parameter",
        urls=_as_the_address_says,
    ),
    Fault(
        name="never-leaves",
        breaks="the shopper is never sent anywhere",
        clause="lands",
        why="the redirect depends on a script that failed",
        source="VivaPayments/API #2257",
        navigation=lambda _situation, right: replace(right, times=0),
    ),
    Fault(
        name="declined-never-leaves",
        breaks="a declined shopper is never sent anywhere",
        clause="lands",
        why="only the happy end was tried",
        source="mollie/mollie-api-python #338",
        condition="only declines",
        when=conditions.declined,
        outcome=lambda _situation, _right: None,
    ),
    Fault(
        name="cancel-never-leaves",
        breaks="whoever cancels is never sent anywhere",
        clause="lands",
        why="the newest documentation has no cancel any more",
        source="VivaPayments/API #2226",
        condition="only cancels",
        when=conditions.cancelled,
        outcome=lambda _situation, _right: None,
    ),
    Fault(
        name="needs-a-click",
        breaks="the shopper has to press a button before the redirect",
        clause="lands",
        why="a page of thanks with a link is taken for a redirect",
        source="docs/sources.md, Switches: interstitial",
        navigation=lambda _situation, right: replace(right, click=True),
    ),
    Fault(
        name="lands-late",
        breaks="the redirect comes after twelve seconds",
        clause="lands",
        why="the page waits for the processor's batch",
        source="docs/sources.md, Switches: redirect_delay_ms",
        navigation=lambda _situation, right: replace(right, delay_ms=_LATE_MS),
    ),
    Fault(
        name="meta-refresh-cut-at-semicolon",
        breaks="the URL ends at its first semicolon",
        clause="keeps-query",
        browser_clauses=("keeps-query", "same-path", "keeps-fragment", "no-extra-params"),
        why="a program reads a meta refresh as a list of settings",
        source=_HOW,
        condition="only URLs with a semicolon",
        encode=whole_url(lambda url: url.partition(";")[0]),
        navigation=lambda _situation, right: replace(right, via="meta-refresh"),
    ),
)
