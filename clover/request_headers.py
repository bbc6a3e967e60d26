"""The headers of the create call, with the token kept out of everything that can be printed.

Source: https://docs.clover.com/reference/createcheckout; for User-Agent the changelog of
April 2026, https://docs.clover.com/dev/changelog/clover-api-updates-april-2026.
"""

import re
from collections.abc import Mapping

import requests
import requests.auth
from pydantic import SecretStr
from urllib3.util import SKIP_HEADER

MERCHANT_ID_LENGTH = 13

_NOT_IN_A_CREDENTIAL = re.compile(r"[^!-~]")
_NOT_IN_A_HEADER = re.compile(r"[^\t -~\xa0-\xff]")


class HeaderProblem(ValueError):
    """Something that no HTTP header can carry, or that a header would change."""

    category = "suite problem"


def credential_flaw(value: str) -> str:
    """What keeps a merchant id or token out of a header; empty if nothing does.

    The value itself is never told.
    """
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
        self.merchant_id = merchant_id
        self._bearer = _Bearer(token)
        self._usual = {
            "accept": "application/json",
            "content-type": "application/json",
            "x-clover-merchant-id": merchant_id,
            "user-agent": user_agent,
        }
        for name, value in (
            ("merchant id", merchant_id),
            ("private token", token.get_secret_value()),
        ):
            flaw = credential_flaw(value)
            if flaw:
                raise HeaderProblem(f"The {name} {flaw}: copy it again from the dashboard.")
        _check_header("user-agent", user_agent)

    def with_changes(self, changes: Mapping[str, str | None]) -> dict[str, str | None]:
        """All headers but the token's, which ``auth`` sets.

        Args:
            changes: replace the usual ones; None leaves one out.

        Raises:
            HeaderProblem: a changed header cannot be sent.
        """
        changed = {name.lower(): value for name, value in changes.items()}
        for name, value in changed.items():
            _check_header(name, value or "")
        headers: dict[str, str | None] = {**self._usual, **changed}
        # Without this mark, urllib3 puts in a User-Agent of its own.
        headers["user-agent"] = headers["user-agent"] or SKIP_HEADER
        return headers

    def auth(self, changes: Mapping[str, str | None]) -> requests.auth.AuthBase:
        """Sets the token, unless ``changes`` have an Authorization of their own.

        There always has to be one: without it, requests takes credentials from ~/.netrc.
        """
        return _AsItIs() if "authorization" in map(str.lower, changes) else self._bearer

    def hint(self, changes: Mapping[str, str | None]) -> str:
        """What is odd about the credentials of a request; empty if nothing is."""
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
                f"the merchant id has {len(merchant_id)} characters where Clover's have"
                f" {MERCHANT_ID_LENGTH}"
            )
        return ""


def _check_header(name: str, value: str) -> None:
    odd = _NOT_IN_A_HEADER.search(value)
    if odd:
        raise HeaderProblem(
            f"The header {name} has a character at position {odd.start() + 1} that HTTP cannot"
            " carry: send it as bytes of a body, or leave it out."
        )


class _Bearer(requests.auth.AuthBase):
    """Puts the token into the request at the last moment, so that no mapping of ours holds it."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        return request


class _AsItIs(requests.auth.AuthBase):
    """Leaves the request's own Authorization alone, or its absence."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request
