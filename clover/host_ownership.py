"""Host ownership: the merchant's, the provider's and foreign hosts."""

import ipaddress
from dataclasses import dataclass

from clover.address import DEFAULT_PORTS, Address, parse, parse_or_none
from clover.hosts import is_loopback


@dataclass(frozen=True, slots=True)
class HostOwnership:
    """Ownership of hosts in one checkout.

    Attributes:
        href: the URL of the checkout page, as the API returned it.
        merchant_hosts: the merchant's hosts, with a port to leave out others of the same host; a
            leading dot stands for every name below it.
        ports: the provider's on loopback, besides that of the checkout page.
    """

    href: str
    merchant_hosts: frozenset[str]
    ports: frozenset[str] = frozenset()

    def is_merchant(self, url: str) -> bool:
        """Whether the URL is a page of the merchant."""
        address = _web(url)
        if address is None or address.origin == parse(self.href).origin:
            return False  # one machine may serve both: the checkout's own origin is Clover's
        names = {address.host, f"{address.host}:{address.port}"}
        return not names.isdisjoint(self.merchant_hosts) or any(
            name.startswith(".") and address.host.endswith(name) for name in self.merchant_hosts
        )

    @staticmethod
    def is_web(url: str) -> bool:
        """Whether the URL is a web page, not a page that the browser made."""
        return _web(url) is not None

    def is_provider(self, url: str) -> bool:
        """Whether the URL is on the site of the checkout page.

        On loopback, where each port may be another program, the port decides.
        """
        address, home = _web(url), parse(self.href)
        if address is None:
            return False
        if is_loopback(home.host):
            return is_loopback(address.host) and address.port in {home.port, *self.ports}
        return site(address.host) == site(home.host)

    def is_foreign(self, url: str) -> bool:
        """Whether the URL is a web page of neither the merchant nor the provider."""
        return _web(url) is not None and not self.is_merchant(url) and not self.is_provider(url)

    def allows_plain_http(self, url: str) -> bool:
        """Whether plain HTTP is allowed: inside a loopback target that uses plain HTTP."""
        home = parse(self.href)
        address = _web(url)
        return (
            home.scheme == "http"
            and is_loopback(home.host)
            and address is not None
            and is_loopback(address.host)
        )


def site(host: str) -> str:
    """Return the last two labels of a host name, or an IP address as it is.

    Two labels are enough to tell clover.com from other sites.
    """
    try:
        ipaddress.IPv4Address(host)  # an IPv6 address has no dots
    except ValueError:
        return ".".join(host.removesuffix(".").split(".")[-2:])
    return host


def _web(url: str) -> Address | None:
    address = parse_or_none(url)
    return address if address is not None and address.scheme in DEFAULT_PORTS else None
