"""Causes and cures of failed API calls, by status and message or by exception.

Source: https://docs.clover.com/reference/createcheckout for 200, 401 and 429; docs/sources.md has
the measurements for every other status.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_ANSWERS: dict[str, str] = _TABLES["answers"]
_FAILURES: dict[str, str] = _TABLES["failures"]
_EXCEPTIONS: dict[type[BaseException], str] = {
    resolve_name(name): failure for name, failure in _TABLES["exceptions"].items()
}
#: OpenSSL's reasons for an answer in plain text.
_NO_TLS_REASONS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")


def answer_hint(status: int, kind: str, said: str) -> str:
    """Return likely cause and cure of an answer that is not a session.

    Args:
        status: of the answer.
        kind: of its body: json, as all of the API's own answers are, page or text.
        said: Clover's message.
    """
    subject = f"{status} {kind} {said.lower()}"
    return next(hint for pattern, hint in _ANSWERS.items() if re.match(pattern, subject))


def failure_hint(error: BaseException, host: str) -> str:
    """Return what happened to a request without a complete answer, with cause and cure.

    Args:
        error: what requests, urllib3 or the system raised.
        host: the API's host, with its port if that is not the usual one.
    """
    chain = list(_chain(error))
    if "CA certificate bundle" in str(error):
        return _FAILURES["no-ca-file"]
    name, link = next(
        (name, link)
        for kind, name in _EXCEPTIONS.items()
        for link in chain
        if isinstance(link, kind)
    )
    if getattr(link, "reason", "") in _NO_TLS_REASONS:
        name = "no-tls"
    reason = getattr(link, "verify_message", "") or "it cannot be verified"
    return _FAILURES[name].format(host=host, reason=reason)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and everything it wraps: in arguments, in ``reason``, as cause or context."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop(0)
        if isinstance(link, BaseException) and id(link) not in seen:
            seen.add(id(link))
            yield link
            waiting += [*link.args, getattr(link, "reason", None), link.__cause__, link.__context__]
