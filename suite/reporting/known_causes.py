"""Known causes of wrong redirects, which real integrations of hosted checkouts had."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from records.verdict import UrlDifference, Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """One known cause.

    Attributes:
        looks_like: the probable cause.
        check: one step that confirms it.
        explains: whether the verdict shows the pattern of this cause.
    """

    looks_like: str
    check: str
    explains: Callable[[Verdict], bool]


def causes(verdict: Verdict, *, most: int = 3) -> Sequence[Cause]:
    """Return the known causes that explain a verdict with violations, at most ``most``."""
    return [cause for cause in KNOWN if cause.explains(verdict)][:most]


def _violates(clause: str) -> Callable[[Verdict], bool]:
    return lambda verdict: clause in verdict.clauses


def _part_differs(
    how: Callable[[str, str], bool], *parts: str, clause: str = ""
) -> Callable[[Verdict], bool]:
    """One of ``parts`` differs as ``how`` says of its expected and landed text, "" if absent."""
    return lambda verdict: any(
        how(difference.expected or "", difference.came or "")
        for difference in _differences(verdict, clause)
        if difference.part in parts
    )


def _differences(verdict: Verdict, clause: str = "") -> Iterator[UrlDifference]:
    for violation in verdict.violations:
        if violation.difference and clause in {"", violation.clause}:
            yield violation.difference


def _stays(*words: str) -> Callable[[Verdict], bool]:
    """The shopper did not land, and the page's heading or alert contains one of ``words``."""

    def explains(verdict: Verdict) -> bool:
        seen = verdict.stayed
        shown = f"{seen.heading} {seen.alert}".lower() if seen else ""
        lost = verdict.landed_url is None and bool(verdict.violations)
        return lost and any(word in shown for word in words)

    return explains


def _reaches(*pairs: tuple[str, str]) -> Callable[[Verdict], bool]:
    """The verdict's outcome and the outcome whose URL was reached are one of ``pairs``."""

    def explains(verdict: Verdict) -> bool:
        details = [v.detail for v in verdict.violations if v.clause == "right-outcome"]
        reached = re.findall(r"\bthe (success|failure|cancel) URL of\b", " ".join(details))
        return any((str(verdict.outcome), other) in pairs for other in reached)

    return explains


def _receipt_without_payment(verdict: Verdict) -> bool:
    unpaid = verdict.outcome != "success" and "right-outcome" in verdict.clauses
    return _reaches(("failure", "success"), ("cancel", "success"))(verdict) or (
        unpaid and _stays("received")(verdict)
    )


def _encoded_twice(verdict: Verdict) -> bool:
    return any("%257B" in v.came.upper() and "%257B" not in v.expected for v in verdict.violations)


def _literal_placeholder(verdict: Verdict) -> bool:
    return "no-literal-placeholder" in verdict.clauses and not _encoded_twice(verdict)


def _second_question_mark(expected: str, came: str) -> bool:
    return "?" in came and "?" not in expected


def _same_decoded(expected: str, came: str) -> bool:
    return expected != came and _decoded(expected) == _decoded(came)


def _decoded(text: str) -> str:
    return unquote(unquote(text.replace("+", " ")))


def _query_dropped(verdict: Verdict) -> bool:
    lost = any(part.part == "query" and part.came is None for part in _differences(verdict))
    return lost and all(part.came is None for part in verdict.url_parts if part.part == "query")


def _same_without_slashes(expected: str, came: str) -> bool:
    return expected.replace("/", "") == came.replace("/", "")


def _prefix_lost(expected: str, came: str) -> bool:
    end = expected.endswith(came) and came != "/"
    return end and not _same_without_slashes(expected, came)


def _other_host(verdict: Verdict) -> bool:
    hosts = [part for part in verdict.url_parts if part.part == "host" and not part.same]
    return "same-origin" in verdict.clauses and bool(hosts)


def _reordered(verdict: Verdict) -> bool:
    return any(part.part == "query" and part.index is None for part in _differences(verdict))


def _other_session(verdict: Verdict) -> bool:
    landed = [part.came for part in _differences(verdict, "session-id")]
    return any(text is not None and verdict.session_id not in text for text in landed)


def _connection_failed(verdict: Verdict) -> bool:
    failed = any(hop.failure and hop.status is None for hop in verdict.hops)
    return failed and "lands" in verdict.clauses


KNOWN: Sequence[Cause] = (
    Cause(
        "a placeholder encoded twice, by the merchant's URL builder and again on the way",
        "print the URL that the create call sends; its braces must not be encoded",
        _encoded_twice,
    ),
    Cause(
        "a provider that does not substitute placeholders (measured in production in 2026)",
        "run the same test with --behaviour measured; if it passes, put your own order id into "
        "the URL instead",
        _literal_placeholder,
    ),
    Cause(
        "parameters appended with a second question mark to a URL that already had a query",
        "set a success URL without a query; it should then land correctly",
        _part_differs(_second_question_mark, "query"),
    ),
    Cause(
        "parameters appended after the fragment of a URL",
        "set a success URL without a fragment; it should then land correctly",
        _part_differs(lambda expected, came: bool(expected) and expected in came, "fragment"),
    ),
    Cause(
        "a URL escaped for HTML and never unescaped (&amp; instead of &)",
        "look at the page's source where the redirect is written",
        _part_differs(lambda _, came: came.startswith("amp;"), "query"),
    ),
    Cause(
        "parameters put into another order by a dictionary or a sorted rebuild",
        "compare the order in the request with the Location header among the hops",
        _reordered,
    ),
    Cause(
        "a query that was decoded and encoded again on the way (plus, %20 and %2B change places)",
        "find the first hop whose URL or Location has the new encoding",
        _part_differs(_same_decoded, "query"),
    ),
    Cause(
        "a query dropped by a proxy, a login page or a framework's redirect",
        "find the first hop without the query; if it is on your own site, the fault is there",
        _query_dropped,
    ),
    Cause(
        "a success page shown without a payment: cancel, timeout or decline treated as success",
        "look up the order's payments; never trust the landing as proof of payment",
        _receipt_without_payment,
    ),
    Cause(
        "failure and cancel swapped, or both kept in one setting",
        "set three different URLs and read them back from the dashboard",
        _reaches(("failure", "cancel"), ("cancel", "failure")),
    ),
    Cause(
        "URLs swapped between outcomes in the request or on the dashboard",
        "read redirectUrls in the API exchange; each outcome needs its own URL",
        _reaches(("success", "failure"), ("success", "cancel")),
    ),
    Cause(
        "dashboard URLs that replace those of the request, or the reverse; the documentation has "
        "said both",
        "clear the dashboard's Redirect URLs and run the test again",
        _violates("right-source"),
    ),
    Cause(
        "an http:// URL, or a proxy that does not know that it is reached over TLS",
        "look for the first http:// among the hops",
        _violates("secure"),
    ),
    Cause(
        "a missing or doubled slash where base URL and path are joined",
        "read the URL in the API exchange character by character",
        _part_differs(_same_without_slashes, "path"),
    ),
    Cause(
        "a locale prefix or base path lost when the URL was joined",
        "compare the configured URL with the one in the API exchange",
        _part_differs(_prefix_lost, "path"),
    ),
    Cause(
        "a stale preview or deployment host, or the address of another environment",
        "search the deployment's settings for the host that was reached",
        _other_host,
    ),
    Cause(
        "a placeholder filled with another checkout's id, or with none",
        "compare the id in the landing URL with checkoutSessionId in the API exchange",
        _other_session,
    ),
    Cause(
        "an error code that is empty, put into words, or not the one of this decline",
        "compare error_code in the landing URL with the decline in the API exchange",
        _part_differs(lambda expected, came: expected not in came, "query", clause="error-code"),
    ),
    Cause(
        "parameters that a step on the way adds for its own use",
        "find the first hop that has them",
        _part_differs(
            lambda _, came: not came.startswith("amp;"), "query", clause="no-extra-params"
        ),
    ),
    Cause(
        "a singular redirectUrl or a misspelt key in the request, which is silently ignored",
        "read the request body in the API exchange: redirectUrls with success, failure, cancel",
        lambda verdict: verdict.outcome == "success" and _stays("received")(verdict),
    ),
    Cause(
        "a link used after its 15 minutes",
        "compare createdTime and expirationTime in the API exchange with the hops",
        _stays("expired", "no longer valid"),
    ),
    Cause(
        "a provider that keeps the shopper on the page after a decline, to try another card",
        "run the same test under a behaviour with decline = stay",
        _stays("declined", "try again", "different card"),
    ),
    Cause(
        "a connection that failed on the way, not a wrong redirect",
        "read the failed hop and run the test again",
        _connection_failed,
    ),
    Cause(
        "a double click, a reload or a retry that redirects a second time",
        "count the hops to the landing URL and read the cause of each",
        _violates("lands-once"),
    ),
    Cause(
        "a form posted back to the merchant, which a SameSite cookie does not survive",
        "read the method and the cause of the last hop",
        _violates("is-a-get"),
    ),
    Cause(
        "a checkout that opens a tab or is in a frame, where session cookies are lost",
        "read the place of each hop: tab, frame or pop-up",
        _violates("same-tab"),
    ),
    Cause(
        "personal or card data put into a URL, where logs and referrers keep it",
        "search the hops and the arrivals' headers for the value",
        _violates("leaks-nothing"),
    ),
    Cause(
        "a fragment cut off by a server-side redirect that rebuilds the URL",
        "compare the Location of the last redirect with the configured URL",
        _part_differs(lambda _, came: not came, "fragment"),
    ),
)
"""Specific patterns come before those that only name a clause."""
