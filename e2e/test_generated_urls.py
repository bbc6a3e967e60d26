"""Generated redirect URLs, different with every seed, in a real browser.

The grammar is in ``url_grammar.py``; ``tests/`` checks thousands of the same URLs without a
browser. The number in a test's name, with ``--seed``, makes the same URL again.
"""

from random import Random

import pytest

from e2e.url_grammar import ERROR_CODE, SESSION_ID, write
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

pytestmark = [pytest.mark.standin_only, pytest.mark.needs_all_hosts, pytest.mark.cheap_page]

SAMPLE = 9

#: The placeholders whose value is known for an outcome.
KNOWN = {
    Outcome.SUCCESS: (SESSION_ID,),
    Outcome.FAILURE: (SESSION_ID, ERROR_CODE),
    Outcome.CANCEL: (SESSION_ID,),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test for each URL of the sample."""
    seed = metafunc.config.option.seed
    metafunc.parametrize("chance", [
        pytest.param(f"{seed}-{n}", id=str(n), marks=[pytest.mark.always][: n < len(Outcome)])
        for n in range(SAMPLE)
    ])  # fmt: skip


def test_generated_url_is_reached(
    merchant: Merchant, open_checkout: OpenCheckout, chance: str
) -> None:
    """A URL of any parts is reached as a browser reads it."""
    outcome = list(Outcome)[int(chance.partition("-")[2]) % len(Outcome)]
    urls = merchant.urls()
    path = "/" + urls[outcome].split("/", 3)[3]
    urls[outcome] = str(write(Random(chance), path, placeholders=KNOWN[outcome]))
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.finish(outcome)

    must_land(shopper, outcome)
