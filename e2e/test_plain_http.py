"""Plain HTTP redirect URLs, which the create call refuses."""

import pytest

from clover.api_contract import expect_refusal
from e2e.api_bodies import body
from records.outcome import Outcome
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("outcome", Outcome)
def test_plain_http_url_is_refused(merchant: Merchant, outcome: Outcome) -> None:
    """A create call with one http:// URL is refused with 400 and creates no session.

    Source: https://docs.clover.com/dev/docs/redirecting-customers says that HTTP will not work;
    one integrator stated that the whole call is refused.
    """
    urls = merchant.urls()
    urls[outcome] = urls[outcome].replace("https://", "http://", 1)

    answer = merchant.client.post(body(redirectUrls=urls))

    expect_refusal(answer, 400)
