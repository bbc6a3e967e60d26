"""Whose host a URL belongs to: the merchant's, the provider's or a stranger's."""

import ipaddress
from dataclasses import dataclass

from clover.address import DEFAULT_PORTS, Address, parse, read
from clover.hosts import is_loopback


@dataclass(frozen=True, slots=True)
class HostOwnership:
    """Tells hosts apart for one checkout.

    Attributes:
        href: the checkout page, as the API gave it.
        merchants: the merchant's hosts; one that begins with a dot means
            every name that ends so.
    """

    href: str
    merchants: frozenset[str]

    def is_merchant(self, url: str) -> bool:
        """Whether this is one of the merchant's own pages."""
        address = _web(url)
        if address is None or address.origin == parse(self.href).origin:
            return False  # one machine may serve both: the checkout's own origin is Clover's
        return address.host in self.merchants or any(
            name.startswith(".") and address.host.endswith(name) for name in self.merchants
        )

    @staticmethod
    def is_web(url: str) -> bool:
        """Whether this is a page of anybody's, and not one that the browser made up."""
        return _web(url) is not None

    def is_provider(self, url: str) -> bool:
        """Whether this is the provider's: the page's own site, or loopback if that is."""
        address = _web(url)
        if address is None:
            return False
        home = parse(self.href).host
        if is_loopback(home):
            return is_loopback(address.host)
        return site(address.host) == site(home)

    def is_foreign(self, url: str) -> bool:
        """Whether this web page is neither's."""
        return _web(url) is not None and not self.is_merchant(url) and not self.is_provider(url)

    def may_be_plain(self, url: str) -> bool:
        """Whether plain HTTP is in order: inside a target that itself is plain, on loopback."""
        home = parse(self.href)
        address = _web(url)
        return (
            home.scheme == "http"
            and is_loopback(home.host)
            and address is not None
            and is_loopback(address.host)
        )


def site(host: str) -> str:
    """The last two labels; near enough to tell clover.com from anyone else.

    An IP address has no labels and is a site of its own.
    """
    if _ip(host) is not None:
        return host
    return ".".join(host.removesuffix(".").split(".")[-2:])


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _web(url: str) -> Address | None:
    address = read(url)
    return address if address is not None and address.scheme in DEFAULT_PORTS else None
