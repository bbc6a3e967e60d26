"""Behaviours: one switch for each question that Clover's documentation leaves open."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError
from pydantic.dataclasses import dataclass

SHIPPED: Final = Path(__file__).resolve().parent.parent / "clover" / "behaviours"

_FromZero = Annotated[int, Field(ge=0)]
_FromOne = Annotated[int, Field(ge=1)]


class BehaviourError(ValueError):
    """A behaviour does not exist or cannot be read; the message is one sentence."""

    category = "suite problem"


@dataclass(frozen=True, slots=True, config={"strict": True})
class Behaviour:
    """One value for each switch; the defaults are the documented ones.

    Attributes:
        declines_before_failure: number of the first decline that ``decline`` applies to, from 1.
        redirect_delay_ms: milliseconds between an outcome and the redirect.
        session_ttl_s: lifetime of a session in seconds.
        webhook_delay_s: seconds between the redirect and a late webhook.
        velocity_limit: approved payments per card and merchant; 0 means no limit.
    """

    placeholders: Literal["substitute", "verbatim", "blank"] = "substitute"
    appended: Literal["none", "session_id", "checkoutId", "order_id", "orderId", "ick"] = "none"
    precedence: Literal["dashboard", "request", "dashboard-only"] = "dashboard"
    fallback: Literal["other", "clover-page"] = "other"
    cancel: Literal["link", "browser-back", "none"] = "link"
    decline: Literal["failure", "stay", "button", "cancel"] = "failure"
    declines_before_failure: _FromOne = 1
    error_code: Annotated[str, Field(min_length=1)] = "card_declined"
    http_url: Literal["reject", "never-redirect", "accept"] = "reject"
    redirect: Literal["script", "302", "303", "meta-refresh", "form"] = "script"
    redirect_delay_ms: _FromZero = 0
    interstitial: Literal["none", "click"] = "none"
    session_ttl_s: _FromOne = 900
    expired_page: Literal["error", "failure", "cancel"] = "error"
    paid_reopened: Literal["received", "error"] = "received"
    time_format: Literal["z", "unix-ms", "offset", "at"] = "z"
    href_path: Literal["pay-checkout", "checkout"] = "pay-checkout"
    captcha: Literal["off", "blocking"] = "off"
    webhook_session_key: Literal["both", "data", "checkoutSessionId"] = "both"
    webhook_timing: Literal[
        "after", "before", "late", "approved-late", "never", "duplicate", "declined-last"
    ] = "after"
    webhook_delay_s: _FromZero = 3
    webhook_signature: Literal["valid", "wrong"] = "valid"
    missing_customer_status: Literal[404, 400] = 404
    user_agent_required: bool = False
    cors: Literal["none", "any"] = "none"
    velocity_limit: _FromZero = 0
    tips: bool = False
    wallets: bool = False


def read_behaviour(name_or_path: str | Path) -> Behaviour:
    """Read a shipped behaviour by its name, or any behaviour from a TOML file.

    Switches that a file leaves out keep their documented values.

    Raises:
        BehaviourError: there is no such behaviour, or its file is wrong.
    """
    path = _find(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BehaviourError(
            f"The behaviour file {path} cannot be read ({reason}): check its path."
        ) from None
    except UnicodeDecodeError:
        raise BehaviourError(f"The behaviour file {path} is not UTF-8: save it as such.") from None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BehaviourError(f"The behaviour file {path} is not valid TOML: {error}.") from None
    switches = document.get("switches")
    if not isinstance(switches, dict):
        raise BehaviourError(f"The behaviour file {path} lacks its table [switches]: add it.")
    return with_switches(Behaviour(), switches, origin=f"the behaviour file {path}")


def with_switches(
    behaviour: Behaviour, switches: Mapping[str, object], *, origin: str = "the switches given"
) -> Behaviour:
    """Return the behaviour with some switches changed.

    Raises:
        BehaviourError: a switch does not exist or does not allow the value.
    """
    known = sorted(field.name for field in fields(Behaviour))
    for name in switches:
        if name not in known:
            listed = ", ".join(known)
            raise BehaviourError(f"Unknown switch {name!r} in {origin}: use one of {listed}.")
    changes: dict[str, Any] = dict(switches)
    try:
        return replace(behaviour, **changes)
    except ValidationError as error:
        problem = error.errors()[0]
        reason = problem["msg"].replace("Input", "it").replace("String", "it")
        raise BehaviourError(
            f"The switch {problem['loc'][0]} in {origin} is {problem['input']!r}: {reason}."
        ) from None


def _find(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, Path):
        return name_or_path
    if name_or_path.endswith(".toml"):
        return Path(name_or_path)
    path = SHIPPED / f"{name_or_path}.toml"
    if not path.is_file():
        names = ", ".join(sorted(file.stem for file in SHIPPED.glob("*.toml")))
        raise BehaviourError(
            f"There is no behaviour {name_or_path!r}: name one of {names}, or a .toml file."
        )
    return path
