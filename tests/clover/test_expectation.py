"""Expectations, computed from configuration, outcome and behaviour."""

from collections.abc import Mapping
from typing import Any

import pytest

from clover.address import NotAUrl
from clover.behaviour import load_behaviour
from clover.expectation import Expectation, Urls, choose_url, make_expectation
from clover.template import ERROR_CODE, SESSION_ID
from records.outcome import Outcome
from tests.clover.checkouts import SESSION

Switches = Mapping[str, object]

SUCCESS, FAILURE, CANCEL = Outcome
REQUEST = {outcome: f"https://request.example/{outcome}" for outcome in Outcome}
DASHBOARD = {outcome: f"https://dashboard.example/{outcome}" for outcome in Outcome}
PART = {SUCCESS: DASHBOARD[SUCCESS], FAILURE: ""}


def expect(
    outcome: Outcome = SUCCESS, *, switches: Mapping[str, object] = {}, **differing: Any
) -> Expectation:
    """Return an expectation under the behaviour ``documented``, changed by ``switches``."""
    usual = {"request": REQUEST, "dashboard": {}, "session_id": SESSION}
    behaviour = load_behaviour("documented", **switches)
    return make_expectation(outcome, behaviour=behaviour, **{**usual, **differing})


@pytest.mark.parametrize(("rules", "request_urls", "dashboard", "outcome", "expected"), [
    ("dashboard other", REQUEST, DASHBOARD, SUCCESS, "dashboard"),
    ("dashboard other", REQUEST, {}, SUCCESS, "request"),
    ("dashboard other", REQUEST, PART, FAILURE, "request"),
    ("dashboard other", REQUEST, PART, CANCEL, "request"),
    ("dashboard other", {}, PART, CANCEL, ""),
    ("dashboard clover-page", REQUEST, PART, FAILURE, ""),
    ("dashboard clover-page", REQUEST, PART, SUCCESS, "dashboard"),
    ("dashboard clover-page", REQUEST, {}, FAILURE, "request"),
    ("dashboard clover-page", REQUEST, {SUCCESS: ""}, FAILURE, "request"),
    ("request other", REQUEST, DASHBOARD, SUCCESS, "request"),
    ("request other", {}, DASHBOARD, SUCCESS, "dashboard"),
    ("request other", {SUCCESS: "x"}, DASHBOARD, CANCEL, "dashboard"),
    ("request clover-page", {SUCCESS: "x"}, DASHBOARD, CANCEL, ""),
    ("request clover-page", {}, DASHBOARD, CANCEL, "dashboard"),
    ("dashboard-only other", REQUEST, DASHBOARD, CANCEL, "dashboard"),
    ("dashboard-only other", REQUEST, PART, CANCEL, ""),
    ("dashboard-only other", REQUEST, {}, SUCCESS, ""),
])  # fmt: skip
def test_source_follows_precedence_and_fallback(
    rules: str, request_urls: Urls, dashboard: Urls, outcome: Outcome, expected: str
) -> None:
    """The two switches decide the source of the URL for each outcome."""
    precedence, fallback = rules.split()
    behaviour = load_behaviour("documented", precedence=precedence, fallback=fallback)
    sources: dict[str, Any] = {"request": request_urls, "dashboard": dashboard, "": {outcome: None}}
    chosen = choose_url(outcome, request_urls, dashboard, behaviour)
    assert chosen == (expected, sources[expected][outcome])


@pytest.mark.parametrize(("outcome", "switches", "error_code", "values"), [
    (SUCCESS, {}, None, (SESSION, None)),
    (CANCEL, {}, "expired_card", (SESSION, None)),
    (FAILURE, {}, None, (SESSION, "card_declined")),
    (FAILURE, {}, "expired_card", (SESSION, "expired_card")),
    (FAILURE, {"error_code": "declined"}, None, (SESSION, "declined")),
    (FAILURE, {"placeholders": "verbatim"}, None, (SESSION_ID, ERROR_CODE)),
    (FAILURE, {"placeholders": "blank"}, None, ("", "")),
])  # fmt: skip
def test_values_of_placeholders_follow_outcome_and_behaviour(
    outcome: Outcome, switches: Switches, error_code: str | None, values: tuple[str | None, ...]
) -> None:
    """The session id is always known, the error code only after a decline."""
    expectation = expect(outcome, switches=switches, error_code=error_code)
    assert expectation.landing is not None
    assert expectation.landing.values == dict(zip((SESSION_ID, ERROR_CODE), values, strict=True))
    assert expectation.substituted is ("placeholders" not in switches)


@pytest.mark.parametrize("appended", ["session_id", "checkoutId"])
def test_landing_has_the_appended_parameter(appended: str) -> None:
    """The appended parameter has the switch's name and the session id."""
    expectation = expect(switches={"appended": appended})
    assert expectation.landing is not None
    assert str(expectation.landing.expected()) == f"{REQUEST[SUCCESS]}?{appended}={SESSION}"


def test_other_urls_are_all_configured_ones_and_other_sessions() -> None:
    """Other URLs are those of other outcomes, the other source and other sessions."""
    expectation = expect(dashboard=DASHBOARD, other_sessions_urls=("https://other.example/s",))
    others = [(other.label, other.clause, other.template.raw) for other in expectation.other_urls]

    assert others == [
        ("the success URL of the request", "right-source", REQUEST[SUCCESS]),
        ("the failure URL of the request", "right-outcome", REQUEST[FAILURE]),
        ("the cancel URL of the request", "right-outcome", REQUEST[CANCEL]),
        ("the failure URL of the dashboard", "right-outcome", DASHBOARD[FAILURE]),
        ("the cancel URL of the dashboard", "right-outcome", DASHBOARD[CANCEL]),
        ("another session's URL", "right-outcome", "https://other.example/s"),
    ]
    assert expectation.source == "dashboard"


SAME = "https://m.example/s"
RAW = f"{SAME}?x={SESSION_ID}"


@pytest.mark.parametrize(("configured", "switches", "others"), [
    # an equal URL in another spelling
    ({"request": {SUCCESS: SAME, FAILURE: "https://M.example:443/s", CANCEL: ""},
      "dashboard": {CANCEL: SAME},
      "other_sessions_urls": (SAME, "https://m.example/x/../s")}, {"precedence": "request"}, []),
    # an equal text, although a parameter is appended
    ({"request": {SUCCESS: RAW}, "other_sessions_urls": (RAW,)}, {"appended": "checkoutId"}, []),
    # texts that are no URL
    ({"request": {SUCCESS: SAME, FAILURE: "/relative", CANCEL: f"{SAME}/c"},
      "other_sessions_urls": ("", "nonsense", f"{SAME}/o")}, {}, [f"{SAME}/c", f"{SAME}/o"]),
])  # fmt: skip
def test_equal_and_invalid_urls_are_no_other_urls(
    configured: Mapping[str, Any], switches: Switches, others: list[str]
) -> None:
    """Other URLs differ from the expected one, in more than their spelling."""
    expectation = expect(switches=switches, **configured)
    assert [other.template.raw for other in expectation.other_urls] == others


def test_invalid_winning_url_is_refused() -> None:
    """A winning URL that is invalid raises an error."""
    with pytest.raises(NotAUrl):
        expect(request={SUCCESS: "/relative"})


def test_plain_http_url_is_expected_unless_the_behaviour_ignores_it() -> None:
    """A shopper with an ignored http:// URL stays, and that URL is another URL."""
    request = {SUCCESS: "http://m.example/s"}
    ignored = expect(request=request, switches={"http_url": "never-redirect"})

    assert (ignored.landing, ignored.source, ignored.heading) == (None, "", "Payment Received")
    assert [other.clause for other in ignored.other_urls] == ["right-source"]
    for http_url in ("accept", "reject"):
        followed = expect(request=request, switches={"http_url": http_url})
        assert followed.landing is not None
        assert followed.other_urls == ()
    assert expect(switches={"http_url": "never-redirect"}).landing is not None


@pytest.mark.parametrize(("outcome", "has_url", "stays", "heading", "payments"), [
    (SUCCESS, True, False, "", 1), (SUCCESS, False, False, "Payment Received", 1),
    (SUCCESS, False, True, "", None), (FAILURE, False, False, "", 0),
    (CANCEL, False, False, "", 0), (FAILURE, True, True, "", None),
])  # fmt: skip
def test_heading_and_payments_follow_the_outcome(
    outcome: Outcome, has_url: bool, stays: bool, heading: str, payments: int | None
) -> None:
    """Only a success without a URL has a heading, and only a success is paid."""
    request = REQUEST if has_url else {}
    expectation = expect(outcome, request=request, stays=stays)
    assert (expectation.heading, expectation.payments) == (heading, payments)
    assert (expectation.outcome, expectation.session_id) == (outcome, SESSION)
    assert expect(outcome, request=request, stays=stays, payments=0).payments == 0


def test_every_url_is_another_url_while_the_shopper_stays() -> None:
    """While the shopper may retry, every configured URL is wrong."""
    expectation = expect(FAILURE, stays=True)
    assert (expectation.landing, expectation.source) == (None, "")
    assert [other.clause for other in expectation.other_urls] == ["right-outcome"] * 3


def test_description_names_outcome_and_source() -> None:
    """The description names outcome and source, or the page to stay on."""
    assert expect(FAILURE).description == "the shopper lands on the failure URL of the request"
    stays = "the shopper stays on Clover's own"
    assert expect(request={}).description == f"{stays} “Payment Received” page"
    assert expect(CANCEL, request={}).description == f"{stays} page"
