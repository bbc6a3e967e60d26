"""The three ways a checkout ends, each with the card that brings it about."""

import pytest

from clover import cards
from clover.outcome import Outcome

#: The card that leads to an outcome; whoever cancels needs none.
CARD_FOR = {
    Outcome.SUCCESS: cards.APPROVED,
    Outcome.FAILURE: cards.DECLINED,
    Outcome.CANCEL: cards.APPROVED,
}

ENDS = pytest.mark.parametrize(
    ("outcome", "card"), CARD_FOR.items(), ids=[str(outcome) for outcome in CARD_FOR]
)
