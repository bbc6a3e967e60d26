"""The settings of the shop: its Clover account and its return pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SANDBOX_API = "https://apisandbox.dev.clover.com"

#: Path and query of each return page, as in the documentation.
#: Source: https://docs.clover.com/dev/docs/redirecting-customers
RETURN_PATHS = {
    "success": "/success?session_id={CHECKOUT_SESSION_ID}",
    "failure": "/failure?error_code={ERROR_CODE}",
    "cancel": "/cancel",
}


class ConfigProblem(ValueError):
    """The settings are wrong; the message has one sentence for each problem."""


@dataclass(frozen=True, slots=True)
class MerchantConfig:
    """The shop's settings.

    Attributes:
        public_url: the address of the shop for browsers, without a trailing slash.
        api_url: the API's base, without a trailing slash.
        token: private token of the HOSTED_CHECKOUT integration.
        redirect_urls: pages that replace the shop's own, by outcome.
        ca_file: PEM file of the API's certificate authority, if that is not a public one.
        timeout_s: longest wait for the API, in seconds.
    """

    public_url: str
    merchant_id: str
    token: str = field(repr=False)
    api_url: str = SANDBOX_API
    redirect_urls: Mapping[str, str] = field(default_factory=dict)
    ca_file: str | None = None
    timeout_s: float = 15.0

    def return_urls(self) -> dict[str, str]:
        """Return the ``redirectUrls`` of every checkout."""
        own = {outcome: f"{self.public_url}{path}" for outcome, path in RETURN_PATHS.items()}
        return {**own, **self.redirect_urls}


def read_config(environ: Mapping[str, str], *, origin: str) -> MerchantConfig:
    """Read the settings; all names but the last are those of the suite's ``.env``.

    Args:
        environ: CLOVER_API_URL, CLOVER_MERCHANT_ID, CLOVER_PRIVATE_TOKEN, REDIRECT_SUCCESS_URL,
            REDIRECT_FAILURE_URL, REDIRECT_CANCEL_URL and MERCHANT_PUBLIC_URL.
        origin: the address of the shop if MERCHANT_PUBLIC_URL is not set.

    Raises:
        ConfigProblem: a setting is missing or wrong.
    """
    sentences = [
        f"{name} is missing: {cure}."
        for name, cure in (
            ("CLOVER_MERCHANT_ID", "set it to your test merchant's id"),
            ("CLOVER_PRIVATE_TOKEN", "set it to the private token of its HOSTED_CHECKOUT key"),
        )
        if not environ.get(name)
    ]
    public_url = (environ.get("MERCHANT_PUBLIC_URL") or origin).rstrip("/")
    urls = {
        outcome: url
        for outcome in RETURN_PATHS
        if (url := environ.get(f"REDIRECT_{outcome.upper()}_URL"))
    }
    addresses = {
        "MERCHANT_PUBLIC_URL": public_url,
        **{f"REDIRECT_{outcome.upper()}_URL": url for outcome, url in urls.items()},
    }
    sentences += [
        f"{name} is {url!r}: Clover accepts https:// only."
        for name, url in addresses.items()
        if urlsplit(url).scheme != "https"
    ]
    if sentences:
        raise ConfigProblem("\n".join(sentences))
    return MerchantConfig(
        public_url=public_url,
        merchant_id=environ["CLOVER_MERCHANT_ID"],
        token=environ["CLOVER_PRIVATE_TOKEN"],
        api_url=(environ.get("CLOVER_API_URL") or SANDBOX_API).rstrip("/"),
        redirect_urls=urls,
    )
