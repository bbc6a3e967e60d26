"""A URL that a real provider refuses is an observation."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from clover.errors import Refused
from suite.refusals import create_or_skip

REFUSED = Refused("The API refused.", status=400, said="bad URL")


def merchant(*answers: Any, embedded: bool = False) -> Any:
    """A merchant whose create calls have these results, in order."""
    calls = Mock(side_effect=answers)
    return SimpleNamespace(create_checkout=calls, target=SimpleNamespace(is_embedded=embedded))


def test_refused_url_is_skipped_with_the_answer() -> None:
    """The reason has the status and Clover's words."""
    with pytest.raises(pytest.skip.Exception, match=r"refuses this URL with 400, 'bad URL'"):
        create_or_skip(merchant(REFUSED, "session"), {})


@pytest.mark.parametrize("wrong", [
    merchant(REFUSED, embedded=True),
    merchant(REFUSED, REFUSED),
    merchant(Refused("No key.", status=401)),
], ids=["stand-in", "refuses everything", "credentials"])  # fmt: skip
def test_other_refusals_are_errors(wrong: Any) -> None:
    """The stand-in must accept every shape, and a target that refuses everything is no target."""
    with pytest.raises(Refused):
        create_or_skip(wrong, {})
