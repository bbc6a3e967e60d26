"""Errors of an API call, none of which is a redirect bug."""

from typing import Final

#: Statuses of a request that the API understood and did not accept.
INVALID: Final = (400, 422)


class ApiProblem(Exception):
    """The API call gave no usable session; the message is one sentence with cause and cure.

    Attributes:
        status: the HTTP status, or None if there was no complete answer.
        said: Clover's own message, redacted and on one line; empty if there is none.
    """

    category = "target problem"

    def __init__(self, sentence: str, *, status: int | None = None, said: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.said = said


class Refused(ApiProblem):
    """The API answered with an error status."""


class BadAnswer(ApiProblem):
    """The API answered 200 with something that cannot be used."""


class NoAnswer(ApiProblem):
    """No complete answer arrived."""


class ApiContractViolation(ApiProblem, AssertionError):
    """The API works, but its answer differs from the documented or measured contract."""

    category = "API contract"
