"""Causes that real integrations of hosted checkouts had, to be tried first when a clause breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.verdict import Verdict
from suite.reporting import cause_patterns as patterns


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause seen before.

    Attributes:
        looks_like: what probably happened.
        check: how to find out, in one step.
        fits: whether the verdict shows its pattern.
    """

    looks_like: str
    check: str
    fits: patterns.Pattern

    def __str__(self) -> str:
        return f"looks like {self.looks_like}; check by {self.check}"


def causes(verdict: Verdict, *, most: int = 3) -> Sequence[Cause]:
    """The known causes that fit, the most telling first, at most ``most``."""
    return [cause for cause in KNOWN if cause.fits(verdict)][:most]


KNOWN: Sequence[Cause] = (
    Cause(
        "a placeholder encoded twice, by the merchant's URL builder and again on the way",
        "printing the URL that the create call sends: the braces must stand in it unencoded",
        patterns.twice_encoded,
    ),
    Cause(
        "a provider that does not substitute placeholders (measured in production in 2026)",
        "running the same test with --behaviour measured; if it passes, carry your own order id "
        "in the URL instead",
        patterns.literal,
    ),
    Cause(
        "parameters appended with a second question mark to a URL that had a query already",
        "setting a success URL without any query: it should then land right",
        patterns.differs(patterns.second_question_mark),
    ),
    Cause(
        "a URL escaped for HTML and never unescaped (&amp; in place of &)",
        "looking at the page's source where the redirect is written",
        patterns.escaped_for_html,
    ),
    Cause(
        "parameters put into another order by a dictionary or a sorted rebuild",
        "comparing the order in the request with the Location header among the hops",
        patterns.differs(patterns.reordered),
    ),
    Cause(
        "a query that was decoded and encoded again on the way (plus, %20 and %2B swap places)",
        "finding the first hop whose URL or Location shows the new spelling",
        patterns.differs(patterns.recoded),
    ),
    Cause(
        "a query dropped as a whole by a proxy, a login page or a framework's redirect",
        "finding the first hop without it; if that is on your own site, the fault is there",
        patterns.differs(patterns.query_gone),
    ),
    Cause(
        "a success page shown without a payment: cancel, time-out or decline treated as success",
        "looking up the order's payments; never trust the landing as proof of payment",
        patterns.outcome_lost("failure", "cancel"),
    ),
    Cause(
        "failure and cancel swapped, or both kept in one setting",
        "setting three different URLs and reading them back from the dashboard",
        patterns.outcome_lost("failure", "cancel"),
    ),
    Cause(
        "URLs swapped or shared between outcomes in the request or on the dashboard",
        "reading redirectUrls in the API exchange: each outcome needs a URL of its own",
        patterns.breaks("right-outcome"),
    ),
    Cause(
        "dashboard URLs that replace those of the request, or the reverse; the documentation has "
        "said both",
        "clearing the dashboard's Redirect URLs and running the test again",
        patterns.breaks("right-source"),
    ),
    Cause(
        "an http:// URL, or a proxy that does not know that it is reached over TLS",
        "looking for the first http:// among the hops",
        patterns.breaks("secure"),
    ),
    Cause(
        "a missing or doubled slash where base URL and path are joined",
        "reading the URL in the API exchange character by character",
        patterns.differs(patterns.slashes_only),
    ),
    Cause(
        "a locale prefix or base path lost when the URL was joined",
        "comparing the configured URL with the one in the API exchange",
        patterns.differs(patterns.shorter_path),
    ),
    Cause(
        "a stale preview or deployment host, or the address of another environment",
        "searching the deployment's settings for the host that was reached",
        patterns.differs(patterns.other_host),
    ),
    Cause(
        "a placeholder filled with another checkout's id, or with none",
        "comparing the id in the landing URL with checkoutSessionId in the API exchange",
        patterns.breaks("session-id"),
    ),
    Cause(
        "an error code that is empty, put into words, or not the one of this decline",
        "comparing error_code in the landing URL with the decline in the API exchange",
        patterns.breaks("error-code"),
    ),
    Cause(
        "parameters that a step on the way adds for its own use",
        "finding the first hop that carries them",
        patterns.breaks("no-extra-params"),
    ),
    Cause(
        "a singular redirectUrl or a misspelt key in the request, which is ignored without a word",
        "reading the request body in the API exchange: redirectUrls with success, failure, cancel",
        patterns.stayed("received"),
    ),
    Cause(
        "a link used after its 15 minutes",
        "comparing createdTime and expirationTime in the API exchange with the hops",
        patterns.stayed("expired", "no longer valid"),
    ),
    Cause(
        "a provider that keeps the shopper on the page after a decline, to try another card",
        "running the same test under a behaviour with decline = stay",
        patterns.stayed("declined", "try again", "different card"),
    ),
    Cause(
        "a connection that broke on the way, not a wrong redirect",
        "reading the failed hop below and running the test again",
        patterns.network_failed,
    ),
    Cause(
        "a double click, a reload or a retry that redirects a second time",
        "counting the hops to the landing URL and what caused each",
        patterns.breaks("lands-once"),
    ),
    Cause(
        "a form posted back to the merchant, which a SameSite cookie does not survive",
        "reading method and cause of the last hop",
        patterns.breaks("is-a-get"),
    ),
    Cause(
        "a checkout that opens a tab or sits in a frame, where session cookies are lost",
        "reading the place of each hop: tab, frame or pop-up",
        patterns.breaks("same-tab"),
    ),
    Cause(
        "personal or card data put into a URL, where logs and referrers keep it",
        "searching the hops and the arrivals' headers for the value",
        patterns.breaks("leaks-nothing"),
    ),
    Cause(
        "a fragment cut off by a server-side redirect that rebuilds the URL",
        "comparing Location of the last redirect with the configured URL",
        patterns.breaks("keeps-fragment"),
    ),
)
"""Patterns that tell much come before those that only name a clause."""
