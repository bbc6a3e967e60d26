"""Hooks of faults over HTTP: side requests, forms, hops, and the situation they see."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from standin import Merchant, StandIn
from standin.faults import Fault
from standin.faults.api_defects import ApiDefect
from standin.faults.fault import returns
from standin.redirect.response_plan import PageExposure, SideRequest
from standin.redirect.situation import Situation
from tests.standin.shopper import DECLINED, HTTP, HostedPage, open_new_page, open_page


def faulty(standin: StandIn, *, switches: Mapping[str, object] = {}, **hooks: Any) -> Merchant:
    """A merchant with a fault outside the catalogue."""
    merchant = standin.new_merchant(switches=switches)
    merchant.fault = Fault(name="made-up", breaks="x", clause="lands", why="x", source="x", **hooks)
    return merchant


def seen_by(standin: StandIn) -> tuple[Merchant, list[Situation]]:
    """A merchant whose fault records each situation."""
    met: list[Situation] = []
    return faulty(standin, when=met.append), met


def test_side_requests_come_before_the_landing(standin: StandIn) -> None:
    """Side requests are made before the landing."""
    extra = (SideRequest("beacon"), SideRequest("fetch", "https://merchant.example/other"))
    merchant = faulty(standin, navigation=lambda _, right: replace(right, side_requests=extra))

    moves = open_page(standin, merchant).pay().json()["moves"]

    assert [move["do"] for move in moves] == ["beacon", "fetch", "go"]
    assert moves[0]["url"] == moves[2]["url"]
    assert moves[1]["url"] == "https://merchant.example/other"


def test_faulty_page_makes_requests_on_opening(standin: StandIn) -> None:
    """Requests on opening are in script and policy; without a fault there are none."""
    early = SideRequest("fetch", "https://merchant.example/early")
    wrong = open_page(standin, faulty(standin, on_open=lambda *_: (early,))).get()
    right = open_new_page(standin).get()

    assert '"https://merchant.example/early"' in wrong.text
    assert "connect-src https: http:" in wrong.headers["content-security-policy"]
    assert '"onOpen": []' in right.text
    assert "connect-src 'self'" in right.headers["content-security-policy"]


def test_situation_knows_what_has_happened(standin: StandIn) -> None:
    """A fault sees the history, the age and the query of a session."""
    merchant, met = seen_by(standin)
    shopper = open_page(standin, merchant)
    shopper.get("?mode=checkout&redirect_url=x")
    shopper.pay(DECLINED)

    last = met[-1]
    # The client keeps no cookie of the card fields.
    assert last.history == ("opened", "opened", *["cookie-blocked"] * 4, "declined")
    assert last.query == "mode=checkout&redirect_url=x"
    assert 0 <= last.age_s < 60
    assert last.home == standin.origins.page


def test_returning_browser_is_known_by_its_cookie(standin: StandIn) -> None:
    """A cookie remembers the first session of a browser."""
    merchant, met = seen_by(standin)
    HTTP.cookies.clear()
    first = open_page(standin, merchant)

    assert "set-cookie" not in open_page(standin, merchant).get().headers
    assert [met[0].returning, met[-1].returning] == [False, True]
    assert met[-1].shopper.first_session == first.session_id


def follow(shopper: HostedPage, url: str) -> list[str]:
    """Follow redirects to the first address outside the provider."""
    passed = []
    while url.startswith(shopper.standin.origins.page):
        url = shopper.visit(url).headers["location"]
        passed.append(url)
    return passed


@pytest.mark.parametrize("hops", [("own",), ("own", "open"), ("open", "own")])
def test_hops_lead_to_the_landing_one_by_one(standin: StandIn, hops: tuple[str, ...]) -> None:
    """Each hop is one more redirect; an open one has the landing in its query."""
    merchant = faulty(
        standin, switches={"redirect": "302"}, navigation=lambda _, right: replace(right, hops=hops)
    )
    shopper = open_page(standin, merchant)
    first = shopper.pay().json()["moves"][0]["url"]
    passed = follow(shopper, first)
    leaking = [url for url in (first, *passed) if "?to=https%3A%2F%2Fmerchant.example" in url]

    assert len(passed) == len(hops) + 1
    assert passed[-1] == f"https://merchant.example/success?id={shopper.session_id}"
    assert bool(leaking) == ("open" in hops)


def test_exposure_shows_on_the_last_page(standin: StandIn) -> None:
    """The exposure sets title, window name, query and referrer policy of the last page."""
    leaking = PageExposure(
        "4242", window_name="4005", referrer_policy="unsafe-url", query="pan=4242"
    )
    merchant = faulty(standin, switches={"redirect": "meta-refresh"}, exposure=lambda *_: leaking)
    shopper = open_page(standin, merchant)

    title, name, go = shopper.pay().json()["moves"]

    assert title == {"do": "title", "text": "4242"}
    assert name == {"do": "name", "text": "4005"}
    assert go["url"].endswith("?pan=4242")
    assert shopper.visit(go["url"]).headers["referrer-policy"] == "unsafe-url"


def test_fault_that_acted_is_known(standin: StandIn) -> None:
    """A fault acts where it changes a result, and a defect where its rule is asked for."""
    declines = faulty(standin, when=lambda seen: seen.declines > 0, charges=returns(2))
    shopper = open_page(standin, declines)
    shopper.pay()
    assert declines.acted == set()

    shopper = open_page(standin, declines)
    shopper.pay(DECLINED)
    assert declines.acted == {"made-up"}

    once = faulty(standin, api_defects=frozenset({ApiDefect.SHOWN_ONCE}))
    shopper = open_page(standin, once)
    assert once.acted == set()
    shopper.get()
    assert once.acted == {"made-up"}
