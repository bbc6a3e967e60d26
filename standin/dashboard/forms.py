"""Parsing of submitted forms."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

#: The same limit as at the API, so that both accept redirect URLs of the same length.
LARGEST_BODY_BYTES: Final = 1 << 20
_MOST_FIELDS = 50


class BadForm(Exception):
    """The body is not a form of the dashboard; ``status`` is the HTTP status of the answer."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(f"no form, answered with {status}")
        self.status = status


async def read_form(request: Request) -> Mapping[str, str]:
    """Read the fields of a submitted form; the last of repeated fields wins.

    Raises:
        BadForm: the body is not a form, or too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadForm(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise BadForm(413)
    try:
        return dict(
            parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=_MOST_FIELDS,
            )
        )
    except ValueError:
        raise BadForm from None
