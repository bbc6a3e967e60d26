"""URLs as a browser reads them (WHATWG), in the parts that the contract compares.

``ada-url`` parses, because it agrees with browsers where urllib and yarl name
another host or accept what no browser would open (docs/decisions/0003-url-judge.md).
"""

from dataclasses import dataclass
from functools import lru_cache

import ada_url

DEFAULT_PORTS = {"https": "443", "http": "80"}


class NotAUrl(ValueError):
    """A browser would refuse this text as a URL."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL in its serialised form, cut into parts; nothing in it is decoded.

    Attributes:
        host: lower case, in ASCII (punycode) form.
        port: always written out for http and https.
        path: begins with a slash.
        query: without the question mark; empty too where there is none.
        fragment: without the hash; empty too where there is none: no script can tell
            the two apart.
        user: user name and password as written, without the at sign. It never reaches
            a server's log, so ``without_fragment`` leaves it out.
        asks: whether there is a question mark, be it with nothing behind it: a server
            sees that one too.
    """

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str
    user: str = ""
    asks: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and port, the default port left out, as browsers write it."""
        port = "" if self.port == DEFAULT_PORTS.get(self.scheme, "") else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def pieces(self) -> tuple[str, ...]:
        """The query cut at every ampersand, still encoded; a lone question mark has one piece."""
        return tuple(self.query.split("&")) if self.asks else ()

    @property
    def without_fragment(self) -> str:
        """What travels to a server."""
        return f"{self.origin}{self.path}" + (f"?{self.query}" if self.asks else "")

    def __str__(self) -> str:
        return self.without_fragment + (f"#{self.fragment}" if self.fragment else "")


def parse(url: str) -> Address:
    """Read ``url`` as a browser's address bar would.

    Raises:
        NotAUrl: a browser refuses it, or it has no host.
    """
    return _cut_once(url)


def _cut(url: str) -> Address:
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
        asks="?" in parsed.href.partition("#")[0],
    )


#: One verdict reads the same few addresses over and over.
_cut_once = lru_cache(maxsize=1024)(_cut)


def read(url: str) -> Address | None:
    """The same, or None for a text that no browser reads as a URL."""
    try:
        return parse(url)
    except NotAUrl:
        return None


def bare(url: str) -> str:
    """The URL as it travels to a server; as it is where no browser would write it so."""
    address = read(url)
    return address.without_fragment if address else url
