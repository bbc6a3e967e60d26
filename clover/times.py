"""Parser for every time format that Clover is known to use."""

import re
from datetime import UTC, datetime, timedelta

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[T@]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)", re.ASCII)

# Seconds of the years 2001 to 5138, and milliseconds of the same years. The two ranges do not
# touch, and microseconds lie outside of both.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = (10**9, 10**11)
_MILLISECONDS = (10**12, 10**14)


class TimeProblem(ValueError):
    """A time in an unknown format."""

    category = "target problem"


def parse_time(value: object, *, name: str = "The time") -> datetime:
    """Return a time in UTC.

    Known formats are Unix time, in seconds or milliseconds (documented), and three texts, all
    measured: ``2022-03-01@10:00:00.000+0000`` (2022), the same with a ``T`` (2025), and
    ``2026-09-17T10:00:00.000Z`` (2026). The fraction may be shorter or absent, as Java writes it.

    Args:
        value: from the JSON.
        name: what the error calls it.

    Raises:
        TimeProblem: the format is unknown.

    Source: https://docs.clover.com/reference/createcheckout; docs/sources.md for the measurements.
    """
    moment = None
    if isinstance(value, str):
        moment = _from_text(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        moment = _from_number(value)
    if moment is None:
        shown = repr(value)
        raise TimeProblem(
            f"{name} is {shown if len(shown) <= 80 else shown[:80] + '…'}, which is neither Unix"
            " time nor one of the three known texts: add this format to clover/times.py."
        )
    return moment


def _from_text(text: str) -> datetime | None:
    if _WRITTEN.fullmatch(text) is None:
        return _from_number(int(text)) if re.fullmatch(r"[0-9]{10,14}", text) else None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # a thirteenth month, or an offset of 99 hours
        return None


def _from_number(number: float) -> datetime | None:
    if _SECONDS[0] <= number < _SECONDS[1]:
        return _EPOCH + timedelta(seconds=number)
    if _MILLISECONDS[0] <= number < _MILLISECONDS[1]:
        return _EPOCH + timedelta(milliseconds=number)
    return None
