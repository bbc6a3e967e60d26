"""Causes and cures of failed API calls, by status and message or by exception.

Source: https://docs.clover.com/reference/createcheckout for 200, 401 and 429; docs/sources.md has
the measurements for every other status.
"""

import http.client
import re
import ssl
from collections.abc import Iterator

import urllib3.exceptions

#: Pattern of "status kind message" in lower case → cause; cure. The first match decides.
_ANSWERS = {
    r"200 page": ("this is a website and not the API; set CLOVER_API_URL to the API's own host"),
    r"200": (
        "the answer was cut off, or something other than the API answered; check the host in"
        " CLOVER_API_URL and any proxy on the way, and try again"
    ),
    r"40[04] .*customer.*null": (
        "the request has no customer, which Clover reports as not found although the address is"
        " right; send a customer object, which may be empty"
    ),
    r"400 .*(https|redirect|url)": (
        "a redirect URL is not accepted, usually because it begins with http://; use https:// in"
        " all of redirectUrls"
    ),
    r"400 .*discount": "the cart has a discount; lower the line's price instead",
    r"400 .*(tax|rate map)": (
        "a tax rate is incomplete; give each rate a name and a rate of percent times 100,000, not"
        " an id"
    ),
    r"400 .*e-?mail": (
        "the customer's e-mail is malformed, or missing where this merchant requires it; correct"
        " customer.email"
    ),
    r"400 .*(quantity|unitqty)": "a quantity is not positive; use a unitQty of 1 or more",
    r"400 .*(price|positive)": (
        "a line has no positive price; give each line a price in whole cents above zero"
    ),
    r"400 .*(name|length|126)": (
        "a name is missing or longer than 126 characters; give each line a name of 1 to 126"
        " characters"
    ),
    r"400": (
        "a field of the request is missing or not valid; compare the request with the message and"
        " with Clover's reference of the call"
    ),
    r"401": (
        "token, merchant id and host do not belong together, or the token is not of the type"
        " HOSTED_CHECKOUT; copy both from the HOSTED_CHECKOUT row of the merchant's Ecommerce API"
        " tokens, and use sandbox keys with the sandbox host"
    ),
    r"403": (
        "the token is known but lacks the permission; use the private token of the HOSTED_CHECKOUT"
        " integration, or ask the merchant to enable Hosted Checkout"
    ),
    r"404": (
        "this host has nothing at this path; set CLOVER_API_URL to the API's host, which is not"
        " the host of the hosted page"
    ),
    r"405": (
        "this address expects another method; set CLOVER_API_URL to the API's base, without a path"
    ),
    r"406": (
        "the token belongs to another integration type of this merchant; use only the private"
        " token of the HOSTED_CHECKOUT integration"
    ),
    r"415": "the request does not say that it is JSON; send Content-Type: application/json",
    r"429": (
        "this token exceeded its limit of 16 requests a second or 5 at once, and waiting did not"
        " help; run with fewer workers, or wait until no other run uses this token"
    ),
    r"3\d\d": (
        "the API never redirects, so this is another server or a login page, and the redirect was"
        " not followed; set CLOVER_API_URL to the API's own host and scheme"
    ),
    r"5\d\d (page|text)": (
        "a gateway answered in place of Clover's API, as it does for a wrong host; check the host"
        " in CLOVER_API_URL, and try again later if it is right"
    ),
    r"5\d\d": (
        "Clover, or a server in front of it, failed; try again later, and check the host in"
        " CLOVER_API_URL if it persists"
    ),
    r"": (
        "Clover documents 200, 401 and 429 for this call, and this status is unknown; check that"
        " CLOVER_API_URL names Clover's API"
    ),
}


def answer_hint(status: int, kind: str, said: str) -> str:
    """Return likely cause and cure of an answer that is not a session.

    Args:
        status: of the answer.
        kind: of its body: json, as all of the API's own answers are, page or text.
        said: Clover's message.
    """
    subject = f"{status} {kind} {said.lower()}"
    return next(hint for pattern, hint in _ANSWERS.items() if re.match(pattern, subject))


_CUT = (
    "got only a part of an answer, or none, before the connection was cut: {host}, or something on"
    " the way, hung up; check whether the target has crashed, and try again (a session may have"
    " been created, which costs nothing)"
)
_GARBLED = (
    "got an answer that is not readable HTTP: {host} is not a web server, or something on the way"
    " damages its answers; check host and port in CLOVER_API_URL"
)
#: Type of an exception, or of one that it wraps → what happened: cause; cure. The first row that
#: fits decides, so a special type stands before a general one.
_FAILURES: dict[type[BaseException], str] = {
    urllib3.exceptions.ProxyError: (
        "did not get through the proxy: the proxy in HTTPS_PROXY or HTTP_PROXY refused or is down;"
        " correct it, or add {host} to NO_PROXY"
    ),
    urllib3.exceptions.NameResolutionError: (
        "found no address for {host}: the name is misspelt, or this machine has no network; check"
        " CLOVER_API_URL and the connection"
    ),
    ssl.SSLCertVerificationError: (
        "did not trust the certificate of {host}: {reason}; if this is your own server, name its"
        " CA's file in REQUESTS_CA_BUNDLE, otherwise another server intercepts the connection"
    ),
    ssl.SSLError: (
        "could not agree on TLS with {host}: the server or something on the way broke off the"
        " handshake; check host and port in CLOVER_API_URL"
    ),
    ConnectionRefusedError: (
        "was refused by {host}: nothing listens there, so the target is down or the port is wrong;"
        " start it, or correct CLOVER_API_URL"
    ),
    urllib3.exceptions.NewConnectionError: (
        "did not reach {host}: the network has no route to it; check the connection and"
        " CLOVER_API_URL"
    ),
    urllib3.exceptions.ConnectTimeoutError: (
        "got no connection to {host} in time: the host is down, or a firewall drops the packets;"
        " check CLOVER_API_URL and the network"
    ),
    TimeoutError: (
        "got no complete answer in time: {host} has the request and is slow or stuck; try again"
        " later (a session may have been created, which costs nothing)"
    ),
    urllib3.exceptions.DecodeError: _GARBLED,
    http.client.RemoteDisconnected: _CUT,
    http.client.IncompleteRead: _CUT,
    http.client.HTTPException: _GARBLED,
    BaseException: _CUT,
}
_NO_CA_FILE = (
    "was not sent: the file of trusted certificates does not exist; correct REQUESTS_CA_BUNDLE or"
    " CURL_CA_BUNDLE, or unset them"
)
_NO_TLS = (
    "found no TLS at {host}: the port speaks something else, most likely plain HTTP; correct the"
    " scheme or the port in CLOVER_API_URL"
)
#: OpenSSL's reasons for an answer in plain text.
_NO_TLS_REASONS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")


def failure_hint(error: BaseException, host: str) -> str:
    """Return what happened to a request without a complete answer, with cause and cure.

    Args:
        error: what requests, urllib3 or the system raised.
        host: the API's host, with its port if that is not the usual one.
    """
    chain = list(_chain(error))
    if "CA certificate bundle" in str(error):
        return _NO_CA_FILE
    kind, link = next(
        (kind, link) for kind in _FAILURES for link in chain if isinstance(link, kind)
    )
    hint = _NO_TLS if getattr(link, "reason", "") in _NO_TLS_REASONS else _FAILURES[kind]
    reason = getattr(link, "verify_message", "") or "it cannot be verified"
    return hint.format(host=host, reason=reason)


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
