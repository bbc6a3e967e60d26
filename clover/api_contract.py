"""Assertions on answers of the create-checkout call, each with the source of its expectation.

A difference raises ``ApiContractViolation``. An outage or a rate limit says nothing about the
contract and raises ``Refused``; so do credentials that are not accepted, where a session is due.
"""

from datetime import datetime

from clover.answers import MEASURED, REFERENCE, Answer
from clover.models import CheckoutSession
from clover.times import TimeProblem

FIELDS = frozenset({"href", "checkoutSessionId", "createdTime", "expirationTime"})

_OUTAGES = (*range(300, 400), 429, 502, 503, 504)
_CREDENTIALS = (401, 403)


def expect(
    holds: bool,  # noqa: FBT001 -- the condition of an assertion
    answer: Answer,
    expected: str,
    *,
    came: str = "",
    source: str = MEASURED,
) -> None:
    """Assert a condition on an answer; ``came`` is by default its status and message."""
    if not holds:
        raise answer.violation(expected, came=came, source=source)


def expect_status(answer: Answer, status: int | range, *, source: str = MEASURED) -> None:
    """Assert the status, or a range that contains it."""
    allowed = status if isinstance(status, range) else range(status, status + 1)
    _raise_if(answer, _OUTAGES, unless=allowed)
    shown = str(status) if isinstance(status, int) else f"from {status[0]} to {status[-1]}"
    expect(answer.status in allowed, answer, f"status {shown}", source=source)


def expect_refusal(answer: Answer, status: int, message: str = "", *, about: str = "") -> None:
    """Assert that a request was refused with this status and an explanation in JSON.

    Args:
        answer: the answer to an invalid request.
        status: of the refusal.
        message: the whole message, if its wording is known.
        about: a word that the message must have, in any case, whatever its wording.
    """
    expect_status(answer, status)
    body = answer.json()
    if message:
        expect(body == {"message": message}, answer, f"only the message “{message}”")
    expect(bool(answer.message), answer, "a message")
    expect(about.lower() in answer.message.lower(), answer, f"a message about the {about}")


def expect_session(answer: Answer) -> CheckoutSession:
    """Assert that a valid request created a session, and return it.

    Raises:
        BadAnswer: something other than the API answered.
    """
    _raise_if(answer, _CREDENTIALS)
    expect_status(answer, 200, source=REFERENCE)
    return answer.session()


def expect_documented_fields(answer: Answer) -> None:
    """Assert that the answer is JSON with the four documented fields and nothing else."""
    expect_session(answer)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    expect(kind == "application/json", answer, "application/json", came=kind, source=REFERENCE)
    fields = answer.json()
    assert isinstance(fields, dict), "a session is an object"
    came = ", ".join(sorted(fields))
    expect(set(fields) == FIELDS, answer, ", ".join(sorted(FIELDS)), came=came)


def expect_times(answer: Answer) -> tuple[datetime, datetime]:
    """Assert that the session's two times are readable; return creation and expiration in UTC."""
    session = expect_session(answer)
    try:
        return session.created, session.expires
    except TimeProblem as problem:
        raise answer.violation("two times in a known format", came=str(problem)) from None


def expect_lifetime(answer: Answer, seconds: int = 900) -> None:
    """Assert that the session expires this many seconds after its creation, within a second."""
    created, expires = expect_times(answer)
    life_s = (expires - created).total_seconds()
    expected = f"a session of {seconds} s, within 1 s"
    expect(abs(life_s - seconds) <= 1, answer, expected, came=f"{life_s:g} s")


def _raise_if(answer: Answer, statuses: tuple[int, ...], *, unless: range = range(0)) -> None:
    refusal = answer.problem()
    if refusal and answer.status in statuses and answer.status not in unless:
        raise refusal
