"""Redirect URLs of the Merchant Dashboard, beside those of the create call."""

from typing import Any

import pytest

from e2e.outcome_params import CARD_FOR
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import end_checkout, must_land
from suite.checkout.precedence import must_land_by_precedence, must_land_on_either
from suite.checkout.shopper import OpenCheckout
from suite.dashboard.editor import DashboardEditor, OpenDashboard
from suite.merchant import Checkout, Merchant, MerchantFactory

pytestmark = pytest.mark.dashboard

ALL = set(Outcome)
#: Each outcome alone, one left out, and all; two alone say nothing that these do not.
SUBSETS = [*({each} for each in Outcome), {Outcome.SUCCESS, Outcome.FAILURE}, ALL]

#: Cancelling is the cheapest outcome to bring about, and precedence knows no difference.
CHEAP = Outcome.CANCEL


def _names(value: object) -> str | None:
    return "+".join(sorted(value)) if isinstance(value, set) else None


@pytest.fixture
def editor(open_dashboard: OpenDashboard, merchant: Merchant) -> DashboardEditor:
    """The dashboard of this test's own merchant."""
    return open_dashboard(merchant)


def pay_for(open_checkout: OpenCheckout, checkout: Checkout, outcome: Outcome) -> None:
    """Bring one sale to its end, which has to follow the precedence rule."""
    shopper = open_checkout(checkout)
    shopper.finish(outcome, CARD_FOR[outcome])
    must_land_by_precedence(shopper, outcome)
    end_checkout(shopper)


@pytest.mark.sandbox
@pytest.mark.parametrize("held", SUBSETS, ids=_names)
def test_outcomes_land_by_precedence(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout, held: set[Outcome]
) -> None:
    """Whatever the dashboard and the request name, each outcome uses the source that wins it."""
    editor.set(merchant.urls(RICH, only=held))
    one_left_out = len(held) == len(ALL) - 1  # the others are held as they are in the full set

    for outcome in Outcome:
        if (outcome in held) is not one_left_out:
            pay_for(open_checkout, merchant.create_checkout(merchant.urls(RICH)), outcome)
    pay_for(open_checkout, merchant.create_checkout(merchant.urls(RICH, only=ALL - held)), CHEAP)


RULES: list[dict[str, Any]] = [
    {"precedence": "dashboard", "fallback": "clover-page"},
    {"precedence": "request", "fallback": "other"},
    {"precedence": "request", "fallback": "clover-page"},
    {"precedence": "dashboard-only"},
]


@pytest.mark.standin_only
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "+".join(rule.values()))
@pytest.mark.parametrize("held", [ALL, {Outcome.SUCCESS}], ids=_names)
def test_outcome_lands_by_each_rule(
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    rule: dict[str, Any],
    held: set[Outcome],
) -> None:
    """Under every rule of precedence an outcome that a source names or omits lands by that rule."""
    merchant = new_merchant(**rule, dashboard=new_merchant().urls(only=held))

    for requested in (ALL, {Outcome.SUCCESS}):
        pay_for(open_checkout, merchant.create_checkout(merchant.urls(only=requested)), CHEAP)


@pytest.mark.sandbox
@pytest.mark.parametrize("held", [ALL, {Outcome.SUCCESS}], ids=_names)
def test_precedence_is_found_out(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout, held: set[Outcome]
) -> None:
    """Which source an outcome uses is kept with the run, whatever the behaviour takes it to be."""
    editor.set(merchant.urls(only=held))
    shopper = open_checkout(merchant.create_checkout())

    shopper.cancel()

    must_land_on_either(shopper, CHEAP)


@pytest.mark.sandbox
def test_cleared_dashboard_leaves_the_request_alone(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """Once its URLs are cleared, the dashboard decides nothing any more."""
    editor.set(merchant.urls())
    editor.set({})

    pay_for(open_checkout, merchant.create_checkout(), CHEAP)

    assert editor.read() == {}


@pytest.mark.sandbox
@pytest.mark.only_browser("chromium")
def test_cleared_url_leaves_the_others(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """Once one URL of the dashboard is cleared, the others stay, host and letters and all."""
    urls = {
        outcome: url.replace(merchant.site, "https://held.shop.example", 1)
        for outcome, url in merchant.urls(RICH).items()
    }
    editor.set(urls)
    editor.set({outcome: urls[outcome] for outcome in (Outcome.FAILURE, CHEAP)})

    pay_for(open_checkout, merchant.create_checkout(merchant.urls(RICH)), CHEAP)

    assert set(editor.read()) == {Outcome.FAILURE, CHEAP}


@pytest.mark.standin_only
def test_url_changed_before_paying_counts(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """A dashboard URL that is changed between create and pay counts as it is at the redirect."""
    editor.set(merchant.urls())
    shopper = open_checkout(merchant.create_checkout())
    editor.set(merchant.urls())

    shopper.cancel()

    must_land(shopper, Outcome.CANCEL, dashboard=editor.held)


@pytest.mark.standin_only
def test_two_merchants_keep_their_own_urls(
    new_merchant: MerchantFactory, open_dashboard: OpenDashboard, open_checkout: OpenCheckout
) -> None:
    """What one merchant saves on the dashboard changes nothing for another."""
    first, second = new_merchant(), new_merchant()
    first_desk, second_desk = open_dashboard(first), open_dashboard(second)
    first_desk.set(first.urls())
    second_desk.set(second.urls(only={Outcome.SUCCESS}))

    pay_for(open_checkout, first.create_checkout(), CHEAP)
    pay_for(open_checkout, second.create_checkout(), CHEAP)

    assert first_desk.read() != second_desk.read()


@pytest.mark.sandbox
def test_unsaved_edit_has_no_effect(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """What was typed and not saved is neither used nor kept."""
    editor.set(merchant.urls())
    editor.screen.type({str(outcome): url for outcome, url in merchant.urls().items()})

    pay_for(open_checkout, merchant.create_checkout(), CHEAP)

    held = editor.held
    assert editor.read() == held
