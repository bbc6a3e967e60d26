"""What a sandbox may do in its own way: nothing published says which answer is right.

The stand-in has one answer, and another one is a bug there. On a sandbox the test is skipped with
the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from clover.errors import INVALID, ApiContractViolation, Refused
from suite.dashboard.editor import DashboardEditor, NotSaved
from suite.merchant import Checkout, Merchant
from suite.redirect_urls import Urls, without_braces


def create_or_skip(merchant: Merchant, urls: Urls) -> Checkout:
    """Create a checkout; a sandbox that refuses only these URLs is an observation, not a bug.

    Raises:
        pytest.skip.Exception: a real provider refused the URLs as invalid.
        ApiProblem: there is no usable session for another reason, or the stand-in refused.
    """
    try:
        return merchant.create_checkout(urls, as_written=True)
    except Refused as refusal:
        if merchant.target.is_embedded or refusal.status not in INVALID:
            raise
        merchant.create_checkout()  # or else it refuses everything
        observed(f"the API refuses this URL with {refusal.status}, {refusal.said!r}")


def save_or_skip(editor: DashboardEditor, urls: Urls) -> None:
    """Save URLs with placeholders; a sandbox's dashboard that takes them only without may.

    Raises:
        pytest.skip.Exception: a real dashboard refused braces.
        NotSaved: it keeps nothing, or the stand-in refused.
    """
    try:
        editor.set(urls)
    except NotSaved as refusal:
        plain = without_braces(urls)
        if editor.merchant.target.is_embedded or plain == urls:
            raise
        editor.set(plain)
        observed(f"the dashboard refuses braces. {refusal}")


@contextmanager
def may_differ(merchant: Merchant) -> Iterator[None]:
    """Judge a part of the API's answer that a sandbox may form in another way.

    Raises:
        pytest.skip.Exception: a real provider forms it in another way.
        ApiContractViolation: the stand-in does.
    """
    try:
        yield
    except ApiContractViolation as violation:
        if merchant.target.is_embedded:
            raise
        observed(str(violation))


def observed(what: str) -> NoReturn:
    """Skip the test with what was observed."""
    pytest.skip(f"observed: {what}")
