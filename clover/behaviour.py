"""Behaviours: assumptions on the provider where its documentation is silent or contradicted.

``behaviours/*.toml`` document the switches, their values and the reasons for them.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

BEHAVIOURS = Path(__file__).parent / "behaviours"
DEFAULT = "documented"


class BehaviourProblem(ValueError):
    """A behaviour that is unknown, unreadable or has an invalid switch."""

    category = "suite problem"


class Behaviour(BaseModel):
    """One answer to every open question about Clover.

    Attributes:
        name: its file and the overridden switches, for reports.
        declines_before_failure: the decline, counted from 1, that ``decline`` applies to.
        redirect_delay_ms: milliseconds between the payment's result and the redirect.
        session_ttl_s: lifetime of a session, seconds.
        webhook_delay_s: seconds between the redirect and a late webhook.
        velocity_limit: payments per card; 0 means no limit.
    """

    model_config = ConfigDict(strict=True, frozen=True)

    name: str
    placeholders: Literal["substitute", "verbatim", "blank"]
    appended: Literal["none", "session_id", "checkoutId", "order_id", "orderId", "ick"]
    precedence: Literal["dashboard", "request", "dashboard-only"]
    fallback: Literal["other", "clover-page"]
    cancel: Literal["link", "browser-back", "none"]
    decline: Literal["failure", "stay", "button", "cancel"]
    declines_before_failure: Annotated[int, Field(ge=1)]
    error_code: Annotated[str, Field(pattern=r"\S")]
    http_url: Literal["reject", "never-redirect", "accept"]
    redirect: Literal["script", "302", "303", "meta-refresh", "form"]
    redirect_delay_ms: Annotated[int, Field(ge=0)]
    interstitial: Literal["none", "click"]
    session_ttl_s: Annotated[int, Field(ge=1)]
    expired_page: Literal["error", "failure", "cancel"]
    paid_reopened: Literal["received", "error"]
    time_format: Literal["z", "unix-ms", "offset", "at"]
    href_path: Literal["pay-checkout", "checkout"]
    captcha: Literal["off", "blocking"]
    webhook_session_key: Literal["both", "data", "checkoutSessionId"]
    webhook_timing: Literal[
        "after", "before", "late", "approved-late", "never", "duplicate", "declined-last"
    ]
    webhook_delay_s: Annotated[int, Field(ge=0)]
    webhook_signature: Literal["valid", "wrong"]
    missing_customer_status: Literal[404, 400]
    user_agent_required: bool
    cors: Literal["none", "any"]
    velocity_limit: Annotated[int, Field(ge=0)]
    tips: bool
    wallets: bool

    def switches(self) -> dict[str, Any]:
        """Return every switch with its value, as a stand-in takes them."""
        return self.model_dump(exclude={"name"})


SWITCHES = tuple(name for name in Behaviour.model_fields if name != "name")


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
    switches = _read(BEHAVIOURS / f"{DEFAULT}.toml") | _read(path)
    behaviour = _validate(path.stem, switches, where=str(path))
    if not overrides:
        return behaviour
    name = ", ".join([path.stem, *(f"{key}={value}" for key, value in overrides.items())])
    where = f"the change asked for to {path.name}"
    return _validate(name, switches | overrides, where=where)


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
    unknown = sorted(set(document) - {"about", "switches", "answers"})
    if unknown or not isinstance(document.get("switches"), dict):
        came = ", ".join(unknown) or "no table of switches"
        raise BehaviourProblem(
            f"The behaviour {path} has {came}: put every switch under [switches], beside an"
            " optional [about]."
        )
    switches: dict[str, object] = document["switches"]
    return switches


def _validate(name: str, switches: Mapping[str, object], *, where: str) -> Behaviour:
    for switch in switches:
        if switch not in SWITCHES:
            raise BehaviourProblem(
                f"In {where}, {switch} is no switch: the switches are {', '.join(SWITCHES)}."
            )
    try:
        return Behaviour.model_validate({**switches, "name": name})
    except ValidationError as problem:
        error = problem.errors()[0]
        allowed = error["msg"].replace("Input", "it").replace("String", "it")
        raise BehaviourProblem(
            f"In {where}, {error['loc'][0]} is {error['input']!r}: {allowed}."
        ) from None
