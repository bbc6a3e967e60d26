"""URLs as a browser parses them (WHATWG), in the parts that the contract compares.

``ada-url`` agrees with browsers where urllib and yarl name another host or accept what no
browser would open (docs/decisions/0003-urls-judged-by-ada.md).
"""

from dataclasses import dataclass
from functools import lru_cache

import ada_url

DEFAULT_PORTS = {"https": "443", "http": "80"}


class NotAUrl(ValueError):
    """A browser would refuse this text as a URL."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a serialised URL, not decoded.

    Attributes:
        host: lower case, in ASCII (punycode) form.
        port: the default port is written out.
        path: begins with a slash.
        query: without the question mark; "" if there is none.
        fragment: without the hash; "" if there is none, because no script can tell the two
            apart.
        user: user name and password as written, without the at sign. Servers do not receive
            it, so ``without_fragment`` leaves it out.
        has_query: whether there is a question mark: a server sees an empty query too.
    """

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str
    user: str = ""
    has_query: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a default port, as browsers write it."""
        port = "" if self.port == DEFAULT_PORTS.get(self.scheme, "") else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def pieces(self) -> tuple[str, ...]:
        """The encoded query, split at ampersands; an empty query has one piece."""
        return tuple(self.query.split("&")) if self.has_query else ()

    @property
    def without_fragment(self) -> str:
        """What a server receives."""
        return f"{self.origin}{self.path}" + (f"?{self.query}" if self.has_query else "")

    def __str__(self) -> str:
        return self.without_fragment + (f"#{self.fragment}" if self.fragment else "")


def parse(url: str) -> Address:
    """Parse ``url`` as a browser's address bar does.

    Raises:
        NotAUrl: a browser would refuse it, or it has no host.
    """
    return _parse_cached(url)


def _parse(url: str) -> Address:
    try:
        parsed = ada_url.URL(url)
    except ValueError as error:
        raise NotAUrl(f"no browser reads {url!r} as a URL") from error
    if not parsed.hostname:
        raise NotAUrl(f"{url!r} names no host")
    scheme = parsed.protocol.removesuffix(":")
    # Chromium encodes one character more than the standard in a path, and one in a user name.
    password = f":{parsed.password}" if parsed.password else ""
    return Address(
        scheme=scheme,
        host=parsed.hostname,
        port=parsed.port or DEFAULT_PORTS.get(scheme, ""),
        path=parsed.pathname.replace("|", "%7C"),
        query=parsed.search.removeprefix("?"),
        fragment=parsed.hash.removeprefix("#"),
        user=f"{parsed.username}{password}".replace("'", "%27"),
        has_query="?" in parsed.href.partition("#")[0],
    )


#: One verdict parses the same few URLs many times.
_parse_cached = lru_cache(maxsize=1024)(_parse)


def parse_or_none(url: str) -> Address | None:
    """Parse ``url``; return None if a browser would refuse it."""
    try:
        return parse(url)
    except NotAUrl:
        return None


def without_fragment(url: str) -> str:
    """Return the URL as a server receives it, or as it is if a browser would refuse it."""
    address = parse_or_none(url)
    return address.without_fragment if address else url
