"""What is asked of Clover to open a checkout, and what comes back.

Field names are Python's; on the wire they are the same in camel case, or as a field says. These
models hold what Clover
documents as valid. A request that is wrong on purpose is a plain dictionary for
``CheckoutsClient.post``. Redirect URLs are the exception: they are what this project is about, so
that any text is taken.

Source: https://docs.clover.com/reference/createcheckout
"""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from clover.times import parse_time

# Percent times 100,000: 6.25 % is 625000, so that this many make the whole amount.
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
    """The shopper. The object has to be there; what is in it fills the page in beforehand."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class RedirectUrls(_Model):
    """Where each outcome leads to, as any text; an outcome that is left out has no URL."""

    success: str | None = None
    failure: str | None = None
    cancel: str | None = None


class TaxRate(_Model):
    """A tax on one line.

    Attributes:
        rate: percent times 100,000, so that 6.25 % is 625000.
    """

    name: str
    rate: Annotated[int, Field(strict=True, ge=0)]

    def tax_cents(self, amount_cents: int) -> int:
        """The tax on an amount, half a cent rounded up; both in cents."""
        return (2 * amount_cents * self.rate + _RATE_OF_THE_WHOLE) // (2 * _RATE_OF_THE_WHOLE)


class LineItem(_Model):
    """One line of the cart: a name and a price, or an item of the merchant's inventory.

    Attributes:
        price_cents: of one unit, in the minor unit of the merchant's own currency.
        item_ref_uuid: the inventory item; name and price may then be left out.
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
    """Whether the page asks for a tip; Clover takes none unless it is told to."""

    enabled: bool


class Totals(_Model):
    """What the page has to show, in cents."""

    subtotal_cents: int
    tax_cents: int
    total_cents: int


class CheckoutRequest(_Model):
    """One checkout to open.

    Attributes:
        redirect_urls: None leaves the field out; an empty ``RedirectUrls`` sends it empty.
        page_config_uuid: one of several checkout pages that a merchant may have.
    """

    line_items: Annotated[tuple[LineItem, ...], Field(min_length=1)]
    customer: Customer = Customer()
    redirect_urls: RedirectUrls | None = None
    tips: Tips | None = None
    page_config_uuid: str | None = None

    def body(self) -> dict[str, Any]:
        """The request's JSON, with Clover's names and without anything that was left out."""
        wire: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        wire["shoppingCart"] = {"lineItems": wire.pop("lineItems")}
        return wire

    def totals(self) -> Totals:
        """What the shopper has to pay.

        Tax is assumed to be rounded for each line and each rate by itself, half a cent up: Clover
        documents the scale of a rate, and nobody has published how it rounds.

        Raises:
            ValueError: a line has no price here, since the merchant's inventory has it.
        """
        subtotal_cents = tax_cents = 0
        for item in self.line_items:
            if item.price_cents is None:
                raise ValueError(
                    f"The line with itemRefUuid {item.item_ref_uuid} has its price in the"
                    " merchant's inventory: give it a price_cents to know the total."
                )
            line_cents = item.price_cents * item.unit_qty
            subtotal_cents += line_cents
            tax_cents += sum(tax.tax_cents(line_cents) for tax in item.tax_rates or ())
        return Totals(
            subtotal_cents=subtotal_cents,
            tax_cents=tax_cents,
            total_cents=subtotal_cents + tax_cents,
        )


class CheckoutSession(BaseModel):
    """A checkout that Clover has opened.

    The two times are read when they are asked for: Clover has changed their shape three times, and
    a fourth shall not stop the tests of redirects, which need none of them.

    Attributes:
        href: the hosted page's address; nothing in it is to be relied on.
        created_time: as it stood in the JSON, or None.
        expiration_time: likewise.
    """

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)

    session_id: str = Field(validation_alias="checkoutSessionId")
    href: str
    created_time: Any = Field(default=None, validation_alias="createdTime")
    expiration_time: Any = Field(default=None, validation_alias="expirationTime")

    @property
    def created(self) -> datetime:
        """When the session began, in UTC; a ``TimeProblem`` if that cannot be read."""
        return parse_time(self.created_time, name="createdTime")

    @property
    def expires(self) -> datetime:
        """When the session ends, in UTC; a ``TimeProblem`` if that cannot be read."""
        return parse_time(self.expiration_time, name="expirationTime")
