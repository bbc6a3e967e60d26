"""Allowed hosts: never production, and plain HTTP only on this machine.

``ada-url`` reads hosts as a browser does, so that upper case, a trailing dot, another alphabet's
letters, percent signs, user names and backslashes hide nothing.

Source: https://docs.clover.com/docs/redirecting-customers for the sandbox's host names.
"""

import ipaddress

import ada_url

API_PATH = "/invoicingcheckoutservice/v1/checkouts"

_PRODUCTION = "clover.com"
_SANDBOX = "dev.clover.com"


class AddressProblem(ValueError):
    """An address that this project cannot or must not use."""

    category = "suite problem"


def is_production(host: str) -> bool:
    """Whether ``host`` may move real money: all of clover.com except its sandbox."""
    name = host.rstrip(".").lower()
    return _is_within(name, _PRODUCTION) and not _is_within(name, _SANDBOX)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is always this machine: 127.0.0.0/8, ::1, localhost or a name below it."""
    name = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return _is_within(name, "localhost")


def _is_within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


def read_address(text: str, *, name: str) -> ada_url.URL:
    """Return an http or https address that this project may use.

    Args:
        text: the address as written.
        name: what the errors call it, for example its variable.

    Raises:
        AddressProblem: a browser would not open it, it has a user name, it is plain HTTP to
            another machine, or it is production.
    """
    try:
        address = ada_url.URL(text)
    except ValueError:
        raise AddressProblem(
            f"{name} is {_shown(text)}, which is not a URL: write it in full, beginning with"
            " https://."
        ) from None
    if address.protocol not in ("https:", "http:") or not address.hostname:
        raise AddressProblem(
            f"{name} is {_shown(text)}, which is not a web address: begin it with https://."
        )
    if is_production(address.hostname):
        raise AddressProblem(
            f"{name} names {address.hostname}, which is Clover's production and always refused:"
            " name a sandbox host, such as apisandbox.dev.clover.com."
        )
    if address.username or address.password:
        raise AddressProblem(f"{name} has a user name or password in it: leave them out.")
    if address.protocol == "http:" and not is_loopback(address.hostname):
        raise AddressProblem(
            f"{name} is plain HTTP to {address.hostname}, which is allowed for this machine only:"
            " write https://."
        )
    return address


def api_base(text: str, *, name: str = "CLOVER_API_URL") -> str:
    """Return the API's base URL in normal form, without a trailing slash.

    Raises:
        AddressProblem: as ``read_address``, or it has a query, a fragment or the call's path.
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
