"""Journal of the merchant's site."""

import threading

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


def test_journal_numbers_arrivals_in_order() -> None:
    """Arrivals are numbered from 1 in their order."""
    journal = Journal()

    arrive(journal, "/a")
    arrive(journal, "/b")

    assert [(one.number, one.target) for one in journal.since(0)] == [(1, "/a"), (2, "/b")]


def test_since_returns_arrivals_after_the_mark() -> None:
    """Arrivals before a mark are left out."""
    journal = Journal()
    arrive(journal, "/before")
    mark = journal.mark()

    arrive(journal, "/after")

    assert [one.target for one in journal.since(mark)] == ["/after"]


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

    def shop() -> None:
        for _ in range(50):
            arrive(journal)

    threads = [threading.Thread(target=shop) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.number for one in journal.since(0)] == list(range(1, 801))


def test_arrival_url_is_as_sent() -> None:
    """The URL has the connection's scheme, and host and target byte for byte."""
    arrival = arrive(Journal(), "//a/../b?", host="Merchant.example:8443")

    assert arrival.url == "https://Merchant.example:8443//a/../b?"


def test_arrival_has_the_fetch_destination() -> None:
    """Fetch metadata is "" if the browser sent none."""
    arrival = arrive(Journal(), sec_fetch_dest="document")
    silent = arrive(Journal())

    assert arrival.dest == "document"
    assert (silent.dest, silent.url) == ("", "https:///")


def test_arrival_keeps_the_first_64_kib_of_a_body() -> None:
    """A longer body is truncated."""
    arrival = Journal().add(
        method="POST", scheme="http", target="/", headers=(), body="x" * 100_000, status=200
    )

    assert len(arrival.body) == BODY_LIMIT
