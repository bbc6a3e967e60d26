"""Plain HTTP redirect URLs, which the create call refuses."""

import pytest

from clover.api_contract import expect_refusal
from clover.outcome import Outcome
from e2e.bodies import body
from e2e.shop import Shop

pytestmark = pytest.mark.sandbox


@pytest.mark.killed_by("accepts-plain-http")
@pytest.mark.parametrize("outcome", Outcome)
def test_plain_http_url_is_refused(shop: Shop, outcome: Outcome) -> None:
    """A create call with one http:// URL is refused with 400 and creates no session.

    Source: https://docs.clover.com/dev/docs/redirecting-customers says that HTTP will not work;
    one integrator stated that the whole call is refused.
    """
    urls = shop.urls()
    urls[outcome] = urls[outcome].replace("https://", "http://", 1)

    answer = shop.client.post(body(redirectUrls=urls))

    expect_refusal(answer, 400)
