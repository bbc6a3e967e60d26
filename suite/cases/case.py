"""Regression cases: checkouts described in TOML files.

What a case leaves out has the suite's default: one item, a made-up customer, the landing site's
URLs, the behaviour of the run. Errors name the file, the line and the remedy.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from clover import cards
from clover.behaviour import DEFAULT, load_behaviour
from clover.models import Customer, LineItem
from records.outcome import Outcome
from suite.cases.card_order import check_cards
from suite.cases.names import check_names, check_scheme
from suite.cases.shop_tables import (
    TURNS,
    WITHOUT_LANDING,
    OrderExpectation,
    PageExpectation,
    Shop,
    Table,
    Texts,
    slots,
)

NONE = "none"
"""As an expected landing: the shopper stays on the checkout page."""

CARDLESS = ("opens-success-url",)
"""What a shopper does without a card."""
_OF_THE_LANDING = {"text", "not_text", "status", "final"}
_OF_A_SHOP = {"not_text", "final", "total", "tabs", "order", "pages"}

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


class Expectations(Table):
    """Expectations beside those of the contract; the last six are for a checkout in a shop.

    Attributes:
        landing: the URL to land on, with {CHECKOUT_SESSION_ID} for the session's id; "none" if
            the shopper must stay on the checkout page. In a shop, {*} and {name} stand for what
            only the shop knows.
    """

    landing: str | None = Field(
        None, description='URL to land on; "none" if the shopper must stay on Clover\'s page'
    )
    status: Annotated[int, Field(ge=100, le=599)] | None = Field(
        None, description="HTTP status of the landed page"
    )
    text: Texts = Field((), description="texts that the landed page must show")
    not_text: Texts = Field((), description="texts that it must not show")
    final: str | None = Field(None, description="its address after the shop's own redirects")
    total: str | None = Field(None, description='amount on the Pay button: "23.80"')
    tabs: int | None = Field(None, description="number of the shopper's tabs at the end")
    order: OrderExpectation | None = Field(None, description="what the shop's books say")
    pages: tuple[PageExpectation, ...] = Field((), description="pages looked at afterwards")

    @property
    def texts_with_slots(self) -> Iterator[str]:
        """Every address in which values from the landing may stand."""
        yield from (self.final or "", self.order.url if self.order else "")
        yield from (page.url for page in self.pages)


class Case(Table):
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
    shop: Shop | None = Field(None, description="the shop where the checkout begins")
    shopper: Annotated[
        str,
        WithJsonSchema({"enum": list(TURNS)}),
        Field(description="what the shopper does beside the plain way, in a shop"),
    ] = "pays"
    expect: Expectations = Expectations()

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        for name in self.card:
            if name not in CARDS:
                raise ValueError(
                    f"card {name!r} is not a test card: use one of {', '.join(sorted(CARDS))}"
                )
        if self.outcome is not Outcome.CANCEL and not (self.card or self.shopper in CARDLESS):
            raise ValueError(f'an outcome of {self.outcome} needs a card: add card = "APPROVED"')
        # Without a name, the behaviour is that of the run, which not every reader knows.
        named = self.behaviour or (info.context or {}).get("behaviour")
        behaviour = load_behaviour(named or DEFAULT, **self.switches)
        if named or "decline" in self.switches:
            check_cards(self.card, self.outcome, behaviour)
        check_names(self.device, self.locale)
        for table, urls in (("request", self.request), ("dashboard", self.dashboard)):
            for outcome, url in (urls or {}).items():
                check_scheme(url, f"{table}.{outcome}")
        if self.expect.landing and not self.stays:
            check_scheme(self.expect.landing, "expect.landing")
        self._check_shop()
        return self

    def _check_shop(self) -> None:
        """Refuse fields that do not go with a shop, or need one."""
        if self.shopper not in TURNS:
            near = get_close_matches(self.shopper, TURNS, n=1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            raise ValueError(
                f"shopper {self.shopper!r} is unknown{meant}: use one of {', '.join(TURNS)}"
            )
        expected = self.expect.model_fields_set & _OF_A_SHOP
        if self.shop is None:
            if expected or self.shopper != "pays":
                named = ", ".join(sorted(expected)) or "shopper"
                raise ValueError(f"{named} is about a shop: add the table [shop]")
            return
        if self.request or self.customer or self.line_items:
            raise ValueError(
                "request, customer and line_items are the shop's own here: leave them out"
            )
        if self.shopper in WITHOUT_LANDING and self.expect.model_fields_set & _OF_THE_LANDING:
            raise ValueError(f'shopper = "{self.shopper}" has no landed page: leave out its texts')
        known = slots([self.expect.landing or ""]) | {"landing", *Outcome}
        if missing := sorted(slots(self.expect.texts_with_slots) - known - {"*"}):
            named = f"{{{missing[0]}}}"
            raise ValueError(
                f"expect.landing has no {named}, which another address uses: write {named} where "
                "the landing URL has it"
            )

    @property
    def cards(self) -> tuple[cards.Card, ...]:
        """The test cards, in the order in which they are tried."""
        return tuple(CARDS[name] for name in self.card)

    def context_options(self, devices: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options of a browser context: device and locale, if the case names them.

        Args:
            devices: Playwright's, by name.
        """
        device = dict(devices[self.device]) if self.device else {}
        device.pop("default_browser_type", None)
        return {**device, **({"locale": self.locale} if self.locale else {})}

    @property
    def stays(self) -> bool:
        """Whether the case expects no landing."""
        return self.expect.landing == NONE
