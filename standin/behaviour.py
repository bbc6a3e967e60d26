"""Behaviours: one switch for each question that Clover's documentation leaves open."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

SHIPPED: Final = Path(__file__).resolve().parent.parent / "clover" / "behaviours"

T = TypeVar("T")


class BehaviourError(ValueError):
    """A behaviour does not exist or cannot be read; the message is one sentence."""

    category = "suite problem"


def _choice(documented: T, *others: T) -> T:
    """A switch with a fixed set of values."""
    value: T = field(default=documented, metadata={"choices": (documented, *others)})
    return value


def _flag() -> bool:
    """A switch that is off or on."""
    value: bool = field(default=False, metadata={"choices": (False, True)})
    return value


def _number(documented: int, *, at_least: int) -> int:
    """A switch that is a whole number."""
    value: int = field(default=documented, metadata={"minimum": at_least})
    return value


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One value for each switch; the defaults are the documented ones.

    Attributes:
        declines_before_failure: number of the first decline that ``decline`` applies to, from 1.
        redirect_delay_ms: milliseconds between an outcome and the redirect.
        session_ttl_s: lifetime of a session in seconds.
        velocity_limit: approved payments per card and merchant; 0 means no limit.
    """

    placeholders: str = _choice("substitute", "verbatim", "blank")
    appended: str = _choice("none", "session_id", "checkoutId")
    precedence: str = _choice("dashboard", "request", "dashboard-only")
    fallback: str = _choice("other", "clover-page")
    cancel: str = _choice("link", "browser-back", "none")
    decline: str = _choice("failure", "stay", "button", "cancel")
    declines_before_failure: int = _number(1, at_least=1)
    error_code: str = "card_declined"
    http_url: str = _choice("reject", "never-redirect", "accept")
    redirect: str = _choice("script", "302", "303", "meta-refresh", "form")
    redirect_delay_ms: int = _number(0, at_least=0)
    interstitial: str = _choice("none", "click")
    session_ttl_s: int = _number(900, at_least=1)
    expired_page: str = _choice("error", "failure", "cancel")
    paid_reopened: str = _choice("received", "error")
    time_format: str = _choice("z", "unix-ms", "offset", "at")
    href_path: str = _choice("pay-checkout", "checkout")
    captcha: str = _choice("off", "blocking")
    webhook_session_key: str = _choice("both", "data", "checkoutSessionId")
    webhook_timing: str = _choice("after", "before", "never", "duplicate")
    missing_customer_status: int = _choice(404, 400)
    user_agent_required: bool = _flag()
    velocity_limit: int = _number(0, at_least=0)
    tips: bool = _flag()
    wallets: bool = _flag()


#: Switch -> its allowed values, for switches with a fixed set.
CHOICES: Final[Mapping[str, tuple[object, ...]]] = {
    each.name: each.metadata["choices"] for each in fields(Behaviour) if "choices" in each.metadata
}
#: Switch -> its smallest allowed whole number.
MINIMA: Final[Mapping[str, int]] = {
    each.name: each.metadata["minimum"] for each in fields(Behaviour) if "minimum" in each.metadata
}


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
        # True == 1 in Python, so the types are compared as well.
        fits = any(value == choice and type(value) is type(choice) for choice in choices)
        return "" if fits else f"it must be one of {', '.join(map(repr, choices))}"
    if name in MINIMA:
        number = isinstance(value, int) and not isinstance(value, bool) and value >= MINIMA[name]
        return "" if number else f"it must be a whole number from {MINIMA[name]}"
    return "" if isinstance(value, str) and value else "it must be a text that is not empty"
