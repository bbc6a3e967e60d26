"""How the browser came to the merchant, held and broken."""

from dataclasses import replace

import pytest

from clover.behaviour import load_behaviour
from clover.contract import check
from clover.outcome import Outcome
from clover.promise import make_promise
from clover.whose import Territory
from clover.witnesses import Observed
from tests.clover.checkouts import (
    HREF,
    SESSION,
    Arrival,
    Checkout,
    Hop,
    changed,
    landed,
    stayed,
)

SITE = "https://merchant.example/r1"
RIGHT = f"{SITE}/success?sid={SESSION}#top"
BARE = RIGHT.removesuffix("#top")
PAID = Checkout({
    Outcome.SUCCESS: f"{SITE}/success?sid={{CHECKOUT_SESSION_ID}}#top",
    Outcome.FAILURE: f"{SITE}/failure",
    Outcome.CANCEL: f"{SITE}/cancel",
})  # fmt: skip
NOWHERE = Checkout({Outcome.FAILURE: f"{SITE}/failure"})


def by_way_of(*hops: Hop, arrivals: tuple[Arrival, ...] = (), url: str = RIGHT) -> Observed:
    """A right landing after other document requests."""
    story = landed(url)
    way = [replace(hop, number=number) for number, hop in enumerate(hops, 2)]
    last = replace(story.hops[1], number=len(hops) + 2)  # type: ignore[type-var]
    return replace(
        story, hops=[story.hops[0], *way, last], arrivals=[*arrivals, *(story.arrivals or ())]
    )


def told(observed: Observed, checkout: Checkout = PAID) -> list[tuple[str, str, str, str]]:
    """What is broken, in full."""
    return [(v.clause, v.expected, v.came, v.detail) for v in checkout.broken(observed)]


def test_landing_before_the_press_is_none() -> None:
    """A redirect that does not wait for Pay or Cancel is no outcome of it."""
    early = changed(landed(RIGHT), at_ms=499.0)

    assert told(early) == [
        ("lands", "after the shopper pressed Pay or Cancel", "1 ms before", ""),
    ]
    assert PAID.broken(changed(landed(RIGHT), at_ms=500.0)) == []


def test_return_to_the_landing_may_follow_another_press() -> None:
    """Who went back and forward again pressed something after the first landing."""
    story = changed(landed(RIGHT), at_ms=499.0)
    twice = replace(story, arrivals=[Arrival(BARE), Arrival(BARE, number=2)])

    assert PAID.clauses(twice, times=2) == []


def test_return_leads_to_the_same_address() -> None:
    """What is spoilt on the second landing alone breaks the clause of its part."""
    again = Arrival(f"{SITE}/success?sid=&x=1", number=2)
    twice = replace(landed(RIGHT), arrivals=[Arrival(BARE), again])

    assert PAID.clauses(twice, times=2) == ["session-id", "no-extra-params"]
    assert (
        PAID.clauses(replace(twice, arrivals=[Arrival(BARE), Arrival("https://[")]), times=2) == []
    )


@pytest.mark.parametrize(
    "arrival",
    [
        Arrival(BARE, dest="empty"),
        Arrival(BARE, dest="image"),
        Arrival(BARE, dest="script"),
        Arrival(BARE, dest="iframe"),
        Arrival(BARE, headers=[("sec-purpose", "prefetch")]),
        Arrival(BARE, headers=[("sec-purpose", "prefetch;prerender"), ("accept", "*/*")]),
        Arrival(BARE, headers=[("purpose", "prefetch")]),
    ],
)
def test_landing_is_asked_for_by_the_tabs_own_navigation(arrival: Arrival) -> None:
    """A page fetched, embedded, or loaded ahead of the shopper's press has been seen too early."""
    assert PAID.clauses(replace(landed(RIGHT), arrivals=[arrival])) == ["lands-once"]


def test_strange_use_is_named() -> None:
    """The verdict says what the request was for."""
    arrival = Arrival(BARE, headers=[("sec-purpose", "prefetch")])

    assert told(replace(landed(RIGHT), arrivals=[arrival])) == [
        (
            "lands-once",
            "requested by the shopper's navigation alone",
            f"GET {BARE} as prefetch",
            "",
        )
    ]


def test_browser_that_does_not_tell_the_use_is_believed() -> None:
    """A request without Sec-Fetch headers, as plain HTTP gets, is taken for a navigation."""
    arrival = Arrival(BARE, dest="", headers=[("accept", "prefetch")])

    assert PAID.broken(replace(landed(RIGHT), arrivals=[arrival])) == []


def test_landing_in_a_frame_breaks_same_tab_alone() -> None:
    """What a frame asks for is a landing in the wrong place, not one too many."""
    story = changed(landed(RIGHT), place="frame")
    seen = replace(story, arrivals=[Arrival(BARE, dest="iframe")])

    assert told(seen) == [("same-tab", "the shopper's own tab", "a frame inside the page", "")]


def test_landing_in_a_popup_breaks_same_tab_alone() -> None:
    """The right page in another window leaves the shopper's tab where it was."""
    story = replace(changed(landed(RIGHT), place="popup"), address=HREF)

    assert told(story) == [("same-tab", "the shopper's own tab", "another tab or window", "")]


def test_popup_and_then_the_tab_is_one_landing_too_many() -> None:
    """The tab's own landing counts, and the pop-up's is surplus."""
    popup = Hop(RIGHT, place="popup", at_ms=600.0)

    assert PAID.clauses(by_way_of(popup, arrivals=(Arrival(BARE),))) == ["lands-once"]


def test_number_of_requests_is_told_with_each_of_them() -> None:
    """The verdict lists what came, with its use."""
    story = replace(landed(RIGHT), arrivals=[Arrival(BARE), Arrival(f"{SITE}/x", dest="")])

    assert told(story) == [
        (
            "lands-once",
            "1 request",
            f"2: GET {BARE} (document), GET {SITE}/x (unknown use)",
            "",
        )
    ]
    [violation] = PAID.broken(replace(story, arrivals=[Arrival(BARE)]), times=2)
    assert violation.expected == "2 requests"


def test_one_landing_is_due_unless_more_are_asked_for() -> None:
    """Nobody who holds a checkout against the contract has to say that once is once."""
    promise = make_promise(
        Outcome.SUCCESS,
        request=PAID.request,
        dashboard={},
        session_id=SESSION,
        behaviour=load_behaviour("documented"),
    )

    assert check(promise, landed(RIGHT), Territory(HREF, frozenset({".example"}))) == []


@pytest.mark.parametrize(
    ("outcome", "taken", "clauses"),
    [
        (Outcome.SUCCESS, 1, []),
        (Outcome.SUCCESS, None, []),
        (Outcome.SUCCESS, 0, ["right-outcome"]),
        (Outcome.SUCCESS, 2, ["lands-once"]),
        (Outcome.FAILURE, 0, []),
        (Outcome.FAILURE, 1, ["right-outcome"]),
    ],
)
def test_providers_books_agree_with_the_landing(
    outcome: Outcome, taken: int | None, clauses: list[str]
) -> None:
    """A success is paid, once, and nothing else is; books that nobody may see prove nothing."""
    checkout = replace(PAID, outcome=outcome)
    url = RIGHT if outcome is Outcome.SUCCESS else f"{SITE}/failure"

    assert checkout.clauses(replace(landed(url), payments=taken)) == clauses


def test_books_are_quoted() -> None:
    """The verdict says how many payments were due and how many stand in the books."""
    assert told(replace(landed(RIGHT), payments=3)) == [
        (
            "lands-once",
            "payments taken: 1",
            "payments taken: 3",
            "in the provider's books for this session",
        )
    ]


def test_number_of_payments_is_not_asked_where_nobody_knows_it() -> None:
    """While the shopper may try again, the test alone knows what was paid."""
    waiting = replace(PAID, stays=True)

    assert waiting.broken(replace(stayed("Checkout"), payments=1)) == []


def test_post_is_told_from_a_get() -> None:
    """Whatever method is not GET is named, by whom it was seen."""
    posted = changed(landed(RIGHT), method="POST")
    both = replace(posted, arrivals=[Arrival(BARE, method="POST")])

    assert told(both) == [("is-a-get", "GET", "POST", "")]
    assert told(replace(landed(RIGHT), arrivals=[Arrival(BARE, method="HEAD")])) == [
        ("is-a-get", "GET", "HEAD", "as the merchant's site saw")
    ]


def test_post_that_is_answered_with_a_get_is_no_landing_by_get() -> None:
    """A POST that the merchant turns into a GET was a POST."""
    post = Hop(RIGHT, method="POST", status=303, location=RIGHT, at_ms=900.0)
    story = by_way_of(post, arrivals=(Arrival(BARE, method="POST"),))

    assert PAID.clauses(story) == ["is-a-get", "lands-once"]


def test_right_landing_after_a_wrong_one_is_wrong() -> None:
    """The first address of the merchant's is the landing; what its page does then is its own."""
    wrong = f"{SITE}/success?sid=#top"
    story = by_way_of(Hop(wrong, at_ms=900.0), arrivals=(Arrival(wrong.removesuffix("#top")),))

    assert PAID.clauses(story) == ["session-id", "lands-once"]


def test_second_navigation_after_a_right_landing_is_one_too_many() -> None:
    """A right landing that is left for another page of the merchant's is not the end."""
    story = landed(RIGHT)
    on = Hop(f"{SITE}/other", number=3, at_ms=1500.0)
    seen = replace(
        story,
        hops=[*story.hops, on],
        arrivals=[*(story.arrivals or ()), Arrival(on.url, number=2)],
        address=on.url,
    )

    assert PAID.clauses(seen) == ["lands-once"]


def test_request_that_the_browser_alone_saw_is_told() -> None:
    """The verdict says that the merchant never got it, and stops comparing there."""
    assert told(replace(landed(RIGHT), arrivals=[])) == [
        (
            "lands",
            f"{BARE} reaches the merchant's site",
            "no such request there",
            "the browser asked for it, the merchant never got it",
        ),
        ("lands-once", "1 request", "0: ", ""),
    ]


def test_request_that_the_merchant_alone_saw_is_no_landing() -> None:
    """A server-side call of the provider's does not bring the shopper anywhere."""
    story = replace(stayed("Checkout"), arrivals=[Arrival(BARE, dest="")])

    assert PAID.clauses(story) == ["lands"]


def test_arrival_that_no_browser_would_make_is_counted() -> None:
    """A stray request with an unreadable host is one too many, and stops nothing."""
    story = replace(landed(RIGHT), arrivals=[Arrival("https://"), Arrival(BARE)])

    assert PAID.clauses(story) == ["lands-once"]


@pytest.mark.parametrize("end", [HREF, "chrome-error://chromewebdata/", "about:blank", ""])
def test_shopper_who_does_not_remain_has_not_landed(end: str) -> None:
    """The address bar at the end is the landing's, or at least the merchant's."""
    assert told(replace(landed(RIGHT), address=end)) == [
        ("lands", f"the shopper ends at {BARE}", f"ended at {end}", "")
    ]
    assert PAID.broken(replace(landed(RIGHT), address=f"{SITE}/elsewhere")) == []


def test_fragment_is_what_the_address_bar_shows() -> None:
    """A fragment that a request promised and the browser lost has not arrived."""
    assert PAID.clauses(replace(landed(RIGHT), address=BARE)) == ["keeps-fragment"]
    hidden = changed(landed(RIGHT), url=BARE)
    assert PAID.broken(hidden) == []
    assert PAID.clauses(replace(hidden, address=f"{SITE}/later#top")) == ["keeps-fragment"]


@pytest.mark.parametrize(
    "failure",
    [
        "net::ERR_ABORTED",
        "NS_BINDING_ABORTED",
        "Load request cancelled",
        "net::ERR_BLOCKED_BY_CSP",
        "net::ERR_BLOCKED_BY_CLIENT",
        "csp",
        "",
    ],
)
def test_request_that_led_nowhere_is_no_landing(failure: str) -> None:
    """What another navigation or a page's own policy stopped is not the merchant's fault."""
    story = changed(landed(RIGHT), status=None, failure=failure)

    assert PAID.clauses(replace(story, arrivals=[], address=HREF)) == ["lands"]


@pytest.mark.parametrize(
    "failure", ["net::ERR_CONNECTION_REFUSED", "net::ERR_NAME_NOT_RESOLVED", "NS_ERROR_NET_RESET"]
)
def test_site_that_is_down_is_judged_by_the_address_alone(failure: str) -> None:
    """No second witness and no count is asked of a merchant's site that does not answer."""
    down = changed(landed(RIGHT), status=None, failure=failure)
    seen = replace(down, arrivals=[], address="chrome-error://chromewebdata/")

    assert PAID.broken(seen) == []


def test_request_that_arrived_is_a_landing_though_the_answer_was_lost() -> None:
    """What the journal has, has reached the merchant."""
    lost = changed(landed(RIGHT), status=None, failure="net::ERR_ABORTED")

    assert PAID.broken(lost) == []
    assert PAID.clauses(replace(lost, address=HREF)) == ["lands"]


def test_tab_comes_before_popup_and_popup_before_frame() -> None:
    """Of several landings the one in the shopper's own tab is judged."""
    wrong = f"{SITE}/wrong"
    for place in ("popup", "frame"):
        story = by_way_of(Hop(wrong, place=place, at_ms=900.0), arrivals=(Arrival(wrong),))
        assert PAID.clauses(story) == ["lands-once"]
    popup = replace(
        changed(landed(RIGHT), place="popup"),
        hops=[
            Hop(HREF, cause="typed", at_ms=0.0),
            Hop(wrong, number=2, place="frame"),
            Hop(RIGHT, number=3, place="popup"),
        ],
        arrivals=[Arrival(wrong, dest="iframe"), Arrival(BARE)],
    )
    assert PAID.clauses(popup) == ["same-tab", "lands-once"]


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
    assert PAID.clauses(by_way_of(Hop(hop, status=302, location=RIGHT, at_ms=900.0))) == clauses


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
    story = by_way_of(Hop(hop, status=302, location=RIGHT, at_ms=900.0))
    first = replace(story.hops[0], url=real.href)  # type: ignore[type-var]

    assert real.clauses(replace(story, hops=[first, *story.hops[1:]])) == clauses


def test_strange_and_plain_hops_are_quoted() -> None:
    """The verdict names the address and what was wrong with passing it."""
    way = Hop("http://evil.test/r", status=302, location=RIGHT, at_ms=900.0)

    assert told(by_way_of(way)) == [
        ("secure", "HTTPS on every hop", "http://evil.test/r", ""),
        (
            "same-origin",
            "only Clover's hosts on the way",
            "http://evil.test/r",
            "the shopper was led through a stranger's host",
        ),
    ]


def test_strangers_in_frames_and_after_the_landing_are_nobodys_business() -> None:
    """Frames of the page and the merchant's own links are not the shopper's way."""
    frame = Hop("https://cards.test/field", place="frame", at_ms=100.0)
    story = by_way_of(frame)
    onward = Hop("http://partner.test/", number=9, at_ms=3000.0)

    assert PAID.broken(replace(story, hops=[*story.hops, onward])) == []


def test_plain_landing_that_was_configured_excuses_itself_alone() -> None:
    """Where http:// is accepted and configured, the provider's own hops stay HTTPS."""
    accepting = load_behaviour("documented", http_url="accept")
    checkout = Checkout({Outcome.SUCCESS: "http://merchant.example/s"}, behaviour=accepting)
    url = "http://merchant.example/s"
    plain = Hop("http://checkout.localhost:8443/go", status=302, location=url, at_ms=900.0)

    assert checkout.landing(url) == []
    assert checkout.clauses(by_way_of(plain, url=url)) == ["secure"]
    assert checkout.landing("https://merchant.example/s") == ["same-origin"]


def test_plain_hop_without_a_landing_is_told_too() -> None:
    """Who was led over plain HTTP and never arrived was still led over plain HTTP."""
    story = stayed("Checkout")
    hop = Hop("http://checkout.localhost:8443/go", number=2)

    assert PAID.clauses(replace(story, hops=[*story.hops, hop])) == ["lands", "secure"]
    assert PAID.clauses(replace(story, hops=[])) == ["lands"]


def test_browsers_count_ignores_the_fragment() -> None:
    """On a merchant's own site a second request without the fragment is still a second one."""
    story = replace(landed(RIGHT), arrivals=None)
    again = Hop(BARE, number=3, at_ms=1500.0)
    twice = replace(story, hops=[*story.hops, again])

    assert PAID.broken(story) == []
    assert told(twice) == [("lands-once", "1 request", f"2 requests for {RIGHT}", "")]
    assert PAID.clauses(twice, times=2) == []


def test_merchants_own_site_may_lead_on() -> None:
    """Where the landing pages are not ours, where they send the shopper is their affair."""
    story = replace(landed(RIGHT), arrivals=None, address="https://merchant.example/home")

    assert PAID.broken(story) == []
    assert PAID.broken(replace(story, address="https://elsewhere.test/")) == []


@pytest.mark.parametrize("dest", ["image", "document", "", "empty", "iframe"])
def test_other_outcomes_url_is_requested_by_nothing(dest: str) -> None:
    """Be it an image, a script or a frame: another outcome's URL has been told of an outcome."""
    story = landed(RIGHT)
    other = Arrival(f"{SITE}/failure", number=2, dest=dest)
    seen = replace(story, arrivals=[*(story.arrivals or ()), other])

    assert PAID.clauses(seen) == ["right-outcome", "lands-once"]
    first = PAID.broken(seen)[0]
    assert (first.expected, first.came, first.detail) == (
        RIGHT,
        f"{SITE}/failure",
        "the failure URL of the request was requested",
    )


@pytest.mark.parametrize(
    ("address", "clauses"),
    [
        (HREF, []),
        ("chrome-error://chromewebdata/", ["lands"]),
        ("about:blank", ["lands"]),
        ("", ["lands"]),
    ],
)
def test_shopper_who_stays_sees_a_page_of_the_providers(address: str, clauses: list[str]) -> None:
    """A blank tab or the browser's own error page is not Clover's page."""
    seen = replace(stayed("Payment Received"), address=address)

    assert NOWHERE.clauses(seen) == clauses
    if clauses:
        [violation] = NOWHERE.broken(seen)
        assert violation.came == f"ended at {address or 'no page'}"
        assert violation.expected == ("the shopper stays on Clover's own “Payment Received” page")


def test_shopper_who_goes_back_may_be_anywhere() -> None:
    """Who cancels without a cancel URL may have left by the browser's own button."""
    cancelled = replace(NOWHERE, outcome=Outcome.CANCEL)

    assert cancelled.broken(replace(stayed(), address="about:blank")) == []


def test_stray_redirect_is_told_with_the_promise() -> None:
    """Where the shopper was to stay, the verdict says so and names the address."""
    story = replace(landed(f"{SITE}/nobodys"), stayed=stayed("Payment Received").stayed)
    words = "the shopper stays on Clover's own “Payment Received” page"

    assert told(story, NOWHERE) == [("lands", words, f"the browser went to {SITE}/nobodys", "")]


def test_strangers_host_before_the_press_is_no_redirect() -> None:
    """Where the shopper came from before opening the checkout does not matter."""
    story = stayed("Payment Received")
    before = Hop("https://mail.test/", number=1, at_ms=100.0)
    after = Hop("https://mail.test/", number=2, at_ms=500.0)
    frame = Hop("https://mail.test/", number=2, at_ms=600.0, place="frame")

    assert NOWHERE.broken(replace(story, hops=[before, *story.hops, frame])) == []
    assert NOWHERE.clauses(replace(story, hops=[*story.hops, after])) == ["lands"]


def test_wrong_page_is_described() -> None:
    """Heading, address and warning of the page that came instead are quoted."""
    [wrong] = NOWHERE.broken(stayed("Oops", "Try again"))
    [blank] = NOWHERE.broken(stayed())

    assert wrong.expected == "Clover's page headed “Payment Received”"
    assert (wrong.came, wrong.detail) == (f"“Oops” at {HREF}", "the page warns “Try again”")
    assert (blank.came, blank.detail) == (f"“no heading” at {HREF}", "")


def test_no_landing_is_described() -> None:
    """How long, where, what was shown, and what failed: enough to begin with."""
    failed = Hop(BARE, number=2, status=None, failure="net::ERR_ABORTED")
    story = stayed("Checkout", "Declined")

    [quiet] = PAID.broken(stayed())
    again = replace(failed, failure="csp")
    frame = Hop("https://cards.localhost/", place="frame", failure="net::ERR_FAILED")
    [loud] = PAID.broken(replace(story, hops=[*story.hops, failed, again, frame]))

    assert (quiet.came, quiet.detail) == (f"10.0 s later at {HREF}", "")
    assert loud.came == f"10.0 s later at {HREF} “Checkout / Declined”"
    assert loud.detail == "the request failed with csp"


def test_stranger_instead_of_the_merchant_is_named() -> None:
    """Both hosts are quoted; a stranger in a frame is none."""
    stray = Hop("https://evil.test/a?b", number=2)
    frame = Hop("https://evil.test/", number=3, place="frame")
    story = stayed("Checkout")

    origin = PAID.broken(replace(story, hops=[*story.hops, stray, frame]))[1]

    assert (origin.expected, origin.came, origin.detail) == (
        "https://merchant.example",
        "https://evil.test",
        "the browser was sent to https://evil.test/a?b",
    )
    assert PAID.clauses(replace(story, hops=[*story.hops, frame])) == ["lands"]
