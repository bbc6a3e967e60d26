"""Lifetime and memory of sessions."""

import pytest

from standin import StandIn, UnknownCheckoutError
from standin.behaviour import Behaviour
from standin.clock import Clock
from standin.merchants import Merchant
from standin.outcomes import NO_URLS
from standin.sessions import KEPT_AFTER_EXPIRY_S, SessionStore
from tests.standin.shopper import line, post, switched


def merchant() -> Merchant:
    """An account without a server."""
    return Merchant("Store", Behaviour(), "classic")


def test_clock_moves_forward_only() -> None:
    """The clock moves forward only."""
    clock = Clock(lambda: 1_000_000)
    clock.advance(90)
    assert clock.now() == 1_000_090
    with pytest.raises(ValueError, match="turned back"):
        clock.advance(-1)


def test_store_forgets_sessions_long_expired() -> None:
    """An expired session is kept for an hour, then forgotten."""
    clock = Clock(lambda: 1_000_000)
    sessions, owner = SessionStore(clock), merchant()
    first = sessions.add("first", owner, b"{}", NO_URLS)

    clock.advance(900 + KEPT_AFTER_EXPIRY_S - 1)
    assert sessions.find("first") is first
    clock.advance(2)
    assert sessions.find("first") is None
    sessions.add("second", owner, b"{}", NO_URLS)
    assert len(sessions) == 1


def test_store_keeps_no_more_than_its_limit() -> None:
    """Beyond the limit the oldest sessions are forgotten."""
    sessions, owner = SessionStore(Clock(), most=3), merchant()
    for name in "abcde":
        sessions.add(name, owner, b"{}", NO_URLS)
    assert len(sessions) == 3
    assert [name for name in "abcde" if sessions.find(name)] == ["c", "d", "e"]


def test_session_knows_its_place_among_those_of_its_merchant() -> None:
    """A session has its number and the id of the previous session."""
    sessions, owner, other = SessionStore(Clock()), merchant(), merchant()
    for name, account in (("a", owner), ("x", other)):
        sessions.add(name, account, b"{}", NO_URLS)
    second = sessions.add("b", owner, b"{}", NO_URLS)

    assert (second.number, second.previous) == (2, "a")
    assert [session.id for session in sessions.of_merchant(owner)] == ["a", "b"]


@pytest.mark.parametrize(("switches", "life_s"), [({}, 900), ({"session_ttl_s": 50}, 50)])
def test_page_of_an_expired_session_says_so(switches: dict[str, int], life_s: int) -> None:
    """A link works for 15 minutes or as the behaviour says, is expired, and is then forgotten."""
    with StandIn() as standin:
        shopper = switched(standin, **switches)
        standin.clock.advance(life_s - 1)
        assert "Card Information" in shopper.get().text
        standin.clock.advance(2)
        assert "This checkout has expired" in shopper.get().text
        assert standin.checkout(shopper.session_id).state == "expired"

        standin.clock.advance(KEPT_AFTER_EXPIRY_S)

        assert shopper.get().status_code == 404
        with pytest.raises(UnknownCheckoutError, match=shopper.session_id):
            standin.checkout(shopper.session_id)


def test_record_of_an_unopened_session_is_complete(standin: StandIn) -> None:
    """A session that was never opened has a total and no events."""
    body = line(price=1000, unitQty=2, taxRates=[{"name": "T", "rate": 625000}])
    store = standin.new_merchant()
    record = standin.checkout(post(standin, store, body).json()["checkoutSessionId"])
    assert (record.state, record.total_cents, record.events) == ("open", 2125, ())
    assert record.merchant_id == store.id
