"""What the create-checkout call does where it has changed, or may change, over time."""

import pytest

from e2e.api_bodies import body
from suite.merchant import MerchantFactory

pytestmark = [pytest.mark.standin_only, pytest.mark.api_contract]


@pytest.mark.parametrize("style", ["z", "offset", "at", "unix-ms"])
def test_each_known_time_format_is_read(new_merchant: MerchantFactory, style: str) -> None:
    """Clover has written its times in four ways, and all of them are read alike."""
    session = new_merchant(time_format=style).client.post(body()).session()

    assert abs((session.expires - session.created).total_seconds() - 900) <= 1


def test_user_agent_is_asked_for_where_it_is_enforced(new_merchant: MerchantFactory) -> None:
    """Announced for April 2026: a call without a User-Agent is refused, ours has one."""
    client = new_merchant(user_agent_required=True).client

    assert client.post(body()).status == 200
    assert client.post(body(), headers={"User-Agent": None}).status == 400
