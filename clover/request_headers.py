"""Headers of the create-checkout call; the token stays out of everything that can be printed.

Source: https://docs.clover.com/reference/createcheckout; for User-Agent the changelog of
April 2026, https://docs.clover.com/dev/changelog/clover-api-updates-april-2026.
"""

import re
from collections.abc import Callable, Mapping

import requests
from pydantic import SecretStr
from urllib3.util import SKIP_HEADER

MERCHANT_ID_LENGTH = 13

_NOT_IN_A_CREDENTIAL = re.compile(r"[^!-~]")
_NOT_IN_A_HEADER = re.compile(r"[^\t -~\xa0-\xff]")

Headers = Mapping[str, str | None]
"""Headers that replace the usual ones; None leaves one out."""


class HeaderProblem(ValueError):
    """A value that an HTTP header cannot carry."""

    triage = "suite problem"


def credential_flaw(value: str) -> str:
    """Return why a merchant id or token does not fit into a header, without the value; or empty."""
    if not value:
        return "is empty"
    odd = _NOT_IN_A_CREDENTIAL.search(value)
    if odd is None:
        return ""
    what = "a blank or line break" if odd[0].isspace() else "a character outside of plain ASCII"
    return f"has {what} at position {odd.start() + 1} of {len(value)}"


class RequestHeaders:
    """The headers of one merchant's requests."""

    def __init__(self, merchant_id: str, token: SecretStr, user_agent: str) -> None:
        """Check that the values can be sent.

        Raises:
            HeaderProblem: one of them cannot.
        """
        for name, value in (
            ("merchant id", merchant_id),
            ("private token", token.get_secret_value()),
        ):
            flaw = credential_flaw(value)
            if flaw:
                raise HeaderProblem(f"The {name} {flaw}: copy it again from the dashboard.")
        self.merchant_id = merchant_id
        self._token = token
        self._usual: dict[str, str | None] = {
            "accept": "application/json",
            "content-type": "application/json",
            "x-clover-merchant-id": merchant_id,
            "user-agent": user_agent,
        }

    def merged(self, changes: Headers) -> dict[str, str | None]:
        """Return all headers except the token's, which ``auth`` sets.

        Raises:
            HeaderProblem: a changed header cannot be sent.
        """
        headers = self._usual | {name.lower(): value for name, value in changes.items()}
        for name, value in headers.items():
            odd = _NOT_IN_A_HEADER.search(value or "")
            if odd:
                raise HeaderProblem(
                    f"The header {name} has a character at position {odd.start() + 1} that HTTP"
                    " cannot carry: send it as bytes of a body, or leave it out."
                )
        # Without this mark, urllib3 sends its own User-Agent.
        headers["user-agent"] = headers["user-agent"] or SKIP_HEADER
        return headers

    def auth(
        self, changes: Headers
    ) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
        """Return what sets the token at the last moment, unless ``changes`` have an Authorization.

        There is always such a callable: without one, requests takes credentials from ~/.netrc.
        """
        changed = "authorization" in map(str.lower, changes)

        def set_token(request: requests.PreparedRequest) -> requests.PreparedRequest:
            if not changed:
                request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
            return request

        return set_token

    def hint(self, changes: Headers) -> str:
        """Return what is unusual about the credentials of a request, or empty."""
        changed = {name.lower(): value for name, value in changes.items()}
        authorization = changed.get("authorization", "Bearer ")
        merchant_id = changed.get("x-clover-merchant-id", self.merchant_id)
        if not authorization:
            return "the request has no Authorization header"
        if not authorization.startswith("Bearer "):
            return "the Authorization header does not begin with the word Bearer"
        if not merchant_id:
            return "the request has no X-Clover-Merchant-Id header"
        if len(merchant_id) != MERCHANT_ID_LENGTH:
            return (
                f"the merchant id has {len(merchant_id)} characters instead of {MERCHANT_ID_LENGTH}"
            )
        return ""
