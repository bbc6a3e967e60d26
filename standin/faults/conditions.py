"""Situations in which a fault shows itself, for those that do not always."""

from collections.abc import Callable

from standin.redirect.situation import Situation, Trigger

Condition = Callable[[Situation], bool]


def approved(situation: Situation) -> bool:
    """A card was taken."""
    return situation.trigger is Trigger.APPROVED


def declined(situation: Situation) -> bool:
    """A card was not taken."""
    return situation.trigger is Trigger.DECLINED


def cancelled(situation: Situation) -> bool:
    """The shopper left."""
    return situation.trigger is Trigger.CANCELLED


def expired(situation: Situation) -> bool:
    """The link was opened too late."""
    return situation.trigger is Trigger.EXPIRED


def approved_after_decline(situation: Situation) -> bool:
    """A card was taken after another was not."""
    return approved(situation) and situation.declines > 0


def turned_away(situation: Situation) -> bool:
    """A decline has led the shopper to the merchant, and nothing was paid since."""
    return situation.declines > 0 and not situation.paid and "redirected" in situation.history


def brand(name: str) -> Condition:
    """A card of this brand."""
    return lambda situation: situation.card is not None and situation.card.brand == name


def on_phone(situation: Situation) -> bool:
    """The browser says that it runs on a phone."""
    return situation.shopper.on_phone


def locale(name: str) -> Condition:
    """The browser asks for this language first."""
    return lambda situation: situation.shopper.locale == name


def amount_from(cents: int) -> Condition:
    """So much is to be paid, or more."""
    return lambda situation: situation.total_cents >= cents


def older_than(seconds: float) -> Condition:
    """The session was created longer ago than this."""
    return lambda situation: situation.age_s > seconds


def every(number: int) -> Condition:
    """The merchant's redirects number 3, 6, 9 …, or whatever the number is."""
    return lambda situation: situation.nth_redirect % number == 0


def nth_session(number: int) -> Condition:
    """The merchant's session of this number."""
    return lambda situation: situation.nth_session == number


def longer_than(characters: int) -> Condition:
    """The request has a redirect URL of more characters."""
    return lambda situation: any(len(url) > characters for url in _configured(situation))


def not_ascii(situation: Situation) -> bool:
    """The request has a redirect URL with characters that no URL may hold."""
    return any(not url.isascii() for url in _configured(situation))


def _configured(situation: Situation) -> list[str]:
    urls = situation.requested
    return [url for url in (urls.success, urls.failure, urls.cancel) if url]
