"""Shoppers with other devices, languages and habits: the landing is the same."""

from typing import Any

import pytest
from playwright.sync_api import Playwright

from clover import cards
from e2e.outcome_params import EVERY_OUTCOME, with_each_outcome
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Checkout

pytestmark = pytest.mark.sandbox

PHONE, TABLET = "Pixel 7", "iPad Mini"

#: Options for which a provider may serve another page.
FOREIGN: dict[str, dict[str, Any]] = {
    "fr-CA": {"locale": "fr-CA", "timezone_id": "America/Toronto"},
    "narrow": {"viewport": {"width": 320, "height": 568}},
}
#: Options that only change the appearance.
ALIKE: dict[str, dict[str, Any]] = {
    "en-CA": {"locale": "en-CA", "timezone_id": "America/Toronto"},
    "dark": {"color_scheme": "dark"},
    "200 % zoom": {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2},
    "reduced motion": {"reduced_motion": "reduce"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.needs_touch
@with_each_outcome("handset", [PHONE, TABLET])
def test_touch_device_lands(
    playwright: Playwright,
    checkout: Checkout,
    open_checkout: OpenCheckout,
    handset: str,
    outcome: Outcome,
) -> None:
    """On phone and tablet, by touch, each outcome lands as on a desktop."""
    options = {k: v for k, v in playwright.devices[handset].items() if k != "default_browser_type"}
    shopper = open_checkout(checkout, **options)

    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.parametrize("name", FOREIGN)
@EVERY_OUTCOME
def test_language_and_window_do_not_change_the_landing(
    checkout: Checkout, open_checkout: OpenCheckout, name: str, outcome: Outcome
) -> None:
    """Another language or a narrow window does not change the landing."""
    shopper = open_checkout(checkout, **FOREIGN[name])

    shopper.finish(outcome)

    must_land(shopper, outcome)


@with_each_outcome("name", ALIKE)
def test_appearance_does_not_change_the_landing(
    checkout: Checkout, open_checkout: OpenCheckout, name: str, outcome: Outcome
) -> None:
    """Colours, motion, zoom and another kind of English do not change the landing."""
    shopper = open_checkout(checkout, **ALIKE[name])

    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.parametrize(
    ("card", "key"),
    [(cards.APPROVED, "Space"), (cards.DECLINED, "Enter")],
    ids=["approved", "declined"],
)
def test_keyboard_user_lands(shopper: Shopper, card: cards.Card, key: str) -> None:
    """A shopper who only uses the keyboard reaches every field and the button, and lands."""
    shopper.observer.cards.append(card)

    shopper.press(lambda: shopper.hosted_page.pay_by_keyboard(card.details(), key))

    must_land(shopper, Outcome.SUCCESS if card is cards.APPROVED else Outcome.FAILURE)


def test_keyboard_user_cancels(shopper: Shopper) -> None:
    """A shopper who only uses the keyboard reaches the way out, and lands on cancel."""
    shopper.cancel(by_keyboard=True)

    must_land(shopper, Outcome.CANCEL)


@pytest.mark.needs_cookie_controls
@EVERY_OUTCOME
def test_blocked_cookies_do_not_change_the_landing(
    checkout: Checkout, begin_checkout: OpenCheckout, outcome: Outcome
) -> None:
    """A browser that blocks third-party cookies of the card's frames lands as usual."""
    shopper = begin_checkout(checkout)
    session = shopper.page.context.new_cdp_session(shopper.page)
    session.send("Network.enable")
    session.send(
        "Network.setCookieControls",
        {
            "enableThirdPartyCookieRestriction": True,
            "disableThirdPartyCookieMetadata": True,
            "disableThirdPartyCookieHeuristics": True,
        },
    )

    shopper.open().finish(outcome)

    must_land(shopper, outcome)
