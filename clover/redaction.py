"""Taking secrets out of every text that leaves the API client."""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pydantic import SecretStr

MARK = "[redacted]"


class Redactor:
    """Replaces secrets, also where a server echoes them in another encoding or case."""

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        forms = {form for secret in secrets for form in _forms(secret.get_secret_value())}
        # The longest first, or an encoded secret would lose its middle only.
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)", re.IGNORECASE)

    def __repr__(self) -> str:  # the pattern holds the secrets
        return "Redactor()"

    def text(self, text: str) -> str:
        """``text`` with ``MARK`` in the place of each secret."""
        return self._pattern.sub(MARK, text)

    def values(self, value: object) -> object:
        """Decoded JSON with ``MARK`` in the place of each secret, also in the names of fields."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.values(one) for one in value]
        if isinstance(value, dict):
            return {self.text(name): self.values(one) for name, one in value.items()}
        return value


def _forms(secret: str) -> Iterator[str]:
    if not secret:
        return
    yield secret
    yield html.escape(secret)
    yield quote(secret, safe="")
    yield quote(secret)
    in_json = json.dumps(secret)[1:-1]
    yield in_json
    yield in_json.replace("/", "\\/")
    raw = secret.encode()
    yield base64.b64encode(raw).decode().rstrip("=")
    yield base64.urlsafe_b64encode(raw).decode().rstrip("=")
