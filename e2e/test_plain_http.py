"""HTTPS only: an unencrypted redirect URL is refused before any shopper meets it."""

import pytest

from clover.errors import ApiProblem
from records.outcome import Outcome
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("outcome", Outcome)
def test_plain_http_url_is_refused(merchant: Merchant, outcome: Outcome) -> None:
    """A create call with one http:// URL is answered with 400 and opens no checkout.

    Source: https://docs.clover.com/dev/docs/redirecting-customers says that HTTP will not work;
    that the whole call is refused was stated by one integrator.
    """
    urls = merchant.urls()
    urls[outcome] = urls[outcome].replace("https://", "http://", 1)

    with pytest.raises(ApiProblem) as refusal:
        merchant.create_checkout(urls)

    assert refusal.value.status == 400
