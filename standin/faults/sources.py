"""Faults in the precedence of dashboard URLs and request URLs."""

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family
from standin.outcomes import RedirectUrls
from standin.redirect.situation import Situation


def _dashboard_if_any(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return situation.dashboard if situation.dashboard.any else right


def _no_gaps(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    any_url = right.success or right.failure or right.cancel
    return RedirectUrls(right.success or any_url, right.failure or any_url, right.cancel or any_url)


def _whole_dashboard_or_none(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    held = situation.dashboard
    return right if held.success and held.failure and held.cancel else situation.requested


def _as_written(situation: Situation, given: str, right: str) -> str:
    held = situation.dashboard
    return given if given in {held.success, held.failure, held.cancel} else right


_HOOKS = {
    "dashboard-ignored": Hooks(urls=lambda s, _right: s.requested),
    "request-wins-on-success": Hooks(
        when=conditions.approved, urls=lambda s, right: s.requested if s.requested.any else right
    ),
    "half-filled-dashboard-ignored": Hooks(urls=_whole_dashboard_or_none),
    "dashboard-wins-anyway": Hooks(
        when=lambda s: s.behaviour.precedence == "request", urls=_dashboard_if_any
    ),
    "request-ignored": Hooks(urls=lambda s, _right: s.dashboard),
    "gaps-not-filled": Hooks(
        when=lambda s: s.behaviour.precedence == "dashboard", urls=_dashboard_if_any
    ),
    "gaps-filled-with-another-outcome": Hooks(urls=_no_gaps),
    "dashboard-of-yesterday": Hooks(
        when=lambda s: s.dashboard != s.dashboard_at_creation,
        urls=lambda s, right: s.dashboard_at_creation if s.dashboard_at_creation.any else right,
    ),
    "dashboard-url-not-filled-in": Hooks(substitute=_as_written),
}

FAULTS = read_family(__file__, _HOOKS)
