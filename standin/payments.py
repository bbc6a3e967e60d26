"""Payments: approve or decline a card, charge it, and plan the redirect."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from standin.cards import DECLINED, CardEntry, find_errors
from standin.faults.api_defects import ApiDefect
from standin.merchants import new_id
from standin.provider import Provider
from standin.record import Payment
from standin.redirect.pipeline import count_charges
from standin.redirect.response_plan import RedirectPlan
from standin.redirect.situation import Shopper, Trigger
from standin.sessions import Session

DECLINED_MESSAGE = "Transaction declined, please use a different card."
"""Source: the buyer's wording in https://docs.clover.com/docs/ecommerce-error-codes."""

TIP_PERCENTS = (0, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """The result of a payment attempt.

    Attributes:
        errors: by field; the card was not tried if there are any.
        plan: the redirect; None if the card was not tried.
    """

    approved: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
    plan: RedirectPlan | None = None


def asks_for_tip(session: Session) -> bool:
    """Whether the page offers tips; the request overrides the behaviour."""
    asked = session.activity.order.tips
    return session.merchant.behaviour.tips if asked is None else asked


def tip_cents(session: Session, percent: object) -> int:
    """The tip on the subtotal, half a cent up; 0 for a percentage that is not offered."""
    if not asks_for_tip(session) or percent not in TIP_PERCENTS or not isinstance(percent, int):
        return 0
    return (session.activity.totals.subtotal_cents * percent + 50) // 100


def pay(
    provider: Provider, session: Session, card: CardEntry, shopper: Shopper, tip: int
) -> PaymentResult:
    """Try a card on an open session."""
    activity, now = session.activity, provider.clock.now()
    errors = find_errors(card, provider.clock.today())
    if errors:
        session.log_event(now, "refused-card", ", ".join(errors))
        return PaymentResult(errors=errors)
    activity.attempts += 1
    amount = activity.totals.total_cents + tip
    approved = card.digits not in DECLINED and _within_velocity(provider, session, card)
    trigger = Trigger.APPROVED if approved else Trigger.DECLINED
    if not approved:
        activity.declines += 1
    session.log_event(now, trigger.value, f"{card.brand} {card.last_four}")
    situation = provider.situation(session, trigger, shopper, card=card, total_cents=amount)
    whole = ApiDefect.CARD_ON_RECEIPT in session.merchant.api_defects
    shown = card.digits if whole else card.last_four
    merchant = session.merchant
    right = count_charges(situation, None)
    for _ in range(merchant.note(count_charges(situation, merchant.fault), right)):
        activity.payments.append(Payment(new_id(), amount, card.brand, shown, now))
    plan = provider.plan_redirect(session, situation)
    return PaymentResult(approved, plan=plan)


def _within_velocity(provider: Provider, session: Session, card: CardEntry) -> bool:
    """Count a card's approved payments; false once the limit is reached."""
    limit = session.merchant.behaviour.velocity_limit
    if not limit:
        return True
    key = hashlib.blake2b(card.digits.encode(), key=provider.card_key).digest()
    uses = session.merchant.card_uses
    if uses.get(key, 0) >= limit:
        return False
    uses[key] = uses.get(key, 0) + 1
    return True
