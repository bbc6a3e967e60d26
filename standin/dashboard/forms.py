"""What a browser sends when a form is submitted."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

#: As much as the API takes: a redirect URL may be as long on one way as on the other.
LARGEST_BODY_BYTES: Final = 1 << 20
_MOST_FIELDS = 50


class BadForm(Exception):
    """The request holds no form that this dashboard has; ``status`` is what it is answered with."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(f"no form, answered with {status}")
        self.status = status


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a submitted form; of a field that is there twice the last counts.

    Raises:
        BadForm: the body is no form, or too large.
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
