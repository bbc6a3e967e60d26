"""Settings of a run from options, the environment and ``.env``, checked all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from pydantic import SecretStr

from clover.behaviour import DEFAULT, load_behaviour
from clover.hosts import AddressProblem, api_base, read_address
from records.outcome import Outcome
from suite.settings.endpoint import Endpoint, read_endpoints
from suite.settings.raw_settings import (
    API_NAMES,
    DASHBOARD_NAMES,
    REDIRECT_NAMES,
    RawSettings,
)

Target = Literal["standin", "sandbox"]

SANDBOX_API = "https://apisandbox.dev.clover.com"
#: Default of the longest wait from Pay to landing, seconds.
TIMEOUT_S: Mapping[Target, float] = {"standin": 10.0, "sandbox": 60.0}

_REMEDIES = {
    "CLOVER_MERCHANT_ID": "put the 13 characters of your sandbox merchant's id into .env",
    "CLOVER_PRIVATE_TOKEN": "put the private token of the merchant's HOSTED_CHECKOUT integration"
    " into .env",
    "CLOVER_DASHBOARD_URL": "put the address of the sandbox dashboard into .env",
    "CLOVER_DASHBOARD_EMAIL": "put the e-mail address of your dashboard login into .env",
    "CLOVER_DASHBOARD_PASSWORD": "put the dashboard's password into .env",
}


class SettingsProblem(ValueError):
    """Settings with which no run can begin.

    Attributes:
        sentences: one for each value to correct.
    """

    category = "suite problem"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class ApiAccess:
    """The API's base URL, without a trailing slash, and the merchant's credentials."""

    url: str
    merchant_id: str
    token: SecretStr


@dataclass(frozen=True, slots=True)
class DashboardLogin:
    """URL and credentials of the Merchant Dashboard."""

    url: str
    email: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run is configured with.

    Attributes:
        behaviour: a name or the path of a file, which ``load_behaviour`` accepts.
        api_url: base of the API, without a trailing slash; "" on the stand-in.
        api: None on the stand-in, which has its own, or if ``api_problems`` says why.
        api_problems: sentences about missing or invalid credentials.
        dashboard: None unless its three settings are valid.
        dashboard_problems: how to correct each of them, by name.
        redirect_urls: the merchant's own pages; an outcome without one uses the landing site.
        redirect_timeout_s: longest wait from Pay to landing, seconds.
        chromium_path: a Chromium to use instead of the one found.
        firefox_path: likewise.
        endpoints: browser servers to use instead of browsers of this machine, on which both paths
            then are.
    """

    target: Target
    behaviour: str
    api_url: str
    api: ApiAccess | None
    api_problems: tuple[str, ...]
    dashboard: DashboardLogin | None
    dashboard_problems: Mapping[str, str]
    redirect_urls: Mapping[Outcome, str]
    redirect_timeout_s: float
    chromium_path: Path | None
    firefox_path: Path | None
    endpoints: tuple[Endpoint, ...]

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """The token, passwords and the like, which must not appear in any output."""
        found = self.api and self.api.token, self.dashboard and self.dashboard.password
        of_servers = (secret for endpoint in self.endpoints for secret in endpoint.secrets)
        return tuple(secret for secret in (*found, *of_servers) if secret)


def load_settings(
    *,
    target: str | None = None,
    behaviour: str | None = None,
    connect: str | None = None,
    environ: Mapping[str, str],
    dotenv_path: Path | None,
    needs_account: bool = True,
) -> Settings:
    """Read and check all settings.

    Args:
        target: the option, which takes precedence over CLOVER_TARGET.
        behaviour: the option, which takes precedence over CLOVER_BEHAVIOUR.
        connect: the option, which takes precedence over REDIRECT_CONNECT.
        environ: the real environment, which takes precedence over ``.env``.
        dotenv_path: the ``.env`` file, which need not exist.
        needs_account: whether the run cannot begin without the credentials of the API.

    Raises:
        SettingsProblem: has a sentence for each missing or invalid value.
    """
    raw = RawSettings(environ, dotenv_path)
    del environ  # it contains secrets, and pytest can print the locals of this frame
    chosen = _target(raw, target)
    api_url, api, api_problems = _api(raw, chosen)
    dashboard, invalid = _dashboard(raw)
    redirect_urls = {
        outcome: url
        for outcome, name in zip(Outcome, REDIRECT_NAMES, strict=True)
        if (url := raw.redirect_url(name))
    }
    endpoints = _endpoints(raw, connect)
    del connect
    settings = Settings(
        target=chosen,
        behaviour=_behaviour(raw, behaviour),
        api_url=api_url,
        api=api,
        api_problems=tuple(api_problems),
        dashboard=dashboard,
        dashboard_problems=invalid,
        redirect_urls=redirect_urls,
        redirect_timeout_s=raw.seconds("REDIRECT_TIMEOUT_S", TIMEOUT_S[chosen]),
        chromium_path=raw.file("CHROMIUM_PATH", is_here=not endpoints),
        firefox_path=raw.file("FIREFOX_PATH", is_here=not endpoints),
        endpoints=endpoints,
    )
    if raw.sentences or (needs_account and api_problems):
        raise SettingsProblem([*raw.sentences, *api_problems])
    return settings


def _target(raw: RawSettings, option: str | None) -> Target:
    name, text = raw.option("--target", option, "CLOVER_TARGET")
    known = get_args(Target)
    if text and text not in known:
        raw.sentences.append(f"{name} is {text!r}: make it {' or '.join(known)}.")
    return cast("Target", text) if text in known else "standin"


def _behaviour(raw: RawSettings, option: str | None) -> str:
    name, text = raw.option("--behaviour", option, "CLOVER_BEHAVIOUR")
    with raw.noted(f"{name}: "):
        load_behaviour(text or DEFAULT)
    return text or DEFAULT


def _endpoints(raw: RawSettings, option: str | None) -> tuple[Endpoint, ...]:
    name, text = raw.option("--connect", option, "REDIRECT_CONNECT")
    try:
        return read_endpoints(text)
    except ValueError as error:
        raw.sentences.append(f"{name}: {error}.")
        return ()


def _api(raw: RawSettings, target: Target) -> tuple[str, ApiAccess | None, list[str]]:
    """Return the API's base, the account and the problems of its credentials."""
    if target == "standin":
        raw.refuse_production("CLOVER_API_URL")
        return "", None, []
    url = raw.checked("CLOVER_API_URL") or SANDBOX_API
    with raw.noted():
        url = api_base(url)
    problems = [raw.credential_problem(name, _REMEDIES[name]) for name in API_NAMES]
    if wrong := [sentence for sentence in problems if sentence]:
        return url, None, wrong
    merchant_id, token = map(raw.text, API_NAMES)
    return url, ApiAccess(url=url, merchant_id=merchant_id, token=SecretStr(token)), []


def _dashboard(raw: RawSettings) -> tuple[DashboardLogin | None, dict[str, str]]:
    """Return the login, or None and a sentence for each missing or invalid value."""
    raw.refuse_production("CLOVER_DASHBOARD_URL")
    wrong = {
        name: sentence
        for name in DASHBOARD_NAMES
        if (sentence := raw.problem(name, _REMEDIES[name]))
    }
    url, email, password = (raw.text(name) for name in DASHBOARD_NAMES)
    if "CLOVER_DASHBOARD_URL" not in wrong:
        try:
            url = read_address(url, name="CLOVER_DASHBOARD_URL").href
        except AddressProblem as problem:
            wrong["CLOVER_DASHBOARD_URL"] = str(problem)
    if wrong:
        return None, wrong
    return DashboardLogin(url=url, email=email, password=SecretStr(password)), {}
