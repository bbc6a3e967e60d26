"""Bodies of the create-checkout call as plain data, right and wrong."""

from typing import Any

CUSTOMER = {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"}
ITEM = {"name": "itemA", "price": 500, "unitQty": 1}
TAX = {"name": "MA", "rate": 625_000}


def body(customer: object = CUSTOMER, items: object = (ITEM,), **more: Any) -> dict[str, Any]:
    """A request; None leaves a part out."""
    parts: dict[str, Any] = {"customer": customer, **more}
    if items is not None:
        parts["shoppingCart"] = {"lineItems": items}
    return {name: value for name, value in parts.items() if value is not None}


def item(**changes: Any) -> tuple[dict[str, Any], ...]:
    """One line that differs; None leaves a part out."""
    return ({k: v for k, v in {**ITEM, **changes}.items() if v is not None},)
