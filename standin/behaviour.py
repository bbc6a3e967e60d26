"""What the stand-in is to do where nobody knows what Clover does: one switch for each question."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

SHIPPED: Final = Path(__file__).resolve().parent.parent / "clover" / "behaviours"

#: Switch -> the values that it may have, where they can be listed.
CHOICES: Final[Mapping[str, tuple[object, ...]]] = {
    "placeholders": ("substitute", "verbatim", "blank"),
    "appended": ("none", "session_id", "checkoutId"),
    "precedence": ("dashboard", "request", "dashboard-only"),
    "fallback": ("other", "clover-page"),
    "cancel": ("link", "browser-back", "none"),
    "decline": ("failure", "stay", "button", "cancel"),
    "http_url": ("reject", "never-redirect", "accept"),
    "redirect": ("script", "302", "303", "meta-refresh", "form"),
    "interstitial": ("none", "click"),
    "expired_page": ("error", "failure", "cancel"),
    "paid_reopened": ("received", "error"),
    "time_format": ("z", "unix-ms", "offset", "at"),
    "href_path": ("pay-checkout", "checkout"),
    "captcha": ("off", "blocking"),
    "webhook_session_key": ("both", "data", "checkoutSessionId"),
    "webhook_timing": ("after", "before", "never", "duplicate"),
    "missing_customer_status": (404, 400),
    "user_agent_required": (False, True),
    "tips": (False, True),
    "wallets": (False, True),
}

#: Switch -> the smallest whole number that it may be.
MINIMA: Final[Mapping[str, int]] = {
    "declines_before_failure": 1,
    "redirect_delay_ms": 0,
    "session_ttl_s": 1,
    "velocity_limit": 0,
}


class BehaviourError(ValueError):
    """A behaviour that does not exist or cannot be read; the message is one sentence."""

    category = "suite problem"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One value for each switch; those of the fields are the documented ones.

    Attributes:
        declines_before_failure: the how-manieth decline ``decline`` applies to, from 1.
        redirect_delay_ms: milliseconds between an outcome and the redirect.
        session_ttl_s: seconds that a session lives.
        velocity_limit: approved payments per card and merchant; 0 means no limit.
    """

    placeholders: str = "substitute"
    appended: str = "none"
    precedence: str = "dashboard"
    fallback: str = "other"
    cancel: str = "link"
    decline: str = "failure"
    declines_before_failure: int = 1
    error_code: str = "card_declined"
    http_url: str = "reject"
    redirect: str = "script"
    redirect_delay_ms: int = 0
    interstitial: str = "none"
    session_ttl_s: int = 900
    expired_page: str = "error"
    paid_reopened: str = "received"
    time_format: str = "z"
    href_path: str = "pay-checkout"
    captcha: str = "off"
    webhook_session_key: str = "both"
    webhook_timing: str = "after"
    missing_customer_status: int = 404
    user_agent_required: bool = False
    velocity_limit: int = 0
    tips: bool = False
    wallets: bool = False


def read_behaviour(name_or_path: str | Path) -> Behaviour:
    """Read a behaviour by its name, or from a TOML file of one's own.

    A file may leave switches out: they keep their documented values.

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
    """The behaviour with some switches set otherwise.

    Raises:
        BehaviourError: a switch does not exist, or may not have that value.
    """
    known = {field.name for field in fields(Behaviour)}
    for name, value in switches.items():
        if name not in known:
            listed = ", ".join(sorted(known))
            raise BehaviourError(f"Unknown switch {name!r} in {origin}: use one of {listed}.")
        if problem := _problem(name, value):
            raise BehaviourError(f"The switch {name} in {origin} is {value!r}: {problem}.")
    changes: dict[str, Any] = dict(switches)
    return replace(behaviour, **changes)


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


def _problem(name: str, value: object) -> str:
    if choices := CHOICES.get(name):
        # True == 1 in Python, so the type counts as well.
        fits = any(value == choice and type(value) is type(choice) for choice in choices)
        return "" if fits else f"it must be one of {', '.join(map(repr, choices))}"
    if name in MINIMA:
        number = isinstance(value, int) and not isinstance(value, bool) and value >= MINIMA[name]
        return "" if number else f"it must be a whole number from {MINIMA[name]}"
    return "" if isinstance(value, str) and value else "it must be a text that is not empty"
