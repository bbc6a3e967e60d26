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


def _require(condition: object, message: str, status: int = 400) -> None:
    if not condition:
        raise RequestRefused(message, status)


def check_request(
    body: Any,
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
    _require(isinstance(body, dict), "The request body must be a JSON object.")
    if ApiDefect.UNKNOWN_KEYS in api_defects:
        _require(body.keys() <= _KEYS, "The request has an unknown key.")
    customer = body.get("customer")
    status = 400 if ApiDefect.CUSTOMER_400 in api_defects else missing_customer_status
    _require(customer is not None, "Customer can't be null", status)
    _check_customer(customer)
    plain_http = plain_http or ApiDefect.PLAIN_HTTP in api_defects
    any_scheme = ApiDefect.ANY_SCHEME in api_defects
    urls = _check_urls(body.get("redirectUrls"), plain_http=plain_http, any_scheme=any_scheme)
    if ApiDefect.ALL_URLS in api_defects:
        given = urls.success and urls.failure and urls.cancel
        _require(given, "redirectUrls must have success, failure and cancel.")
    _check_cart(body.get("shoppingCart"), check_items=ApiDefect.ITEMS_UNCHECKED not in api_defects)
    if (tips := body.get("tips")) is not None:
        switch = isinstance(tips, dict) and isinstance(tips.get("enabled"), bool | None)
        _require(switch, "tips.enabled must be true or false.")
    return urls


def _check_customer(customer: Any) -> None:
    _require(isinstance(customer, dict), "customer must be an object.")
    for key in ("firstName", "lastName", "email", "phoneNumber"):
        _require(isinstance(customer.get(key), str | None), f"customer.{key} must be a string.")
    email = customer.get("email")
    valid = not email or _EMAIL.fullmatch(email)
    _require(valid, "customer.email is not a valid email address.")


def _check_urls(urls: Any, *, plain_http: bool, any_scheme: bool) -> RedirectUrls:
    if urls is None:
        return NO_URLS
    _require(isinstance(urls, dict), "redirectUrls must be an object.")
    for key in Outcome:
        url = urls.get(key)
        _require(isinstance(url, str | None), f"redirectUrls.{key} must be a string.")
        problem = problem_with(url, plain_http=plain_http) if url and not any_scheme else ""
        _require(not problem, f"redirectUrls.{key} {problem}")
    return RedirectUrls(*(urls.get(each) or None for each in Outcome))


def _check_cart(cart: Any, *, check_items: bool) -> None:
    _require(isinstance(cart, dict), "shoppingCart must be an object.")
    _require(not cart.get("discounts"), "Discounts on the shopping cart are not supported.")
    items = cart.get("lineItems")
    listed = isinstance(items, list) and items
    _require(listed, "shoppingCart.lineItems needs at least one line item.")
    for item in items if check_items else ():
        _check_item(item)


def _check_item(item: Any) -> None:
    _require(isinstance(item, dict), "Each line item must be an object.")
    for key in ("name", "note", "itemRefUuid"):
        _require(isinstance(item.get(key), str | None), f"Line item {key} must be a string.")
    name, price, quantity = item.get("name"), item.get("price"), item.get("unitQty")
    _require(item.get("itemRefUuid") or (name and price is not None), _NAME_OR_REFERENCE)
    short = len(name or "") <= LONGEST_NAME
    _require(short, f"Line item names must be {LONGEST_NAME} characters or fewer.")
    if price is not None:
        _require(_is_whole(price), "Line item prices should be whole numbers of cents.")
        _require(price > 0, "Line item prices should be positive.")
    _require(quantity is not None, "Item quantity can not be null.")
    counted = _is_whole(quantity) and quantity > 0
    _require(counted, "Line item unitQty should be a positive whole number.")
    if item.get("taxRates") is not None:
        _check_rates(item["taxRates"])


def _check_rates(rates: Any) -> None:
    _require(isinstance(rates, list), "Line item taxRates must be a list.")
    for rate in rates:
        whole = isinstance(rate, dict) and None not in (rate.get("rate"), rate.get("name"))
        _require(whole, "Rate map missing tax summary rates")
        _require(isinstance(rate["name"], str), "Tax rate name must be a string.")
        known = _is_whole(rate["rate"]) and rate["rate"] >= 0
        _require(known, "Tax rates should be whole numbers from 0: percent times 100,000.")


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
