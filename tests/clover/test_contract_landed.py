"""Choice of the landing request, and agreement of the two witnesses."""

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
    """The first request for the merchant's site is the landing."""
    wrong = make_hop(f"{SITE}/success?sid=#top", at_ms=900.0)
    story = by_way_of(wrong, arrivals=(make_arrival(f"{SITE}/success?sid="),))
    assert PAID.clauses(story) == ["session-id", "lands-once"]


def test_navigation_after_the_landing_breaks_lands_once() -> None:
    """A navigation to another page of the merchant after the landing breaks lands-once."""
    story = landed(RIGHT)
    on = make_hop(f"{SITE}/other", number=3, at_ms=1500.0)
    arrivals = [make_arrival(BARE), make_arrival(on.url, number=2)]
    seen = replace(story, hops=[*story.hops, on], arrivals=arrivals, address=on.url)
    assert PAID.clauses(seen) == ["lands-once"]


REPEATED = make_hop(RIGHT, number=3, at_ms=1001.0)


@pytest.mark.parametrize(("after", "arrivals", "clauses"), [
    ([REPEATED], 1, []), ([REPEATED], 2, ["lands-once"]),
    ([], 1, []), ([replace(REPEATED, status=None)], 1, []),
])  # fmt: skip
def test_aborted_request_may_land(after: list[Hop], arrivals: int, clauses: list[str]) -> None:
    """A repeated request that is answered replaces an aborted one that reached the merchant."""
    story = landed(RIGHT)
    first = make_hop(RIGHT, number=2, status=None, failure="net::ERR_ABORTED")
    came = [make_arrival(BARE, number=number) for number in range(1, arrivals + 1)]
    seen = replace(story, hops=[story.hops[0], first, *after], arrivals=came)

    found = find_landing(seen, HostOwnership(HREF, MERCHANTS))

    assert found is not None
    assert found.hop == (after[0] if after and after[0].status else first)
    assert PAID.clauses(seen) == clauses


def test_aborted_request_that_was_answered_is_the_landing() -> None:
    """A request that is answered and then aborted, as by a download, is the landing."""
    cut_off = changed(landed(RIGHT), failure="net::ERR_ABORTED")
    found = find_landing(cut_off, HostOwnership(HREF, MERCHANTS))
    assert found is not None
    assert found.hop == cut_off.hops[1]


def test_request_that_never_arrived_breaks_lands() -> None:
    """A request that never reached the merchant breaks lands and lands-once."""
    assert violations(replace(landed(RIGHT), arrivals=[])) == [
        ("lands", f"{BARE} reaches the merchant's site", "no such request there",
         "the browser requested it, the merchant never received it"),
        ("lands-once", "1 request", "0: ", ""),
    ]  # fmt: skip


def test_arrivals_of_others_count_and_are_no_landing() -> None:
    """A request that the browser did not make is no landing; one with an invalid host counts."""
    others = replace(stayed("Checkout"), arrivals=[make_arrival(BARE, dest="")])
    odd = replace(landed(RIGHT), arrivals=[make_arrival("https://"), make_arrival(BARE)])
    assert PAID.clauses(others) == ["lands"]
    assert PAID.clauses(odd) == ["lands-once"]


@pytest.mark.parametrize("end", [HREF, "chrome-error://chromewebdata/", "about:blank", ""])
def test_shopper_must_end_at_the_merchant(end: str) -> None:
    """The address bar at the end must show a page of the merchant."""
    assert violations(replace(landed(RIGHT), address=end)) == [
        ("lands", f"the shopper ends at {BARE}", f"ended at {end}", "")
    ]
    assert PAID.broken(replace(landed(RIGHT), address=f"{SITE}/elsewhere")) == []


def test_fragment_is_read_from_the_address_bar() -> None:
    """The landing's fragment is the one in the address bar."""
    assert PAID.clauses(replace(landed(RIGHT), address=BARE)) == ["keeps-fragment"]
    hidden = changed(landed(RIGHT), url=BARE)
    assert PAID.broken(hidden) == []
    assert PAID.clauses(replace(hidden, address=f"{SITE}/later#top")) == ["keeps-fragment"]


@pytest.mark.parametrize("failure", [
    "net::ERR_ABORTED", "NS_BINDING_ABORTED", "Load request cancelled", "net::ERR_BLOCKED_BY_CSP",
    "net::ERR_BLOCKED_BY_CLIENT", "csp", "",
])  # fmt: skip
def test_aborted_or_blocked_request_is_no_landing(failure: str) -> None:
    """A request that was replaced or blocked is no landing."""
    story = changed(landed(RIGHT), status=None, failure=failure)
    assert PAID.clauses(replace(story, arrivals=[], address=HREF)) == ["lands"]


@pytest.mark.parametrize(
    "failure", ["net::ERR_CONNECTION_REFUSED", "net::ERR_NAME_NOT_RESOLVED", "NS_ERROR_NET_RESET"]
)
def test_landing_on_a_site_that_is_down_is_judged_by_its_url(failure: str) -> None:
    """A merchant's site that does not answer is not the provider's fault."""
    down = changed(landed(RIGHT), status=None, failure=failure)
    seen = replace(down, arrivals=[], address="chrome-error://chromewebdata/")
    assert PAID.broken(seen) == []
    assert PAID.clauses(changed(seen, url=f"{SITE}/cancel")) == ["right-outcome"]


@pytest.mark.parametrize(("cause", "clauses"), [("script", ["keeps-fragment"]), ("unknown", [])])
def test_fragment_of_a_failed_request_is_judged_if_the_browser_tells_it(
    cause: str, clauses: list[str]
) -> None:
    """Only a browser that knows causes tells it; all other parts are judged in every browser."""
    answered = replace(changed(landed(RIGHT), url=BARE, cause=cause), address=BARE)
    assert PAID.clauses(answered) == ["keeps-fragment"]

    failed = changed(answered, status=None, failure="NS_ERROR_NET_RESET")
    down = replace(failed, arrivals=[], address="about:neterror")
    assert PAID.clauses(down) == clauses
    other = changed(down, url=f"{SITE}/cancel")
    assert PAID.clauses(other)[0] == "right-outcome"


def test_request_with_a_lost_response_is_a_landing() -> None:
    """A request in the journal is a landing without a response."""
    lost = changed(landed(RIGHT), status=None, failure="net::ERR_ABORTED")
    assert PAID.broken(lost) == []
    assert PAID.clauses(replace(lost, address=HREF)) == ["lands"]


def test_landing_in_the_tab_is_preferred() -> None:
    """Of several landings the one in the tab is judged, then the pop-up's."""
    wrong = f"{SITE}/wrong"
    for place, url in (("popup", wrong), ("frame", wrong), ("popup", RIGHT)):
        before, came = make_hop(url, place=place, at_ms=900.0), make_arrival(url.partition("#")[0])
        assert PAID.clauses(by_way_of(before, arrivals=(came,))) == ["lands-once"]
    frame, arrival = make_hop(wrong, place="frame"), make_arrival(wrong, dest="iframe")
    popup = changed(by_way_of(frame, arrivals=(arrival,)), place="popup")
    assert PAID.clauses(popup) == ["same-tab", "lands-once"]


def test_hops_are_counted_without_a_journal() -> None:
    """Without a journal, a second request counts without its fragment; onward pages do not."""
    story = replace(landed(RIGHT), arrivals=None)
    twice = replace(story, hops=[*story.hops, make_hop(BARE, number=3, at_ms=1500.0)])

    assert PAID.broken(story) == []
    assert violations(twice) == [("lands-once", "1 request", f"2 requests for {RIGHT}", "")]
    assert PAID.clauses(twice, times=2) == []
    for end in ("https://merchant.example/home", "https://elsewhere.test/"):
        assert PAID.broken(replace(story, address=end)) == []


@pytest.mark.parametrize("dest", ["image", "document", "", "empty", "iframe"])
def test_any_request_for_another_outcome_breaks_right_outcome(dest: str) -> None:
    """An image, script or frame that requests another outcome's URL breaks right-outcome."""
    other = make_arrival(f"{SITE}/failure", number=2, dest=dest)
    seen = replace(landed(RIGHT), arrivals=[make_arrival(BARE), other])
    assert PAID.clauses(seen) == ["right-outcome", "lands-once"]
    detail = "the failure URL of the request was requested"
    assert violations(seen)[0] == ("right-outcome", RIGHT, f"{SITE}/failure", detail)
