"""Redirect URLs of the Merchant Dashboard, combined with those of the create call."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import end_checkout, must_land
from suite.checkout.precedence import must_land_by_precedence, must_land_on_either
from suite.checkout.shopper import OpenCheckout
from suite.dashboard.editor import DashboardEditor, OpenDashboard
from suite.merchant import Checkout, Merchant, MerchantFactory
from suite.refusals import save_or_skip

pytestmark = [pytest.mark.dashboard, pytest.mark.cheap_page]

ALL = set(Outcome)
#: Each outcome alone, one left out, and all; other pairs would show nothing new.
SUBSETS = [*({each} for each in Outcome), {Outcome.SUCCESS, Outcome.FAILURE}, ALL]

#: The quickest outcome; the rules of precedence are the same for all.
CHEAP = Outcome.CANCEL

Finish = Callable[..., None]


def _names(value: object) -> str | None:
    return "+".join(sorted(value)) if isinstance(value, set) else None


@pytest.fixture
def finish_by_precedence(open_checkout: OpenCheckout) -> Finish:
    """Brings one checkout to its end, and judges it by the precedence rule."""

    def finish(checkout: Checkout, outcome: Outcome = CHEAP) -> None:
        shopper = open_checkout(checkout)
        shopper.finish(outcome)
        must_land_by_precedence(shopper, outcome)
        end_checkout(shopper)

    return finish


@pytest.mark.sandbox
@pytest.mark.parametrize("held", SUBSETS, ids=_names)
def test_outcomes_land_by_precedence(
    merchant: Merchant, editor: DashboardEditor, finish_by_precedence: Finish, held: set[Outcome]
) -> None:
    """Each outcome uses the source that wins, whatever URLs dashboard and request have."""
    save_or_skip(editor, merchant.urls(RICH, only=held))
    one_left_out = len(held) == len(ALL) - 1  # the full set covers the others

    for outcome in Outcome:
        if (outcome in held) is not one_left_out:
            finish_by_precedence(merchant.create_checkout(merchant.urls(RICH)), outcome)
    finish_by_precedence(merchant.create_checkout(merchant.urls(RICH, only=ALL - held)))


RULES: list[dict[str, Any]] = [
    {"precedence": "dashboard", "fallback": "clover-page"},
    {"precedence": "request", "fallback": "other"},
    {"precedence": "request", "fallback": "clover-page"},
    {"precedence": "dashboard-only"},
]


@pytest.mark.standin_only
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "+".join(rule.values()))
@pytest.mark.parametrize("held", [ALL, {Outcome.SUCCESS}], ids=_names)
def test_each_precedence_rule_decides(
    new_merchant: MerchantFactory,
    finish_by_precedence: Finish,
    rule: dict[str, Any],
    held: set[Outcome],
) -> None:
    """Each rule of precedence decides for outcomes that a source has or lacks."""
    merchant = new_merchant(**rule, dashboard=new_merchant().urls(only=held))

    for requested in (ALL, {Outcome.SUCCESS}):
        finish_by_precedence(merchant.create_checkout(merchant.urls(only=requested)))


@pytest.mark.sandbox
@pytest.mark.parametrize("held", [ALL, {Outcome.SUCCESS}], ids=_names)
def test_precedence_is_recorded(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout, held: set[Outcome]
) -> None:
    """The evidence says which source an outcome used, whatever the behaviour expects."""
    editor.set(merchant.urls(only=held))
    shopper = open_checkout(merchant.create_checkout())

    shopper.cancel()

    must_land_on_either(shopper, CHEAP)


@pytest.mark.sandbox
def test_cleared_dashboard_decides_nothing(
    merchant: Merchant, editor: DashboardEditor, finish_by_precedence: Finish
) -> None:
    """A dashboard whose URLs were cleared decides nothing."""
    editor.set(merchant.urls())
    editor.set({})

    finish_by_precedence(merchant.create_checkout())

    assert editor.read() == {}


@pytest.mark.sandbox
@pytest.mark.needs_all_hosts
def test_clearing_one_url_keeps_the_others(
    merchant: Merchant, editor: DashboardEditor, finish_by_precedence: Finish
) -> None:
    """If one dashboard URL is cleared, the others stay unchanged."""
    urls = {
        outcome: url.replace(merchant.site, "https://held.shop.example", 1)
        for outcome, url in merchant.urls(RICH).items()
    }
    save_or_skip(editor, urls)
    editor.set({outcome: urls[outcome] for outcome in (Outcome.FAILURE, CHEAP)})

    finish_by_precedence(merchant.create_checkout(merchant.urls(RICH)))

    assert set(editor.read()) == {Outcome.FAILURE, CHEAP}


@pytest.mark.standin_only
def test_url_changed_before_payment_counts(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """A dashboard URL that changes between create and pay counts as it is at the redirect."""
    editor.set(merchant.urls())
    shopper = open_checkout(merchant.create_checkout())
    editor.set(merchant.urls())

    shopper.cancel()

    must_land(shopper, Outcome.CANCEL, dashboard=editor.held)


@pytest.mark.standin_only
def test_two_merchants_keep_their_own_urls(
    new_merchant: MerchantFactory, open_dashboard: OpenDashboard, finish_by_precedence: Finish
) -> None:
    """What one merchant saves on the dashboard changes nothing for another."""
    first, second = new_merchant(), new_merchant()
    first_editor, second_editor = open_dashboard(first), open_dashboard(second)
    first_editor.set(first.urls())
    second_editor.set(second.urls(only={Outcome.SUCCESS}))

    finish_by_precedence(first.create_checkout())
    finish_by_precedence(second.create_checkout())

    assert first_editor.read() != second_editor.read()


@pytest.mark.sandbox
def test_unsaved_edit_has_no_effect(
    merchant: Merchant, editor: DashboardEditor, finish_by_precedence: Finish
) -> None:
    """URLs that were typed and not saved are neither used nor kept."""
    editor.set(merchant.urls())
    editor.screen.type({str(outcome): url for outcome, url in merchant.urls().items()})

    finish_by_precedence(merchant.create_checkout())

    held = editor.held
    assert editor.read() == held
