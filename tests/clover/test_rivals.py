"""A wrong landing is recognised as another configured URL, and only where it is one."""

import pytest

from clover.address import parse
from clover.behaviour import load_behaviour
from clover.outcome import Outcome
from clover.promise import make_promise
from clover.rivals import goes_to, rival_of
from clover.template import template
from tests.clover.checkouts import OTHER_SESSION, SESSION, Checkout

SITE = "https://merchant.example"
SID = "{CHECKOUT_SESSION_ID}"
ERR = "{ERROR_CODE}"


def shop(success: str, failure: str = "", cancel: str = "", **more: object) -> Checkout:
    """A shop with URLs that begin alike; the checkout ends with success."""
    urls = {Outcome.SUCCESS: success, Outcome.FAILURE: failure, Outcome.CANCEL: cancel}
    return Checkout({o: SITE + url for o, url in urls.items() if url}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("checkout", "came", "clauses"),
    [
        # told apart by the path, one being the beginning of the other
        (shop("/r", "/r/failed"), "/r/failed", ["right-outcome"]),
        (shop("/r/ok", "/r"), "/r", ["right-outcome"]),
        (shop("/r", "/r/failed"), "/r/", ["same-path"]),
        # told apart by a parameter
        (shop("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ko&a=1", ["right-outcome"]),
        (shop("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ko&a=2", ["right-outcome", "keeps-query"]),
        (shop("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ok", ["keeps-query"]),
        (shop("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?a=1", ["keeps-query"]),
        (shop("/r?was=ok&a=1", "/r?was=ko"), "/r", ["keeps-query"]),
        (shop("/r?was=ok&a=1", "/r?was=ko"), "/r?x", ["keeps-query", "no-extra-params"]),
        (shop("/r?was=ok", "/r"), "/r", ["right-outcome"]),
        (shop("/r", "/r?was=ko"), "/r?was=ko", ["right-outcome"]),
        (shop("/r", "/r?was=ko"), "/r?was=no", ["no-extra-params"]),
        (shop("/r?a=1&a=1", "/r?a=1"), "/r?a=1", ["right-outcome"]),
        (shop("/r?a=1", "/r?a=1&a=1"), "/r?a=1&a=1", ["right-outcome"]),
        # told apart by the fragment
        (shop("/r#ok", "/r#ko"), "/r#ko", ["right-outcome"]),
        (shop("/r#ok", "/r#ko"), "/r", ["keeps-fragment"]),
        (shop("/r#ok", "/r#ko"), "/r?x#ko", ["right-outcome", "no-extra-params"]),
        # told apart by a placeholder
        (shop(f"/r?s={SID}", f"/r?e={ERR}"), "/r?e=card_declined", ["right-outcome"]),
        (shop(f"/r?x={SID}", f"/r?x={ERR}"), f"/r?x={OTHER_SESSION}", ["session-id"]),
        (shop(f"/r?x={SID}", "/r?x=failed"), "/r?x=failed", ["right-outcome"]),
        (shop(f"/r?x={SID}", "/r?x=failed"), "/r?x=", ["session-id"]),
        (shop(f"/r/{SID}", "/r/failed"), "/r/failed", ["right-outcome"]),
        (shop(f"/{SID}", "/r/failed"), "/r/failed/", ["same-path"]),
        (shop("/r/ok", f"/{SID}"), "/r/OK", ["same-path"]),
        (shop("/r/ok", f"/r/{SID}"), f"/r/{SESSION}", ["right-outcome"]),
        # told apart by the port alone
        (shop(":8443/r", ":9443/r"), ":9443/r", ["right-outcome"]),
        (shop(":8443/r", ":9443/r"), ":7443/r", ["same-origin"]),
    ],
)  # fmt: skip
def test_other_outcome_is_told_from_a_spoilt_landing(
    checkout: Checkout, came: str, clauses: list[str]
) -> None:
    """Only what is more like another URL than like the promised one is a wrong outcome."""
    right = checkout.request[Outcome.SUCCESS].replace(SID, SESSION)

    assert checkout.landing(right) == []
    assert checkout.landing(SITE + came) == clauses


def test_same_path_on_different_hosts_is_told_by_the_host() -> None:
    """Shops that have one host for each outcome are told of a swap."""
    hosts = {outcome: f"https://{outcome}.example/r?a=1" for outcome in Outcome}

    assert Checkout(hosts).landing("https://cancel.example/r?a=1") == ["right-outcome"]
    assert Checkout(hosts).landing("https://cancel.example/r?a=2") == [
        "right-outcome",
        "keeps-query",
    ]
    assert Checkout(hosts).landing("https://other.example/r?a=1") == ["same-origin"]


def test_most_alike_of_several_urls_is_named() -> None:
    """Where several URLs share a path, the verdict names the one that came."""
    urls = {outcome: f"{SITE}/r?was={outcome}" for outcome in Outcome}
    promise = make_promise(
        Outcome.FAILURE,
        request=urls,
        dashboard={Outcome.FAILURE: f"{SITE}/d"},
        session_id=SESSION,
        behaviour=load_behaviour("documented"),
    )

    found = {was: rival_of(promise, parse(f"{SITE}/r?was={was}")) for was in Outcome}

    assert {was: rival and (rival.clause, rival.label) for was, rival in found.items()} == {
        Outcome.SUCCESS: ("right-outcome", "the success URL of the request"),
        Outcome.FAILURE: ("right-source", "the failure URL of the request"),
        Outcome.CANCEL: ("right-outcome", "the cancel URL of the request"),
    }


def test_appended_parameters_belong_to_a_rival_too() -> None:
    """Where the provider appends the session, it does so to every URL."""
    behaviour = load_behaviour("documented", appended="session_id")
    checkout = shop("/ok", "/ko", behaviour=behaviour)

    assert checkout.landing(f"{SITE}/ko?session_id={SESSION}") == ["right-outcome"]


@pytest.mark.parametrize(
    ("raw", "url", "there"),
    [
        (f"{SITE}/r?a=1", f"{SITE}/r?b=2#c", True),
        (f"{SITE}/r", f"{SITE}/r/", False),
        (f"{SITE}/r", "https://other.example/r", False),
        (f"{SITE}/{SID}/x", f"{SITE}/anything/x", True),
        (f"{SITE}/{SID}/x", f"{SITE}/a/b/x", False),
        (f"https://{SID}.example/", "https://anything.example/", True),
    ],
)
def test_url_goes_to_its_host_and_path(raw: str, url: str, there: bool) -> None:
    """Host and path decide, with one segment for one placeholder."""
    assert goes_to(template(raw, {}), parse(url)) is there
    assert not goes_to(template(raw, {}), None)
