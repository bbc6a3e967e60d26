"""Which hosts may be talked to: never production, and in plain HTTP only this machine.

Hosts are read by ``ada-url``, as a browser reads them, so that upper case, a trailing dot, another
alphabet's letters, percent signs, user names and backslashes hide nothing.

Source: https://docs.clover.com/docs/redirecting-customers for the sandbox's host names.
"""

import ipaddress

import ada_url

API_PATH = "/invoicingcheckoutservice/v1/checkouts"

_PRODUCTION = "clover.com"
_SANDBOX = "dev.clover.com"


class AddressProblem(ValueError):
    """An address that this project will not talk to, or cannot."""

    category = "suite problem"


def is_production(host: str) -> bool:
    """Whether real money may be behind ``host``: all of clover.com but its sandbox.

    Args:
        host: as ``ada-url`` serialises it; a trailing dot changes nothing.
    """
    name = host.rstrip(".").lower()
    return _is_within(name, _PRODUCTION) and not _is_within(name, _SANDBOX)


def is_loopback(host: str) -> bool:
    """Whether ``host`` can only be this machine: 127.0.0.0/8, ::1, localhost and names below it."""
    name = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return _is_within(name, "localhost")


def _is_within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


def read_address(text: str, *, name: str) -> ada_url.URL:
    """Read an http or https address that may be talked to.

    Args:
        text: as somebody wrote it.
        name: what the errors call it, for example the variable it comes from.

    Raises:
        AddressProblem: a browser would not open it, it has a user name in it, it is plain HTTP to
            another machine, or it is production.
    """
    try:
        address = ada_url.URL(text)
    except ValueError:
        raise AddressProblem(
            f"{name} is {_shown(text)}, which no browser reads as a URL: write it in full,"
            " beginning with https://."
        ) from None
    if address.protocol not in ("https:", "http:") or not address.hostname:
        raise AddressProblem(
            f"{name} is {_shown(text)}, which is no web address: begin it with https://."
        )
    if is_production(address.hostname):
        raise AddressProblem(
            f"{name} names {address.hostname}, which is Clover's production and refused whatever"
            " the settings: name a sandbox host, such as apisandbox.dev.clover.com."
        )
    if address.username or address.password:
        raise AddressProblem(f"{name} has a user name or password in it: leave them out.")
    if address.protocol == "http:" and not is_loopback(address.hostname):
        raise AddressProblem(
            f"{name} is plain HTTP to {address.hostname}, which is taken for this machine only:"
            " write https://."
        )
    return address


def api_base(text: str, *, name: str = "CLOVER_API_URL") -> str:
    """The API's base URL in the form that every parser reads alike, without a trailing slash.

    Raises:
        AddressProblem: as ``read_address``, or it is more than a base.
    """
    address = read_address(text, name=name)
    path = address.pathname.rstrip("/")
    if address.search or address.hash or path.endswith(API_PATH):
        raise AddressProblem(
            f"{name} is {_shown(text)}, which is more than the API's base: leave out the query,"
            f" the fragment and {API_PATH}."
        )
    return f"{address.origin}{path}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 120 else f"{text[:120]}…")
