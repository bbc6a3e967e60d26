"""Formats in which Clover writes a time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clover.times import TimeProblem, parse_time

MOMENT = datetime(2026, 9, 17, 10, 0, 0, 123000, UTC)
SECOND = MOMENT.replace(microsecond=0)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The years in which seconds and milliseconds are distinct.
moments = st.integers(10**12, 95 * 10**12).map(lambda ms: EPOCH + timedelta(milliseconds=ms))


@pytest.mark.parametrize(("written", "moment"), [
    *((written, MOMENT) for written in (
        1789639200123, 1789639200.123, "1789639200123", "2026-09-17T12:30:00.123+0230",
        "2026-09-17T05:00:00.123-05:00", "2026-09-17T10:00:00.123000000Z",
    )),
    *((written, SECOND) for written in (1789639200, "2026-09-17T10:00:00Z")),
])  # fmt: skip
def test_known_format_is_read(written: object, moment: datetime) -> None:
    """Unix time and the measured texts, with or without a fraction, are read in UTC."""
    assert parse_time(written) == moment
    assert parse_time(written).tzinfo is UTC


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_every_format_of_a_moment_is_read(moment: datetime, minutes: int) -> None:
    """Each known format is read to the millisecond, and an offset is converted to UTC."""
    text = moment.isoformat(timespec="milliseconds").removesuffix("+00:00")
    local = moment.astimezone(timezone(timedelta(minutes=minutes)))
    since = moment - EPOCH

    for same in (f"{text}Z", f"{text}+0000", f"{text.replace('T', '@')}+0000"):
        assert parse_time(same) == moment
    assert parse_time(local.strftime("%Y-%m-%dT%H:%M:%S.%f%z")) == moment
    assert parse_time(since // timedelta(milliseconds=1)) == moment
    assert parse_time(since // timedelta(seconds=1)) == moment.replace(microsecond=0)


@pytest.mark.parametrize("written", [
    None, True, "", "soon", 0, -1, 999_999_999, 1789639200123456, float("nan"), float("inf"),
    pytest.param(10**400, id="huge"), pytest.param("x" * 10_000, id="long"), [], {"at": 1},
    "2026-09-17", "2026-09-17 10:00:00.000Z", "2026-09-17T10:00:00.000",
    "2026-13-17T10:00:00.000Z", "2026-02-30T10:00:00.000Z", "2026-09-17T10:00:00.000+9900",
    "0001-01-01T00:00:00.000+1400", "2026-09-17T10:00:00.000Z ", "２０２６-09-17T10:00:00.000Z",
])  # fmt: skip
def test_unknown_format_is_one_sentence(written: object) -> None:
    """Anything else is an error with the field's name and the start of its value."""
    with pytest.raises(TimeProblem, match=r"^createdTime is ") as caught:
        parse_time(written, name="createdTime")
    assert len(str(caught.value)) < 300
    assert caught.value.category == "target problem"


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary())
def test_any_other_value_is_a_time_problem(written: object) -> None:
    """No value makes the parser fail in another way."""
    try:
        moment = parse_time(written)
    except TimeProblem:
        return
    assert moment.tzinfo is UTC
