"""Faults in the navigation: request method, tab, hops and timing."""

from urllib.parse import parse_qs

from standin.faults import conditions
from standin.faults.fault import Hooks, changes, read_family, returns
from standin.faults.url_mutations import replaced, whole_url, without_query
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.situation import Situation

_LATE_MS = 12_000


def _as_the_address_says(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    asked = parse_qs(situation.query).get("redirect_url")
    return RedirectUrls(*asked[:1] * len(Outcome)) if asked else right


_HOOKS = {
    "lands-by-post": Hooks(navigation=changes(method="post")),
    "post-kept-by-the-redirect": Hooks(navigation=changes(via="307")),
    "lands-in-new-tab": Hooks(navigation=changes(place="popup")),
    "lands-in-a-frame": Hooks(navigation=changes(place="frame")),
    "plain-http-hop": Hooks(navigation=changes(hops=("plain",))),
    "meta-refresh-without-tls": Hooks(
        navigation=changes(hops=("plain", "own"), via="meta-refresh")
    ),
    "hop-over-another-port": Hooks(navigation=changes(hops=("beside",))),
    "location-without-a-scheme": Hooks(
        encode=whole_url(replaced(r"^\s*[A-Za-z]+:[\\/]*", "")), navigation=changes(via="302")
    ),
    "second-hop-loses-the-query": Hooks(
        encode=without_query, navigation=changes(hops=("own", "own"))
    ),
    "open-redirect-hop": Hooks(
        encode=whole_url(replaced("&.*", "")), navigation=changes(hops=("open",))
    ),
    "page-address-chooses-the-landing": Hooks(urls=_as_the_address_says),
    "never-leaves": Hooks(navigation=changes(times=0)),
    "declined-never-leaves": Hooks(when=conditions.declined, outcome=returns(None)),
    "cancel-never-leaves": Hooks(when=conditions.cancelled, outcome=returns(None)),
    "needs-a-click": Hooks(navigation=changes(click=True)),
    "lands-late": Hooks(navigation=changes(delay_ms=_LATE_MS)),
    "alert-before-leaving": Hooks(navigation=changes(interruption="alert")),
    "confirm-before-leaving": Hooks(navigation=changes(interruption="confirm")),
    "asks-before-unloading": Hooks(navigation=changes(interruption="beforeunload")),
    "blank-window-before-leaving": Hooks(navigation=changes(interruption="blank-window")),
    "failure-in-the-card-field": Hooks(when=conditions.declined, navigation=changes(place="field")),
    "needs-third-party-cookies": Hooks(when=conditions.cookie_blocked, outcome=returns(None)),
    "refuses-third-party-cookies": Hooks(
        when=lambda s: conditions.approved(s) and not conditions.cookie_blocked(s),
        outcome=returns(None),
    ),
    "meta-refresh-cut-at-semicolon": Hooks(
        encode=whole_url(replaced(";.*", "")), navigation=changes(via="meta-refresh")
    ),
}

FAULTS = read_family(__file__, _HOOKS)
