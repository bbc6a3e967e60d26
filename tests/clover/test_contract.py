"""Each clause of the contract, held and broken."""

from dataclasses import replace

import pytest

from clover.behaviour import load_behaviour
from clover.verdict import CLAUSES
from records.outcome import Outcome
from tests.clover.checkouts import (
    NOWHERE,
    OTHER_SESSION,
    SESSION,
    SID,
    SITE,
    Checkout,
    by_way_of,
    landed,
    make_arrival,
    make_hop,
    stayed,
)

URLS = {
    Outcome.SUCCESS: f"{SITE}/success?a=1&b=x%20y&b=&flag&sid={{CHECKOUT_SESSION_ID}}#top",
    Outcome.FAILURE: f"{SITE}/failure?code={{ERROR_CODE}}",
    Outcome.CANCEL: f"{SITE}/cancel",
}
RIGHT = f"{SITE}/success?a=1&b=x%20y&b=&flag&sid={SESSION}#top"
PAID = Checkout(URLS)
DECLINED = Checkout(URLS, outcome=Outcome.FAILURE)


def test_clause_names_are_those_of_the_interface() -> None:
    """The clauses have their published names and order."""
    assert CLAUSES == (
        "lands", "right-outcome", "right-source", "secure", "same-origin", "same-path",
        "keeps-query", "keeps-fragment", "session-id", "error-code", "no-literal-placeholder",
        "no-extra-params", "is-a-get", "same-tab", "lands-once", "leaks-nothing",
    )  # fmt: skip


#: Replacements in the right URL, by the clauses that they break.
SPOILT = {
    ("same-path",): (("/success", "/Success"), ("/success", "/success/"), ("/r1/", "//r1/")),
    ("same-origin",): (
        ("merchant.example", "evil.example"), ("merchant.example", "merchant.example:8443"),
        ("merchant.example", "www.merchant.example"),
    ),
    ("secure", "same-origin"): (("https://", "http://"),),
    ("keeps-query",): (
        ("a=1&", ""), ("a=1", "a=2"), ("a=1&", "a=1&a=1&"), ("a=1&b=x%20y", "b=x%20y&a=1"),
        ("x%20y", "x+y"), ("b=&", "b&"), ("b=&", ""), ("flag", "flag="), ("&flag", "&&flag"),
    ),
    ("keeps-query", "no-extra-params"): (("&flag", "&amp;flag"),),
    ("keeps-fragment",): (("#top", ""), ("#top", "#bottom")),
    ("session-id",): (
        (SESSION, OTHER_SESSION), (SESSION, ""), (SESSION, SESSION.upper()),
        (f"&sid={SESSION}", ""),
    ),
    ("no-literal-placeholder",): (
        (SESSION, "{CHECKOUT_SESSION_ID}"), (SESSION, "%7BCHECKOUT_SESSION_ID%7D"),
        (SESSION, "%257BCHECKOUT_SESSION_ID%257D"),
    ),
    ("no-extra-params",): (("#top", "&order_id=7#top"),),
}  # fmt: skip


@pytest.mark.parametrize(("url", "clauses"), [
    *((RIGHT.replace(*pair), [*clauses]) for clauses, pairs in SPOILT.items() for pair in pairs),
    (RIGHT, []),
    (f"{SITE}/failure?code=card_declined", ["right-outcome"]),
    (f"{SITE}/failure?code=", ["right-outcome"]),
    (f"{SITE}/cancel", ["right-outcome"]),
    ("https://merchant.example/", ["same-path", "keeps-query", "keeps-fragment", "session-id"]),
])  # fmt: skip
def test_wrong_url_breaks_the_clause_of_its_part(url: str, clauses: list[str]) -> None:
    """Each different part of the landing URL breaks its own clause and no other."""
    assert PAID.landing(url) == clauses


@pytest.mark.parametrize("template", [
    f"/{SID}/done", f"/done/{SID}", f"/d?a={SID}&b={SID}", f"/d?{SID}", f"/d?{SID}=1",
    f"/d#{SID}", f"/d?a=x{SID}y", f"/{SID}/{SID}?a={SID}#{SID}",
])  # fmt: skip
def test_placeholder_becomes_the_session_id_everywhere(template: str) -> None:
    """Every {CHECKOUT_SESSION_ID} in path, query and fragment becomes the session's id."""
    checkout = Checkout({Outcome.SUCCESS: SITE + template})
    right = SITE + template.replace(SID, SESSION)

    assert checkout.landing(right) == []
    assert checkout.landing(right.replace(SESSION, OTHER_SESSION)) == ["session-id"]
    assert checkout.landing(SITE + template) == ["no-literal-placeholder"]
    assert checkout.landing(right.replace(SESSION, OTHER_SESSION, 1)) == ["session-id"]


RAW = f"{SITE}/s?a={{checkoutSessionId}}&b=%7BCHECKOUT_SESSION_ID%7D&c={{{SESSION}}}"
ODD = Checkout({Outcome.SUCCESS: RAW.replace(SESSION, "{CHECKOUT_SESSION_ID}", 1)})
APPENDED = Checkout(
    {Outcome.SUCCESS: f"{SITE}/s?a=1#top"},
    behaviour=load_behaviour("documented", appended="session_id"),
)
STATIC = Checkout(URLS, dashboard={Outcome.SUCCESS: "https://merchant.example/static"})
ONE_PATH = Checkout({outcome: f"{SITE}/return?was={outcome}&a=1" for outcome in Outcome})
ONE_URL = Checkout(dict.fromkeys(Outcome, f"{SITE}/return?a=1"))
TWO_SESSIONS = replace(PAID, other_sessions_urls=["https://merchant.example/r2/success"])
MAILED = Checkout({Outcome.SUCCESS: f"{SITE}/s?to=alex.doe@example.com"})


@pytest.mark.parametrize(("checkout", "url", "clauses"), [
    # misspelt and encoded placeholders, and an e-mail address, are the merchant's own text
    (ODD, RAW, []),
    (MAILED, f"{SITE}/s?to=alex.doe@example.com", []),
    # an appended session id is expected once, at the end of the query
    (APPENDED, f"{SITE}/s?a=1&session_id={SESSION}#top", []),
    (APPENDED, f"{SITE}/s?a=1#top", ["keeps-query"]),
    (APPENDED, f"{SITE}/s?session_id={SESSION}&a=1#top", ["keeps-query"]),
    # the dashboard wins
    (STATIC, "https://merchant.example/static", []),
    (STATIC, RIGHT, ["right-source"]),
    # a swapped outcome is found by a parameter, unless the outcomes share one URL
    (ONE_PATH, f"{SITE}/return?was=success&a=1", []),
    (ONE_PATH, f"{SITE}/return?was=cancel&a=1", ["right-outcome"]),
    (ONE_PATH, f"{SITE}/return?was=success&a=2", ["keeps-query"]),
    (ONE_URL, f"{SITE}/return?a=1", []),
    # another session's URL
    (TWO_SESSIONS, "https://merchant.example/r2/success", ["right-outcome"]),
])  # fmt: skip
def test_landing_follows_configuration(checkout: Checkout, url: str, clauses: list[str]) -> None:
    """Placeholders, appended parameters, precedence and other configured URLs count."""
    assert checkout.landing(url) == clauses


def test_other_outcome_requested_on_the_way_breaks_right_outcome() -> None:
    """A request for another outcome's URL before the right landing is a wrong outcome."""
    early = make_hop(f"{SITE}/failure?code=x", at_ms=600.0, place="frame")
    arrived = make_arrival(early.url, dest="iframe")
    assert PAID.clauses(by_way_of(early, arrivals=(arrived,), url=RIGHT)) == [
        *("right-outcome", "lands-once")
    ]


def test_second_arrival_breaks_lands_once() -> None:
    """Two arrivals are one too many unless two landings are due."""
    story = landed(RIGHT)
    twice = replace(story, arrivals=[*(story.arrivals or ()), *(story.arrivals or ())])
    assert PAID.clauses(twice) == ["lands-once"]
    assert PAID.clauses(twice, times=2) == []
    assert PAID.clauses(story, times=2) == ["lands-once"]


def test_plain_loopback_target_may_use_plain_http() -> None:
    """Hops inside a plain-HTTP loopback target are allowed, a plain-HTTP landing is not."""
    checkout = replace(PAID, href="http://127.0.0.1:8000/pay-checkout/x")
    assert checkout.landing(RIGHT) == []
    assert "secure" in checkout.landing(RIGHT.replace("https:", "http:"))


@pytest.mark.parametrize(("url", "clause"), [
    (f"{SITE}/failure", "right-outcome"),
    ("https://merchant.example/", "lands"),
    ("https://www.clover.test/", "lands"),
])  # fmt: skip
def test_redirect_without_a_url_breaks_a_clause(url: str, clause: str) -> None:
    """A redirect without a configured URL breaks lands, or right-outcome for another outcome's."""
    assert clause in NOWHERE.clauses(replace(landed(url), stayed=stayed("Payment Received").stayed))


def test_shopper_who_may_retry_is_not_redirected() -> None:
    """A redirect to the failure URL is too early while the shopper may retry."""
    retry = replace(DECLINED, stays=True)
    assert retry.broken(stayed("Checkout", "Transaction declined")) == []
    assert retry.clauses(landed(f"{SITE}/failure?code=card_declined")) == ["right-outcome"]
