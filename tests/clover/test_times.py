"""The shapes in which Clover writes a point in time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clover.times import TimeProblem, parse_time

MOMENT = datetime(2026, 9, 17, 10, 0, 0, 123000, UTC)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The years in which seconds and milliseconds cannot be mistaken for each other.
moments = st.integers(10**12, 95 * 10**12).map(lambda ms: EPOCH + timedelta(milliseconds=ms))


@pytest.mark.parametrize(
    "written",
    [
        1789639200123,
        1789639200.123,
        "1789639200123",
        "2026-09-17@10:00:00.123+0000",
        "2026-09-17T10:00:00.123+0000",
        "2026-09-17T10:00:00.123Z",
        "2026-09-17T12:30:00.123+0230",
        "2026-09-17T05:00:00.123-05:00",
        "2026-09-17T10:00:00.123000000Z",
    ],
)
def test_known_shape_is_read(written: object) -> None:
    """Unix time and the measured texts all name the same moment, in UTC."""
    assert parse_time(written) == MOMENT
    assert parse_time(written).tzinfo is UTC


def test_whole_seconds_are_read() -> None:
    """Unix seconds, and a text without a fraction, are a moment too."""
    whole = MOMENT.replace(microsecond=0)

    assert parse_time(1789639200) == whole
    assert parse_time("2026-09-17T10:00:00Z") == whole


@given(moments)
def test_every_shape_of_a_moment_is_read_back(moment: datetime) -> None:
    """However a moment is written, it is read back to the millisecond."""
    text = moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"
    day = moment.date().isoformat()
    since = moment - EPOCH

    assert parse_time(f"{day}T{text}Z") == moment
    assert parse_time(f"{day}T{text}+0000") == moment
    assert parse_time(f"{day}@{text}+0000") == moment
    assert parse_time(since // timedelta(milliseconds=1)) == moment
    assert parse_time(since // timedelta(seconds=1)) == moment.replace(microsecond=0)


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_offset_is_taken_off(moment: datetime, minutes: int) -> None:
    """A text with an offset names the moment in UTC."""
    local = moment.astimezone(timezone(timedelta(minutes=minutes)))

    assert parse_time(local.strftime("%Y-%m-%dT%H:%M:%S.%f%z")) == moment


@pytest.mark.parametrize(
    "written",
    [
        None,
        True,
        "",
        "soon",
        0,
        -1,
        999_999_999,
        1789639200123456,
        float("nan"),
        float("inf"),
        pytest.param(10**400, id="huge"),
        [],
        {"at": 1},
        "2026-09-17",
        "2026-09-17 10:00:00.000Z",
        "2026-09-17T10:00:00.000",
        "2026-13-17T10:00:00.000Z",
        "2026-02-30T10:00:00.000Z",
        "2026-09-17T10:00:00.000+9900",
        "0001-01-01T00:00:00.000+1400",
        "2026-09-17T10:00:00.000Z ",
        "２０２６-09-17T10:00:00.000Z",
        pytest.param("x" * 10_000, id="long"),
    ],
)
def test_unknown_shape_is_one_sentence(written: object) -> None:
    """Anything else is refused with the field's name and a part of what came."""
    with pytest.raises(TimeProblem) as caught:
        parse_time(written, name="createdTime")

    assert str(caught.value).startswith("createdTime is ")
    assert len(str(caught.value)) < 300
    assert caught.value.category == "target problem"


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary())
def test_nothing_else_than_a_moment_or_the_sentence_comes_back(written: object) -> None:
    """No value at all makes the reader fail in another way."""
    try:
        moment = parse_time(written)
    except TimeProblem:
        return

    assert moment.tzinfo is UTC
