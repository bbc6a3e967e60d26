"""Faults that tell the merchant of another outcome than the shopper's."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, SideRequest
from standin.redirect.situation import Situation


def _ask_for_success(situation: Situation, right: Navigation) -> Navigation:
    url = situation.requested.success
    return replace(right, side_requests=(SideRequest("fetch", url),)) if url else right


def _one_url(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return RedirectUrls(*[right.success or right.failure or right.cancel] * 3)


FAULTS = (
    Fault(
        name="declined-as-success",
        breaks="a declined payment leads to the success URL",
        clause="right-outcome",
        why="one branch handles every answer of the processor that is not an exception",
        source="silverstripe/silverstripe-omnipay #30",
        condition="only declines",
        when=conditions.declined,
        outcome=lambda _situation, _right: Outcome.SUCCESS,
    ),
    Fault(
        name="approved-as-failure",
        breaks="an approved payment leads to the failure URL",
        clause="right-outcome",
        why="the result is compared with a text that the processor writes otherwise",
        source="VivaPayments/API #1579",
        condition="only approvals",
        when=conditions.approved,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="outcome-swapped",
        breaks="success and failure URL have changed places",
        clause="right-outcome",
        why="two fields of a form are read in the wrong order",
        source="pagopa #854",
        condition="approvals and declines",
        urls=lambda _situation, right: replace(right, success=right.failure, failure=right.success),
    ),
    Fault(
        name="declined-as-cancel",
        breaks="a declined payment leads to the cancel URL",
        clause="right-outcome",
        why="whatever is not paid counts as left",
        source="docs/sources.md, Switches: decline",
        condition="only declines",
        when=conditions.declined,
        outcome=lambda _situation, _right: Outcome.CANCEL,
    ),
    Fault(
        name="cancel-as-failure",
        breaks="leaving without paying leads to the failure URL",
        clause="right-outcome",
        why="both ends are kept under one setting",
        source="woocommerce/woocommerce-gateway-stripe #5263",
        condition="only cancels",
        when=conditions.cancelled,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="cancel-as-success",
        breaks="leaving without paying leads to the success URL",
        clause="right-outcome",
        why="the way out is a link to the return URL, of which there is one",
        source="tubby124/truecolor-estimator, named in docs/sources.md",
        condition="only cancels",
        when=conditions.cancelled,
        outcome=lambda _situation, _right: Outcome.SUCCESS,
    ),
    Fault(
        name="one-url-for-every-outcome",
        breaks="failure and cancel get the success URL",
        clause="right-outcome",
        why="only one column of the table was filled when sessions were moved",
        source="mollie/mollie-api-python #338",
        condition="declines and cancels",
        urls=_one_url,
    ),
    Fault(
        name="expired-as-success",
        breaks="an expired link leads to the success URL",
        clause="right-outcome",
        why="a session that is no longer open is taken for a paid one",
        source="tubby124/truecolor-estimator, named in docs/sources.md",
        condition="only expired sessions",
        when=conditions.expired,
        outcome=lambda _situation, _right: Outcome.SUCCESS,
    ),
    Fault(
        name="expired-as-failure",
        breaks="an expired link leads to the failure URL, where it was to show an error",
        clause="right-outcome",
        why="time that is up counts as a payment that failed",
        source="docs/sources.md, Switches: expired_page",
        condition="only expired sessions",
        when=conditions.expired,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="failure-before-the-last-try",
        breaks="the first decline leads to the failure URL though more tries are due",
        clause="right-outcome",
        why="the counter of tries is read before it is raised",
        source="docs/sources.md, Switches: declines_before_failure",
        condition="only declines that leave a try",
        when=conditions.declined,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="success-asked-for-on-a-decline",
        breaks="a declined shopper's page calls the success URL in passing",
        clause="right-outcome",
        browser_clauses=("right-outcome", "lands-once"),
        why="the page warms the URL up that it hopes to need",
        source="docs/sources.md, The redirect",
        condition="only declines",
        when=conditions.declined,
        navigation=_ask_for_success,
    ),
    Fault(
        name="success-before-the-payment",
        breaks="the shopper is sent to the success URL and nothing has been paid",
        clause="right-outcome",
        browser_clauses=("right-outcome", "lands"),
        why="the browser is let go before the processor has answered",
        source="polarsource/polar #5605",
        condition="only approvals",
        charges=lambda _situation, _right: 0,
    ),
    Fault(
        name="charged-though-declined",
        breaks="the shopper is told of a decline and has been charged",
        clause="right-outcome",
        why="the time-out of the first call is taken for a decline",
        source="tubby124/truecolor-estimator, named in docs/sources.md",
        condition="only declines",
        when=conditions.declined,
        charges=lambda _situation, _right: 1,
    ),
)
