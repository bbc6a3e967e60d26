"""Checks without a browser: settings, the way to the API, the clock and the token."""

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import ada_url
from requests.utils import get_environ_proxies, select_proxy

from clover.errors import ApiProblem, NoAnswer
from clover.hosts import is_loopback
from suite.sample_order import sample_request
from tools.doctor.checks import FAILED, NOT_TRIED, ODD, OK, Patient, Row, failed_call

#: A clock further off than this makes times of sessions and certificates unreliable, seconds.
MOST_CLOCK_OFF_S: Final = 60.0
_MERCHANT_ID: Final = re.compile(r"[A-Z0-9]{13}")
_NO_SESSION: Final = "00000000-0000-4000-8000-000000000000"
#: Clover's other hosts that speak no checkout API. Source: docs/sources.md, The API.
_OTHER_HOSTS: Final = {
    "scl-sandbox.dev.clover.com": "charges",
    "checkout.sandbox.dev.clover.com": "the embedded card fields",
    "token-sandbox.dev.clover.com": "card tokens",
    "sandbox.dev.clover.com": "the hosted page and the dashboard",
}


def check_settings(patient: Patient) -> Iterator[Row]:
    """Name the account; Clover's merchant ids are 13 capital letters and digits."""
    yield Row("settings", OK, patient.target.description)
    if _MERCHANT_ID.fullmatch(patient.account.id):
        yield Row("merchant id", OK, patient.account.id)
        return
    yield Row(
        "merchant id",
        ODD,
        f"{patient.account.id} is not 13 capital letters and digits, as Clover's are",
        "Copy the merchant id into CLOVER_MERCHANT_ID again.",
    )


def check_host(patient: Patient) -> Iterator[Row]:
    """Tell the API's host from Clover's others; production never gets so far."""
    host = _host(patient)
    if host not in _OTHER_HOSTS:
        where = "on this machine" if is_loopback(host) else "not production"
        yield Row("host", OK, f"{host}, {where}")
        return
    found = f"{host} is Clover's host of {_OTHER_HOSTS[host]}"
    yield Row("host", ODD, found, "Set CLOVER_API_URL to https://apisandbox.dev.clover.com.")


def check_dns(patient: Patient) -> Iterator[Row]:
    """Look the host up, unless a proxy does."""
    host = _host(patient)
    if _proxy(patient):
        yield Row("DNS", OK, f"the proxy looks {host} up")
        return
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except OSError as error:
        cure = "Check the spelling in CLOVER_API_URL, and this machine's network."
        yield Row("DNS", FAILED, f"no address for {host} ({error.strerror})", cure)
        return
    yield Row("DNS", OK, f"{host} is {found[0][4][0]}")


def check_connection(patient: Patient) -> Iterator[Row]:
    """Ask for a session that does not exist, and keep the server's time."""
    proxy = _proxy(patient)
    way = f"through the proxy {ada_url.URL(proxy).host}" if proxy else "without a proxy"
    try:
        answer = patient.client.read_back(_NO_SESSION)
    except NoAnswer as problem:
        yield failed_call("TLS and proxy", problem)
        return
    patient.date = answer.headers.get("date", "")
    scheme = "TLS" if patient.account.api_url.startswith("https:") else "plain HTTP"
    yield Row("TLS and proxy", OK, f"{scheme}, {way}; status {answer.status}")


def check_clock(patient: Patient) -> Iterator[Row]:
    """Compare this machine's clock with the server's ``Date``."""
    # A server behind another may send the header twice.
    dates = re.split(r",\s*(?=[A-Z][a-z]{2},)", patient.date)
    try:
        theirs = [parsedate_to_datetime(date) for date in dates]
        # The header has whole seconds.
        offsets_s = [(datetime.now(UTC) - each).total_seconds() - 0.5 for each in theirs]
    except (TypeError, ValueError):
        yield Row("clock", ODD, f"the server names no time: {patient.date or 'no Date header'}")
        return
    ahead_s = max(offsets_s, key=abs)
    if abs(ahead_s) <= MOST_CLOCK_OFF_S:
        yield Row("clock", OK, f"within {MOST_CLOCK_OFF_S:.0f} s of the server's")
        return
    side = "ahead of" if ahead_s > 0 else "behind"
    yield Row(
        "clock",
        FAILED,
        f"this machine's clock is {abs(ahead_s) / 60:.0f} min {side} the server's",
        "Set this machine's clock by a time server; if it is right, the target's is wrong.",
    )


def check_token(patient: Patient) -> Iterator[Row]:
    """Create the sample session; once more without redirect URLs if the answer is 400.

    With the call for the connection it makes three calls at most.
    """
    client = patient.stack.enter_context(patient.account.connect(pauses_s=(1.0,)))
    answered = "a session was created"
    try:
        patient.session = client.create(sample_request(patient.urls))
    except ApiProblem as problem:
        refused = problem
    else:
        yield Row("token", OK, answered)
        yield Row("redirect URLs in a request", OK, "are taken")
        return
    if refused.status != 400 or len(client.exchanges) > 1:
        yield failed_call("token", refused)
        return
    try:
        patient.session = client.create(sample_request())
    except ApiProblem as problem:
        yield failed_call("token", problem)
        yield Row("redirect URLs in a request", NOT_TRIED, "needs: token")
        return
    yield Row("token", OK, f"{answered}, without redirect URLs")
    cure = "Set REDIRECT_SUCCESS_URL, REDIRECT_FAILURE_URL and REDIRECT_CANCEL_URL to own pages."
    yield Row("redirect URLs in a request", FAILED, str(refused), cure)


def _host(patient: Patient) -> str:
    return ada_url.URL(patient.account.api_url).hostname


def _proxy(patient: Patient) -> str:
    url = patient.account.api_url
    loopback = _host(patient) if is_loopback(_host(patient)) else None
    proxy = select_proxy(url, get_environ_proxies(url, no_proxy=loopback)) or ""
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy
