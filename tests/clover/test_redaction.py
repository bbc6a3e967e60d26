"""Redaction of secrets in texts that leave the client."""

import base64
import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from clover.redaction import MARK, Redactor

SECRET = 'a/b+"c&d<e~f'

# Characters of the mark itself are left out: a secret made of them would be found in the mark.
secrets = st.text(st.characters(codec="utf-8", exclude_characters=MARK), min_size=4, max_size=40)


@pytest.mark.parametrize("echo", [
    SECRET, SECRET.upper(), quote(SECRET, safe=""), quote(SECRET, safe="").lower(),
    html.escape(SECRET), json.dumps(SECRET)[1:-1], json.dumps(SECRET)[1:-1].replace("/", r"\/"),
    base64.b64encode(SECRET.encode()).decode(),
    base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
])  # fmt: skip
def test_echo_in_any_encoding_is_redacted(echo: str) -> None:
    """A secret encoded for URL, HTML, JSON or base64, or in another case, is redacted."""
    redacted = Redactor([SecretStr(SECRET)]).text(f"token <{echo}> is wrong")
    assert redacted.rstrip("=> iswrong").startswith(f"token <{MARK}")
    assert echo not in redacted


@given(secrets, st.text(max_size=50), st.text(max_size=50))
def test_no_secret_survives(secret: str, before: str, after: str) -> None:
    """A secret is redacted wherever it stands."""
    redacted = Redactor([SecretStr(secret)]).text(before + secret + after)
    assert secret not in redacted
    assert MARK in redacted


@pytest.mark.parametrize("secrets", [[], [SecretStr("")], [SecretStr("5fd3b1a2-c0de-4a11")]])
@given(text=st.text(st.characters(codec="ascii"), max_size=100))
def test_text_without_a_secret_is_unchanged(secrets: list[SecretStr], text: str) -> None:
    """Other text stays as it is, even if the secret is empty or absent."""
    assert Redactor(secrets).text(text) == text


def test_longer_secret_is_not_half_redacted() -> None:
    """If one secret begins with another, the longer one is redacted as a whole."""
    redactor = Redactor([SecretStr("secret"), SecretStr("secret-and-more")])
    assert redactor.text("x secret-and-more y") == f"x {MARK} y"


def test_json_is_redacted_in_names_and_values() -> None:
    """Decoded JSON is redacted in names and nested values; the redactor shows no secret itself."""
    redactor = Redactor([SecretStr("5fd3b1a2")])
    value = {"a5fd3b1a2": ["5FD3B1A2", 1, None, {"b": "x5fd3b1a2"}]}
    assert redactor.values(value) == {f"a{MARK}": [MARK, 1, None, {"b": f"x{MARK}"}]}
    assert "5fd3b1a2" not in repr(redactor)
