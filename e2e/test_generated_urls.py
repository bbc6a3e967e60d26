"""URLs that nobody thought of, a different dozen with every seed, taken through the browser.

The grammar is in ``grammar.py``; the pure contract meets thousands of the same in ``tests/``.
The number in a test's name, with ``--seed``, makes the very same URL again.
"""

from random import Random

import pytest

from e2e.outcome_params import CARD_FOR
from e2e.url_grammar import ERROR_CODE, SESSION_ID, write
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

pytestmark = [pytest.mark.standin_only, pytest.mark.only_browser("chromium")]

SAMPLE = 9

#: The placeholders whose values are known for an outcome, as its landing can be told by them alone.
KNOWN = {
    Outcome.SUCCESS: (SESSION_ID,),
    Outcome.FAILURE: (SESSION_ID, ERROR_CODE),
    Outcome.CANCEL: (SESSION_ID,),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many URLs as the sample has, numbered within the run's seed."""
    seed = metafunc.config.option.seed
    metafunc.parametrize("chance", [
        pytest.param(f"{seed}-{number}", id=f"seed{seed}-{number}") for number in range(SAMPLE)
    ])  # fmt: skip


def test_generated_url_is_reached_as_a_browser_reads_it(
    merchant: Merchant, open_checkout: OpenCheckout, chance: str
) -> None:
    """Whatever parts a URL is made of, the shopper lands on what a browser makes of it."""
    outcome = list(Outcome)[int(chance.partition("-")[2]) % len(Outcome)]
    urls = merchant.urls()
    path = "/" + urls[outcome].split("/", 3)[3]
    urls[outcome] = str(write(Random(chance), path, placeholders=KNOWN[outcome]))
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.finish(outcome, CARD_FOR[outcome])

    must_land(shopper, outcome)
