"""Shoppers who stay with Clover, and the payments in the provider's books."""

from dataclasses import replace

import pytest

from records.outcome import Outcome
from tests.clover.checkouts import (
    BARE,
    HREF,
    NOWHERE,
    PAID,
    RIGHT,
    SITE,
    landed,
    make_hop,
    stayed,
    violations,
)


@pytest.mark.parametrize(("outcome", "taken", "clauses"), [
    (Outcome.SUCCESS, 1, []), (Outcome.SUCCESS, None, []),
    (Outcome.SUCCESS, 0, ["right-outcome"]), (Outcome.SUCCESS, 2, ["lands-once"]),
    (Outcome.FAILURE, 0, []), (Outcome.FAILURE, 1, ["right-outcome"]),
])  # fmt: skip
def test_books_agree_with_landing(outcome: Outcome, taken: int | None, clauses: list[str]) -> None:
    """A success is paid once, other outcomes are not; unknown books break no clause."""
    checkout = replace(PAID, outcome=outcome)
    url = RIGHT if outcome is Outcome.SUCCESS else f"{SITE}/failure"
    assert checkout.clauses(replace(landed(url), payments=taken)) == clauses


def test_violation_quotes_the_payments() -> None:
    """The violation gives the number of payments due and taken."""
    due = ("lands-once", "payments taken: 1", "payments taken: 3")
    found = violations(replace(landed(RIGHT), payments=3))
    assert found == [(*due, "in the provider's books for this session")]


def test_payments_are_not_checked_while_the_checkout_goes_on() -> None:
    """While the shopper may retry, payments are not checked, and a receipt is allowed."""
    waiting = replace(PAID, stays=True)
    assert waiting.broken(replace(stayed("Checkout"), payments=1)) == []
    assert waiting.clauses(stayed("Payment Received")) == []


RECEIPT = "the shopper stays on Clover's own “Payment Received” page"


@pytest.mark.parametrize("address", ["chrome-error://chromewebdata/", "about:blank", ""])
def test_shopper_who_stays_must_see_a_web_page(address: str) -> None:
    """A blank tab or the browser's error page breaks lands, except after going back."""
    seen = replace(stayed("Payment Received"), address=address)
    cancelled = replace(NOWHERE, outcome=Outcome.CANCEL)
    assert violations(seen, NOWHERE) == [("lands", RECEIPT, f"ended at {address or 'no page'}", "")]
    assert NOWHERE.broken(stayed("Payment Received")) == []
    assert cancelled.broken(replace(stayed(), address=address)) == []


def test_unexpected_redirect_is_described() -> None:
    """The violation gives the expectation and the URL."""
    story = replace(landed(f"{SITE}/unknown"), stayed=stayed("Payment Received").stayed)
    came = f"the browser went to {SITE}/unknown"
    assert violations(story, NOWHERE) == [("lands", RECEIPT, came, "")]


def test_foreign_host_before_the_press_is_no_redirect() -> None:
    """Foreign hosts before the last press and in frames are allowed."""
    story = stayed("Payment Received")
    before = make_hop("https://mail.test/", number=1, at_ms=100.0)
    after = make_hop("https://mail.test/", number=2, at_ms=500.0)
    frame = make_hop("https://mail.test/", number=2, at_ms=600.0, place="frame")

    assert NOWHERE.broken(replace(story, hops=[before, *story.hops, frame])) == []
    assert NOWHERE.clauses(replace(story, hops=[*story.hops, after])) == ["lands"]


def test_wrong_page_is_described() -> None:
    """The violation quotes heading, URL and alert of the page."""
    due = ("lands", "Clover's page headed “Payment Received”")
    assert violations(stayed("Oops", "Try again"), NOWHERE) == [
        (*due, f"“Oops” at {HREF}", "the page warns “Try again”")
    ]
    assert violations(stayed(), NOWHERE) == [(*due, f"“no heading” at {HREF}", "")]


def test_missing_landing_is_described() -> None:
    """The violation gives the time, the page and the failed request."""
    failed = make_hop(BARE, number=2, status=None, failure="net::ERR_ABORTED")
    frame = make_hop("https://cards.localhost/", place="frame", failure="net::ERR_FAILED")
    story = stayed("Checkout", "Declined")
    tried = replace(story, hops=[*story.hops, failed, replace(failed, failure="csp"), frame])
    came = f"10.0 s later at {HREF}"

    assert violations(stayed()) == [("lands", RIGHT, came, "")]
    assert violations(tried) == [
        ("lands", RIGHT, f"{came} “Checkout / Declined”", "the request failed with csp")
    ]


def test_foreign_host_instead_of_the_merchant_is_named() -> None:
    """The violation quotes both hosts; a foreign host in a frame is none."""
    stray = make_hop("https://evil.test/a?b", number=2)
    frame = make_hop("https://evil.test/", number=3, place="frame")
    story = stayed("Checkout")

    _, origin = violations(replace(story, hops=[*story.hops, stray, frame]))

    hosts = ("https://merchant.example", "https://evil.test")
    assert origin[1:] == (*hosts, "the browser was sent to https://evil.test/a?b")
    assert PAID.clauses(replace(story, hops=[*story.hops, frame])) == ["lands"]


def test_unpaid_session_has_no_receipt() -> None:
    """The page “Payment Received” without a payment breaks right-outcome."""
    declined = replace(PAID, outcome=Outcome.FAILURE, request={Outcome.SUCCESS: RIGHT})
    came = f"“Payment Received” at {HREF}"
    wanted = ("right-outcome", "no receipt, because nothing was paid", came, "")
    assert violations(stayed("Payment Received"), declined) == [wanted]
    assert violations(stayed("Checkout"), declined) == []
