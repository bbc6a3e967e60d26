"""Recognition of Clover's hosted page by its address alone."""

from uuid import UUID

import ada_url

from clover.address import parse_or_none
from clover.hosts import is_production
from suite.storefront.problems import ProductionRefused

_WORDS = {"checkout", "pay-checkout"}


def session_id_of(url: str) -> str:
    """Return the session id in the address of a hosted page, or "" for another page.

    The address has the id as a part of its path, and ``mode=checkout`` or a part that says so.
    Source: docs/sources.md, The API.
    """
    try:
        address = ada_url.URL(url)
    except ValueError:
        return ""
    parts = address.pathname.split("/")
    if "mode=checkout" not in address.search and not _WORDS.intersection(parts):
        return ""
    return next(filter(_is_uuid, parts), "")


def _is_uuid(part: str) -> bool:
    try:
        return str(UUID(part)) == part.lower()
    except ValueError:
        return False


def refuse_production(url: str) -> None:
    """Refuse a page that may move real money.

    Raises:
        ProductionRefused: the address is one of Clover's production.
    """
    address = parse_or_none(url)
    if address is not None and is_production(address.host):
        raise ProductionRefused(
            f"The shop sends the shopper to Clover's production ({url}), which is always refused: "
            "give the shop sandbox credentials and the sandbox's API."
        )
