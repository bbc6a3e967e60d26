"""Attribution of a wrong landing to another configured URL."""

import pytest

from clover.address import parse
from clover.behaviour import load_behaviour
from clover.expectation import make_expectation
from clover.template import parse_template
from clover.url_attribution import find_other_url, shares_host_and_path
from records.outcome import Outcome
from tests.clover.checkouts import (
    DOCUMENTED,
    ERR,
    OTHER_SESSION,
    SESSION,
    SID,
    Checkout,
    landed,
    violations,
)

SITE = "https://merchant.example"
MORE = ["right-outcome", "no-extra-params"]
TWICE = ["right-outcome", "session-id"]


def merchant(success: str, failure: str = "", cancel: str = "", **more: object) -> Checkout:
    """Return a checkout with success for a merchant whose URLs have one site."""
    urls = {Outcome.SUCCESS: success, Outcome.FAILURE: failure, Outcome.CANCEL: cancel}
    return Checkout({o: SITE + url for o, url in urls.items() if url}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("checkout", "came", "clauses"), [
    # different path, one being the beginning of the other
    (merchant("/r", "/r/failed"), "/r/failed", ["right-outcome"]),
    (merchant("/r/ok", "/r"), "/r", ["right-outcome"]),
    (merchant("/r", "/r/failed"), "/r/", ["same-path"]),
    # different parameter
    (merchant("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ko&a=1", ["right-outcome"]),
    (merchant("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ko&a=2", ["right-outcome", "keeps-query"]),
    (merchant("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?was=ok", ["keeps-query"]),
    (merchant("/r?was=ok&a=1", "/r?was=ko&a=1"), "/r?a=1", ["keeps-query"]),
    (merchant("/r?was=ok&a=1", "/r?was=ko"), "/r", ["keeps-query"]),
    (merchant("/r?was=ok&a=1", "/r?was=ko"), "/r?x", ["keeps-query", "no-extra-params"]),
    (merchant("/r?was=ok", "/r"), "/r", ["right-outcome"]),
    (merchant("/r", "/r?was=ko"), "/r?was=ko", ["right-outcome"]),
    (merchant("/r", "/r?was=ko"), "/r?was=no", ["no-extra-params"]),
    (merchant("/r?a=1&a=1", "/r?a=1"), "/r?a=1", ["right-outcome"]),
    (merchant("/r?a=1", "/r?a=1&a=1"), "/r?a=1&a=1", ["right-outcome"]),
    # different fragment
    (merchant("/r#ok", "/r#ko"), "/r#ko", ["right-outcome"]),
    (merchant("/r#ok", "/r#ko"), "/r", ["keeps-fragment"]),
    (merchant("/r#ok", "/r#ko"), "/r?x#ko", ["right-outcome", "no-extra-params"]),
    # different placeholder
    (merchant(f"/r?s={SID}", f"/r?e={ERR}"), "/r?e=card_declined", ["right-outcome"]),
    (merchant(f"/r?x={SID}", f"/r?x={ERR}"), f"/r?x={OTHER_SESSION}", ["session-id"]),
    (merchant(f"/r?x={SID}", "/r?x=failed"), "/r?x=failed", ["right-outcome"]),
    (merchant(f"/r?x={SID}", "/r?x=failed"), "/r?x=", ["session-id"]),
    (merchant(f"/r/{SID}", "/r/failed"), "/r/failed", ["right-outcome"]),
    (merchant(f"/{SID}", "/r/failed"), "/r/failed/", ["same-path"]),
    (merchant("/r/ok", f"/{SID}"), "/r/OK", ["same-path"]),
    (merchant("/r/ok", f"/r/{SID}"), f"/r/{SESSION}", ["right-outcome"]),
    (merchant(f"/r/{SID}?x={SID}", "/r/failed"), "/r/failed?x=1&z=2", MORE),
    (merchant(f"/r?x={SID}&y={SID}", "/r?x=1"), "/r?x=1&y=2&z=3", MORE),
    (merchant(f"/r?x={SID}&x={SID}", f"/r?x={SID}"), f"/r?x={OTHER_SESSION}", TWICE),
    (merchant(f"/r#{SID}", f"/r#x{SID}"), f"/r#x{OTHER_SESSION}", ["session-id"]),
    (merchant(f"/r?x={SID}&a=1", f"/r?y={SID}&a=1"), f"/r?y={OTHER_SESSION}&a=1&z=1",
     [*TWICE, "no-extra-params"]),
    (merchant("/r?a=1", f"/r?a=1#{SID}"), f"/r?a=1#{OTHER_SESSION}", TWICE),
    (merchant("/r?a=1", "/r#top"), "/r", ["keeps-query"]),
    # a part that both lack is evidence for neither
    (merchant("/r?was=ok#top", "/r?was=ko"), "/r", ["keeps-query", "keeps-fragment"]),
    (merchant("/r?was=ok", "/r?was=ko#top"), "/r", ["keeps-query"]),
    # different port alone
    (merchant(":8443/r", ":9443/r"), ":9443/r", ["right-outcome"]),
    (merchant(":8443/r", ":9443/r"), ":7443/r", ["same-origin"]),
])  # fmt: skip
def test_wrong_outcome_is_told_apart(checkout: Checkout, came: str, clauses: list[str]) -> None:
    """Only a landing more similar to another URL than to the expected one is a wrong outcome."""
    assert checkout.landing(checkout.request[Outcome.SUCCESS].replace(SID, SESSION)) == []
    assert checkout.landing(SITE + came) == clauses


HOSTS = Checkout({outcome: f"https://{outcome}.example/r?a=1" for outcome in Outcome})
FIXED_HOST = Checkout(
    {Outcome.SUCCESS: f"https://{SID}.example/r", Outcome.FAILURE: "https://failed.example/r"}
)


@pytest.mark.parametrize(("checkout", "came", "clauses"), [
    (HOSTS, "https://cancel.example/r?a=1", ["right-outcome"]),
    (HOSTS, "https://cancel.example/r?a=2", ["right-outcome", "keeps-query"]),
    (HOSTS, "https://other.example/r?a=1", ["same-origin"]),
    # a fixed host is preferred to a placeholder
    (FIXED_HOST, "https://failed.example/r", ["right-outcome"]),
    (FIXED_HOST, f"https://{OTHER_SESSION}.example/r", ["session-id"]),
    (FIXED_HOST, f"https://{SESSION}.example/r", []),
])  # fmt: skip
def test_outcomes_may_differ_by_host(checkout: Checkout, came: str, clauses: list[str]) -> None:
    """A swapped outcome is found by the host."""
    assert checkout.landing(came) == clauses


def test_most_similar_url_is_named() -> None:
    """Of several URLs with one path the one that came is named."""
    expectation = make_expectation(
        Outcome.FAILURE,
        request={outcome: f"{SITE}/r?was={outcome}" for outcome in Outcome},
        dashboard={Outcome.FAILURE: f"{SITE}/d"},
        session_id=SESSION,
        behaviour=DOCUMENTED,
    )
    found = {was: find_other_url(expectation, parse(f"{SITE}/r?was={was}")) for was in Outcome}

    for was, other in found.items():
        assert other is not None
        assert other.clause == ("right-source" if was is Outcome.FAILURE else "right-outcome")
        assert other.label == f"the {was} URL of the request"


def test_violation_names_the_other_url() -> None:
    """The violation names the other URL, and the landing's parts are compared with it."""
    came = f"{SITE}/ko?a=2"
    assert violations(landed(came), merchant("/ok", "/ko?a=1")) == [
        ("right-outcome", f"{SITE}/ok", came, "this is the failure URL of the request"),
        ("keeps-query", "a=1", "a=2", ""),
    ]


def test_parameter_is_appended_to_other_urls_too() -> None:
    """The session id is appended to every URL."""
    behaviour = load_behaviour("documented", appended="session_id")
    checkout = merchant("/ok", "/ko", behaviour=behaviour)
    assert checkout.landing(f"{SITE}/ko?session_id={SESSION}") == ["right-outcome"]


@pytest.mark.parametrize(("raw", "url", "there"), [
    (f"{SITE}/r?a=1", f"{SITE}/r?b=2#c", True),
    (f"{SITE}/r", f"{SITE}/r/", False),
    (f"{SITE}/r", "https://other.example/r", False),
    (f"{SITE}/{SID}/x", f"{SITE}/anything/x", True),
    (f"{SITE}/{SID}/x", f"{SITE}/a/b/x", False),
    (f"https://{SID}.example/", "https://anything.example/", True),
])  # fmt: skip
def test_urls_share_host_and_path(raw: str, url: str, there: bool) -> None:
    """A placeholder stands for one path segment."""
    assert shares_host_and_path(parse_template(raw, {}), parse(url)) is there
    assert not shares_host_and_path(parse_template(raw, {}), None)
