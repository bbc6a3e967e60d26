"""Dashboard or request: holding a checkout against the rule, and keeping what was found.

The documentation has named opposite winners at different dates, and nobody has published a
measurement, so each run leaves what it saw in its evidence.
"""

from clover.verdict import RedirectBug
from records.outcome import Outcome
from records.verdict import Verdict
from suite.checkout.shopper import Shopper
from suite.merchant import Urls
from suite.nonces import nonce_of


def must_land_by_precedence(shopper: Shopper, outcome: Outcome) -> Verdict:
    """Hold a checkout against the behaviour's rule, and keep whose URL it really used.

    Raises:
        RedirectBug: it broke a clause; what was found is kept all the same.
    """
    try:
        return shopper.must_land(outcome)
    finally:
        _note_source(shopper, outcome)


def must_land_on_either(shopper: Shopper, outcome: Outcome) -> None:
    """Hold a checkout against every clause but those of precedence, and keep whose URL it used.

    Raises:
        RedirectBug: it ended on neither source's URL, or broke another clause on the way.
    """
    try:
        shopper.must_land(outcome)
    except RedirectBug:
        source = _note_source(shopper, outcome)
        if source == "request":
            shopper.must_land(outcome, dashboard={})
        elif source == "dashboard":
            shopper.must_land(outcome, urls={})
        else:
            raise
    else:
        _note_source(shopper, outcome)


def end_checkout(shopper: Shopper) -> None:
    """End one of several checkouts of a test, before the next lands on the same dashboard URLs.

    Raises:
        RedirectBug: something more reached the merchant since the verdict.
    """
    shopper.page.close()
    shopper.nothing_more()
    shopper.judged = None  # what comes from now on is held against the next checkout


def _note_source(shopper: Shopper, outcome: Outcome) -> str:
    """Keep whose URL a checkout ended on, whatever was promised: nobody has published it.

    Returns:
        "dashboard", "request", both where they name one page, "neither", or "none" where the
        shopper stayed with Clover.
    """
    landed = shopper.judged.landed_url if shopper.judged else None
    source = _source(landed, outcome, shopper.checkout.urls, shopper.checkout.dashboard)
    both = outcome in shopper.checkout.urls and outcome in shopper.checkout.dashboard
    given = "both set" if both else "one set" if shopper.checkout.urls else "dashboard alone"
    shopper.evidence.note(f"precedence found, {outcome}, {given}", source)
    return source


def _source(landed: str | None, outcome: Outcome, request: Urls, dashboard: Urls) -> str:
    if landed is None:
        return "none"
    held = {"dashboard": dashboard.get(outcome, ""), "request": request.get(outcome, "")}
    found = [name for name, url in held.items() if url and nonce_of(url) == nonce_of(landed)]
    return " and ".join(found) or "neither"
