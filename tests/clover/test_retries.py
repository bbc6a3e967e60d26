"""How often, how long and for what the API is asked again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clover.retries import Patience, retry_after_s

NOW = datetime(2026, 9, 17, 10, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("0", 0.0), ("3", 3.0), (" 3 ", 3.0), ("1.5", 1.5), ("-4", 0.0)],
)
def test_seconds_are_read(told: str, seconds: float) -> None:
    """A number of seconds is waited, and never less than none."""
    assert retry_after_s({"retry-after": told}) == seconds


@pytest.mark.parametrize(("ahead_s", "seconds"), [(90, 90.0), (-90, 0.0)])
def test_date_is_read_against_the_servers_own_clock(ahead_s: int, seconds: float) -> None:
    """A date is compared with the answer's own date, not with this machine's clock."""
    headers = {
        "date": format_datetime(NOW, usegmt=True),
        "retry-after": format_datetime(NOW + timedelta(seconds=ahead_s), usegmt=True),
    }

    assert retry_after_s(headers) == seconds


def test_date_alone_is_read_against_this_clock() -> None:
    """Without the server's date, this machine's clock has to do."""
    ahead = datetime.now(UTC) + timedelta(seconds=100)

    seconds = retry_after_s({"retry-after": format_datetime(ahead, usegmt=True)})

    assert seconds == pytest.approx(100, abs=5)


@given(st.text(max_size=40) | st.sampled_from(["", "soon", "nan", "inf", "1e999", "Thu, 99"]))
def test_unreadable_wait_is_none_or_not_negative(told: str) -> None:
    """Whatever a server writes there, nothing fails, and nobody waits for ever."""
    seconds = retry_after_s({"retry-after": told, "date": told})

    assert seconds is None or 0 <= seconds < float("inf")


def test_pauses_double_until_tries_run_out() -> None:
    """Without a word from the server, each pause is twice the one before."""
    patience = Patience(tries=4, total_s=60, first_s=0.5)

    assert [patience.pause_s(tries, 0) for tries in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, None]


def test_told_pause_is_kept_or_not_waited_at_all() -> None:
    """What the server asks for is waited in full, unless it is more than is left."""
    patience = Patience(tries=4, total_s=60)

    assert patience.pause_s(1, 0, told_s=60) == 60
    assert patience.pause_s(2, 50, told_s=10) == 10
    assert patience.pause_s(2, 50, told_s=11) is None


@given(st.lists(st.floats(0, 100), min_size=20, max_size=20))
def test_waiting_is_bounded_in_number_and_time(told: list[float]) -> None:
    """No server can make a test wait longer, or ask more often, than was agreed."""
    patience = Patience(tries=5, total_s=30)
    waited_s = 0.0
    pauses = 0
    for seconds in told:
        pause_s = patience.pause_s(pauses + 1, waited_s, told_s=seconds)
        if pause_s is None:
            break
        waited_s += pause_s
        pauses += 1

    assert pauses <= 4
    assert waited_s <= 30
