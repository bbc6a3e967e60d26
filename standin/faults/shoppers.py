"""Faults that depend on the shopper, the card, the amount or the configuration."""

from standin.faults import conditions
from standin.faults.fault import Hooks, changes, read_family, returns
from standin.faults.url_mutations import path, without_first_parameter, without_fragment
from standin.outcomes import NO_URLS, Outcome

_HOOKS = {
    "amex-as-failure": Hooks(
        when=lambda s: conditions.approved(s) and conditions.brand("Amex")(s),
        outcome=returns(Outcome.FAILURE),
    ),
    "diners-never-leaves": Hooks(when=conditions.brand("Diners"), urls=returns(NO_URLS)),
    "large-amount-loses-a-parameter": Hooks(
        when=lambda s: s.total_cents >= 10_000, encode=without_first_parameter
    ),
    "thousands-never-leave": Hooks(when=lambda s: s.total_cents >= 100_000, urls=returns(NO_URLS)),
    "phone-loses-fragment": Hooks(when=lambda s: s.shopper.on_phone, encode=without_fragment),
    "french-path": Hooks(
        when=lambda s: s.shopper.locale == "fr-CA", encode=path(lambda text: f"/fr{text}")
    ),
    "decline-lands-by-post": Hooks(when=conditions.declined, navigation=changes(method="post")),
    "cancel-in-a-new-tab": Hooks(when=conditions.cancelled, navigation=changes(place="popup")),
    "failure-as-success-without-a-cancel-url": Hooks(
        when=lambda s: conditions.declined(s) and not s.requested.cancel,
        outcome=lambda s, right: Outcome.SUCCESS if s.requested.success else right,
    ),
    "dashboard-costs-a-parameter": Hooks(
        when=lambda s: s.dashboard.any, encode=without_first_parameter
    ),
    "several-lines-as-failure": Hooks(
        when=lambda s: conditions.approved(s) and s.lines > 1, outcome=returns(Outcome.FAILURE)
    ),
    "nameless-customer-never-leaves": Hooks(when=lambda s: not s.email, urls=returns(NO_URLS)),
}

FAULTS = read_family(__file__, _HOOKS)
