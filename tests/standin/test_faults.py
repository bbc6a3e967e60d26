"""The catalogue of faults, and that each of them bends something."""

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from standin import RedirectUrls, StandIn
from standin.behaviour import Behaviour
from standin.cards import CardEntry
from standin.faults import CATALOGUE, Catalogue, Fault, UnknownFaultError, sources
from standin.faults.fault import ASSERTION, Hooks, read_family
from standin.redirect.pipeline import plan_redirect
from standin.redirect.response_plan import PageExposure
from standin.redirect.situation import OtherSession, Shopper, Situation, Trigger
from tests.standin.shopper import ORDER, HostedPage, open_page

#: What a fault says of itself; all else bends something.
DESCRIPTION = {"name", "breaks", "clause", "browser_clauses", "why", "source", "condition"}

CLAUSES = (
    "lands",
    "right-outcome",
    "right-source",
    "secure",
    "same-origin",
    "same-path",
    "keeps-query",
    "keeps-fragment",
    "session-id",
    "error-code",
    "no-literal-placeholder",
    "no-extra-params",
    "is-a-get",
    "same-tab",
    "lands-once",
    "leaks-nothing",
)


def urls(host: str) -> RedirectUrls:
    """A full set of rich URLs."""
    return RedirectUrls(
        *(
            f"https://{host}/{name}?a=1&b=x%20y&id={{CHECKOUT_SESSION_ID}}"
            f"&id2={{CHECKOUT_SESSION_ID}}&e={{ERROR_CODE}}#part"
            for name in ("s", "f", "c")
        )
    )


BASE = Situation(
    trigger=Trigger.APPROVED,
    session_id="5d50d014-0fab-4363-9633-cbba76563450",
    behaviour=Behaviour(),
    requested=urls("request.example"),
    dashboard=urls("dashboard.example"),
    dashboard_at_creation=urls("then.example"),
    token="secret-token",
    email="alex@example.com",
    total_cents=500,
    nth_session=2,
    nth_redirect=2,
    attempts=2,
    declines=1,
    card=CardEntry("4242 4242 4242 4242", "12/30", "123", "94041"),
    shopper=Shopper("Mozilla/5.0 (iPhone) Mobile", "fr-CA,fr;q=0.9"),
    previous=OtherSession("before", urls("previous.example"), RedirectUrls()),
    unrelated=OtherSession("unrelated", urls("unrelated.example"), RedirectUrls()),
)


@pytest.mark.parametrize("fault", CATALOGUE.all(), ids=lambda fault: fault.name)
def test_fault_is_described(fault: Fault) -> None:
    """Name, clauses, reason and source are those that reports and documents need."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", fault.name)
    assert fault.clause in ({ASSERTION} if fault.api_defects else CLAUSES)
    assert set(fault.browser_clauses) <= set(CLAUSES)
    assert fault.breaks
    assert fault.why
    assert fault.source


@pytest.mark.parametrize("fault", CATALOGUE.all(), ids=lambda fault: fault.name)
def test_fault_that_is_not_always_there_says_so(fault: Fault) -> None:
    """Who acts in some situations only has words for them."""
    assert fault.condition or fault.when is Fault.__dataclass_fields__["when"].default


def test_every_hook_is_in_use() -> None:
    """Each place that can be bent is bent by some fault."""
    hooks = tuple(field.name for field in fields(Fault) if field.name not in DESCRIPTION)
    plain = Fault(name="n", breaks="", clause="", why="", source="")

    unused = [
        hook
        for hook in hooks
        if all(getattr(fault, hook) is getattr(plain, hook) for fault in CATALOGUE.all())
    ]

    assert unused == []


def test_fault_acts_only_when_it_says() -> None:
    """Outside its situations a faulty provider is right."""
    fault = CATALOGUE.find("lost-after-decline")
    first_try = replace(BASE, declines=0)

    assert plan_redirect(first_try, fault) == plan_redirect(first_try, None)


def test_name_taken_is_refused() -> None:
    """A catalogue refuses two faults of one name."""
    fault = CATALOGUE.all()[0]

    with pytest.raises(ValueError, match=fault.name):
        Catalogue([fault, fault])


def test_fault_that_stands_in_one_file_only_is_refused() -> None:
    """A fault needs a description in the TOML file and hooks in the module."""
    hooks = {fault.name: Hooks() for fault in sources.FAULTS} | {"code-only": Hooks()}

    with pytest.raises(ValueError, match="add code-only to the one that lacks it"):
        read_family(sources.__file__, hooks)


def test_unknown_name_lists_those_there_are() -> None:
    """A typing error on the command line is answered with the names."""
    with pytest.raises(UnknownFaultError, match="query-dropped"):
        CATALOGUE.find("query-droped")


def test_fault_is_switched_on_for_one_merchant(standin: StandIn) -> None:
    """The others on the same stand-in are served rightly."""
    body = {**ORDER, "redirectUrls": {"cancel": "https://merchant.example/c?a=1#f"}}
    faulty = open_page(standin, standin.new_merchant(fault="query-dropped"), body)
    right = open_page(standin, standin.new_merchant(), body)

    assert "https://merchant.example/c#f" in faulty.get("/cancel").text
    assert "https://merchant.example/c?a=1#f" in right.get("/cancel").text


def test_fault_of_the_run_holds_for_every_merchant() -> None:
    """``StandIn(fault=…)`` makes every account faulty."""
    with StandIn(fault="query-dropped") as standin:
        for merchant in (standin.merchant, standin.new_merchant()):
            assert merchant.fault is CATALOGUE.find("query-dropped")


def test_plain_hop_is_answered_without_tls(standin: StandIn) -> None:
    """The hop without TLS exists, leads on, and is the only thing to be had there."""
    shopper = open_page(standin, standin.new_merchant(fault="plain-http-hop"))

    hop = shopper.pay().json()["moves"][0]["url"]

    assert hop.startswith(standin.origins.plain)


def make(**hooks: Any) -> Fault:
    """A fault that is in no catalogue."""
    return Fault(name="made-up", breaks="x", clause="lands", why="x", source="x", **hooks)


def follow(shopper: HostedPage, url: str) -> list[str]:
    """The addresses that redirects lead over, the last one outside the provider."""
    passed = []
    while url.startswith(shopper.standin.origins.page):
        path = url.removeprefix(shopper.standin.origins.page)
        url = shopper.ask("GET", path, host="checkout").headers["location"]
        passed.append(url)
    return passed


@pytest.mark.parametrize("hops", [("own",), ("own", "open"), ("open", "own")])
def test_hops_lead_to_the_landing_one_by_one(standin: StandIn, hops: tuple[str, ...]) -> None:
    """Each hop is one more redirect of the provider; an open one names the landing."""
    merchant = standin.new_merchant(switches={"redirect": "302"})
    merchant.fault = make(navigation=lambda _situation, right: replace(right, hops=hops))
    shopper = open_page(standin, merchant)
    first = shopper.pay().json()["moves"][0]["url"]

    passed = follow(shopper, first)

    assert len(passed) == len(hops) + 1
    assert passed[-1] == f"https://merchant.example/success?id={shopper.session_id}"
    assert any("?to=https%3A%2F%2Fmerchant.example" in url for url in [first, *passed]) == (
        "open" in hops
    )


def test_dress_shows_on_the_page_that_is_left(standin: StandIn) -> None:
    """A leak goes through title, window name, address and referrer policy of the page."""
    merchant = standin.new_merchant(switches={"redirect": "meta-refresh"})
    leaking = PageExposure(
        "4242", window_name="4005", referrer_policy="unsafe-url", query="pan=4242"
    )
    merchant.fault = make(exposure=lambda _situation, _right: leaking)
    shopper = open_page(standin, merchant)

    title, name, go = shopper.pay().json()["moves"]
    page = shopper.ask("GET", go["url"].removeprefix(standin.origins.page), host="checkout")

    assert title == {"do": "title", "text": "4242"}
    assert name == {"do": "name", "text": "4005"}
    assert go["url"].endswith("?pan=4242")
    assert page.headers["referrer-policy"] == "unsafe-url"


def test_charges_decides_how_many_payments_are_made(standin: StandIn) -> None:
    """A provider that charges twice is seen in the record."""
    merchant = standin.new_merchant()
    merchant.fault = make(charges=lambda _situation, right: 2 * right)
    shopper = open_page(standin, merchant)

    shopper.pay()

    assert len(standin.checkout(shopper.session_id).payments) == 2


def test_landing_twice_is_two_moves(standin: StandIn) -> None:
    """The landing is requested as often as the navigation plan says."""
    merchant = standin.new_merchant()
    merchant.fault = make(navigation=lambda _situation, right: replace(right, times=2))

    moves = open_page(standin, merchant).pay().json()["moves"]

    assert [move["do"] for move in moves] == ["frame", "go"]
    assert moves[0]["url"] == moves[1]["url"]
