"""Calls of the provider's API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One API request and its response, without headers and without secrets.

    Attributes:
        status: None if no complete response came.
        ms: milliseconds until the end of the response, or until the failure.
        request_body: the first 64 Ki characters, like ``response_body``.
        failure: why no response came, or "".
        at_s: `time.monotonic()` when the request was sent, seconds.
    """

    method: str
    url: str
    status: int | None
    ms: float
    request_body: str = ""
    response_body: str = ""
    failure: str = ""
    at_s: float = 0.0
