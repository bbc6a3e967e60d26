"""Changes of a URL as text: nothing else in it is parsed or normalised."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from standin.redirect.situation import Situation

#: A change of a text: the situation, the input of the step, and its right result.
TextHook = Callable[[Situation, str, str], str]
Change = Callable[[str], str]

_PARTS = re.compile(
    r"(?P<origin>\s*[A-Za-z]+:[\\/]*[^\\/?#]*)(?P<path>[^?#]*)(\?(?P<query>[^#]*))?(#(?P<fragment>.*))?",
    re.DOTALL,
)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class UrlParts:
    """A URL in four parts; None if there is no ``?`` or ``#``."""

    origin: str
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.origin}{self.path}{query}{fragment}"


def split_url(url: str) -> UrlParts:
    """Split a URL that a merchant was allowed to configure."""
    found = _PARTS.fullmatch(url)
    assert found, "only texts with a scheme are taken for redirect URLs"
    return UrlParts(found["origin"], found["path"], found["query"], found["fragment"])


def whole_url(change: Change) -> TextHook:
    """Change the URL as one text."""
    return lambda _situation, _given, right: change(right)


def origin(change: Change) -> TextHook:
    """Change scheme, host and port."""
    return whole_url(lambda url: str(replace(split_url(url), origin=change(split_url(url).origin))))


def path(change: Change) -> TextHook:
    """Change the path."""
    return whole_url(lambda url: str(replace(split_url(url), path=change(split_url(url).path))))


def query(change: Change) -> TextHook:
    """Change the query, where there is one."""

    def changed(url: str) -> str:
        parts = split_url(url)
        return url if parts.query is None else str(replace(parts, query=change(parts.query)))

    return whole_url(changed)


def parameters(change: Callable[[list[str]], list[str]]) -> TextHook:
    """Change the list of parameters between the ampersands."""
    return query(lambda text: "&".join(change(text.split("&"))))


def each_parameter(change: Change) -> TextHook:
    """Change each parameter."""
    return parameters(lambda listed: [change(piece) for piece in listed])


def fragment(change: Callable[[str], str | None]) -> TextHook:
    """Change the fragment, where there is one."""

    def changed(url: str) -> str:
        parts = split_url(url)
        kept = parts.fragment
        return url if kept is None else str(replace(parts, fragment=change(kept)))

    return whole_url(changed)


def percent_escapes(change: Callable[[int], str]) -> Change:
    """Rewrite every percent-encoded byte."""
    return lambda text: _ESCAPE.sub(lambda found: change(int(found[1], 16)), text)


def replaced(pattern: str, by: str) -> Change:
    """Replace whatever matches a regular expression, in which a dot matches line ends too."""
    return lambda text: re.sub(pattern, by, text, flags=re.DOTALL)


def decoded(text: str) -> str:
    """The text after one round of percent-decoding."""
    return unquote(text, errors="replace")


without_query = whole_url(lambda url: str(replace(split_url(url), query=None)))
without_fragment = fragment(lambda _text: None)
without_first_parameter = parameters(lambda listed: listed[1:])
