"""Faults that report a wrong outcome to the merchant."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family, returns
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, SideRequest
from standin.redirect.situation import Situation


def _ask_for_success(situation: Situation, right: Navigation) -> Navigation:
    url = situation.requested.success
    return replace(right, side_requests=(SideRequest("fetch", url),)) if url else right


_HOOKS = {
    "declined-as-success": Hooks(when=conditions.declined, outcome=returns(Outcome.SUCCESS)),
    "approved-as-failure": Hooks(when=conditions.approved, outcome=returns(Outcome.FAILURE)),
    "outcome-swapped": Hooks(
        urls=lambda _, right: replace(right, success=right.failure, failure=right.success)
    ),
    "declined-as-cancel": Hooks(when=conditions.declined, outcome=returns(Outcome.CANCEL)),
    "cancel-as-failure": Hooks(when=conditions.cancelled, outcome=returns(Outcome.FAILURE)),
    "cancel-as-success": Hooks(when=conditions.cancelled, outcome=returns(Outcome.SUCCESS)),
    "one-url-for-every-outcome": Hooks(
        urls=lambda _, right: RedirectUrls(*[right.success or right.failure or right.cancel] * 3)
    ),
    "expired-as-success": Hooks(when=conditions.expired, outcome=returns(Outcome.SUCCESS)),
    "expired-as-failure": Hooks(when=conditions.expired, outcome=returns(Outcome.FAILURE)),
    "failure-before-the-last-try": Hooks(
        when=conditions.declined, outcome=returns(Outcome.FAILURE)
    ),
    "success-asked-for-on-a-decline": Hooks(when=conditions.declined, navigation=_ask_for_success),
    "success-before-the-payment": Hooks(charges=returns(0)),
    "charged-though-declined": Hooks(when=conditions.declined, charges=returns(1)),
}

FAULTS = read_family(__file__, _HOOKS)
