"""Precedence of dashboard and request URLs: assertions that keep what was found.

The documentation has named opposite winners at different dates, and no measurement is published,
so each run leaves what it saw in its evidence.
"""

from clover.verdict import RedirectBug
from records.outcome import Outcome
from records.verdict import Verdict
from suite.checkout.assertions import must_land
from suite.checkout.shopper import Shopper
from suite.redirect_urls import nonce_of


def must_land_by_precedence(shopper: Shopper, outcome: Outcome) -> Verdict:
    """Judge a checkout by the behaviour's rule, and keep whose URL it used.

    Raises:
        RedirectBug: a clause is broken; what was found is kept all the same.
    """
    try:
        return must_land(shopper, outcome)
    finally:
        _note_source(shopper, outcome)


def must_land_on_either(shopper: Shopper, outcome: Outcome) -> None:
    """Judge a checkout by every clause but those of precedence, and keep whose URL it used.

    Raises:
        RedirectBug: it ended on neither source's URL, or another clause is broken.
    """
    try:
        must_land(shopper, outcome)
    except RedirectBug:
        source = _note_source(shopper, outcome)
        if source == "request":
            must_land(shopper, outcome, dashboard={})
        elif source == "dashboard":
            must_land(shopper, outcome, urls={})
        elif source == "none" and not _both(shopper, outcome):  # it may take from one source alone
            must_land(shopper, outcome, urls={}, dashboard={})
        else:
            raise
    else:
        _note_source(shopper, outcome)


def _note_source(shopper: Shopper, outcome: Outcome) -> str:
    """Keep whose URL a checkout ended on, whatever was expected.

    Returns:
        "dashboard", "request", both if they name one page, "neither", or "none" if the shopper
        stayed with Clover.
    """
    request, dashboard = shopper.checkout.urls, shopper.checkout.dashboard
    verdict = shopper.observer.last_verdict
    source = "none"
    if verdict and verdict.landed_url is not None:
        held = {"dashboard": dashboard.get(outcome, ""), "request": request.get(outcome, "")}
        nonce = nonce_of(verdict.landed_url)
        found = [name for name, url in held.items() if url and nonce_of(url) == nonce]
        source = " and ".join(found) or "neither"
    given = "both set" if _both(shopper, outcome) else "one set" if request else "dashboard alone"
    shopper.evidence.note(f"precedence found, {outcome}, {given}", source)
    return source


def _both(shopper: Shopper, outcome: Outcome) -> bool:
    return outcome in shopper.checkout.urls and outcome in shopper.checkout.dashboard
