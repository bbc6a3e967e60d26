"""Addresses of browser servers, whose credentials are secrets."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import ada_url
from pydantic import SecretStr

#: A query may hold commas, so only those before another address separate.
_SEPARATOR = re.compile(r"\s*,\s*(?=wss?://)")
#: A secret of a query or of JSON in it: ``token=…``, ``"browserstack.accessKey":"…"``.
_SECRET = re.compile(
    r"""(?:token|key|secret|pass|passwd|password|auth)["']?\s*[=:]\s*["']?([^&"',}\s]+)""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One browser server.

    Attributes:
        url: the whole address, credentials included.
        name: scheme, host and port, for messages.
    """

    url: SecretStr
    name: str

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """The user name, the password and the secrets of the query."""
        parts = urlsplit(self.url.get_secret_value())
        found = (parts.username or "", parts.password or "", *_SECRET.findall(unquote(parts.query)))
        return tuple(SecretStr(unquote(secret)) for secret in found if secret)


def read_endpoints(text: str) -> tuple[Endpoint, ...]:
    """Return the addresses of a text that has commas between them.

    Raises:
        ValueError: one of them is no address of a browser server; the message has no secret.
    """
    return tuple(
        _read(each, number) for number, each in enumerate(_SEPARATOR.split(text.strip()), 1) if each
    )


def _read(text: str, number: int) -> Endpoint:
    try:
        url = ada_url.URL(text)
    except ValueError:
        url = None
    if url is None or url.protocol not in {"ws:", "wss:"}:
        raise ValueError(
            f"address {number} is none of a browser server: write ws://host:port or"
            " wss://host:port, and commas between several"
        )
    return Endpoint(SecretStr(text), f"{url.protocol}//{url.host}")
