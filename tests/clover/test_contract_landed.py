"""Which request is the landing, and what its witnesses agree on."""

from dataclasses import replace

import pytest

from clover.contract import find_landing
from clover.host_ownership import HostOwnership
from records.observation import Hop
from tests.clover.checkouts import (
    BARE,
    HREF,
    MERCHANTS,
    PAID,
    RIGHT,
    SITE,
    by_way_of,
    changed,
    landed,
    make_arrival,
    make_hop,
    stayed,
    violations,
)


def test_right_landing_after_a_wrong_one_is_wrong() -> None:
    """The first address of the merchant's is the landing; what its page does then is its own."""
    wrong = f"{SITE}/success?sid=#top"
    story = by_way_of(
        make_hop(wrong, at_ms=900.0), arrivals=(make_arrival(wrong.removesuffix("#top")),)
    )

    assert PAID.clauses(story) == ["session-id", "lands-once"]


def test_second_navigation_after_a_right_landing_is_one_too_many() -> None:
    """A right landing that is left for another page of the merchant's is not the end."""
    story = landed(RIGHT)
    on = make_hop(f"{SITE}/other", number=3, at_ms=1500.0)
    seen = replace(
        story,
        hops=[*story.hops, on],
        arrivals=[*(story.arrivals or ()), make_arrival(on.url, number=2)],
        address=on.url,
    )

    assert PAID.clauses(seen) == ["lands-once"]


def given_up(*after: Hop, arrivals: int) -> list[str]:
    """What breaks where the first request for the landing is given up and others follow."""
    story = landed(RIGHT)
    first = make_hop(RIGHT, number=2, status=None, failure="net::ERR_ABORTED")
    seen = replace(
        story,
        hops=[story.hops[0], first, *after],
        arrivals=[make_arrival(BARE, number=number) for number in range(1, arrivals + 1)],
    )
    found = find_landing(seen, HostOwnership(HREF, MERCHANTS))
    assert found is not None
    assert found.hop == (after[0] if after and after[0].status else first)
    return PAID.clauses(seen)


def test_landing_that_is_asked_for_again_at_once_is_the_second_one() -> None:
    """Two navigations to one address: the browser gives the first up, the merchant may get both."""
    second = make_hop(RIGHT, number=3, at_ms=1001.0)

    assert given_up(second, arrivals=1) == []
    assert given_up(second, arrivals=2) == ["lands-once"]


def test_landing_that_is_given_up_for_another_page_stays_the_landing() -> None:
    """What was asked for and reached the merchant counts, whatever the browser did next."""
    unanswered = make_hop(RIGHT, number=3, at_ms=1001.0, status=None)

    assert given_up(arrivals=1) == []
    assert given_up(unanswered, arrivals=1) == []


def test_landing_that_was_answered_and_then_given_up_is_one() -> None:
    """A page that is left while it still loads, as by a download, has been reached."""
    cut_off = changed(landed(RIGHT), failure="net::ERR_ABORTED")
    found = find_landing(cut_off, HostOwnership(HREF, MERCHANTS))

    assert found is not None
    assert found.hop == cut_off.hops[1]


def test_request_that_the_browser_alone_saw_is_told() -> None:
    """The verdict says that the merchant never got it, and stops comparing there."""
    assert violations(replace(landed(RIGHT), arrivals=[])) == [
        (
            "lands",
            f"{BARE} reaches the merchant's site",
            "no such request there",
            "the browser requested it, the merchant never received it",
        ),
        ("lands-once", "1 request", "0: ", ""),
    ]


def test_request_that_the_merchant_alone_saw_is_no_landing() -> None:
    """A server-side call of the provider's does not bring the shopper anywhere."""
    story = replace(stayed("Checkout"), arrivals=[make_arrival(BARE, dest="")])

    assert PAID.clauses(story) == ["lands"]


def test_arrival_that_no_browser_would_make_is_counted() -> None:
    """A stray request with an unreadable host is one too many, and stops nothing."""
    story = replace(landed(RIGHT), arrivals=[make_arrival("https://"), make_arrival(BARE)])

    assert PAID.clauses(story) == ["lands-once"]


@pytest.mark.parametrize("end", [HREF, "chrome-error://chromewebdata/", "about:blank", ""])
def test_shopper_who_does_not_remain_has_not_landed(end: str) -> None:
    """The address bar at the end is the landing's, or at least the merchant's."""
    assert violations(replace(landed(RIGHT), address=end)) == [
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
    wrong = replace(seen, hops=[seen.hops[0], replace(seen.hops[1], url=f"{SITE}/cancel")])
    assert PAID.clauses(wrong) == ["right-outcome"]


def test_request_that_arrived_is_a_landing_though_the_answer_was_lost() -> None:
    """What the journal has, has reached the merchant."""
    lost = changed(landed(RIGHT), status=None, failure="net::ERR_ABORTED")

    assert PAID.broken(lost) == []
    assert PAID.clauses(replace(lost, address=HREF)) == ["lands"]


def test_tab_comes_before_popup_and_popup_before_frame() -> None:
    """Of several landings the one in the shopper's own tab is judged."""
    wrong = f"{SITE}/wrong"
    for place in ("popup", "frame"):
        story = by_way_of(
            make_hop(wrong, place=place, at_ms=900.0), arrivals=(make_arrival(wrong),)
        )
        assert PAID.clauses(story) == ["lands-once"]
    popup = replace(
        changed(landed(RIGHT), place="popup"),
        hops=[
            make_hop(HREF, cause="typed", at_ms=0.0),
            make_hop(wrong, number=2, place="frame"),
            make_hop(RIGHT, number=3, place="popup"),
        ],
        arrivals=[make_arrival(wrong, dest="iframe"), make_arrival(BARE)],
    )
    assert PAID.clauses(popup) == ["same-tab", "lands-once"]


def test_browsers_count_ignores_the_fragment() -> None:
    """On a merchant's own site a second request without the fragment is still a second one."""
    story = replace(landed(RIGHT), arrivals=None)
    again = make_hop(BARE, number=3, at_ms=1500.0)
    twice = replace(story, hops=[*story.hops, again])

    assert PAID.broken(story) == []
    assert violations(twice) == [("lands-once", "1 request", f"2 requests for {RIGHT}", "")]
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
    other = make_arrival(f"{SITE}/failure", number=2, dest=dest)
    seen = replace(story, arrivals=[*(story.arrivals or ()), other])

    assert PAID.clauses(seen) == ["right-outcome", "lands-once"]
    first = PAID.broken(seen)[0]
    assert (first.expected, first.came, first.detail) == (
        RIGHT,
        f"{SITE}/failure",
        "the failure URL of the request was requested",
    )
