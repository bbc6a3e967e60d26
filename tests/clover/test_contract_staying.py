"""Shoppers who stay with Clover, as promised or not, and the provider's books."""

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
    assert violations(replace(landed(RIGHT), payments=3)) == [
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

    assert violations(story, NOWHERE) == [
        ("lands", words, f"the browser went to {SITE}/nobodys", "")
    ]


def test_strangers_host_before_the_press_is_no_redirect() -> None:
    """Where the shopper came from before opening the checkout does not matter."""
    story = stayed("Payment Received")
    before = make_hop("https://mail.test/", number=1, at_ms=100.0)
    after = make_hop("https://mail.test/", number=2, at_ms=500.0)
    frame = make_hop("https://mail.test/", number=2, at_ms=600.0, place="frame")

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
    failed = make_hop(BARE, number=2, status=None, failure="net::ERR_ABORTED")
    story = stayed("Checkout", "Declined")

    [quiet] = PAID.broken(stayed())
    again = replace(failed, failure="csp")
    frame = make_hop("https://cards.localhost/", place="frame", failure="net::ERR_FAILED")
    [loud] = PAID.broken(replace(story, hops=[*story.hops, failed, again, frame]))

    assert (quiet.expected, quiet.came, quiet.detail) == (RIGHT, f"10.0 s later at {HREF}", "")
    assert loud.came == f"10.0 s later at {HREF} “Checkout / Declined”"
    assert loud.detail == "the request failed with csp"


def test_stranger_instead_of_the_merchant_is_named() -> None:
    """Both hosts are quoted; a stranger in a frame is none."""
    stray = make_hop("https://evil.test/a?b", number=2)
    frame = make_hop("https://evil.test/", number=3, place="frame")
    story = stayed("Checkout")

    origin = PAID.broken(replace(story, hops=[*story.hops, stray, frame]))[1]

    assert (origin.expected, origin.came, origin.detail) == (
        "https://merchant.example",
        "https://evil.test",
        "the browser was sent to https://evil.test/a?b",
    )
    assert PAID.clauses(replace(story, hops=[*story.hops, frame])) == ["lands"]


def test_unpaid_session_has_no_receipt() -> None:
    """A page that says that the payment was received, where none was, tells a falsehood."""
    declined = replace(PAID, outcome=Outcome.FAILURE, request={Outcome.SUCCESS: RIGHT})

    came = f"“Payment Received” at {HREF}"
    wanted = ("right-outcome", "no receipt, because nothing was paid", came, "")
    assert violations(stayed("Payment Received"), declined) == [wanted]
    assert violations(stayed("Checkout"), declined) == []


def test_receipt_is_no_falsehood_where_nobody_knows_what_was_paid() -> None:
    """While the test has not said how many payments there are, a receipt may be right."""
    assert replace(PAID, stays=True).clauses(stayed("Payment Received")) == []
