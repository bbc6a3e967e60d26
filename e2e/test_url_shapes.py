"""Shapes of redirect URLs: the shopper lands on exactly the configured URL.

The WHATWG URL standard says what "exactly" means: the landing is what a browser makes of the
configured text once its placeholders are replaced. The table is ``url_shapes.toml``.
"""

from collections.abc import Iterable

import pytest

from e2e.url_shapes import Trial, odd_trials, plain_trials
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant, MerchantFactory
from suite.refusals import create_or_skip

pytestmark = pytest.mark.cheap_page


def _params(trials: Iterable[Trial]) -> pytest.MarkDecorator:
    params = [pytest.param(t, id=f"{t.shape.name}-{t.outcome}", marks=_marks(t)) for t in trials]
    return pytest.mark.parametrize("trial", params)


def _marks(trial: Trial) -> list[pytest.MarkDecorator]:
    hosts = [pytest.mark.needs_all_hosts] if trial.shape.needs_all_hosts else []
    return [*hosts, pytest.mark.always] if trial.shape.always else hosts


@pytest.mark.sandbox
@_params(plain_trials())
def test_plain_url_is_reached_as_configured(
    merchant: Merchant, open_checkout: OpenCheckout, trial: Trial
) -> None:
    """A URL that every provider must accept is reached part by part as configured."""
    must_reach(merchant, open_checkout, trial)


@pytest.mark.standin_only
@_params(odd_trials())
def test_odd_url_is_reached(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout, trial: Trial
) -> None:
    """A URL that programs read in different ways is reached as browsers read it."""
    must_reach(new_merchant(redirect=trial.redirect), open_checkout, trial)


def must_reach(merchant: Merchant, open_checkout: OpenCheckout, trial: Trial) -> None:
    """Bring a checkout whose URL has this shape to its end, and judge it."""
    outcome = trial.outcome
    urls = merchant.urls()
    urls[outcome] = trial.shape.url(urls[outcome])
    shopper = open_checkout(create_or_skip(merchant, urls))

    shopper.finish(outcome)

    must_land(shopper, outcome)
