"""How the browser came to the merchant, held and broken."""

from dataclasses import replace

import pytest

from clover.behaviour import load_behaviour
from clover.contract import check
from clover.expectation import make_expectation
from clover.host_ownership import HostOwnership
from records.observation import Arrival
from records.outcome import Outcome
from tests.clover.checkouts import (
    BARE,
    HREF,
    PAID,
    RIGHT,
    SESSION,
    SITE,
    Checkout,
    by_way_of,
    changed,
    landed,
    make_arrival,
    make_hop,
    stayed,
    violations,
)


def test_landing_before_the_press_is_none() -> None:
    """A redirect that does not wait for Pay or Cancel is no outcome of it."""
    early = changed(landed(RIGHT), at_ms=499.0)

    assert violations(early) == [
        ("lands", "after the shopper pressed Pay or Cancel", "1 ms before", ""),
    ]
    assert PAID.broken(changed(landed(RIGHT), at_ms=500.0)) == []


def test_return_to_the_landing_may_follow_another_press() -> None:
    """Who went back and forward again pressed something after the first landing."""
    story = changed(landed(RIGHT), at_ms=499.0)
    twice = replace(story, arrivals=[make_arrival(BARE), make_arrival(BARE, number=2)])

    assert PAID.clauses(twice, times=2) == []


def test_return_leads_to_the_same_address() -> None:
    """What is spoilt on the second landing alone breaks the clause of its part."""
    again = make_arrival(f"{SITE}/success?sid=&x=1", number=2)
    twice = replace(landed(RIGHT), arrivals=[make_arrival(BARE), again])

    assert PAID.clauses(twice, times=2) == ["session-id", "no-extra-params"]
    assert (
        PAID.clauses(
            replace(twice, arrivals=[make_arrival(BARE), make_arrival("https://[")]), times=2
        )
        == []
    )


@pytest.mark.parametrize(
    "arrival",
    [
        make_arrival(BARE, dest="empty"),
        make_arrival(BARE, dest="image"),
        make_arrival(BARE, dest="script"),
        make_arrival(BARE, dest="iframe"),
        make_arrival(BARE, headers=[("sec-purpose", "prefetch")]),
        make_arrival(BARE, headers=[("sec-purpose", "prefetch;prerender"), ("accept", "*/*")]),
        make_arrival(BARE, headers=[("purpose", "prefetch")]),
    ],
)
def test_landing_is_asked_for_by_the_tabs_own_navigation(arrival: Arrival) -> None:
    """A page fetched, embedded, or loaded ahead of the shopper's press has been seen too early."""
    assert PAID.clauses(replace(landed(RIGHT), arrivals=[arrival])) == ["lands-once"]


def test_strange_use_is_named() -> None:
    """The verdict says what the request was for."""
    arrival = make_arrival(BARE, headers=[("sec-purpose", "prefetch")])

    assert violations(replace(landed(RIGHT), arrivals=[arrival])) == [
        (
            "lands-once",
            "requested by the shopper's navigation alone",
            f"GET {BARE} as prefetch",
            "",
        )
    ]


def test_browser_that_does_not_tell_the_use_is_believed() -> None:
    """A request without Sec-Fetch headers, as plain HTTP gets, is taken for a navigation."""
    arrival = make_arrival(BARE, dest="", headers=[("accept", "prefetch")])

    assert PAID.broken(replace(landed(RIGHT), arrivals=[arrival])) == []


def test_landing_in_a_frame_breaks_same_tab_alone() -> None:
    """What a frame asks for is a landing in the wrong place, not one too many."""
    story = changed(landed(RIGHT), place="frame")
    seen = replace(story, arrivals=[make_arrival(BARE, dest="iframe")])

    assert violations(seen) == [
        ("same-tab", "the shopper's own tab", "a frame inside the page", "")
    ]


def test_landing_in_a_popup_breaks_same_tab_alone() -> None:
    """The right page in another window leaves the shopper's tab where it was."""
    story = replace(changed(landed(RIGHT), place="popup"), address=HREF)

    assert violations(story) == [("same-tab", "the shopper's own tab", "another tab or window", "")]


def test_popup_and_then_the_tab_is_one_landing_too_many() -> None:
    """The tab's own landing counts, and the pop-up's is surplus."""
    popup = make_hop(RIGHT, place="popup", at_ms=600.0)

    assert PAID.clauses(by_way_of(popup, arrivals=(make_arrival(BARE),))) == ["lands-once"]


def test_number_of_requests_is_told_with_each_of_them() -> None:
    """The verdict lists what came, with its use."""
    story = replace(
        landed(RIGHT), arrivals=[make_arrival(BARE), make_arrival(f"{SITE}/x", dest="")]
    )

    assert violations(story) == [
        (
            "lands-once",
            "1 request",
            f"2: GET {BARE} (document), GET {SITE}/x (unknown use)",
            "",
        )
    ]
    [violation] = PAID.broken(replace(story, arrivals=[make_arrival(BARE)]), times=2)
    assert violation.expected == "2 requests"


def test_one_landing_is_due_unless_more_are_asked_for() -> None:
    """Nobody who holds a checkout against the contract has to say that once is once."""
    expectation = make_expectation(
        Outcome.SUCCESS,
        request=PAID.request,
        dashboard={},
        session_id=SESSION,
        behaviour=load_behaviour("documented"),
    )

    assert check(expectation, landed(RIGHT), HostOwnership(HREF, frozenset({".example"}))) == []


def test_post_is_told_from_a_get() -> None:
    """Whatever method is not GET is named, by whom it was seen."""
    posted = changed(landed(RIGHT), method="POST")
    both = replace(posted, arrivals=[make_arrival(BARE, method="POST")])

    assert violations(both) == [("is-a-get", "GET", "POST", "")]
    assert violations(replace(landed(RIGHT), arrivals=[make_arrival(BARE, method="HEAD")])) == [
        ("is-a-get", "GET", "HEAD", "as the merchant's site saw")
    ]


def test_post_that_is_answered_with_a_get_is_no_landing_by_get() -> None:
    """A POST that the merchant turns into a GET was a POST."""
    post = make_hop(RIGHT, method="POST", status=303, location=RIGHT, at_ms=900.0)
    story = by_way_of(post, arrivals=(make_arrival(BARE, method="POST"),))

    assert PAID.clauses(story) == ["is-a-get", "lands-once"]


@pytest.mark.parametrize(
    ("hop", "clauses"),
    [
        ("https://checkout.localhost:8443/leave", []),
        ("https://localhost:9999/leave", []),
        ("http://localhost:9999/leave", ["secure"]),
        ("http://checkout.localhost:8443/leave", ["secure"]),
        ("https://evil.test/r", ["same-origin"]),
        ("http://evil.test/r", ["secure", "same-origin"]),
        ("about:blank", []),
    ],
)
def test_way_leads_over_the_providers_own_safe_ground(hop: str, clauses: list[str]) -> None:
    """On the way the tab passes the provider's hosts, under TLS, and no other."""
    assert (
        PAID.clauses(by_way_of(make_hop(hop, status=302, location=RIGHT, at_ms=900.0))) == clauses
    )


@pytest.mark.parametrize(
    ("hop", "clauses"),
    [
        ("https://www.clover.com/leave", []),
        ("https://evilclover.com/leave", ["same-origin"]),
        ("https://clover.com.evil.test/leave", ["same-origin"]),
        ("https://clover.co/leave", ["same-origin"]),
    ],
)
def test_look_alike_of_clover_is_a_stranger(hop: str, clauses: list[str]) -> None:
    """On a real target, clover.com is told from names that merely contain it."""
    real = replace(PAID, href="https://sandbox.dev.clover.com/pay-checkout/x")
    story = by_way_of(make_hop(hop, status=302, location=RIGHT, at_ms=900.0))
    first = replace(story.hops[0], url=real.href)

    assert real.clauses(replace(story, hops=[first, *story.hops[1:]])) == clauses


def test_strange_and_plain_hops_are_quoted() -> None:
    """The verdict names the address and what was wrong with passing it."""
    way = make_hop("http://evil.test/r", status=302, location=RIGHT, at_ms=900.0)

    assert violations(by_way_of(way)) == [
        ("secure", "HTTPS on every hop", "http://evil.test/r", ""),
        (
            "same-origin",
            "only Clover's hosts on the way",
            "http://evil.test/r",
            "the shopper was led through a foreign host",
        ),
    ]


def test_strangers_in_frames_and_after_the_landing_are_nobodys_business() -> None:
    """Frames of the page and the merchant's own links are not the shopper's way."""
    frame = make_hop("https://cards.test/field", place="frame", at_ms=100.0)
    story = by_way_of(frame)
    onward = make_hop("http://partner.test/", number=9, at_ms=3000.0)

    assert PAID.broken(replace(story, hops=[*story.hops, onward])) == []


def test_plain_landing_that_was_configured_excuses_itself_alone() -> None:
    """Where http:// is accepted and configured, the provider's own hops stay HTTPS."""
    accepting = load_behaviour("documented", http_url="accept")
    checkout = Checkout({Outcome.SUCCESS: "http://merchant.example/s"}, behaviour=accepting)
    url = "http://merchant.example/s"
    plain = make_hop("http://checkout.localhost:8443/go", status=302, location=url, at_ms=900.0)

    assert checkout.landing(url) == []
    assert checkout.clauses(by_way_of(plain, url=url)) == ["secure"]
    assert checkout.landing("https://merchant.example/s") == ["same-origin"]


def test_plain_hop_without_a_landing_is_told_too() -> None:
    """Who was led over plain HTTP and never arrived was still led over plain HTTP."""
    story = stayed("Checkout")
    hop = make_hop("http://checkout.localhost:8443/go", number=2)

    assert PAID.clauses(replace(story, hops=[*story.hops, hop])) == ["lands", "secure"]
    assert PAID.clauses(replace(story, hops=[])) == ["lands"]
