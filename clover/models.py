"""Request and session of the create-checkout call.

Field names are Python's; the JSON has them in camel case, or as a field says. The models accept
what Clover documents as valid, except that a redirect URL is any text. An invalid request is a
plain dictionary for ``CheckoutsClient.post``.

Source: https://docs.clover.com/reference/createcheckout
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from clover.times import parse_time
from records.outcome import Outcome

# Percent times 100,000, so this is 100 %.
_RATE_OF_THE_WHOLE = 10_000_000

_PositiveInt = Annotated[int, Field(strict=True, gt=0)]


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
    )


class Customer(_Model):
    """The shopper. The object is required; its fields prefill the page."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class TaxRate(_Model):
    """A tax on one line.

    Attributes:
        rate: percent times 100,000: 6.25 % is 625000.
    """

    name: str
    rate: Annotated[int, Field(strict=True, ge=0)]

    def tax_cents(self, amount_cents: int) -> int:
        """Return the tax on an amount, both in cents, half a cent rounded up."""
        return (2 * amount_cents * self.rate + _RATE_OF_THE_WHOLE) // (2 * _RATE_OF_THE_WHOLE)


class LineItem(_Model):
    """One line of the cart: a name and a price, or an item of the merchant's inventory.

    Attributes:
        price_cents: of one unit, in the minor unit of the merchant's currency.
        item_ref_uuid: the inventory item, which makes name and price optional.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=126)] | None = None
    price_cents: _PositiveInt | None = Field(default=None, serialization_alias="price")
    unit_qty: _PositiveInt = 1
    note: str | None = None
    item_ref_uuid: str | None = None
    tax_rates: tuple[TaxRate, ...] | None = None

    @model_validator(mode="after")
    def _names_what_is_sold(self) -> Self:
        if self.item_ref_uuid is None and (self.name is None or self.price_cents is None):
            raise ValueError("a line needs a name and a price, or the itemRefUuid of an item")
        return self


class Tips(_Model):
    """Whether the page asks for a tip; by default it does not."""

    enabled: bool


class Totals(_Model):
    """The amounts that the page must show, in cents."""

    subtotal_cents: int
    tax_cents: int
    total_cents: int


class CheckoutRequest(_Model):
    """One checkout session to create.

    Attributes:
        redirect_urls: any text by outcome; None leaves the field out, an empty mapping sends it.
        page_config_uuid: one of the merchant's checkout pages.
    """

    line_items: Annotated[tuple[LineItem, ...], Field(min_length=1)]
    customer: Customer = Customer()
    redirect_urls: Mapping[Outcome, str] | None = None
    tips: Tips | None = None
    page_config_uuid: str | None = None

    def body(self) -> dict[str, Any]:
        """Return the request's JSON with Clover's names, without the fields that are None."""
        wire: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        wire["shoppingCart"] = {"lineItems": wire.pop("lineItems")}
        return wire

    def totals(self) -> Totals:
        """Return what the shopper has to pay.

        Tax is assumed to be rounded per line and rate, half a cent up: Clover documents the scale
        of a rate, but not how it rounds.

        Raises:
            ValueError: a line has no price, because the merchant's inventory has it.
        """
        subtotal_cents = tax_cents = 0
        for item in self.line_items:
            if item.price_cents is None:
                raise ValueError(
                    f"The line with itemRefUuid {item.item_ref_uuid} has its price in the"
                    " merchant's inventory: give it a price_cents to compute the total."
                )
            line_cents = item.price_cents * item.unit_qty
            subtotal_cents += line_cents
            tax_cents += sum(tax.tax_cents(line_cents) for tax in item.tax_rates or ())
        total_cents = subtotal_cents + tax_cents
        return Totals(subtotal_cents=subtotal_cents, tax_cents=tax_cents, total_cents=total_cents)


class CheckoutSession(BaseModel):
    """A checkout session that Clover has created.

    The two times are parsed on access: Clover has changed their format three times, and another
    change must not stop the tests that need no times.

    Attributes:
        href: the hosted page's address, an opaque URL.
        created_time: as in the JSON, or None.
        expiration_time: likewise.
    """

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)

    session_id: str = Field(validation_alias="checkoutSessionId")
    href: str
    created_time: Any = Field(default=None, validation_alias="createdTime")
    expiration_time: Any = Field(default=None, validation_alias="expirationTime")

    @property
    def created(self) -> datetime:
        """The time of creation in UTC; raises ``TimeProblem`` if its format is unknown."""
        return parse_time(self.created_time, name="createdTime")

    @property
    def expires(self) -> datetime:
        """The time of expiration in UTC; raises ``TimeProblem`` if its format is unknown."""
        return parse_time(self.expiration_time, name="expirationTime")
