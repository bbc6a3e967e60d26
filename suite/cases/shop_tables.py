"""The tables of a case that begins in a shop: the shop, its steps, and what it must show."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

import ada_url
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from clover.hosts import is_production

SLOT = re.compile(r"\{([^{}]+)\}")
#: What the run fills in: a free port, a certificate for the shop, and the Python of the run.
PORT, CERTIFICATE, PYTHON = "{port}", "{certificate}", "{python}"

OF_THE_RUN = (PORT, CERTIFICATE, PYTHON)

#: What a shopper does beside the plain way to the end, and what it is.
TURNS: Mapping[str, str] = {
    "pays": "goes the plain way to the outcome",
    "double-click": "presses the last step's button twice",
    "double-click-pay": "presses Pay twice",
    "goes-back": "presses Back on Clover's page, and takes the last step again",
    "goes-forward": "presses Back on Clover's page, then Forward",
    "cancels-first": "cancels, and begins again in the shop",
    "is-declined-first": "is declined, and begins again in the shop",
    "closes-tab": "closes the tab after Pay and before the redirect; without paying to cancel",
    "opens-success-url": "opens the success URL by hand, without paying",
    "returns-twice": "opens the landing URL a second time",
    "goes-back-after-paying": "presses Back on the landing page",
    "second-tab": "takes all steps in a second tab too, and finishes the first",
    "pays-in-both-tabs": "takes all steps in a second tab too, and finishes both",
    "lets-session-expire": "presses Pay after the session has ended; stand-in only",
    "pays-in-last-second": "presses Pay right before the session ends; stand-in only",
    "visits-first": "visits the shop until its service worker runs, and then begins",
}
#: Turns after which no page of the shop shows.
WITHOUT_LANDING = ("closes-tab", "lets-session-expire")
#: Turns that wait for the end of a session: its length then, seconds, if the case names none.
SHORT_SESSIONS = {"lets-session-expire": 10, "pays-in-last-second": 15}
#: Turns that are about the back-forward cache, which headless shells do not have.
OVER_THE_CACHE = ("goes-back", "goes-forward")


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_tuple),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One text or several."""


class Table(BaseModel):
    """One table of a case file."""

    # A name that Python reserves has an underscore at its end.
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: name.rstrip("_")
    )


class Step(Table):
    """One thing that the shopper does in the shop: exactly one of the first six.

    Attributes:
        in_: text of the row or card that holds the control, if there are several.
        optional: whether the step is left out if its control does not appear.
    """

    goto: str | None = Field(None, description="address to open, relative to the page")
    click: str | None = Field(None, description="name of a button or link")
    fill: str | None = Field(None, description="label of a text field")
    select: str | None = Field(None, description="label of a list")
    check: str | None = Field(None, description="label of a box or a choice")
    see: str | None = Field(None, description="text to wait for")
    with_: str | None = Field(None, description="text for the field")
    option: str | None = Field(None, description="option of the list")
    in_: str = Field("", description="text of the row or card that holds the control")
    optional: bool = Field(default=False, description="skip it if it does not appear")

    @model_validator(mode="after")
    def _is_one_action(self) -> Self:
        verbs = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(verbs) != 1:
            raise ValueError(f"a step does exactly one of {', '.join(VERBS)}")
        for verb, name, value in (("fill", "with", self.with_), ("select", "option", self.option)):
            if (verbs == [verb]) != (value is not None):
                raise ValueError(f'a step with {verb} needs {name}, and no other: {name} = "…"')
        return self

    @property
    def verb(self) -> str:
        """What it does: "click", "fill" …."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    @property
    def name(self) -> str:
        """What it does it with."""
        return str(getattr(self, self.verb))

    def __str__(self) -> str:
        within = f" in “{self.in_}”" if self.in_ else ""
        return f"{self.verb} “{self.name}”{within}"


VERBS = ("goto", "click", "fill", "select", "check", "see")


class Shop(Table):
    """The shop, and the way to its Buy button."""

    url: str = Field(description="where the shopper begins")
    command: str = Field("", description="starts the shop; stopped after the last case")
    folder: str = Field("", description="where the command runs; default: that of the case")
    wait_for: str = Field("", description="address that answers once it has started; default: url")
    certificate: str = Field("", description="PEM file of a certificate to trust")
    hosts: dict[str, str] = Field(
        default_factory=dict, description="host names that only this browser resolves"
    )
    headers: dict[str, str] = Field(
        default_factory=dict, description="headers added to each request to the shop"
    )
    blocked: tuple[str, ...] = Field((), description="URL patterns whose requests fail")
    webhook: str = Field("", description="where the stand-in posts its notifications")
    steps: tuple[Step, ...] = Field(description="the way to Clover's page")

    @model_validator(mode="after")
    def _is_reachable(self) -> Self:
        check_address(self.url, "url")
        if not self.steps:
            raise ValueError("steps is empty: name at least the button that leads to Clover")
        for field in ("wait_for", "webhook"):
            if given := getattr(self, field):
                check_address(given, field)
        for name, place in self.hosts.items():
            if not re.fullmatch(r"[^:/\s]+:(\d+|\{port\})", place):
                raise ValueError(f'hosts: {name} needs a host and a port, as in "localhost:5000"')
        if not self.command and any(PORT in text for text in (self.url, *self.hosts.values())):
            raise ValueError(f"url has {PORT}, which needs a command that takes the port")
        return self


class OrderExpectation(Table):
    """What the shop's own books must say after the landing."""

    url: str = Field(description="address that answers with JSON")
    json_: dict[str, Any] = Field(
        default_factory=dict, description="values by dotted path; numbers index lists"
    )
    status: int = Field(200, description="HTTP status")
    within_s: Annotated[float, Field(gt=0)] = Field(10.0, description="longest wait, seconds")


class PageExpectation(Table):
    """A page that is looked at after the landing."""

    url: str = Field(description="address; {landing}, {success} … stand for URLs of the checkout")
    text: Texts = Field((), description="texts that the page must show")
    not_text: Texts = Field((), description="texts that it must not show")
    status: int | None = Field(None, description="HTTP status; default: below 400")
    fresh: bool = Field(default=False, description="without the shopper's cookies")


def check_address(url: str, field: str) -> None:
    """Refuse what no browser opens, and production.

    Raises:
        ValueError: the address cannot be used.
    """
    try:
        address = ada_url.URL(url.replace(PORT, "5000"))
    except ValueError:
        raise ValueError(
            f"{field} is {url!r}, which is no full URL: begin it with https:// or http://"
        ) from None
    if address.protocol not in {"http:", "https:"}:
        raise ValueError(f"{field} is {url!r}: begin it with https:// or http://")
    if is_production(address.hostname):
        raise ValueError(
            f"{field} names {address.hostname}, Clover's production, which is always refused"
        )


def slots(texts: Iterable[str]) -> set[str]:
    """Return the names in braces, without Clover's placeholders and the run's own."""
    names = {name for text in texts for name in SLOT.findall(text)}
    return names - {"CHECKOUT_SESSION_ID", "ERROR_CODE", *(n.strip("{}") for n in OF_THE_RUN)}
