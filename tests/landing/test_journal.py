"""The journal of the merchant's site."""

import threading

import pytest

from landing.journal import BODY_LIMIT, Journal, SiteBroken
from records.observation import Arrival

FIRST_WAIT_S = 5.0


def arrive(journal: Journal, target: str = "/", **headers: str) -> Arrival:
    """Let one request reach the journal."""
    return journal.add(
        method="GET",
        scheme="https",
        target=target,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body="",
        status=200,
    )


def test_journal_numbers_arrivals_in_order() -> None:
    """Arrivals count from one and keep the order in which they came."""
    journal = Journal()

    arrive(journal, "/a")
    arrive(journal, "/b")

    assert [(one.number, one.target) for one in journal.since(0)] == [(1, "/a"), (2, "/b")]


def test_since_leaves_out_what_came_before_the_mark() -> None:
    """A mark separates what was there from what comes later."""
    journal = Journal()
    arrive(journal, "/before")
    mark = journal.mark()

    arrive(journal, "/after")

    assert [one.target for one in journal.since(mark)] == ["/after"]


def test_wait_for_returns_an_arrival_that_is_already_there() -> None:
    """What has arrived needs no waiting, not even with no time to wait."""
    journal = Journal()
    arrive(journal, "/a")
    wanted = arrive(journal, "/b")

    found = journal.wait_for(lambda one: one.target == "/b", since=0, timeout_s=0)

    assert found is wanted


def test_wait_for_wakes_up_when_the_arrival_comes() -> None:
    """A waiting test goes on with the arrival itself, past others that do not fit."""
    journal = Journal()
    arrive(journal, "/early")
    asked = threading.Event()

    def fits(one: Arrival) -> bool:
        asked.set()
        return one.target == "/late"

    def shopper() -> None:
        asked.wait(FIRST_WAIT_S)
        arrive(journal, "/other")
        arrive(journal, "/late")

    thread = threading.Thread(target=shopper)
    thread.start()

    found = journal.wait_for(fits, since=0, timeout_s=FIRST_WAIT_S)
    thread.join()

    assert found is not None
    assert found.target == "/late"


def test_wait_for_shows_the_predicate_each_arrival_once() -> None:
    """A predicate may count."""
    journal = Journal()
    arrive(journal, "/a")
    arrive(journal, "/b")
    seen: list[str] = []

    def fits(one: Arrival) -> bool:
        seen.append(one.target)
        return False

    journal.wait_for(fits, since=0, timeout_s=0.01)

    assert seen == ["/a", "/b"]


def test_wait_for_gives_up_when_the_time_is_over() -> None:
    """No arrival that fits is None, not an error: the contract says what that means."""
    journal = Journal()
    arrive(journal, "/a")

    assert journal.wait_for(lambda one: one.target == "/b", since=0, timeout_s=0.01) is None


def test_wait_for_ignores_arrivals_before_the_mark() -> None:
    """A landing of an earlier test cannot pass for this one's."""
    journal = Journal()
    arrive(journal, "/a")

    assert journal.wait_for(lambda _: True, since=journal.mark(), timeout_s=0) is None


def test_wait_for_raises_what_broke_the_site() -> None:
    """A failure inside the site's threads reaches the test that waits."""
    journal = Journal()
    journal.fail(ZeroDivisionError("the page"))

    with pytest.raises(SiteBroken, match="ZeroDivisionError") as caught:
        journal.wait_for(lambda _: True, since=0, timeout_s=FIRST_WAIT_S)

    assert caught.value.category == "suite problem"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_journal_loses_no_arrival_from_many_threads() -> None:
    """Sixteen connections at once get sixteen times their numbers."""
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


def test_arrival_url_joins_what_was_sent_unchanged() -> None:
    """Scheme by the connection, host as sent, target byte for byte."""
    arrival = arrive(Journal(), "//a/../b?", host="Merchant.example:8443")

    assert arrival.url == "https://Merchant.example:8443//a/../b?"


def test_arrival_tells_what_the_browser_wanted_it_for() -> None:
    """Fetch metadata is there by name, and empty where the browser sent none."""
    arrival = arrive(Journal(), sec_fetch_dest="document", sec_fetch_mode="navigate")
    silent = arrive(Journal())

    assert (arrival.dest, arrival.mode) == ("document", "navigate")
    assert (silent.dest, silent.mode, silent.url) == ("", "", "https:///")


def test_arrival_keeps_the_first_64_kib_of_a_body() -> None:
    """A huge body is cut, not kept."""
    arrival = Journal().add(
        method="POST", scheme="http", target="/", headers=(), body="x" * 100_000, status=200
    )

    assert len(arrival.body) == BODY_LIMIT
