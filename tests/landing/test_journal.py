"""Journal of the merchant's site."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from landing.journal import BODY_LIMIT, Journal, SiteBroken
from records.observation import Arrival


def arrive(journal: Journal, target: str = "/", body: str = "", **headers: str) -> Arrival:
    """Add an arrival."""
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return journal.add(
        method="GET", scheme="https", target=target, headers=sent, body=body, status=200
    )


def test_since_returns_numbered_arrivals_after_the_mark() -> None:
    """Arrivals are numbered from 1 in their order, and those before a mark are left out."""
    journal = Journal()
    arrive(journal, "/before")
    mark = journal.mark()
    for target in ("/a", "/b"):
        arrive(journal, target)

    assert [(one.number, one.target) for one in journal.since(mark)] == [(2, "/a"), (3, "/b")]
    assert len(journal.since(0)) == 3


def test_failure_of_the_site_is_kept_with_its_cause() -> None:
    """The first failure inside the site's threads is raised as a suite problem."""
    journal = Journal()
    journal.raise_failure()
    for failure in (ZeroDivisionError("the page"), ValueError("later")):
        journal.fail(failure)

    with pytest.raises(SiteBroken, match="ZeroDivisionError") as caught:
        journal.raise_failure()

    assert caught.value.category == "suite problem"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_journal_loses_no_arrival_from_many_threads() -> None:
    """Arrivals of 16 threads have consecutive numbers."""
    journal = Journal()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: arrive(journal), range(800)))
    assert [one.number for one in journal.since(0)] == list(range(1, 801))


def test_arrival_has_url_and_fetch_destination() -> None:
    """The URL is as sent, byte for byte; what the browser did not send is ""."""
    sent = {"host": "Merchant.example:8443", "sec_fetch_dest": "document"}
    arrival, silent = arrive(Journal(), "//a/../b?", **sent), arrive(Journal())
    assert (arrival.dest, arrival.url) == ("document", "https://Merchant.example:8443//a/../b?")
    assert (silent.dest, silent.url) == ("", "https:///")


def test_arrival_keeps_the_first_64_kib_of_a_body() -> None:
    """A longer body is truncated."""
    assert len(arrive(Journal(), body="x" * 100_000).body) == BODY_LIMIT
