"""Buttons and links of the hosted checkout page, picked from a snapshot."""

from collections.abc import Callable, Sequence

from pages.snapshot import Action, Snapshot
from pages.words import checkout as words
from pages.words.matching import plain, says

Choose = Callable[[str], bool]


def pay_actions(seen: Snapshot) -> list[Action]:
    """The candidates for the Pay button."""
    return seen.actions_that(words.says_pay)


def can_be_paid(seen: Snapshot) -> bool:
    """Whether exactly one Pay button is enabled."""
    return len([action for action in pay_actions(seen) if not action.disabled]) == 1


def the_one(actions: Sequence[Action]) -> Action | None:
    """The only action, or the only one whose name begins with the first word for cancelling."""
    first = plain(words.CANCEL[0])
    named = [action for action in actions if plain(action.name).startswith(first)]
    candidates = actions if len(actions) == 1 else named
    return candidates[0] if len(candidates) == 1 else None


def cookie_buttons(seen: Snapshot) -> list[Action]:
    """The buttons of a cookie banner."""
    banners = seen.actions_that(lambda text: says(text, words.COOKIES))
    return [action for action in banners if action.role in {"button", "link"}]


def confirmations(seen: Snapshot) -> list[Action]:
    """The buttons of a dialog by which the shopper confirms."""
    sure = seen.actions_that(lambda text: says(text, words.SURE))
    return [action for action in sure if action.in_dialog]


def pay_hint() -> str:
    """The Pay button in words, for an error."""
    return f"a button “{words.PAY[0]} $…”"


def cancel_hint() -> str:
    """The way to cancel in words, for an error."""
    return f"a link or button “{words.CANCEL[0]}”"


def how_many(candidates: Sequence[object]) -> str:
    """What to add to the name of something that is expected once."""
    return f", of which there are {len(candidates)} (one was expected)" if candidates else ""
