"""The catalogue of faults, and how a fault is switched on."""

from dataclasses import fields, replace
from typing import Any

import pytest

from standin import RedirectUrls, StandIn
from standin.behaviour import Behaviour
from standin.faults import CATALOGUE, FAMILIES, Fault, UnknownFaultError, sources
from standin.faults.fault import Hooks, read_family
from standin.redirect.pipeline import plan_redirect
from standin.redirect.situation import Situation, Trigger
from tests.standin.shopper import ORDER, line, open_new_page, post

#: Fields that describe a fault; all others change something.
DESCRIPTION = {"name", "breaks", "clause", "browser_clauses", "why", "source", "condition"}


def test_every_hook_is_in_use() -> None:
    """Each hook is used by some fault."""
    hooks = {field.name for field in fields(Fault)} - DESCRIPTION
    plain = Fault(name="n", breaks="", clause="", why="", source="")
    used = {
        hook
        for hook in hooks
        for fault in CATALOGUE.all()
        if getattr(fault, hook) is not getattr(plain, hook)
    }
    assert used == hooks


def test_fault_acts_only_when_it_says() -> None:
    """Outside its condition a fault changes nothing."""
    fault = CATALOGUE.find("lost-after-decline")
    urls = RedirectUrls("https://merchant.example/?a=1&b=2")
    first = Situation(Trigger.APPROVED, "id", Behaviour(), urls, RedirectUrls(), RedirectUrls())
    second = replace(first, declines=1)

    assert plan_redirect(first, fault) == plan_redirect(first, None)
    assert plan_redirect(second, fault) != plan_redirect(second, None)


def test_names_of_faults_differ() -> None:
    """No two families have a fault of the same name; an unknown one gets the nearest."""
    assert len(CATALOGUE.all()) == sum(len(family.FAULTS) for family in FAMILIES)
    with pytest.raises(UnknownFaultError, match=r"did you mean query-dropped or \S+ or \S+\? "):
        CATALOGUE.find("query-droped")


def test_fault_that_stands_in_one_file_only_is_refused() -> None:
    """A fault needs a description in the TOML file and hooks in the module."""
    hooks = {fault.name: Hooks() for fault in sources.FAULTS} | {"code-only": Hooks()}
    with pytest.raises(ValueError, match="add code-only to the one that lacks it"):
        read_family(sources.__file__, hooks)


def test_fault_is_switched_on_for_one_merchant(standin: StandIn) -> None:
    """A merchant's fault does not affect other merchants."""
    body = urls(cancel="https://merchant.example/c?a=1#f")
    faulty = open_new_page(standin, body, fault="query-dropped")
    assert "https://merchant.example/c#f" in faulty.get("/cancel").text
    assert "https://merchant.example/c?a=1#f" in open_new_page(standin, body).get("/cancel").text


def test_fault_of_the_run_holds_for_every_merchant() -> None:
    """``StandIn(fault=…)`` applies to every merchant."""
    with StandIn(fault="query-dropped") as standin:
        for merchant in (standin.merchant, standin.new_merchant()):
            assert merchant.fault is CATALOGUE.find("query-dropped")


def urls(**given: str) -> dict[str, Any]:
    """An order with these redirect URLs."""
    return {**ORDER, "redirectUrls": given}


@pytest.mark.parametrize(("fault", "body", "right", "wrong"), [
    ("accepts-plain-http", urls(success="http://merchant.example/s"), 400, 200),
    ("accepts-any-scheme", urls(success="javascript:alert(1)"), 400, 200),
    ("carts-unchecked", line(price=-1), 400, 200),
    ("missing-customer-as-bad-request", {**ORDER, "customer": None}, 404, 400),
    ("server-error-for-broken-json", b"{not json", 400, 500),
    ("unknown-keys-refused", {**ORDER, "note": "gift"}, 200, 400),
    ("all-urls-demanded", urls(success="https://merchant.example/s"), 200, 400),
])  # fmt: skip
def test_faulty_api_status(standin: StandIn, fault: str, body: Any, right: int, wrong: int) -> None:
    """The fault changes the status for its merchant alone."""
    merchants = standin.new_merchant(), standin.new_merchant(fault=fault)
    assert [post(standin, each, body).status_code for each in merchants] == [right, wrong]


def test_faulty_api_refuses_without_a_word(standin: StandIn) -> None:
    """The refusal has the right status and an empty message."""
    answer = post(standin, standin.new_merchant(fault="refuses-without-a-word"), line(price=-1))
    assert (answer.status_code, answer.json()) == (400, {"message": ""})


@pytest.mark.parametrize(("fault", "headers"), [
    ("takes-any-token", {"Authorization": "Bearer nonsense"}),
    ("takes-any-token", {"Authorization": None}),
    ("user-agent-not-asked-for", {"User_Agent": ""}),
])  # fmt: skip
def test_headers_go_unchecked(standin: StandIn, fault: str, headers: dict[str, Any]) -> None:
    """The fault accepts a header that the API has to refuse."""
    merchant = standin.new_merchant(fault=fault, switches={"user_agent_required": True})
    assert post(standin, merchant, **headers).status_code == 200


def test_faulty_api_answers_an_equal_request_with_the_same_session(standin: StandIn) -> None:
    """An equal request gets the same session, a different one a new session."""
    merchant = standin.new_merchant(fault="same-session-for-equal-requests")
    bodies = (ORDER, ORDER, line(price=1))
    first, same, other = (post(standin, merchant, body).json()["href"] for body in bodies)
    assert first == same
    assert first != other
