"""Secrets of the settings, which no tool prints or writes."""

from clover import cards
from suite.evidence.scrubber import Scrubber
from suite.settings.settings import Settings


def scrubber_for(settings: Settings) -> Scrubber:
    """Return what removes test cards and the secrets of the settings from text."""
    scrubber = Scrubber(card.number for card in cards.ALL)
    for secret in settings.secrets:
        scrubber.hide(secret.get_secret_value())
    return scrubber
