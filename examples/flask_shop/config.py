"""The settings of the shop: its address and its Clover account."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SANDBOX_API = "https://apisandbox.dev.clover.com"

_REQUIRED = {
    "CLOVER_MERCHANT_ID": "set it to your test merchant's id",
    "CLOVER_PRIVATE_TOKEN": "set it to the private token of its HOSTED_CHECKOUT key",
    "CLOVER_WEBHOOK_SECRET": "set it to the signing secret of the merchant's webhook",
}


class ConfigProblem(ValueError):
    """The settings are wrong; the message has one sentence for each problem."""


@dataclass(frozen=True, slots=True)
class ShopConfig:
    """The shop's settings.

    Attributes:
        public_url: the shop's address for browsers, without a trailing slash.
        own_url: the address that the server listens on, without a trailing slash.
        api_url: the API's base, without a trailing slash.
        token: private token of the HOSTED_CHECKOUT integration.
        bug: name of the mistake that the shop makes, as in bugs.toml; empty for none.
        timeout_s: longest wait for the API, in seconds.
    """

    public_url: str
    own_url: str
    merchant_id: str
    token: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    api_url: str = SANDBOX_API
    bug: str = ""
    timeout_s: float = 15.0


def read_config(
    environ: Mapping[str, str], *, public_url: str, own_url: str, bug: str = ""
) -> ShopConfig:
    """Read the account from the environment.

    Args:
        environ: CLOVER_API_URL, CLOVER_MERCHANT_ID, CLOVER_PRIVATE_TOKEN, CLOVER_WEBHOOK_SECRET.
        public_url: the shop's address for browsers.
        own_url: the address that the server listens on.
        bug: a name of bugs.toml, or empty.

    Raises:
        ConfigProblem: a setting is missing.
    """
    missing = [
        f"{name} is missing: {cure}." for name, cure in _REQUIRED.items() if not environ.get(name)
    ]
    if missing:
        raise ConfigProblem("\n".join(missing))
    return ShopConfig(
        public_url=public_url.rstrip("/"),
        own_url=own_url,
        merchant_id=environ["CLOVER_MERCHANT_ID"],
        token=environ["CLOVER_PRIVATE_TOKEN"],
        webhook_secret=environ["CLOVER_WEBHOOK_SECRET"],
        api_url=(environ.get("CLOVER_API_URL") or SANDBOX_API).rstrip("/"),
        bug=bug,
    )
