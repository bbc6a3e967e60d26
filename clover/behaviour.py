"""Behaviours: assumptions on the provider where its documentation is silent or contradicted.

``behaviours/*.toml`` document the switches, their values and the reasons for them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args, get_origin, get_type_hints

BEHAVIOURS = Path(__file__).parent / "behaviours"
DEFAULT = "documented"


class BehaviourProblem(ValueError):
    """A behaviour that is unknown, unreadable or has an invalid switch."""

    category = "suite problem"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The smallest value of a numeric switch."""

    minimum: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One answer to every open question about Clover.

    Attributes:
        name: its file and the overridden switches, for reports.
        declines_before_failure: the decline, counted from 1, that ``decline`` applies to.
        redirect_delay_ms: milliseconds between the payment's result and the redirect.
        session_ttl_s: lifetime of a session, seconds.
        velocity_limit: payments per card; 0 means no limit.
    """

    name: str
    placeholders: Literal["substitute", "verbatim", "blank"]
    appended: Literal["none", "session_id", "checkoutId"]
    precedence: Literal["dashboard", "request", "dashboard-only"]
    fallback: Literal["other", "clover-page"]
    cancel: Literal["link", "browser-back", "none"]
    decline: Literal["failure", "stay", "button", "cancel"]
    declines_before_failure: Annotated[int, AtLeast(1)]
    error_code: str
    http_url: Literal["reject", "never-redirect", "accept"]
    redirect: Literal["script", "302", "303", "meta-refresh", "form"]
    redirect_delay_ms: Annotated[int, AtLeast(0)]
    interstitial: Literal["none", "click"]
    session_ttl_s: Annotated[int, AtLeast(1)]
    expired_page: Literal["error", "failure", "cancel"]
    paid_reopened: Literal["received", "error"]
    time_format: Literal["z", "unix-ms", "offset", "at"]
    href_path: Literal["pay-checkout", "checkout"]
    captcha: Literal["off", "blocking"]
    webhook_session_key: Literal["both", "data", "checkoutSessionId"]
    webhook_timing: Literal["after", "before", "never", "duplicate"]
    missing_customer_status: Literal[404, 400]
    user_agent_required: bool
    velocity_limit: Annotated[int, AtLeast(0)]
    tips: bool
    wallets: bool

    def switches(self) -> dict[str, Any]:
        """Return every switch with its value, as a stand-in takes them."""
        values = asdict(self)
        del values["name"]
        return values


SWITCHES = tuple(field.name for field in fields(Behaviour) if field.name != "name")


def behaviour_names() -> tuple[str, ...]:
    """Return the behaviours that come with the project, in alphabetical order."""
    return tuple(sorted(path.stem for path in BEHAVIOURS.glob("*.toml")))


def load_behaviour(name_or_path: str | Path, **overrides: object) -> Behaviour:
    """Load a behaviour by name or from a file.

    Args:
        name_or_path: ``documented``, ``measured``, or the path of a TOML file, which has a
            separator or the suffix ``.toml``. A switch that the file leaves out is as in
            ``documented``.
        overrides: switches that replace those of the file.

    Raises:
        BehaviourProblem: the name, the file, a switch or a value is invalid.
    """
    path = _path_of(name_or_path)
    switches = _read(path)
    if path.parent != BEHAVIOURS:
        switches = {**_read(BEHAVIOURS / f"{DEFAULT}.toml"), **switches}
    for switch, value in overrides.items():
        _check(switch, value, where=f"the change asked for to {path.name}")
    return Behaviour(
        name=", ".join([path.stem, *(f"{key}={value}" for key, value in overrides.items())]),
        **cast("Any", switches | overrides),
    )


def _path_of(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if text.endswith(".toml") or "/" in text or "\\" in text:
        return Path(text)
    if text not in behaviour_names():
        known = ", ".join(behaviour_names())
        raise BehaviourProblem(
            f"There is no behaviour named {text!r}: name one of {known}, or give the path of a"
            " .toml file."
        )
    return BEHAVIOURS / f"{text}.toml"


def _read(path: Path) -> dict[str, object]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise BehaviourProblem(
            f"The behaviour {path} cannot be read ({reason}): check the path."
        ) from None
    except ValueError as error:  # of the TOML, which names the line, or of the encoding
        raise BehaviourProblem(
            f"The behaviour {path} is no TOML in UTF-8 ({error}): correct it there."
        ) from None
    unknown = sorted(set(document) - {"about", "switches"})
    if unknown or not isinstance(document.get("switches"), dict):
        came = ", ".join(unknown) or "no table of switches"
        raise BehaviourProblem(
            f"The behaviour {path} has {came}: put every switch under [switches], beside an"
            " optional [about]."
        )
    switches = cast("Mapping[str, object]", document["switches"])
    for switch, value in switches.items():
        _check(switch, value, where=str(path))
    return dict(switches)


def _check(switch: str, value: object, *, where: str) -> None:
    if switch not in SWITCHES:
        raise BehaviourProblem(
            f"In {where}, {switch} is no switch: the switches are {', '.join(SWITCHES)}."
        )
    allowed = _allowed(switch, value)
    if allowed:
        raise BehaviourProblem(f"In {where}, {switch} is {value!r}, and it has to be {allowed}.")


def _allowed(switch: str, value: object) -> str:
    """Describe the values that the switch allows, or return "" if ``value`` is one of them."""
    hint = get_type_hints(Behaviour, include_extras=True)[switch]
    if get_origin(hint) is Literal:
        # In Python True equals 1 and 404.0 equals 404, so the type is compared too.
        fits = any(type(value) is type(one) and value == one for one in get_args(hint))
        return "" if fits else "one of " + ", ".join(repr(one) for one in get_args(hint))
    if get_origin(hint) is Annotated:
        minimum = cast("AtLeast", get_args(hint)[1]).minimum
        fits = type(value) is int and value >= minimum
        return "" if fits else f"a whole number of at least {minimum}"
    if hint is bool:
        return "" if isinstance(value, bool) else "true or false"
    return "" if isinstance(value, str) and value.strip() else "a text that is not empty"
