"""Faults in whose URLs are used, the dashboard's or the request's."""

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.outcomes import RedirectUrls
from standin.redirect.situation import Situation

_WHO_WINS = "docs/sources.md, The redirect: who wins, dashboard or request?"


def _no_gaps(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    any_url = right.success or right.failure or right.cancel
    return RedirectUrls(right.success or any_url, right.failure or any_url, right.cancel or any_url)


def _whole_dashboard_or_none(situation: Situation, right: RedirectUrls) -> RedirectUrls:
    held = situation.dashboard
    return right if held.success and held.failure and held.cancel else situation.requested


def _as_written(situation: Situation, given: str, right: str) -> str:
    held = situation.dashboard
    return given if given in {held.success, held.failure, held.cancel} else right


FAULTS = (
    Fault(
        name="dashboard-ignored",
        breaks="the URLs of the merchant's dashboard are never used",
        clause="right-source",
        browser_clauses=("right-source", "lands"),
        why="the documentation once said so",
        source=_WHO_WINS,
        condition="only where the dashboard holds URLs",
        urls=lambda situation, _right: situation.requested,
    ),
    Fault(
        name="request-wins-on-success",
        breaks="an approved payment uses the request's URL though the dashboard has one",
        clause="right-source",
        why="outcomes were moved to the new rule one by one",
        source=_WHO_WINS,
        condition="only approvals, where the dashboard holds a success URL",
        when=conditions.approved,
        urls=lambda situation, right: situation.requested if situation.requested.any else right,
    ),
    Fault(
        name="half-filled-dashboard-ignored",
        breaks="a dashboard that lacks one of the three URLs is not used at all",
        clause="right-source",
        why="the form counts as saved when it is complete",
        source=_WHO_WINS,
        condition="only where the dashboard holds some of the three URLs",
        urls=_whole_dashboard_or_none,
    ),
    Fault(
        name="dashboard-wins-anyway",
        breaks="the dashboard's URLs are used where the request's win",
        clause="right-source",
        why="a new rule reaches merchants who were promised the old one",
        source="docs/sources.md, Switches: precedence",
        condition="only where the behaviour lets the request win",
        when=lambda situation: situation.behaviour.precedence == "request",
        urls=lambda situation, right: situation.dashboard if situation.dashboard.any else right,
    ),
    Fault(
        name="request-ignored",
        breaks="the request's URLs are never used",
        clause="lands",
        why="one merchant with request URLs alone was not redirected in production",
        source="pizza62, named in docs/sources.md",
        urls=lambda situation, _right: situation.dashboard,
    ),
    Fault(
        name="gaps-not-filled",
        breaks="an outcome that the dashboard leaves out gets no URL, though the request has one",
        clause="lands",
        why="the winner is chosen for the whole set and not for each outcome",
        source="docs/sources.md, Switches: fallback",
        condition="only where the dashboard holds some of the three URLs",
        when=lambda situation: situation.behaviour.precedence == "dashboard",
        urls=lambda situation, right: situation.dashboard if situation.dashboard.any else right,
    ),
    Fault(
        name="gaps-filled-with-another-outcome",
        breaks="an outcome without a URL borrows another outcome's",
        clause="right-outcome",
        browser_clauses=("right-outcome", "lands"),
        why="there is always somewhere to send the shopper",
        source="woocommerce/woocommerce-gateway-stripe #5263",
        condition="only where an outcome has no URL",
        urls=_no_gaps,
    ),
    Fault(
        name="dashboard-of-yesterday",
        breaks="the dashboard's URLs are those from when the session was created",
        clause="same-path",
        browser_clauses=("same-path", "right-source", "keeps-query", "session-id", "lands"),
        why="they are copied into the session",
        source=_WHO_WINS,
        condition="only where the dashboard changed after the session was created",
        when=lambda situation: situation.dashboard != situation.dashboard_at_creation,
        urls=lambda situation, right: (
            situation.dashboard_at_creation if situation.dashboard_at_creation.any else right
        ),
    ),
    Fault(
        name="dashboard-url-not-filled-in",
        breaks="placeholders in a URL of the dashboard stay",
        clause="no-literal-placeholder",
        why="settings are taken for finished URLs",
        source=_WHO_WINS,
        condition="only URLs of the dashboard",
        substitute=_as_written,
    ),
)
