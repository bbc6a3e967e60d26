"""Changes of the create-checkout call over time: formats of its times, the User-Agent rule."""

import pytest

from clover.api_contract import expect_lifetime, expect_refusal, expect_session
from e2e.api_bodies import body
from suite.merchant import MerchantFactory

pytestmark = [pytest.mark.standin_only, pytest.mark.api_contract, pytest.mark.cheap_page]


@pytest.mark.parametrize("style", ["z", "offset", "at", "unix-ms"])
def test_each_known_time_format_is_read(new_merchant: MerchantFactory, style: str) -> None:
    """Each of the four formats in which Clover has written its times is read alike."""
    answer = new_merchant(time_format=style).client.post(body())

    expect_lifetime(answer)


def test_user_agent_is_asked_for_where_it_is_enforced(new_merchant: MerchantFactory) -> None:
    """Where Clover enforces its rule of April 2026, a call without a User-Agent is refused."""
    client = new_merchant(user_agent_required=True).client

    expect_session(client.post(body()))
    expect_refusal(client.post(body(), headers={"User-Agent": None}), 400)
