"""Cards that cannot lead to a case's outcome, one after the other."""

from collections.abc import Sequence

from clover.behaviour import Behaviour
from records.outcome import Outcome

_APPROVED = ("APPROVED", "AVS_APPROVED")
_DECLINED = ("DECLINED", "PARTIALLY_APPROVED")


def check_cards(cards: Sequence[str], outcome: Outcome, behaviour: Behaviour) -> None:
    """Refuse a checkout that cannot be, which a run would blame on the provider.

    Args:
        cards: names of test cards, in the order in which they are tried.
        outcome: of the checkout, after the last card or by a cancel that follows it.
        behaviour: of the provider.

    Raises:
        ValueError: a card ends the checkout too early, or with another outcome.
    """
    before = cards if outcome is Outcome.CANCEL else cards[:-1]
    for number, name in enumerate(before, 1):
        if name.startswith(_APPROVED) and not behaviour.velocity_limit:
            raise ValueError(f"card {name} is approved, so nothing can follow it: put it last")
        ends = behaviour.decline in {"failure", "cancel"}
        if name.startswith(_DECLINED) and ends and number == behaviour.declines_before_failure:
            raise ValueError(
                f'card {name} ends the checkout, because decline is "{behaviour.decline}" in the'
                f" behaviour {behaviour.name}, so nothing can follow it: leave out what follows, or"
                ' add switches = { decline = "stay" }'
            )
    last = "" if outcome is Outcome.CANCEL or not cards else cards[-1]
    if outcome is Outcome.SUCCESS and last.startswith(_DECLINED):
        raise ValueError(f"card {last} is declined, so the outcome cannot be success: use APPROVED")
    if outcome is Outcome.FAILURE and last.startswith(_APPROVED) and not behaviour.velocity_limit:
        raise ValueError(f"card {last} is approved, so the outcome cannot be failure: use DECLINED")
