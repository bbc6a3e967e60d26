"""Checks on the navigation to the merchant, held and broken."""

from dataclasses import replace

import pytest

from clover.behaviour import load_behaviour
from records.observation import Arrival, Interruption
from records.outcome import Outcome
from tests.clover.checkouts import (
    BARE,
    HREF,
    PAID,
    RIGHT,
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


def test_landing_before_pay_or_cancel_breaks_lands() -> None:
    """A redirect before the last press breaks lands, unless several landings are due."""
    early = changed(landed(RIGHT), at_ms=499.0)
    twice = replace(early, arrivals=[make_arrival(BARE), make_arrival(BARE, number=2)])

    due = "after the shopper pressed Pay or Cancel"
    assert violations(early) == [("lands", due, "1 ms before", "")]
    assert PAID.broken(changed(landed(RIGHT), at_ms=500.0)) == []
    assert PAID.clauses(twice, times=2) == []


@pytest.mark.parametrize(("again", "clauses"), [
    (f"{SITE}/success?sid=&x=1", ["session-id", "no-extra-params"]), ("https://[", []),
])  # fmt: skip
def test_return_must_lead_to_the_same_url(again: str, clauses: list[str]) -> None:
    """A wrong part of a later landing breaks the clause of that part."""
    twice = replace(landed(RIGHT), arrivals=[make_arrival(BARE), make_arrival(again, number=2)])
    assert PAID.clauses(twice, times=2) == clauses


PREFETCH = ("sec-purpose", "prefetch;prerender")


@pytest.mark.parametrize(("arrival", "use"), [
    *((make_arrival(BARE, dest=dest), dest) for dest in ("empty", "image", "script", "iframe")),
    (make_arrival(BARE, headers=[PREFETCH, ("accept", "*/*")]), "prefetch"),
    (make_arrival(BARE, headers=[("purpose", "prefetch")]), "prefetch"),
    (make_arrival(BARE, dest="", headers=[("accept", "prefetch")]), ""),
])  # fmt: skip
def test_landing_must_be_a_navigation_of_the_tab(arrival: Arrival, use: str) -> None:
    """A fetch, embedding or prefetch breaks lands-once; without Sec-Fetch it is a navigation."""
    due = "requested by the shopper's navigation alone"
    wrong = ("lands-once", due, f"GET {BARE} as {use}", "")
    assert violations(replace(landed(RIGHT), arrivals=[arrival])) == ([wrong] if use else [])


@pytest.mark.parametrize(("place", "dest", "end", "where"), [
    ("frame", "iframe", RIGHT, "a frame inside the page"),
    ("popup", "document", HREF, "another tab or window"),
])  # fmt: skip
def test_landing_outside_the_tab_is_wrong(place: str, dest: str, end: str, where: str) -> None:
    """A landing in a frame or pop-up breaks same-tab and no other clause."""
    story = changed(landed(RIGHT), place=place)
    seen = replace(story, arrivals=[make_arrival(BARE, dest=dest)], address=end)
    assert violations(seen) == [("same-tab", "the shopper's own tab", where, "")]


def test_violation_lists_the_requests() -> None:
    """The violation lists each request with its use."""
    two = [make_arrival(BARE), make_arrival(f"{SITE}/x", dest="")]
    story = replace(landed(RIGHT), arrivals=two)
    came = f"2: GET {BARE} (document), GET {SITE}/x (unknown use)"

    assert violations(story) == [("lands-once", "1 request", came, "")]
    [violation] = PAID.broken(replace(story, arrivals=two[:1]), times=2)
    assert violation.expected == "2 requests"


def test_other_method_breaks_is_a_get() -> None:
    """The violation names the method and the witness; a later redirect to a GET does not help."""
    post, head = make_arrival(BARE, method="POST"), make_arrival(BARE, method="HEAD")
    posted = replace(changed(landed(RIGHT), method="POST"), arrivals=[post])
    asked = replace(landed(RIGHT), arrivals=[head])
    first = make_hop(RIGHT, method="POST", status=303, location=RIGHT, at_ms=900.0)

    assert violations(posted) == [("is-a-get", "GET", "POST", "")]
    assert violations(asked) == [("is-a-get", "GET", "HEAD", "as the merchant's site saw")]
    assert PAID.clauses(by_way_of(first, arrivals=(post,))) == ["is-a-get", "lands-once"]


REAL_HREF = "https://sandbox.dev.clover.com/pay-checkout/x"


@pytest.mark.parametrize(("href", "hop", "clauses"), [
    (HREF, "https://checkout.localhost:8443/leave", []),
    (HREF, "https://localhost:8443/leave", []),
    (HREF, "https://localhost:9999/leave", ["same-origin"]),
    (HREF, "http://localhost:9999/leave", ["secure", "same-origin"]),
    (HREF, "http://checkout.localhost:8443/leave", ["secure"]),
    (HREF, "https://evil.test/r", ["same-origin"]),
    (HREF, "http://evil.test/r", ["secure", "same-origin"]),
    (HREF, "about:blank", []),
    (REAL_HREF, "https://www.clover.com/leave", []),
    (REAL_HREF, "https://evilclover.com/leave", ["same-origin"]),
    (REAL_HREF, "https://clover.com.evil.test/leave", ["same-origin"]),
    (REAL_HREF, "https://clover.co/leave", ["same-origin"]),
])  # fmt: skip
def test_hops_use_https_on_the_providers_hosts(href: str, hop: str, clauses: list[str]) -> None:
    """Hops before the landing use HTTPS on the provider's hosts, not on look-alikes."""
    story = by_way_of(make_hop(hop, status=302, location=RIGHT, at_ms=900.0))
    first = replace(story.hops[0], url=href)
    seen = replace(story, hops=[first, *story.hops[1:]])
    assert replace(PAID, href=href).clauses(seen) == clauses


def test_foreign_and_insecure_hops_are_quoted() -> None:
    """The violations quote the URL of the hop."""
    way = make_hop("http://evil.test/r", status=302, location=RIGHT, at_ms=900.0)

    assert violations(by_way_of(way)) == [
        ("secure", "HTTPS on every hop", way.url, ""),
        ("same-origin", "only Clover's hosts on the way", way.url,
         "the shopper was led through a foreign host"),
    ]  # fmt: skip


def test_foreign_frames_and_later_hops_are_allowed() -> None:
    """Foreign hosts in frames or after the landing are allowed."""
    story = by_way_of(make_hop("https://cards.test/field", place="frame", at_ms=100.0))
    onward = make_hop("http://partner.test/", number=9, at_ms=3000.0)
    assert PAID.broken(replace(story, hops=[*story.hops, onward])) == []


def test_configured_plain_http_is_allowed_for_the_landing_only() -> None:
    """If an http:// URL is configured and accepted, the provider's hops must use HTTPS."""
    url = "http://merchant.example/s"
    checkout = Checkout(
        {Outcome.SUCCESS: url}, behaviour=load_behaviour("documented", http_url="accept")
    )
    plain = make_hop("http://checkout.localhost:8443/go", status=302, location=url, at_ms=900.0)

    assert checkout.landing(url) == []
    assert checkout.clauses(by_way_of(plain, url=url)) == ["secure"]
    assert checkout.landing("https://merchant.example/s") == ["same-origin"]


def test_insecure_hop_without_a_landing_breaks_secure() -> None:
    """A plain-HTTP hop breaks secure without a landing too."""
    story = stayed("Checkout")
    hop = make_hop("http://checkout.localhost:8443/go", number=2)
    assert PAID.clauses(replace(story, hops=[*story.hops, hop])) == ["lands", "secure"]
    assert PAID.clauses(replace(story, hops=[])) == ["lands"]


@pytest.mark.parametrize("kind", ["alert", "confirm", "prompt", "beforeunload"])
def test_dialog_before_the_landing_breaks_lands(kind: str) -> None:
    """A dialog between Pay and the landing breaks lands, at either end of that time."""
    for at_ms in (500.0, 1000.0):
        story = replace(landed(RIGHT), interruptions=[Interruption(kind, "Sure?", at_ms)])
        came = f"the dialog “Sure?” ({kind})"
        assert violations(story) == [("lands", "no dialog before the landing", came, "")]


def test_blank_window_before_the_landing_breaks_same_tab() -> None:
    """A blank window is named by the clause of the shopper's own tab."""
    story = replace(landed(RIGHT), interruptions=[Interruption("blank window", "", 700.0)])
    due, came = "the shopper's own tab alone", "a blank window as well"
    assert violations(story) == [("same-tab", due, came, "")]


@pytest.mark.parametrize("at_ms", [499.0, 1001.0])
def test_dialog_at_another_time_breaks_nothing(at_ms: float) -> None:
    """What opens before the shopper acts, or on the merchant's page, is not on the way."""
    story = replace(landed(RIGHT), interruptions=[Interruption("alert", "Hi", at_ms)])
    assert violations(story) == []


def test_question_before_a_cancel_breaks_nothing() -> None:
    """A shopper who cancels may be asked to confirm it, but not be told anything."""
    cancel = replace(PAID, outcome=Outcome.CANCEL)
    asked, told = (
        replace(landed(f"{SITE}/cancel"), interruptions=[Interruption(kind, "Leave?", 700.0)])
        for kind in ("confirm", "alert")
    )
    assert cancel.clauses(asked) == []
    assert cancel.clauses(told) == ["lands"]
    both = replace(asked, interruptions=[*asked.interruptions, *told.interruptions])
    assert cancel.clauses(both) == ["lands"]
