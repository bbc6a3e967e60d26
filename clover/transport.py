"""Why a request got no whole answer, as one sentence."""

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from clover.errors import Kind, NoAnswer

# What requests, urllib3 and the system raise for a request that fails on the way.
FAILURES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
)

_NOT_SPEAKING_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")


def explain(error: BaseException, *, asked: str, host: str) -> NoAnswer:
    """The sentence for a request that got no answer, or only a part of one.

    Args:
        error: any of ``FAILURES``.
        asked: method and URL, for the sentence.
        host: the API's host, with its port if that is not the usual one.
    """
    kind, what, cause_and_cure = (
        _about_the_way(error, host)
        or _about_tls(error, host)
        or _about_connecting(error, host)
        or _about_answering(error, host)
    )
    return NoAnswer(f"{asked} {what}: {cause_and_cure}.", kind=kind, never_sent=_never_sent(error))


def _never_sent(error: BaseException) -> bool:
    """Whether no byte of the request can have left, so that asking again is safe."""
    if _first(error, urllib3.exceptions.ProxyError):
        return False
    return bool(
        _first(error, urllib3.exceptions.ConnectTimeoutError)
        or _first(error, urllib3.exceptions.NewConnectionError)
    )


_Told = tuple[Kind, str, str]


def _about_the_way(error: BaseException, host: str) -> _Told | None:
    """What stood in the way before the host was even asked."""
    if "CA certificate bundle" in str(error):
        return (
            Kind.NO_CA_FILE,
            "was not sent",
            "the file of trusted certificates does not exist; correct REQUESTS_CA_BUNDLE or"
            " CURL_CA_BUNDLE, or unset them",
        )
    if _first(error, urllib3.exceptions.ProxyError):
        return (
            Kind.PROXY,
            "did not get through the proxy",
            "the proxy that HTTPS_PROXY or HTTP_PROXY names refused or is down; correct it, or"
            f" add {host} to NO_PROXY",
        )
    if _first(error, urllib3.exceptions.NameResolutionError):
        return (
            Kind.UNKNOWN_HOST,
            f"found no address for {host}",
            "the name is misspelt, or this machine has no network; check CLOVER_API_URL and the"
            " connection",
        )
    return None


def _about_connecting(error: BaseException, host: str) -> _Told | None:
    """What kept the connection from being made; None if it was made."""
    if _first(error, urllib3.exceptions.NewConnectionError):
        return _about_no_connection(error, host)
    if _first(error, urllib3.exceptions.ConnectTimeoutError):
        return (
            Kind.CONNECT_TIMEOUT,
            f"got no connection to {host} in time",
            "the host is down, or a firewall drops the packets; check CLOVER_API_URL and the way"
            " there",
        )
    return None


def _about_no_connection(error: BaseException, host: str) -> _Told:
    if _first(error, ConnectionRefusedError):
        return (
            Kind.REFUSED,
            f"was refused by {host}",
            "nothing listens there, so the target is down or the port is wrong; start it, or"
            " correct CLOVER_API_URL",
        )
    return (
        Kind.UNREACHABLE,
        f"did not reach {host}",
        "the network has no way there; check the connection and CLOVER_API_URL",
    )


def _about_tls(error: BaseException, host: str) -> _Told | None:
    untrusted = _first(error, ssl.SSLCertVerificationError)
    if untrusted:
        reason = getattr(untrusted, "verify_message", "") or "it cannot be verified"
        return (
            Kind.UNTRUSTED_CERTIFICATE,
            f"did not trust the certificate of {host}",
            f"{reason}; if this is your own server, name its CA's file in REQUESTS_CA_BUNDLE,"
            " else somebody stands between here and there",
        )
    broken = _first(error, ssl.SSLError) or _first(error, requests.exceptions.SSLError)
    if not broken:
        return None
    if any(mark in str(broken).upper().replace(" ", "_") for mark in _NOT_SPEAKING_TLS):
        return (
            Kind.TLS,
            f"found no TLS at {host}",
            "the port speaks something else, most likely plain HTTP; correct the scheme or the"
            " port in CLOVER_API_URL",
        )
    return (
        Kind.TLS,
        f"could not agree on TLS with {host}",
        "the server or something on the way broke off the handshake; check host and port in"
        " CLOVER_API_URL",
    )


def _about_answering(error: BaseException, host: str) -> _Told:
    """What went wrong after the request had been sent."""
    late = (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
    if _first(error, *late):
        return (
            Kind.TIMEOUT,
            "got no whole answer in time",
            f"{host} has taken the request and is slow or stuck; try again later (a session may"
            " have been created, which costs nothing)",
        )
    garbled = (http.client.BadStatusLine, http.client.LineTooLong, http.client.UnknownProtocol)
    closed = http.client.RemoteDisconnected
    if (_first(error, *garbled) and not _first(error, closed)) or _first(
        error, urllib3.exceptions.DecodeError, requests.exceptions.ContentDecodingError
    ):
        return (
            Kind.GARBLED,
            "got an answer that is no readable HTTP",
            f"{host} is not a web server, or something on the way damages what it says; check"
            " host and port in CLOVER_API_URL",
        )
    return (
        Kind.CUT,
        "got only a part of an answer, or none, before the connection was cut",
        f"{host}, or something on the way, hung up; see whether the target has crashed, and try"
        " again (a session may have been created, which costs nothing)",
    )


def _first(error: BaseException, *types: type[BaseException]) -> BaseException | None:
    return next((link for link in _chain(error) if isinstance(link, types)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps: libraries nest them in arguments and in ``reason``."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop(0)
        if not isinstance(link, BaseException) or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [*link.args, getattr(link, "reason", None), link.__cause__, link.__context__]
