"""Redaction of secrets in every text that leaves the API client."""

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from pydantic import SecretStr

MARK = "[redacted]"


class Redactor:
    """Replaces secrets, including those that a server echoes in another encoding or case."""

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        forms = {form for secret in secrets for form in _forms(secret.get_secret_value())} - {""}
        # The longest first, or an encoded secret would lose only its middle.
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)", re.IGNORECASE)

    def __repr__(self) -> str:  # the pattern holds the secrets
        return "Redactor()"

    def text(self, text: str) -> str:
        """Return ``text`` with ``MARK`` in place of each secret."""
        return self._pattern.sub(MARK, text)

    def values(self, value: object) -> object:
        """Return decoded JSON with ``MARK`` in place of each secret, in field names too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.values(one) for one in value]
        if isinstance(value, dict):
            return {self.text(name): self.values(one) for name, one in value.items()}
        return value


def _forms(secret: str) -> set[str]:
    in_json = json.dumps(secret)[1:-1]
    encoded = (encode(secret.encode()) for encode in (base64.b64encode, base64.urlsafe_b64encode))
    return {
        secret,
        html.escape(secret),
        quote(secret, safe=""),
        quote(secret),
        in_json,
        in_json.replace("/", "\\/"),
        *(form.decode().rstrip("=") for form in encoded),
    }
