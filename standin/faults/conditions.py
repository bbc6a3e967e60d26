"""Conditions under which a fault acts."""

from collections.abc import Callable

from standin.redirect.situation import Situation, Trigger

Condition = Callable[[Situation], bool]


def _on(trigger: Trigger) -> Condition:
    return lambda situation: situation.trigger is trigger


approved = _on(Trigger.APPROVED)
declined = _on(Trigger.DECLINED)
cancelled = _on(Trigger.CANCELLED)
expired = _on(Trigger.EXPIRED)


def approved_after_decline(situation: Situation) -> bool:
    """A card was approved after another was declined."""
    return approved(situation) and situation.declines > 0


def turned_away(situation: Situation) -> bool:
    """A decline has redirected the shopper, and nothing was paid since."""
    return situation.declines > 0 and not situation.paid and "redirected" in situation.history


def cookie_blocked(situation: Situation) -> bool:
    """The browser keeps no cookie of the card fields."""
    return "cookie-blocked" in situation.history


def brand(name: str) -> Condition:
    """A card of this brand."""
    return lambda situation: situation.card is not None and situation.card.brand == name


def every(number: int) -> Condition:
    """Every nth redirect of the merchant."""
    return lambda situation: situation.nth_redirect % number == 0


def not_ascii(situation: Situation) -> bool:
    """The request has a redirect URL with raw characters beyond ASCII."""
    urls = situation.requested
    return any(url and not url.isascii() for url in (urls.success, urls.failure, urls.cancel))
