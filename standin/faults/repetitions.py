"""Faults that request the merchant's pages more than once or too early."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Hooks, changes, read_family, returns
from standin.outcomes import Outcome
from standin.redirect.response_plan import IDLE_MS, LONG_MS, Initiator, SideRequest, View
from standin.redirect.situation import Situation


def _requests_landing(by: Initiator, after_ms: int = 0) -> Hooks:
    """The landing is requested in one more way, after the payment."""
    return Hooks(navigation=changes(side_requests=(SideRequest(by, after_ms=after_ms),)))


def _requests_on_open(by: Initiator, outcome: Outcome, after_ms: int = 0) -> Hooks:
    """The URL of an outcome is requested while the checkout page is open."""

    def on_open(situation: Situation, _right: object) -> tuple[SideRequest, ...]:
        urls = situation.dashboard if situation.dashboard.any else situation.requested
        url = urls.of(outcome)
        return (SideRequest(by, url, after_ms),) if url else ()

    return Hooks(on_open=on_open)


_HOOKS = {
    "lands-twice": Hooks(navigation=changes(times=2)),
    "lands-in-new-tab-too": _requests_landing("popup"),
    "lands-again-after-a-while": _requests_landing("opener"),
    "lands-again-much-later": _requests_landing("opener", LONG_MS),
    "pulled-back-to-the-provider": Hooks(
        navigation=lambda s, right: replace(
            right, side_requests=(SideRequest("opener", f"{s.home}/"),)
        )
    ),
    "fragment-changed-after-the-landing": Hooks(
        navigation=changes(side_requests=(SideRequest("opener", "#receipt"),))
    ),
    "landing-asked-for-by-script": _requests_landing("fetch"),
    "landing-told-by-beacon": _requests_landing("beacon"),
    "landing-asked-for-as-image": _requests_landing("image"),
    "landings-prefetched": _requests_on_open("prefetch", Outcome.SUCCESS),
    "success-visited-when-the-page-opens": _requests_on_open("fetch", Outcome.SUCCESS),
    "left-alone-as-cancel": _requests_on_open("go", Outcome.CANCEL, IDLE_MS),
    "left-alone-for-long-as-cancel": _requests_on_open("go", Outcome.CANCEL, LONG_MS),
    "lands-again-on-reload": Hooks(view=lambda s, right: View.REDIRECT_AGAIN if s.paid else right),
    "declined-link-lands-again": Hooks(
        when=conditions.turned_away, view=returns(View.REDIRECT_AGAIN)
    ),
    "declined-link-shows-a-receipt": Hooks(
        when=conditions.turned_away, view=returns(View.RECEIVED)
    ),
    "receipt-expires-on-reload": Hooks(
        when=lambda s: s.paid and s.history[-2:] == ("opened", "opened"), view=returns(View.EXPIRED)
    ),
    "paid-twice": Hooks(charges=lambda _, right: 2 * right),
    "paid-link-can-be-paid-again": Hooks(view=lambda s, right: View.FORM if s.paid else right),
    "expired-link-shows-a-receipt": Hooks(
        when=lambda s: conditions.expired(s) and not s.paid, view=returns(View.RECEIVED)
    ),
    "expired-link-can-be-paid": Hooks(
        when=lambda s: conditions.expired(s) and not s.paid, view=returns(View.FORM)
    ),
}

FAULTS = read_family(__file__, _HOOKS)
