"""Connections to one host that are kept open, and one request over them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import ada_url
import requests
import requests.adapters
import requests.auth

from clover.hosts import is_loopback

_CONNECT_S = 5.0
_CHUNK = 1 << 16
_BODY_AT_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came, secrets included.

    Attributes:
        headers: names in lower case.
        body: as UTF-8; at most about a megabyte of it, and what is no UTF-8 replaced.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: str = field(repr=False)


class Connection:
    """A pool of connections, for several threads at once."""

    def __init__(self, base_url: str, *, verify: bool | str, timeout_s: float) -> None:
        """Prepare the pool; nothing is sent yet.

        Args:
            base_url: normalised by ``hosts.api_base``.
            verify: as requests takes it; a path is trusted whatever the environment says.
            timeout_s: seconds for one whole answer, and the most for the connection too.
        """
        address = ada_url.URL(base_url)
        self.host = address.host
        self._verify = verify
        self._timeout_s = timeout_s
        # A proxy of the environment cannot reach this machine's own loopback.
        self._proxies = {"no_proxy": address.hostname} if is_loopback(address.hostname) else {}
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=8)
        self._session.mount(f"{address.protocol}//", adapter)

    def close(self) -> None:
        """Close the connections that are kept."""
        self._session.close()

    def send(
        self,
        method: str,
        url: str,
        data: bytes,
        *,
        headers: Mapping[str, str | None],
        auth: requests.auth.AuthBase,
    ) -> Reply:
        """Send one request, once; a redirect is an answer like any other.

        Raises:
            Exception: any of ``transport.FAILURES``, if no whole answer came.
        """
        deadline_s = time.monotonic() + self._timeout_s
        try:
            with self._session.request(
                method,
                url,
                data=data,
                headers=headers,
                auth=auth,
                verify=self._verify,  # here and not on the session, where the environment wins
                proxies=dict(self._proxies),
                timeout=(min(_CONNECT_S, self._timeout_s), self._timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _read(response, deadline_s)
                headers_told = {name.lower(): text for name, text in response.headers.items()}
                return Reply(response.status_code, headers_told, body.decode(errors="replace"))
        except BaseException as error:
            # The frames of requests and below hold the token, and pytest can print the locals of
            # frames: whatever goes on from here, an interrupt too, goes on without them.
            error.__traceback__ = None
            error.__suppress_context__ = True
            raise


def _read(response: requests.Response, deadline_s: float) -> bytes:
    """The body, as it comes and not by size, so that a trickle does not outlast the deadline."""
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) >= _BODY_AT_MOST:
            break
        if time.monotonic() > deadline_s:
            raise requests.exceptions.ReadTimeout("the answer trickled in beyond its time")
    return bytes(body)
