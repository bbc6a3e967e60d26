"""Redirect URLs that a provider may refuse: nothing published says that it accepts them."""

import pytest

from clover.errors import Refused
from suite.merchant import Checkout, Merchant
from suite.redirect_urls import Urls

_INVALID = (400, 422)


def create_or_skip(merchant: Merchant, urls: Urls) -> Checkout:
    """Create a checkout; a sandbox that refuses only these URLs is an observation, not a bug.

    Raises:
        pytest.skip.Exception: a real provider refused the URLs as invalid.
        ApiProblem: there is no usable session for another reason, or the stand-in refused.
    """
    try:
        return merchant.create_checkout(urls)
    except Refused as refusal:
        if merchant.target.is_embedded or refusal.status not in _INVALID:
            raise
        merchant.create_checkout()  # or else it refuses everything
        pytest.skip(f"observed: the API refuses this URL with {refusal.status}, {refusal.said!r}")
