"""The table of a merchant's checkout sessions, with state, outcome and landing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from standin.provider import Provider
from standin.record import Checkout

MOST_ROWS = 50

#: Outcome and landing for the last event of a session without a redirect.
_ENDS = {
    "approved": ("Success", "Stayed on Clover's page"),
    "cancelled": ("Cancel", "Stayed on Clover's page"),
    "gave-up": ("Failure", "Stayed on Clover's page"),
    "declined": ("Declined", "May try again"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One checkout session.

    Attributes:
        state: Open, Paid or Expired.
        outcome: Success, Failure or Cancel; Declined while the shopper may go on; or empty.
        landing: the URL of the redirect, or a text if there was none.
    """

    created: str
    session_id: str
    total_cents: int
    state: str
    outcome: str
    landing: str


def rows(provider: Provider, merchant_sessions: Sequence[str]) -> list[Row]:
    """The rows of the newest sessions, newest first.

    Args:
        provider: owner of the sessions.
        merchant_sessions: session ids, oldest first.
    """
    newest = list(merchant_sessions)[-MOST_ROWS:][::-1]
    return [_row(provider.checkout(session_id)) for session_id in newest]


def _row(checkout: Checkout) -> Row:
    outcome, landing = _end(checkout)
    moment = datetime.fromtimestamp(checkout.created_s, UTC)
    return Row(
        created=moment.strftime("%Y-%m-%d %H:%M:%S"),
        session_id=checkout.session_id,
        total_cents=checkout.total_cents,
        state=checkout.state.capitalize(),
        outcome=outcome,
        landing=landing,
    )


def _end(checkout: Checkout) -> tuple[str, str]:
    for event in reversed(checkout.events):
        if event.kind == "redirected":
            outcome, _, url = event.detail.partition(": ")
            return outcome.capitalize(), url
        if event.kind in _ENDS:
            return _ENDS[event.kind]
    return "", ""
