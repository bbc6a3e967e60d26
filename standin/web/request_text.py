"""A request's body as people read it."""

import json
from contextlib import suppress
from typing import Final

MOST_BYTES: Final = 4000


def request_text(body: bytes, token: str) -> str:
    """The beginning of a body without the API token, indented if it is short and JSON."""
    text = body[:MOST_BYTES].decode("utf-8", "replace")
    if len(body) > MOST_BYTES:
        text += "…"
    else:
        with suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    return text.replace(token, "THE_API_TOKEN")
