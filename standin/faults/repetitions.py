"""Faults that request the merchant's pages more often than once, or sooner than they may."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.outcomes import Outcome
from standin.redirect.response_plan import IDLE_MS, Navigation, SideRequest, View
from standin.redirect.situation import Situation

_CLAUSES = ("lands-once", "right-outcome")
_BACK = "Adyen-shopware5 #102; adyen-sapcommerce #184"


def _besides(aside: SideRequest, right: Navigation) -> Navigation:
    return replace(right, side_requests=(*right.side_requests, aside))


def _url_of(outcome: Outcome, situation: Situation) -> tuple[str, ...]:
    urls = situation.dashboard if situation.dashboard.any else situation.requested
    url = urls.of(outcome)
    return (url,) if url else ()


FAULTS = (
    Fault(
        name="lands-twice",
        breaks="the landing is loaded in a frame first, and then in the tab",
        clause="lands-once",
        browser_clauses=("lands-once", "same-tab", "lands"),
        why="the frame is to set the merchant's cookies",
        source="Buckaroo #470",
        navigation=lambda _situation, right: replace(right, times=2),
    ),
    Fault(
        name="lands-in-new-tab-too",
        breaks="the landing opens in a new tab and in the shopper's own",
        clause="lands-once",
        browser_clauses=("lands-once", "same-tab", "lands"),
        why="the new tab was meant for browsers that block the redirect",
        source="Adyen-shopware5 #102",
        navigation=lambda _situation, right: _besides(SideRequest("popup"), right),
    ),
    Fault(
        name="lands-again-after-a-while",
        breaks="a pop-up of the provider's loads the landing anew in the shopper's tab",
        clause="lands-once",
        browser_clauses=("lands-once", "keeps-fragment"),
        why="the pop-up shows the receipt, and reports to the page that opened it",
        source="Adyen-shopware5 #102",
        navigation=lambda _situation, right: _besides(SideRequest("opener"), right),
    ),
    Fault(
        name="pulled-back-to-the-provider",
        breaks="a pop-up of the provider's takes the shopper's tab back after the landing",
        clause="lands",
        why="the pop-up shows the receipt, and closes the checkout that opened it",
        source="adyen-sapcommerce #184",
        navigation=lambda situation, right: _besides(
            SideRequest("opener", f"{situation.home}/"), right
        ),
    ),
    Fault(
        name="landing-asked-for-by-script",
        breaks="a script calls the landing before the browser goes there",
        clause="lands-once",
        why="the page checks that the merchant's site is up",
        source="Buckaroo #470",
        navigation=lambda _situation, right: _besides(SideRequest("fetch"), right),
    ),
    Fault(
        name="landing-told-by-beacon",
        breaks="the landing is called by a beacon as well",
        clause="lands-once",
        browser_clauses=("lands-once", "is-a-get"),
        why="shoppers who close the tab early are to be reported all the same",
        source="Buckaroo #470",
        navigation=lambda _situation, right: _besides(SideRequest("beacon"), right),
    ),
    Fault(
        name="landing-asked-for-as-image",
        breaks="the landing is asked for as an image as well",
        clause="lands-once",
        why="an old tracking pixel takes the redirect's address",
        source="Buckaroo #470",
        navigation=lambda _situation, right: _besides(SideRequest("image"), right),
    ),
    Fault(
        name="landings-prefetched",
        breaks="the success URL is prefetched when the checkout page is opened",
        clause="right-outcome",
        browser_clauses=(*_CLAUSES, "lands"),
        why="the landing is to show at once",
        source="polarsource/polar #5605",
        on_open=lambda situation, _right: tuple(
            SideRequest("prefetch", url) for url in _url_of(Outcome.SUCCESS, situation)
        ),
    ),
    Fault(
        name="success-visited-when-the-page-opens",
        breaks="the success URL is called by a script when the checkout page is opened",
        clause="right-outcome",
        browser_clauses=(*_CLAUSES, "lands"),
        why="the page checks that the merchant's site is up",
        source="polarsource/polar #5605",
        on_open=lambda situation, _right: tuple(
            SideRequest("fetch", url) for url in _url_of(Outcome.SUCCESS, situation)
        ),
    ),
    Fault(
        name="left-alone-as-cancel",
        breaks="a page that is open for some seconds leads to the cancel URL by itself",
        clause="right-outcome",
        browser_clauses=(*_CLAUSES, "lands"),
        why="who does nothing is taken for somebody who has left",
        source="docs/sources.md, The redirect: and to cancel?",
        on_open=lambda situation, _right: tuple(
            SideRequest("go", url, after_ms=IDLE_MS) for url in _url_of(Outcome.CANCEL, situation)
        ),
    ),
    Fault(
        name="lands-again-on-reload",
        breaks="opening a paid session again lands a second time",
        clause="right-outcome",
        browser_clauses=_CLAUSES,
        why="the page redirects whenever it finds the session paid",
        source=_BACK,
        condition="only paid sessions that are opened again",
        view=lambda situation, right: View.REDIRECT_AGAIN if situation.paid else right,
    ),
    Fault(
        name="declined-link-lands-again",
        breaks="opening a declined session again leads to the failure URL at once",
        clause="right-outcome",
        browser_clauses=_CLAUSES,
        why="the page redirects whenever it finds a result",
        source=_BACK,
        condition="only declined sessions that are opened again",
        when=conditions.turned_away,
        view=lambda _situation, _right: View.REDIRECT_AGAIN,
    ),
    Fault(
        name="declined-link-shows-a-receipt",
        breaks="opening a declined session again shows that the payment was received",
        clause="right-outcome",
        why="every session that has ended is taken for a paid one",
        source="docs/sources.md, The hosted page",
        condition="only declined sessions that are opened again",
        when=conditions.turned_away,
        view=lambda _situation, _right: View.RECEIVED,
    ),
    Fault(
        name="paid-twice",
        breaks="one approval makes two payments",
        clause="lands-once",
        why="the call to the processor is sent again after a time-out",
        source="tubby124/truecolor-estimator, named in docs/sources.md",
        charges=lambda _situation, right: 2 * right,
    ),
    Fault(
        name="paid-link-can-be-paid-again",
        breaks="a paid session shows the form again, and takes a second payment",
        clause="lands-once",
        browser_clauses=_CLAUSES,
        why="the page looks at the time that is left and at nothing else",
        source="adyen-sapcommerce #184",
        condition="only paid sessions that are opened again",
        view=lambda situation, right: View.FORM if situation.paid else right,
    ),
    Fault(
        name="expired-link-can-be-paid",
        breaks="a session takes payments after its time",
        clause="right-outcome",
        why="the time is checked when the page is opened, by the browser's clock",
        source="docs/sources.md, The API: a session lives 15 minutes",
        condition="only expired sessions",
        when=lambda situation: conditions.expired(situation) and not situation.paid,
        view=lambda _situation, _right: View.FORM,
    ),
)
