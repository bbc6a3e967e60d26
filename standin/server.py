"""The public class of the stand-in: start it, use it, stop it."""

import tempfile
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

from standin.behaviour import Behaviour, read_behaviour, with_switches
from standin.clock import Clock
from standin.faults import CATALOGUE
from standin.merchants import Credentials, Merchant, open_account
from standin.provider import AnswerListener, CreateListener, Origins, Provider
from standin.record import Checkout
from standin.serving import Serving, StandInFailed, bind
from standin.state import StateFile
from standin.tls import NAMES, make_identity
from standin.web.app import Sites
from standin.web.limits import RateLimit

SHOWN_CALLS: Final = 100
SKINS: Final = ("classic", "bare", "modern", "plain")
_RANDOM: Final = Credentials()
_NO_SWITCHES: Final[Mapping[str, object]] = MappingProxyType({})


class UnknownSkinError(LookupError):
    """There is no skin of this name."""

    category = "suite problem"


class StandIn:
    """Clover Hosted Checkout on loopback, for as long as the ``with`` block lasts.

    Attributes:
        behaviour: default behaviour of new merchants.
        merchant: an account that exists from the start.
        clock: the stand-in's time.
        ca_file: PEM file of the certificate authority.
        certificates: the server's certificate in PEM, by each address that presents it.
        spki: hash of the certificate's public key, for Chromium's pin list.
    """

    def __init__(
        self,
        behaviour: str | Path = "documented",
        *,
        fault: str | None = None,
        skin: str = "classic",
        port: int = 0,
        http_port: int | None = None,
        merchant_name: str = "Example Store",
        credentials: Credentials = _RANDOM,
        ca_folder: Path | None = None,
        state_file: Path | None = None,
        on_create: CreateListener | None = None,
        shows_calls: bool = False,
        on_answer: AnswerListener | None = None,
        latency_ms: int = 0,
        rate_limit: int = 0,
    ) -> None:
        """Read the behaviour and bind the port; ``start`` begins to serve.

        Args:
            behaviour: name of a shipped behaviour, or a TOML file.
            fault: name of a fault in the catalogue.
            skin: markup of the hosted page: classic, bare, modern or plain.
            port: TLS port; 0 for any free one.
            http_port: serves all sites without TLS too, on this port; 0 for any free one.
            merchant_name: name of the first merchant.
            credentials: of the first merchant.
            ca_folder: keeps the certificate authority for the next run; by default each run
                makes a new one.
            state_file: keeps merchants, sessions and payments for the next run.
            on_answer: receives each answer, in the server's thread.
            latency_ms: milliseconds that each answer waits.
            rate_limit: create calls a second that a merchant may make; 0 for any number.
            shows_calls: whether ``/`` on the API's host shows what ``on_create`` received.
            on_create: receives each create call for a merchant that exists, in the server's thread.

        Raises:
            BehaviourError: the behaviour does not exist or is invalid.
            UnknownFaultError: there is no such fault.
            UnknownSkinError: there is no such skin.
            StandInFailed: the port is in use, or the folder or the state file cannot be used.
        """
        self.behaviour: Behaviour = read_behaviour(behaviour)
        self._fault, self._skin = fault, skin
        self._provider = Provider()
        self._provider.on_create, self._provider.on_answer = on_create, on_answer
        self._provider.latency_s = latency_ms / 1000
        self._provider.rate_limit = RateLimit(rate_limit) if rate_limit else None
        if shows_calls:
            self._provider.calls = deque(maxlen=SHOWN_CALLS)
        self.clock: Clock = self._provider.clock
        self.merchant = self.new_merchant(name=merchant_name, credentials=credentials)
        identity = make_identity(ca_folder)
        if state_file:
            self._restore(StateFile(state_file), credentials)
        self.spki = identity.spki
        secure = bind(port)
        plain = bind(http_port or 0)
        beside = bind(0)
        self.port: int = secure.getsockname()[1]
        plain_port = plain.getsockname()[1]
        self.certificates = {f"{name}:{self.port}": identity.pem for name in NAMES}
        beside_port = beside.getsockname()[1]
        self._provider.origins = Origins.at(self.port, plain_port, beside_port)
        if http_port is not None:
            self._provider.http_origins = Origins.without_tls(plain_port)
        listeners = [(secure, identity.context), (plain, None), (beside, identity.context)]
        self._serving = Serving(Sites(self._provider), listeners)
        self._folder = tempfile.TemporaryDirectory(prefix="clover-standin-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        self.ca_file.write_bytes(identity.ca_pem)

    def _restore(self, state: StateFile, credentials: Credentials) -> None:
        """Go on from the state file with its merchant, or with the one that was chosen."""
        provider, merchant = self._provider, self.merchant
        del provider.merchants[merchant.id]
        state.restore_merchant(credentials.merchant_id, merchant)
        merchant.token = credentials.token or merchant.token
        merchant.password = credentials.password or merchant.password
        merchant.webhook_secret = credentials.webhook_secret or merchant.webhook_secret
        provider.merchants[merchant.id] = merchant
        provider.state, provider.sessions.unsaved = state, {}
        state.restore_sessions(provider.sessions, merchant)
        provider.save()

    @property
    def api_url(self) -> str:
        """Scheme, host and port of the API."""
        return self._provider.origins.api

    @property
    def origins(self) -> Origins:
        """Scheme, host and port of every site."""
        return self._provider.origins

    @property
    def http_origins(self) -> Origins | None:
        """The same without TLS, if the sites are served so."""
        return self._provider.http_origins

    def new_merchant(
        self,
        *,
        name: str = "Example Store",
        switches: Mapping[str, object] = _NO_SWITCHES,
        skin: str | None = None,
        fault: str | None = None,
        credentials: Credentials = _RANDOM,
    ) -> Merchant:
        """Create an account that shares nothing with the others.

        Args:
            name: shown on its pages.
            switches: differences from the default behaviour.
            skin: None for the default one.
            fault: None for the default one.
            credentials: id, token, password and webhook secret; random by default.

        Raises:
            BehaviourError: a switch does not exist or does not allow the value.
            UnknownFaultError: there is no such fault.
            UnknownSkinError: there is no such skin.
        """
        merchant = open_account(name, self.behaviour, self._skin, credentials)
        self.configure(merchant, switches=switches, skin=skin, fault=fault)
        self._provider.merchants[merchant.id] = merchant
        return merchant

    def configure(
        self,
        merchant: Merchant,
        *,
        switches: Mapping[str, object] = _NO_SWITCHES,
        skin: str | None = None,
        fault: str | None = None,
    ) -> None:
        """Set an account's behaviour, skin and fault; arguments and errors as in `new_merchant`."""
        skin, fault = skin or self._skin, fault or self._fault
        if skin not in SKINS:
            raise UnknownSkinError(f"There is no skin {skin!r}: name one of {', '.join(SKINS)}.")
        merchant.behaviour = with_switches(self.behaviour, switches)
        merchant.skin = skin
        merchant.fault = CATALOGUE.find(fault) if fault else None

    def checkout(self, session_id: str) -> Checkout:
        """Return a snapshot of a session.

        Raises:
            UnknownCheckoutError: no session has this id.
        """
        return self._provider.checkout(session_id)

    def start(self) -> Self:
        """Serve until ``stop``.

        Raises:
            StandInFailed: the server did not start.
        """
        self._serving.start()
        return self

    def stop(self) -> None:
        """Stop serving and delete the temporary files.

        Raises:
            StandInFailed: the server died, hangs, or raised an error while it answered a request.
        """
        self._close()
        self.check()

    def must_be_up(self) -> None:
        """Make sure that the stand-in, which was started, still serves.

        Raises:
            StandInFailed: it does not.
        """
        if not self._serving.is_running:
            raise StandInFailed(
                "The stand-in's server has ended: look for low memory or open files, then repeat"
                " the test."
            )

    def check(self) -> None:
        """Raise errors of the server's thread in the caller.

        Raises:
            StandInFailed: there was one.
        """
        self._serving.check()
        if self._provider.errors:
            error = self._provider.errors[0]
            raise StandInFailed(
                f"The stand-in itself is broken: {type(error).__name__}: {error}."
            ) from error

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.stop()
        else:
            self._close()  # without check(): it would hide the error of the block

    def _close(self) -> None:
        try:
            self._serving.stop()
            self._provider.save()  # the receivers' answers to webhooks come after the last answer
        finally:
            if self._provider.state:
                self._provider.state.close()
            self._folder.cleanup()
