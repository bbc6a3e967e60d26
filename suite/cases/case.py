"""Regression cases: checkouts described in TOML files.

What a case leaves out has the suite's default: one item, a made-up customer, the landing site's
URLs, the behaviour of the run. Errors name the file, the line and the remedy.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from clover import cards
from clover.behaviour import load_behaviour
from clover.models import CheckoutRequest, Customer, LineItem, RedirectUrls
from records.outcome import Outcome
from suite.cases import case_text

SCHEMA_FILE = "case.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
NONE = "none"
"""As an expected landing: the shopper stays on the checkout page."""

CARDS: Mapping[str, cards.Card] = {
    name: card for name, card in vars(cards).items() if isinstance(card, cards.Card)
}


class CaseProblem(ValueError):
    """An invalid case file; the message names file, line and remedy."""

    category = "suite problem"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expectations(_Table):
    """Expectations beside those of the contract.

    Attributes:
        landing: the URL to land on, with {CHECKOUT_SESSION_ID} for the session's id; "none" if
            the shopper must stay on the checkout page.
        status: HTTP status of the landed page.
        text: words that the landed page must show.
    """

    landing: str | None = Field(
        None, description='URL to land on; "none" if the shopper must stay on Clover\'s page'
    )
    status: Annotated[int, Field(ge=100, le=599)] | None = Field(
        None, description="HTTP status of the landed page"
    )
    text: str | None = Field(None, description="words that the landed page must show")


class Case(_Table):
    """One checkout, from its request to its expected landing."""

    title: Annotated[str, Field(min_length=1, description="the expectation, as one sentence")]
    outcome: Annotated[Outcome, Field(description="how the checkout ends")]
    card: Annotated[
        str | tuple[str, ...],
        Field(
            description="name of a test card, or several cards to try one after the other",
            json_schema_extra={
                "anyOf": [
                    {"enum": sorted(CARDS)},
                    {"type": "array", "items": {"enum": sorted(CARDS)}, "minItems": 1},
                ]
            },
        ),
    ] = ()
    behaviour: str | None = Field(
        None, description="name of a behaviour, or path of a file; default: that of the run"
    )
    switches: dict[str, str | int | bool] = Field(
        default_factory=dict,
        description="switches in which the provider differs from the behaviour",
    )
    fault: str | None = Field(None, description="fault of the stand-in to switch on, stand-in only")
    skin: str | None = Field(None, description="design of the hosted page, stand-in only")
    device: str | None = Field(None, description='a device that Playwright knows: "iPhone 13"')
    locale: str | None = Field(None, description='language of the browser: "fr-CA"')
    request: RedirectUrls | None = Field(None, description="redirectUrls of the create call")
    dashboard: RedirectUrls | None = Field(None, description="URLs saved on the dashboard")
    customer: Customer | None = Field(None, description="the shopper")
    line_items: tuple[LineItem, ...] = Field((), description="what is bought")
    expect: Expectations = Expectations()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for name in self.card_names:
            if name not in CARDS:
                raise ValueError(
                    f"card {name!r} is not a test card: use one of {', '.join(sorted(CARDS))}"
                )
        if self.outcome is not Outcome.CANCEL and not self.card:
            raise ValueError(f'an outcome of {self.outcome} needs a card: add card = "APPROVED"')
        load_behaviour(self.behaviour or "documented", **self.switches)
        return self

    @property
    def card_names(self) -> tuple[str, ...]:
        """The names of the test cards, in the order in which they are tried."""
        return (self.card,) if isinstance(self.card, str) else self.card

    @property
    def cards(self) -> tuple[cards.Card, ...]:
        """The test cards, in the order in which they are tried."""
        return tuple(CARDS[name] for name in self.card_names)

    @property
    def stays(self) -> bool:
        """Whether the case expects no landing."""
        return self.expect.landing == NONE

    def checkout_request(self, usual: CheckoutRequest) -> CheckoutRequest:
        """Return the create call of this case, with defaults from ``usual``."""
        return CheckoutRequest(
            customer=self.customer or usual.customer,
            redirect_urls=self.request or usual.redirect_urls,
            line_items=self.line_items or usual.line_items,
            tips=usual.tips,
            page_config_uuid=usual.page_config_uuid,
        )


def load_case(path: Path) -> Case:
    """Read a case file.

    Raises:
        CaseProblem: the file cannot be read or is invalid.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseProblem(
            f"{path} cannot be read ({error}): name an existing UTF-8 text file."
        ) from None
    return parse_case(text, name=str(path))


def parse_case(text: str, *, name: str = "the case") -> Case:
    """Read a case from its text; errors call it ``name``.

    Raises:
        CaseProblem: the text is invalid.
    """
    try:
        return Case.model_validate(case_text.read(text))
    except case_text.NotToml as error:
        raise CaseProblem(f"{name}, {error}") from None
    except ValidationError as error:
        problems = [_problem(text, name, found) for found in error.errors()]
        raise CaseProblem("\n".join(dict.fromkeys(problems))) from None


def _problem(text: str, name: str, found: Any) -> str:
    place = [part for part in found["loc"] if part not in {"str", "tuple[str, ...]"}]
    line = case_text.line_of(text, place)
    field = ".".join(str(part) for part in place) or "the case"
    if found["type"] == "extra_forbidden":
        said = "there is no such field" + case_text.closest(str(place[-1]), _fields(place[:-1]))
    elif found["type"] == "missing":
        said = "it is missing: add it"
    elif found["type"] == "value_error":
        said = str(found["ctx"]["error"]).rstrip(".")
        place = place or _named(said, found["input"])
        return f"{name}, line {case_text.line_of(text, place)}: {said}."
    else:
        said = f"{found['msg'][0].lower()}{found['msg'][1:]}, and {found['input']!r} came"
    end = "" if said.endswith("?") else "."
    return f"{name}, line {line}: {field}: {said}{end}"


def _named(said: str, fields: Any) -> list[object]:
    """Return the field that an error of the whole case is about."""
    switches = fields.get("switches") if isinstance(fields, Mapping) else None
    for switch in switches if isinstance(switches, Mapping) else ():
        if f" {switch} is " in said:
            return ["switches", switch]
    return [next((key for key in ("card", "behaviour") if key in said), "title")]


def _fields(place: Iterable[object]) -> list[str]:
    """Return the names of the fields in a table of a case."""
    model: Any = Case
    tables: Mapping[str, type[BaseModel]] = {
        "request": RedirectUrls,
        "dashboard": RedirectUrls,
        "customer": Customer,
        "line_items": LineItem,
        "expect": Expectations,
    }
    for part in place:
        model = tables.get(str(part), model)
    return list(model.model_fields)


def dumps(case: Case | Mapping[str, Any]) -> str:
    """Write a case as a TOML file.

    Args:
        case: a case, or its fields as a test collected them. Cards may be objects; None and
            empty values are left out.
    """
    fields = case.model_dump(mode="json") if isinstance(case, Case) else _plain(case)
    return f"#:schema ./{SCHEMA_FILE}\n\n{case_text.write(fields)}"


def _plain(value: Any) -> Any:
    if isinstance(value, cards.Card | cards.CardDetails):
        return next(
            (name for name, card in CARDS.items() if card.number == value.number), "unknown"
        )
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=False)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def schema() -> str:
    """Return the JSON schema of a case file, for completion and checks in editors."""
    described = {"$schema": DRAFT, **Case.model_json_schema(by_alias=False)}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
