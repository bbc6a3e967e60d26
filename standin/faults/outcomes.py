"""Faults that report a wrong outcome to the merchant."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import read_family, returns
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, SideRequest
from standin.redirect.situation import Situation


def _ask_for_success(situation: Situation, right: Navigation) -> Navigation:
    url = situation.requested.success
    return replace(right, side_requests=(SideRequest("fetch", url),)) if url else right


def _one_url(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return RedirectUrls(*[right.success or right.failure or right.cancel] * 3)


FAULTS = read_family(
    __file__,
    {
        "declined-as-success": {"when": conditions.declined, "outcome": returns(Outcome.SUCCESS)},
        "approved-as-failure": {"when": conditions.approved, "outcome": returns(Outcome.FAILURE)},
        "outcome-swapped": {
            "urls": lambda _situation, right: replace(
                right, success=right.failure, failure=right.success
            )
        },
        "declined-as-cancel": {"when": conditions.declined, "outcome": returns(Outcome.CANCEL)},
        "cancel-as-failure": {"when": conditions.cancelled, "outcome": returns(Outcome.FAILURE)},
        "cancel-as-success": {"when": conditions.cancelled, "outcome": returns(Outcome.SUCCESS)},
        "one-url-for-every-outcome": {"urls": _one_url},
        "expired-as-success": {"when": conditions.expired, "outcome": returns(Outcome.SUCCESS)},
        "expired-as-failure": {"when": conditions.expired, "outcome": returns(Outcome.FAILURE)},
        "failure-before-the-last-try": {
            "when": conditions.declined,
            "outcome": returns(Outcome.FAILURE),
        },
        "success-asked-for-on-a-decline": {
            "when": conditions.declined,
            "navigation": _ask_for_success,
        },
        "success-before-the-payment": {"charges": returns(0)},
        "charged-though-declined": {"when": conditions.declined, "charges": returns(1)},
    },
)
