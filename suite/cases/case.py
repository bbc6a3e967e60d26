"""Regression cases: checkouts described in TOML files.

What a case leaves out has the suite's default: one item, a made-up customer, the landing site's
URLs, the behaviour of the run. Errors name the file, the line and the remedy.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import to_jsonable_python

from clover import cards
from clover.behaviour import load_behaviour
from clover.models import Customer, LineItem, TaxRate
from records.outcome import Outcome
from suite.cases import case_text

SCHEMA_FILE = "case.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
NONE = "none"
"""As an expected landing: the shopper stays on the checkout page."""

CARDS: Mapping[str, cards.Card] = {
    name: card for name, card in vars(cards).items() if isinstance(card, cards.Card)
}


RedirectUrls = Annotated[
    Mapping[Outcome, str],
    WithJsonSchema(
        {
            "type": "object",
            "properties": {outcome.value: {"type": "string"} for outcome in Outcome},
            "additionalProperties": False,
        }
    ),
]
"""A table of redirect URLs; editors complete its keys."""


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
        tuple[str, ...],
        BeforeValidator(lambda named: (named,) if isinstance(named, str) else named),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": sorted(CARDS)},
                    {"type": "array", "items": {"enum": sorted(CARDS)}, "minItems": 1},
                ]
            }
        ),
        Field(description="name of a test card, or several cards to try one after the other"),
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
        for name in self.card:
            if name not in CARDS:
                raise ValueError(
                    f"card {name!r} is not a test card: use one of {', '.join(sorted(CARDS))}"
                )
        if self.outcome is not Outcome.CANCEL and not self.card:
            raise ValueError(f'an outcome of {self.outcome} needs a card: add card = "APPROVED"')
        load_behaviour(self.behaviour or "documented", **self.switches)
        return self

    @property
    def cards(self) -> tuple[cards.Card, ...]:
        """The test cards, in the order in which they are tried."""
        return tuple(CARDS[name] for name in self.card)

    @property
    def stays(self) -> bool:
        """Whether the case expects no landing."""
        return self.expect.landing == NONE


_TABLES: Mapping[str, Sequence[str]] = {
    "": list(Case.model_fields),
    "request": list(Outcome),
    "dashboard": list(Outcome),
    "customer": list(Customer.model_fields),
    "line_items": list(LineItem.model_fields),
    "tax_rates": list(TaxRate.model_fields),
    "expect": list(Expectations.model_fields),
}
"""The fields of each table of a case."""


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
        return Case.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CaseProblem(f"{name}, {case_text.describe(error, text)}") from None
    except ValidationError as error:
        problems = [_problem(text, name, found) for found in error.errors()]
        raise CaseProblem("\n".join(dict.fromkeys(problems))) from None


def _problem(text: str, name: str, found: Any) -> str:
    """Return file, line, field and remedy of one of pydantic's errors."""
    place = [part for part in found["loc"] if part not in {"str", "[key]"}]
    unknown = found["type"] == "extra_forbidden" or "[key]" in found["loc"]
    if found["type"] == "value_error":
        said = str(found["ctx"]["error"]).rstrip(".")
        line = case_text.line_of(text, place or _named(said, found["input"]))
        return f"{name}, line {line}: {said}."
    if unknown:
        table = next((part for part in reversed(place[:-1]) if isinstance(part, str)), "")
        said = "there is no such field" + case_text.closest(str(place[-1]), _TABLES[table])
    elif found["type"] == "missing":
        said = "it is missing: add it"
    else:
        said = f"{found['msg'][0].lower()}{found['msg'][1:]}, and {found['input']!r} came"
    end = "" if said.endswith("?") else "."
    field = ".".join(str(part) for part in place) or "the case"
    return f"{name}, line {case_text.line_of(text, place)}: {field}: {said}{end}"


def _named(said: str, fields: Mapping[str, Any]) -> list[str]:
    """Return the field that an error of the whole case is about."""
    switches = [switch for switch in fields.get("switches", ()) if f" {switch} is " in said]
    if switches:
        return ["switches", switches[0]]
    return [next((key for key in ("card", "behaviour") if key in said), "title")]


def dumps(case: Case | Mapping[str, Any]) -> str:
    """Write a case as a TOML file.

    Args:
        case: a case, or its fields as a test collected them, with a sequence of ``Card`` objects.
            None and empty values are left out.
    """
    if not isinstance(case, Case):
        names = {card: name for name, card in CARDS.items()}
        case = {**case, "card": [names.get(card, "unknown") for card in case.get("card", ())]}
    return (
        f"#:schema ./{SCHEMA_FILE}\n\n{case_text.write(to_jsonable_python(case, by_alias=False))}"
    )


def schema() -> str:
    """Return the JSON schema of a case file, for completion and checks in editors."""
    described = {"$schema": DRAFT, **Case.model_json_schema(by_alias=False)}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
