"""Visits to a shop that goes wrong on its way to Clover or back."""

from pathlib import Path
from typing import Any

import pytest

from suite.cases.case_file import CaseFile
from suite.storefront.factory import OpenShop
from suite.storefront.problems import (
    OtherProvider,
    ProductionRefused,
    ShopPageBug,
    ShopProblem,
    ShopRequestBug,
)
from suite.storefront.turns import take_turn
from tests.rehearsal.provider import rehearsal

ID = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"


def case(leads_to: str, *, expect: dict[str, Any] | None = None, **shop: Any) -> CaseFile:
    """A case of a shop whose Buy link leads there."""
    table = {
        "url": "http://localhost:{port}/",
        "command": f"{{python}} tiny_shop.py {{port}} '{leads_to}'",
        "steps": [{"click": "Buy now"}],
        **shop,
    }
    fields = {"title": "T", "outcome": "success", "card": "APPROVED", "shop": table}
    return CaseFile.of({**fields, "expect": expect or {}}, folder=Path(__file__).parent)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch, open_shop: OpenShop) -> None:
    """Wait two seconds for what never comes."""
    monkeypatch.setattr(open_shop.shops.target, "within_s", 2.0)


@pytest.mark.parametrize(
    ("leads_to", "shop", "kind", "said"),
    [
        (
            f"http://www.clover.com:8080/pay-checkout/{ID}?mode=checkout",
            {"hosts": {"www.clover.com": "localhost:{port}"}},
            ProductionRefused,
            "sends the shopper to Clover's production (http://www.clover.com",
        ),
        (
            "/?nothing",
            {},
            ShopPageBug,
            "did not send the shopper to Clover's page and made no create call",
        ),
        (
            "success=http://localhost/thanks",
            {},
            ShopRequestBug,
            "400 redirectUrls.success must be a secure URL that starts with https://",
        ),
    ],
    ids=["production", "nowhere", "refused"],
)
def test_shop_that_does_not_reach_clover(
    open_shop: OpenShop, leads_to: str, shop: Any, kind: type[ShopProblem], said: str
) -> None:
    """Each way of not reaching Clover's page has its own words."""
    with pytest.raises(kind) as caught:
        take_turn(open_shop(case(leads_to, **shop)))

    assert said in str(caught.value)


def test_shop_that_uses_another_provider(open_shop: OpenShop) -> None:
    """A session that the stand-in does not know is not judged."""
    with rehearsal() as provider, pytest.raises(OtherProvider, match="not a session of this run"):
        take_turn(open_shop(case(f"{provider.origin}/checkout/{ID}?mode=checkout")))


def test_request_with_a_third_host_is_the_shops_bug(open_shop: OpenShop) -> None:
    """A landing on a host that the case does not name shows in the request already."""
    wrong = case(
        "success=https://elsewhere.example/thanks",
        expect={"landing": "https://localhost:{port}/thanks"},
    )

    with pytest.raises(ShopRequestBug, match="same-origin: expected https://localhost"):
        take_turn(open_shop(wrong))


def test_landing_that_nobody_answers_is_the_shops_bug(open_shop: OpenShop) -> None:
    """Where the case expects what the shop has sent, a dead landing page is named."""
    with pytest.raises(ShopPageBug, match="did not answer the landing"):
        take_turn(open_shop(case("success=https://dead.localhost:9/thanks")))
