"""Case files: each file in ``cases/`` describes one checkout that went wrong, or might."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from records.outcome import Outcome
from suite.cases.case import Case
from suite.cases.case_file import CaseFile, CaseProblem, find_cases
from suite.checkout.assertions import must_land, must_stay, try_cards
from suite.checkout.problems import MerchantSiteProblem
from suite.checkout.shopper import OpenCheckout
from suite.fixtures.options import run_behaviour
from suite.fixtures.storefront import CheckUrls
from suite.merchant import Checkout, Merchant, MerchantFactory, hosts_of
from suite.sample_order import CART, CUSTOMER
from suite.selection import NO_CASE
from suite.storefront.factory import OpenShop
from suite.storefront.turns import take_turn

CASES = Path(__file__).parent / "cases"
EXAMPLES = CASES.parents[1] / "examples"
#: The three outcomes in each example shop of a checkout; tests/storefront/ has all of their cases.
SHOP_CASES = [
    EXAMPLES / shop / "cases" / f"{name}.toml"
    for shop, names in {
        "flask_shop": ("pays", "is_declined", "cancels"),
        "node_shop": ("paid", "declined", "cancelled"),
    }.items()
    for name in names
    if EXAMPLES.is_dir()
]

#: Fields that only the stand-in obeys.
_STANDIN_FIELDS = ("behaviour", "switches", "fault", "skin", "dashboard")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test for each file, or for those that ``--case`` names."""
    name = next((name for name in ("case_file", "shop_case") if name in metafunc.fixturenames), "")
    if name:
        try:
            places = metafunc.config.getoption("--case") or [CASES, *SHOP_CASES]
            files = find_cases(places, behaviour=run_behaviour(metafunc.config))
        except CaseProblem as problem:
            raise pytest.Collector.CollectError(str(problem)) from None
        chosen = [file for file in files if (file.case.shop is not None) == (name == "shop_case")]
        metafunc.parametrize(name, [_param(file) for file in chosen] or [NO_CASE])


def _param(file: CaseFile) -> Any:
    needs = any(getattr(file.case, name) for name in _STANDIN_FIELDS)
    mark = pytest.mark.standin_only if needs else pytest.mark.sandbox
    # Of Playwright's devices only the desktops have no touch screen.
    touch = file.case.device and not file.case.device.startswith("Desktop")
    own = hosts_of([*(file.case.request or {}).values(), *(file.case.dashboard or {}).values()])
    marks = [
        mark,
        *([pytest.mark.needs_touch] if touch else []),
        *([pytest.mark.needs_merchant_name] if "merchant.example" in own else []),
    ]
    return pytest.param(file, id=file.path.stem, marks=marks)


def test_shop_case(open_shop: OpenShop, shop_case: CaseFile) -> None:
    """A checkout that begins in a shop ends in that shop as its file says."""
    take_turn(open_shop(shop_case))


def test_case(
    playwright: Playwright,
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    check_urls: CheckUrls,
    case_file: CaseFile,
) -> None:
    """A checkout that is described as data ends as its file says."""
    case = case_file.case
    merchant = new_merchant(
        skin=case.skin,
        fault=case.fault,
        dashboard=case.dashboard,
        behaviour=case.behaviour,
        **case.switches,
    )
    with check_urls(case, merchant.behaviour):
        checkout = _create_checkout(merchant, case)
    shopper = open_checkout(checkout, **case.context_options(playwright.devices))

    try_cards(shopper, case.outcome, case.cards)

    if case.stays:
        must_stay(shopper, case.outcome, payments=int(case.outcome is Outcome.SUCCESS))
        return
    verdict = must_land(shopper, case.outcome, status=case.expect.status)
    if case.expect.landing:
        session_id = shopper.checkout.session.session_id
        wanted = case.expect.landing.replace("{CHECKOUT_SESSION_ID}", session_id)
        assert verdict.landed_url == wanted
    lines = shopper.hosted_page.snapshot().lines
    for text in case.expect.text:
        if not any(text in line for line in lines):
            raise MerchantSiteProblem(str(verdict.landed_url), f"does not show “{text}”")


def _create_checkout(merchant: Merchant, case: Case) -> Checkout:
    customer, cart = case.customer or CUSTOMER, case.line_items or CART
    return merchant.create_checkout(case.request, customer=customer, cart=cart)
