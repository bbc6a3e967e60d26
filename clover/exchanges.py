"""What was asked of the API and answered, for the evidence of a run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, without headers, and redacted.

    Attributes:
        status: None if no whole answer came.
        ms: milliseconds until the answer's end, or until the failure.
        request_body: the first 64 Ki characters, like ``response_body``.
        failure: why no answer came; else empty.
    """

    method: str
    url: str
    status: int | None
    ms: float
    request_body: str
    response_body: str
    failure: str = ""
