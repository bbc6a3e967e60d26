"""Each clause of the contract, held and broken."""

from dataclasses import replace

import pytest

from clover.behaviour import load_behaviour
from clover.verdict import CLAUSES
from records.outcome import Outcome
from tests.clover.checkouts import (
    OTHER_SESSION,
    SESSION,
    Checkout,
    landed,
    make_arrival,
    make_hop,
    stayed,
)

SITE = "https://merchant.example/r1"
URLS = {
    Outcome.SUCCESS: f"{SITE}/success?a=1&b=x%20y&b=&flag&sid={{CHECKOUT_SESSION_ID}}#top",
    Outcome.FAILURE: f"{SITE}/failure?code={{ERROR_CODE}}",
    Outcome.CANCEL: f"{SITE}/cancel",
}
RIGHT = f"{SITE}/success?a=1&b=x%20y&b=&flag&sid={SESSION}#top"
PAID = Checkout(URLS)
DECLINED = Checkout(URLS, outcome=Outcome.FAILURE)
VERBATIM = load_behaviour("documented", placeholders="verbatim")


def test_right_landing_breaks_nothing() -> None:
    """A landing that is all that was promised breaks no clause."""
    assert PAID.broken(landed(RIGHT)) == []


def test_clause_names_are_those_of_the_interface() -> None:
    """The clauses have the published names in the published order."""
    assert CLAUSES == (
        "lands", "right-outcome", "right-source", "secure", "same-origin", "same-path",
        "keeps-query", "keeps-fragment", "session-id", "error-code", "no-literal-placeholder",
        "no-extra-params", "is-a-get", "same-tab", "lands-once", "leaks-nothing",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "clauses"),
    [
        (RIGHT.replace("/success", "/Success"), ["same-path"]),
        (RIGHT.replace("/success", "/success/"), ["same-path"]),
        (RIGHT.replace("/r1/", "//r1/"), ["same-path"]),
        (RIGHT.replace("merchant.example", "evil.example"), ["same-origin"]),
        (RIGHT.replace("merchant.example", "merchant.example:8443"), ["same-origin"]),
        (RIGHT.replace("merchant.example", "www.merchant.example"), ["same-origin"]),
        (RIGHT.replace("https://", "http://"), ["secure", "same-origin"]),
        (RIGHT.replace("a=1&", ""), ["keeps-query"]),
        (RIGHT.replace("a=1", "a=2"), ["keeps-query"]),
        (RIGHT.replace("a=1&", "a=1&a=1&"), ["keeps-query"]),
        (RIGHT.replace("a=1&b=x%20y", "b=x%20y&a=1"), ["keeps-query"]),
        (RIGHT.replace("x%20y", "x+y"), ["keeps-query"]),
        (RIGHT.replace("b=&", "b&"), ["keeps-query"]),
        (RIGHT.replace("b=&", ""), ["keeps-query"]),
        (RIGHT.replace("flag", "flag="), ["keeps-query"]),
        (RIGHT.replace("&flag", "&&flag"), ["keeps-query"]),
        (RIGHT.replace("&flag", "&amp;flag"), ["keeps-query", "no-extra-params"]),
        (RIGHT.replace("#top", ""), ["keeps-fragment"]),
        (RIGHT.replace("#top", "#bottom"), ["keeps-fragment"]),
        (RIGHT.replace(SESSION, OTHER_SESSION), ["session-id"]),
        (RIGHT.replace(SESSION, ""), ["session-id"]),
        (RIGHT.replace(SESSION, SESSION.upper()), ["session-id"]),
        (RIGHT.replace(f"&sid={SESSION}", ""), ["session-id"]),
        (RIGHT.replace(SESSION, "{CHECKOUT_SESSION_ID}"), ["no-literal-placeholder"]),
        (RIGHT.replace(SESSION, "%7BCHECKOUT_SESSION_ID%7D"), ["no-literal-placeholder"]),
        (RIGHT.replace(SESSION, "%257BCHECKOUT_SESSION_ID%257D"), ["no-literal-placeholder"]),
        (RIGHT.replace("#top", "&order_id=7#top"), ["no-extra-params"]),
        (f"{SITE}/failure?code=card_declined", ["right-outcome"]),
        (f"{SITE}/failure?code=", ["right-outcome"]),
        (f"{SITE}/cancel", ["right-outcome"]),
        ("https://merchant.example/", ["same-path", "keeps-query", "keeps-fragment", "session-id"]),
    ],
)  # fmt: skip
def test_wrong_url_breaks_the_clause_of_its_part(url: str, clauses: list[str]) -> None:
    """Each part of the landing URL that differs breaks its own clause and no other."""
    assert PAID.landing(url) == clauses


@pytest.mark.parametrize(
    ("code", "clauses"),
    [
        ("card_declined", []),
        ("", ["error-code"]),
        ("Card%20declined", ["error-code"]),
        ("expired_card", ["error-code"]),
        ("{ERROR_CODE}", ["no-literal-placeholder"]),
        (SESSION, ["error-code"]),
    ],
)
def test_error_code_is_that_of_the_decline(code: str, clauses: list[str]) -> None:
    """The failure URL carries the code of this decline."""
    assert DECLINED.landing(f"{SITE}/failure?code={code}") == clauses


def test_unknown_error_code_of_a_success_url_may_be_anything() -> None:
    """Nobody knows what {ERROR_CODE} becomes in a success URL, so nothing there is asserted."""
    checkout = Checkout({Outcome.SUCCESS: f"{SITE}/s?code={{ERROR_CODE}}&a=1"})

    for code in ("", "none", "{ERROR_CODE}", "%7BERROR_CODE%7D"):
        assert checkout.landing(f"{SITE}/s?code={code}&a=1") == []
    assert checkout.landing(f"{SITE}/s?code=none&a=2") == ["keeps-query"]


@pytest.mark.parametrize(
    "template",
    [
        "/{CHECKOUT_SESSION_ID}/done",
        "/done/{CHECKOUT_SESSION_ID}",
        "/d?a={CHECKOUT_SESSION_ID}&b={CHECKOUT_SESSION_ID}",
        "/d?{CHECKOUT_SESSION_ID}",
        "/d?{CHECKOUT_SESSION_ID}=1",
        "/d#{CHECKOUT_SESSION_ID}",
        "/d?a=x{CHECKOUT_SESSION_ID}y",
        "/{CHECKOUT_SESSION_ID}/{CHECKOUT_SESSION_ID}?a={CHECKOUT_SESSION_ID}#{CHECKOUT_SESSION_ID}",
    ],
)
def test_placeholder_becomes_the_session_wherever_it_stands(template: str) -> None:
    """Path, query and fragment all get this session's id, however often it is asked for."""
    checkout = Checkout({Outcome.SUCCESS: SITE + template})

    right = SITE + template.replace("{CHECKOUT_SESSION_ID}", SESSION)

    assert checkout.landing(right) == []
    assert checkout.landing(right.replace(SESSION, OTHER_SESSION)) == ["session-id"]
    assert checkout.landing(SITE + template) == ["no-literal-placeholder"]
    assert checkout.landing(right.replace(SESSION, OTHER_SESSION, 1)) == ["session-id"]


def test_verbatim_behaviour_wants_the_placeholder_as_a_browser_writes_it() -> None:
    """Where placeholders are not substituted, they arrive as written: encoded in a path only."""
    checkout = Checkout(
        {Outcome.SUCCESS: f"{SITE}/{{CHECKOUT_SESSION_ID}}?a={{CHECKOUT_SESSION_ID}}"},
        behaviour=VERBATIM,
    )

    assert checkout.landing(f"{SITE}/%7BCHECKOUT_SESSION_ID%7D?a={{CHECKOUT_SESSION_ID}}") == []
    assert checkout.landing(f"{SITE}/{SESSION}?a={SESSION}") == ["session-id"]


def test_misspelt_and_encoded_placeholders_stay_as_written() -> None:
    """Only the documented spelling is a placeholder; the merchant's own %7B is its own."""
    raw = f"{SITE}/s?a={{checkoutSessionId}}&b=%7BCHECKOUT_SESSION_ID%7D&c={{{SESSION}}}"
    checkout = Checkout({Outcome.SUCCESS: raw.replace(SESSION, "{CHECKOUT_SESSION_ID}", 1)})

    assert checkout.landing(raw) == []


def test_appended_parameter_is_wanted_where_the_behaviour_appends() -> None:
    """A behaviour that appends the session's id expects it once, at the end, before the hash."""
    checkout = Checkout(
        {Outcome.SUCCESS: f"{SITE}/s?a=1#top"},
        behaviour=load_behaviour("documented", appended="session_id"),
    )

    assert checkout.landing(f"{SITE}/s?a=1&session_id={SESSION}#top") == []
    assert checkout.landing(f"{SITE}/s?a=1#top") == ["keeps-query"]
    assert checkout.landing(f"{SITE}/s?session_id={SESSION}&a=1#top") == ["keeps-query"]


def test_dashboard_wins_where_the_behaviour_says_so() -> None:
    """The URL of the losing source breaks right-source."""
    checkout = Checkout(URLS, dashboard={Outcome.SUCCESS: "https://merchant.example/static"})

    assert checkout.landing("https://merchant.example/static") == []
    assert checkout.landing(RIGHT) == ["right-source"]


def test_one_url_for_all_outcomes_is_told_apart_by_its_parameters() -> None:
    """A shop that uses one path for all outcomes still learns of a swapped outcome."""
    checkout = Checkout({outcome: f"{SITE}/return?was={outcome}&a=1" for outcome in Outcome})

    assert checkout.landing(f"{SITE}/return?was=success&a=1") == []
    assert checkout.landing(f"{SITE}/return?was=cancel&a=1") == ["right-outcome"]
    assert checkout.landing(f"{SITE}/return?was=success&a=2") == ["keeps-query"]


def test_the_very_same_url_for_all_outcomes_breaks_nothing() -> None:
    """Outcomes that share one URL cannot be told apart and need not be."""
    checkout = Checkout(dict.fromkeys(Outcome, f"{SITE}/return?a=1"))

    assert checkout.landing(f"{SITE}/return?a=1") == []


def test_another_sessions_url_breaks_right_outcome() -> None:
    """Landing where another session's shopper must land is a wrong outcome."""
    checkout = replace(PAID, other_sessions_urls=["https://merchant.example/r2/success"])

    assert checkout.landing("https://merchant.example/r2/success") == ["right-outcome"]


def test_other_outcome_requested_on_the_way_breaks_right_outcome() -> None:
    """A right landing does not excuse a request for another outcome's URL before it."""
    story = landed(RIGHT)
    early = make_hop(f"{SITE}/failure?code=x", number=2, at_ms=600.0, place="frame", status=200)
    seen = replace(
        story,
        hops=[story.hops[0], early, *story.hops[1:]],
        arrivals=[make_arrival(early.url, dest="iframe"), *(story.arrivals or ())],
    )

    assert PAID.clauses(seen) == ["right-outcome", "lands-once"]


def test_second_arrival_breaks_lands_once() -> None:
    """Two arrivals break the promise of one, unless the shopper asked for two."""
    story = landed(RIGHT)
    twice = replace(story, arrivals=[*(story.arrivals or ()), *(story.arrivals or ())])

    assert PAID.clauses(twice) == ["lands-once"]
    assert PAID.clauses(twice, times=2) == []
    assert PAID.clauses(story, times=2) == ["lands-once"]


def test_plain_loopback_target_may_hop_plainly() -> None:
    """Hops inside a plain-HTTP loopback target are set aside, a plain landing is not."""
    checkout = replace(PAID, href="http://127.0.0.1:8000/pay-checkout/x")
    story = landed(RIGHT, href=checkout.href)

    assert checkout.broken(story) == []
    assert "secure" in checkout.landing(RIGHT.replace("https:", "http:"))


WITHOUT = Checkout({Outcome.FAILURE: f"{SITE}/failure"})


@pytest.mark.parametrize(
    ("url", "clause"),
    [
        (f"{SITE}/failure", "right-outcome"),
        ("https://merchant.example/", "lands"),
        ("https://www.clover.test/", "lands"),
    ],
)
def test_redirect_that_nobody_asked_for_is_named(url: str, clause: str) -> None:
    """Without a URL every redirect is wrong; another outcome's is named as such."""
    story = replace(landed(url), stayed=stayed("Payment Received").stayed)

    assert clause in WITHOUT.clauses(story)


def test_shopper_who_may_try_again_is_sent_nowhere() -> None:
    """After a decline that leaves another try, even the failure URL is too early."""
    retry = replace(DECLINED, stays=True)

    assert retry.broken(stayed("Checkout", "Transaction declined")) == []
    assert retry.clauses(landed(f"{SITE}/failure?code=card_declined")) == ["right-outcome"]


def test_what_the_merchant_put_into_its_own_url_is_no_leak() -> None:
    """An e-mail address that the merchant itself wrote into its URL comes back to it."""
    checkout = Checkout({Outcome.SUCCESS: f"{SITE}/s?to=alex.doe@example.com"})

    assert checkout.landing(f"{SITE}/s?to=alex.doe@example.com") == []
