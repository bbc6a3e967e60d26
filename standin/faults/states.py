"""Faults that depend on earlier events: declines, cancels, other sessions, time."""

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family, returns
from standin.faults.url_mutations import path, without_first_parameter, without_fragment
from standin.outcomes import NO_URLS, Outcome
from standin.redirect.response_plan import LONG_MS, SideRequest, View

#: Query of the faulty page's request for itself.
_HEARTBEAT = "mode=heartbeat"

_HOOKS = {
    "lost-after-decline": Hooks(
        when=conditions.approved_after_decline, encode=without_first_parameter
    ),
    "failure-sticks": Hooks(
        when=conditions.approved_after_decline, outcome=returns(Outcome.FAILURE)
    ),
    "cancel-sticks": Hooks(
        when=lambda s: conditions.approved(s) and "cancelled" in s.history,
        outcome=returns(Outcome.CANCEL),
    ),
    "second-cancel-as-failure": Hooks(
        when=lambda s: conditions.cancelled(s) and s.history.count("cancelled") > 1,
        outcome=returns(Outcome.FAILURE),
    ),
    "cancel-after-decline-as-failure": Hooks(
        when=lambda s: conditions.cancelled(s) and s.declines > 0, outcome=returns(Outcome.FAILURE)
    ),
    "success-after-three-declines-as-failure": Hooks(
        when=lambda s: conditions.approved(s) and s.declines > 2, outcome=returns(Outcome.FAILURE)
    ),
    "returning-shopper-never-leaves": Hooks(when=lambda s: s.returning, outcome=returns(None)),
    "returning-shopper-declined-as-cancel": Hooks(
        when=lambda s: s.returning and conditions.declined(s), outcome=returns(Outcome.CANCEL)
    ),
    "session-dies-on-the-open-page": Hooks(
        on_open=lambda _, right: (*right, SideRequest("fetch", f"?{_HEARTBEAT}", after_ms=LONG_MS)),
        view=lambda s, right: View.EXPIRED if s.query == _HEARTBEAT else right,
    ),
    "third-try-lost": Hooks(when=lambda s: s.attempts > 2, outcome=returns(None)),
    "second-session-loses-fragment": Hooks(
        when=lambda s: s.nth_session == 2, encode=without_fragment
    ),
    "every-third-never-leaves": Hooks(when=conditions.every(3), urls=returns(NO_URLS)),
    "every-fifth-loses-a-parameter": Hooks(
        when=conditions.every(5), encode=without_first_parameter
    ),
    "old-session-loses-its-urls": Hooks(when=lambda s: s.age_s > 600, urls=returns(NO_URLS)),
    "returning-shopper-gets-the-url-before": Hooks(
        when=lambda s: s.returning,
        urls=lambda s, right: s.previous.requested if s.previous else right,
    ),
    "opened-twice-loses-the-path": Hooks(
        when=lambda s: s.history.count("opened") > 1 and conditions.approved(s),
        encode=path(lambda text: text.rpartition("/")[0] or "/"),
    ),
    "reload-loses-the-cancel-url": Hooks(
        when=lambda s: s.history.count("opened") > 1 and conditions.cancelled(s),
        urls=returns(NO_URLS),
    ),
}

FAULTS = read_family(__file__, _HOOKS)
