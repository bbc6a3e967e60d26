"""Merchant accounts: credentials, dashboard settings, behaviour and fault."""

import re
import secrets
import string
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from standin.behaviour import Behaviour
from standin.faults import Fault
from standin.faults.api_defects import ApiDefect, WatchedDefects
from standin.outcomes import NO_URLS, RedirectUrls

T = TypeVar("T")

#: The shape of Clover's merchant ids.
MERCHANT_ID: Final = re.compile(r"[A-Z0-9]{13}")

_ID_LETTERS = string.ascii_uppercase + string.digits


def new_id() -> str:
    """Make an id of 13 capitals and digits, like Clover's merchant and payment ids."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(13))


@dataclass(frozen=True, slots=True)
class Credentials:
    """Chosen credentials of a merchant account; those that are None are random."""

    merchant_id: str | None = None
    token: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)


@dataclass(slots=True, eq=False)
class Merchant:
    """One merchant account; changes apply from the next request on.

    Attributes:
        id: 13 characters, the value of ``X-Clover-Merchant-Id``.
        token: the private token of the HOSTED_CHECKOUT integration.
        urls: the redirect URLs of the Merchant Dashboard.
        recaptcha: the dashboard's switch; if it is off, no captcha blocks the page.
        webhook_url: receiver of payment notifications; empty for none.
        remote_webhooks: whether the receiver may be another machine.
        webhook_ca: PEM file of the authority of the receiver's certificate, if it uses TLS.
        fault: the provider's fault towards this merchant.
        acted: names of the faults that changed a result; a defect of API, dashboard or page
            counts where its rule is asked for.
        chosen: names of the credentials that its user has chosen, which are shown nowhere.
    """

    name: str
    behaviour: Behaviour
    skin: str
    _: KW_ONLY
    fault: Fault | None = None
    id: str = field(default_factory=new_id)
    token: str = field(default_factory=lambda: secrets.token_hex(18), repr=False)
    email: str = ""
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)
    urls: RedirectUrls = NO_URLS
    recaptcha: bool = True
    webhook_url: str = ""
    remote_webhooks: bool = False
    webhook_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    webhook_ca: Path | None = None
    sessions: int = 0
    redirects: int = 0
    latest_session: str = ""
    chosen: frozenset[str] = frozenset()
    acted: set[str] = field(default_factory=set)
    card_uses: dict[bytes, int] = field(default_factory=dict, repr=False)

    @property
    def api_defects(self) -> frozenset[ApiDefect]:
        """The defects of API, dashboard and page towards this merchant."""
        if self.fault is None:
            return frozenset()
        return WatchedDefects(self.fault.api_defects, partial(self.acted.add, self.fault.name))

    def note(self, faulty: T, right: T) -> T:
        """Return the result of a faulty step, and note that the fault acted if it differs."""
        if self.fault and faulty != right:
            self.acted.add(self.fault.name)
        return faulty

    def __post_init__(self) -> None:
        self.email = self.email or f"{self.id.lower()}@merchant.example"


def open_account(name: str, behaviour: Behaviour, skin: str, credentials: Credentials) -> Merchant:
    """Open an account with these credentials, and random ones where they have none."""
    given = {"id": credentials.merchant_id, "token": credentials.token}
    given |= {"password": credentials.password, "webhook_secret": credentials.webhook_secret}
    chosen: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    return Merchant(name, behaviour, skin, chosen=frozenset(chosen), **chosen)
