"""Validation of create-checkout requests.

Source of every rule: docs/sources.md, The API. Unknown keys are ignored, as measured.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standin.address import problem_with
from standin.faults.api_defects import ApiDefect
from standin.money import Line, Tax
from standin.outcomes import NO_URLS, Outcome, RedirectUrls

LONGEST_NAME = 126
#: Stands for every item of the merchant's inventory; the stand-in has no inventory.
INVENTORY_NAME, INVENTORY_PRICE_CENTS = "Inventory item", 1000

_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_KEYS = {"customer", "redirectUrls", "shoppingCart", "tips", "pageConfigUuid"}
_NAME_OR_REFERENCE = "Line items need either an itemRefUuid or a name and a price."


class RequestRefused(Exception):
    """The request is answered with this status and message instead of a session."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Customer:
    """The customer of the request; missing parts are empty."""

    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the customer is to pay for."""

    customer: Customer
    lines: tuple[Line, ...]
    tips: bool | None


def check_request(
    body: object,
    *,
    plain_http: bool,
    missing_customer_status: int,
    api_defects: frozenset[ApiDefect] = frozenset(),
) -> RedirectUrls:
    """Check a request's parsed JSON and return its redirect URLs.

    ``read_order`` can read every body that passes.

    Args:
        body: what was parsed.
        plain_http: whether ``http://`` redirect URLs are accepted.
        missing_customer_status: HTTP status for a request without a customer.
        api_defects: rules that a faulty provider does not keep.

    Raises:
        RequestRefused: with the status and message of the answer.
    """
    if not isinstance(body, dict):
        raise RequestRefused("The request body must be a JSON object.")
    if ApiDefect.UNKNOWN_KEYS in api_defects and not body.keys() <= _KEYS:
        raise RequestRefused("The request has an unknown key.")
    customer = body.get("customer")
    if customer is None:
        status = 400 if ApiDefect.CUSTOMER_400 in api_defects else missing_customer_status
        raise RequestRefused("Customer can't be null", status)
    _check_customer(customer)
    plain_http = plain_http or ApiDefect.PLAIN_HTTP in api_defects
    any_scheme = ApiDefect.ANY_SCHEME in api_defects
    urls = _check_urls(body.get("redirectUrls"), plain_http=plain_http, any_scheme=any_scheme)
    if ApiDefect.ALL_URLS in api_defects and not (urls.success and urls.failure and urls.cancel):
        raise RequestRefused("redirectUrls must have success, failure and cancel.")
    _check_cart(body.get("shoppingCart"), check_items=ApiDefect.ITEMS_UNCHECKED not in api_defects)
    tips = body.get("tips")
    if tips is not None and not (
        isinstance(tips, dict) and isinstance(tips.get("enabled"), bool | None)
    ):
        raise RequestRefused("tips.enabled must be true or false.")
    return urls


def _check_customer(customer: object) -> None:
    if not isinstance(customer, dict):
        raise RequestRefused("customer must be an object.")
    for key in ("firstName", "lastName", "email", "phoneNumber"):
        if not isinstance(customer.get(key), str | None):
            raise RequestRefused(f"customer.{key} must be a string.")
    email = customer.get("email")
    if email and not _EMAIL.fullmatch(email):
        raise RequestRefused("customer.email is not a valid email address.")


def _check_urls(urls: object, *, plain_http: bool, any_scheme: bool) -> RedirectUrls:
    if urls is None:
        return NO_URLS
    if not isinstance(urls, dict):
        raise RequestRefused("redirectUrls must be an object.")
    for key in Outcome:
        url = urls.get(key)
        if not isinstance(url, str | None):
            raise RequestRefused(f"redirectUrls.{key} must be a string.")
        if url and not any_scheme and (problem := problem_with(url, plain_http=plain_http)):
            raise RequestRefused(f"redirectUrls.{key} {problem}")
    return RedirectUrls(*(urls.get(each) or None for each in Outcome))


def _check_cart(cart: object, *, check_items: bool) -> None:
    if not isinstance(cart, dict):
        raise RequestRefused("shoppingCart must be an object.")
    if cart.get("discounts"):
        raise RequestRefused("Discounts on the shopping cart are not supported.")
    items = cart.get("lineItems")
    if not isinstance(items, list) or not items:
        raise RequestRefused("shoppingCart.lineItems needs at least one line item.")
    for item in items if check_items else ():
        _check_item(item)


def _check_item(item: object) -> None:
    if not isinstance(item, dict):
        raise RequestRefused("Each line item must be an object.")
    for key in ("name", "note", "itemRefUuid"):
        if not isinstance(item.get(key), str | None):
            raise RequestRefused(f"Line item {key} must be a string.")
    name, price = item.get("name"), item.get("price")
    if not item.get("itemRefUuid") and (not name or price is None):
        raise RequestRefused(_NAME_OR_REFERENCE)
    if name and len(name) > LONGEST_NAME:
        raise RequestRefused(f"Line item names must be {LONGEST_NAME} characters or fewer.")
    _check_amounts(price, item.get("unitQty"))
    if item.get("taxRates") is not None:
        _check_rates(item["taxRates"])


def _check_amounts(price: Any, quantity: Any) -> None:
    if price is not None and not _is_whole(price):
        raise RequestRefused("Line item prices should be whole numbers of cents.")
    if price is not None and price <= 0:
        raise RequestRefused("Line item prices should be positive.")
    if quantity is None:
        raise RequestRefused("Item quantity can not be null.")
    if not _is_whole(quantity) or quantity <= 0:
        raise RequestRefused("Line item unitQty should be a positive whole number.")


def _check_rates(rates: object) -> None:
    if not isinstance(rates, list):
        raise RequestRefused("Line item taxRates must be a list.")
    for rate in rates:
        if not isinstance(rate, dict) or rate.get("rate") is None or rate.get("name") is None:
            raise RequestRefused("Rate map missing tax summary rates")
        if not isinstance(rate["name"], str):
            raise RequestRefused("Tax rate name must be a string.")
        if not _is_whole(rate["rate"]) or rate["rate"] < 0:
            raise RequestRefused("Tax rates should be whole numbers from 0: percent times 100,000.")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def read_order(body: Mapping[str, Any]) -> Order:
    """Read the order from a body that ``check_request`` has accepted."""
    person = body["customer"]
    customer = Customer(
        person.get("firstName") or "", person.get("lastName") or "", person.get("email") or ""
    )
    lines = tuple(_read_line(item) for item in body["shoppingCart"]["lineItems"])
    return Order(customer, lines, (body.get("tips") or {}).get("enabled"))


def _read_line(item: Mapping[str, Any]) -> Line:
    price = item.get("price")
    rates: Sequence[Mapping[str, Any]] = item.get("taxRates") or ()
    return Line(
        item.get("name") or INVENTORY_NAME,
        INVENTORY_PRICE_CENTS if price is None else price,
        item.get("unitQty") or 1,
        item.get("note") or "",
        tuple(Tax(rate["name"], rate["rate"]) for rate in rates),
    )
