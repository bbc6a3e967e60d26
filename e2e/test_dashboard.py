"""Redirect URLs of the Merchant Dashboard, beside those of the create call."""

from typing import Any

import pytest

from clover.outcome import Outcome
from e2e.outcome_params import CARD_FOR
from e2e.url_shapes import RICH
from suite.checkout.journey import Opener
from suite.checkout.precedence import close_the_books, must_end_by_precedence, must_end_on_either
from suite.dashboard.editor import Desk, OpenDesk
from suite.merchant import NewShop, Sale, Shop

pytestmark = pytest.mark.dashboard

ALL = set(Outcome)
#: Each outcome alone, one left out, and all; two alone say nothing that these do not.
SUBSETS = [*({each} for each in Outcome), {Outcome.SUCCESS, Outcome.FAILURE}, ALL]

#: Cancelling is the cheapest outcome to bring about, and precedence knows no difference.
CHEAP = Outcome.CANCEL


def _names(value: object) -> str | None:
    return "+".join(sorted(value)) if isinstance(value, set) else None


@pytest.fixture
def desk(open_desk: OpenDesk, shop: Shop) -> Desk:
    """The dashboard of this test's own merchant."""
    return open_desk(shop)


def pay_for(open_checkout: Opener, sale: Sale, outcome: Outcome) -> None:
    """Bring one sale to its end, which has to follow the precedence rule."""
    journey = open_checkout(sale)
    journey.finish(outcome, CARD_FOR[outcome])
    must_end_by_precedence(journey, outcome)
    close_the_books(journey)


@pytest.mark.sandbox
@pytest.mark.parametrize("held", SUBSETS, ids=_names)
def test_outcomes_land_by_precedence(
    shop: Shop, desk: Desk, open_checkout: Opener, held: set[Outcome]
) -> None:
    """Whatever the dashboard and the request name, each outcome uses the source that wins it."""
    desk.set(shop.urls(RICH, only=held))
    one_left_out = len(held) == len(ALL) - 1  # the others are held as they are in the full set

    for outcome in Outcome:
        if (outcome in held) is not one_left_out:
            pay_for(open_checkout, shop.sell(shop.urls(RICH)), outcome)
    pay_for(open_checkout, shop.sell(shop.urls(RICH, only=ALL - held)), CHEAP)


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
    new_shop: NewShop, open_checkout: Opener, rule: dict[str, Any], held: set[Outcome]
) -> None:
    """Under every rule of precedence an outcome that a source names or omits lands by that rule."""
    shop = new_shop(**rule, dashboard=new_shop().urls(only=held))

    for requested in (ALL, {Outcome.SUCCESS}):
        pay_for(open_checkout, shop.sell(shop.urls(only=requested)), CHEAP)


@pytest.mark.sandbox
@pytest.mark.parametrize("held", [ALL, {Outcome.SUCCESS}], ids=_names)
def test_precedence_is_found_out(
    shop: Shop, desk: Desk, open_checkout: Opener, held: set[Outcome]
) -> None:
    """Which source an outcome uses is kept with the run, whatever the behaviour takes it to be."""
    desk.set(shop.urls(only=held))
    journey = open_checkout(shop.sell())

    journey.cancel()

    must_end_on_either(journey, CHEAP)


@pytest.mark.sandbox
def test_cleared_dashboard_leaves_the_request_alone(
    shop: Shop, desk: Desk, open_checkout: Opener
) -> None:
    """Once its URLs are cleared, the dashboard decides nothing any more."""
    desk.set(shop.urls())
    desk.set({})

    pay_for(open_checkout, shop.sell(), CHEAP)

    assert desk.read() == {}


@pytest.mark.sandbox
@pytest.mark.only_browser("chromium")
def test_cleared_url_leaves_the_others(shop: Shop, desk: Desk, open_checkout: Opener) -> None:
    """Once one URL of the dashboard is cleared, the others stay, host and letters and all."""
    urls = {
        outcome: url.replace(shop.site, "https://held.shop.example", 1)
        for outcome, url in shop.urls(RICH).items()
    }
    desk.set(urls)
    desk.set({outcome: urls[outcome] for outcome in (Outcome.FAILURE, CHEAP)})

    pay_for(open_checkout, shop.sell(shop.urls(RICH)), CHEAP)

    assert set(desk.read()) == {Outcome.FAILURE, CHEAP}


@pytest.mark.standin_only
def test_url_changed_before_paying_counts(shop: Shop, desk: Desk, open_checkout: Opener) -> None:
    """A dashboard URL that is changed between create and pay counts as it is at the redirect."""
    desk.set(shop.urls())
    journey = open_checkout(shop.sell())
    desk.set(shop.urls())

    journey.cancel()

    journey.must_end(Outcome.CANCEL, dashboard=desk.held)


@pytest.mark.standin_only
def test_two_merchants_keep_their_own_urls(
    new_shop: NewShop, open_desk: OpenDesk, open_checkout: Opener
) -> None:
    """What one merchant saves on the dashboard changes nothing for another."""
    first, second = new_shop(), new_shop()
    first_desk, second_desk = open_desk(first), open_desk(second)
    first_desk.set(first.urls())
    second_desk.set(second.urls(only={Outcome.SUCCESS}))

    pay_for(open_checkout, first.sell(), CHEAP)
    pay_for(open_checkout, second.sell(), CHEAP)

    assert first_desk.read() != second_desk.read()


@pytest.mark.sandbox
def test_unsaved_edit_has_no_effect(shop: Shop, desk: Desk, open_checkout: Opener) -> None:
    """What was typed and not saved is neither used nor kept."""
    desk.set(shop.urls())
    desk.screen.type({str(outcome): url for outcome, url in shop.urls().items()})

    pay_for(open_checkout, shop.sell(), CHEAP)

    held = desk.held
    assert desk.read() == held
