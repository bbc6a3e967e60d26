"""Journal of the merchant's site."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from landing.journal import BODY_LIMIT, Journal, SiteBroken
from records.observation import Arrival


def arrive(journal: Journal, target: str = "/", **headers: str) -> Arrival:
    """Add an arrival."""
    return journal.add(
        method="GET",
        scheme="https",
        target=target,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body="",
        status=200,
    )


def test_since_returns_numbered_arrivals_after_the_mark() -> None:
    """Arrivals are numbered from 1 in their order, and those before a mark are left out."""
    journal = Journal()
    arrive(journal, "/before")
    mark = journal.mark()

    arrive(journal, "/a")
    arrive(journal, "/b")

    assert [(one.number, one.target) for one in journal.since(mark)] == [(2, "/a"), (3, "/b")]
    assert len(journal.since(0)) == 3


def test_failure_of_the_site_is_kept_with_its_cause() -> None:
    """The first failure inside the site's threads is raised as a suite problem."""
    journal = Journal()
    journal.raise_failure()
    journal.fail(ZeroDivisionError("the page"))
    journal.fail(ValueError("later"))

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
    arrival = arrive(
        Journal(), "//a/../b?", host="Merchant.example:8443", sec_fetch_dest="document"
    )
    silent = arrive(Journal())

    assert arrival.url == "https://Merchant.example:8443//a/../b?"
    assert arrival.dest == "document"
    assert (silent.dest, silent.url) == ("", "https:///")


def test_arrival_keeps_the_first_64_kib_of_a_body() -> None:
    """A longer body is truncated."""
    arrival = Journal().add(
        method="POST", scheme="http", target="/", headers=(), body="x" * 100_000, status=200
    )
    assert len(arrival.body) == BODY_LIMIT
