"""Faults that depend on who pays, with what, how much, and on what was configured."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import fragment, parameters, path
from standin.outcomes import NO_URLS, Outcome
from standin.redirect.response_plan import Navigation
from standin.redirect.situation import Situation

_SOMETIMES = "VivaPayments/API #1268"


def _by_post(_situation: Situation, right: Navigation) -> Navigation:
    return replace(right, method="post")


FAULTS = (
    Fault(
        name="amex-as-failure",
        breaks="an approved American Express card leads to the failure URL",
        clause="right-outcome",
        why="the network answers in its own words",
        source=_SOMETIMES,
        condition="only approved American Express cards",
        when=lambda situation: (
            conditions.approved(situation) and conditions.brand("Amex")(situation)
        ),
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="diners-never-leaves",
        breaks="whoever pays with Diners Club is never sent anywhere",
        clause="lands",
        why="a brand that is missing in a list ends the script",
        source=_SOMETIMES,
        condition="only Diners Club cards",
        when=conditions.brand("Diners"),
        urls=lambda _situation, _right: NO_URLS,
    ),
    Fault(
        name="large-amount-loses-a-parameter",
        breaks="from $100.00 on the first parameter is lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="larger payments take the road of an extra check",
        source=_SOMETIMES,
        condition="only amounts from $100.00",
        when=conditions.amount_from(10_000),
        encode=parameters(lambda listed: listed[1:]),
    ),
    Fault(
        name="thousands-never-leave",
        breaks="from $1,000.00 on the shopper is never sent anywhere",
        clause="lands",
        why="the comma in the amount breaks a script",
        source=_SOMETIMES,
        condition="only amounts from $1,000.00",
        when=conditions.amount_from(100_000),
        urls=lambda _situation, _right: NO_URLS,
    ),
    Fault(
        name="phone-loses-fragment",
        breaks="on a phone the fragment is lost",
        clause="keeps-fragment",
        why="phones get a page of their own",
        source="docs/sources.md, The redirect: and a fragment?",
        condition="only phones",
        when=conditions.on_phone,
        encode=fragment(lambda _text: None),
    ),
    Fault(
        name="french-path",
        breaks="for fr-CA the path begins with /fr",
        clause="same-path",
        why="the provider's own pages are translated so",
        source="docs/sources.md, The redirect",
        condition="only browsers that ask for fr-CA first",
        when=conditions.locale("fr-CA"),
        encode=path(lambda text: f"/fr{text}"),
    ),
    Fault(
        name="decline-lands-by-post",
        breaks="a declined shopper lands by POST",
        clause="is-a-get",
        why="failures take the road of the old form",
        source="Buckaroo #470",
        condition="only declines",
        when=conditions.declined,
        navigation=_by_post,
    ),
    Fault(
        name="cancel-in-a-new-tab",
        breaks="the cancel URL opens in a new tab",
        clause="same-tab",
        browser_clauses=("same-tab", "lands"),
        why="the way out is a link like those to the terms",
        source="docs/sources.md, The redirect: and to cancel?",
        condition="only cancels",
        when=conditions.cancelled,
        navigation=lambda _situation, right: replace(right, place="popup"),
    ),
    Fault(
        name="failure-as-success-without-a-cancel-url",
        breaks="where no cancel URL is configured a decline leads to the success URL",
        clause="right-outcome",
        why="the list of URLs is read by position",
        source="mollie/mollie-api-python #338",
        condition="only declines of requests without a cancel URL",
        when=lambda situation: conditions.declined(situation) and not situation.requested.cancel,
        outcome=lambda situation, right: Outcome.SUCCESS if situation.requested.success else right,
    ),
    Fault(
        name="dashboard-costs-a-parameter",
        breaks="where the dashboard holds URLs their first parameter is lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="settings are read through a form that has its own idea of queries",
        source="docs/sources.md, Dashboard",
        condition="only where the dashboard holds URLs",
        when=lambda situation: situation.dashboard.any,
        encode=parameters(lambda listed: listed[1:]),
    ),
    Fault(
        name="several-lines-as-failure",
        breaks="a paid cart of more than one line leads to the failure URL",
        clause="right-outcome",
        why="the total of several lines is compared with the first line's",
        source="docs/sources.md, The API",
        condition="only approvals of carts with more than one line",
        when=lambda situation: conditions.approved(situation) and situation.lines > 1,
        outcome=lambda _situation, _right: Outcome.FAILURE,
    ),
    Fault(
        name="nameless-customer-never-leaves",
        breaks="a shopper whose name and e-mail are unknown is never sent anywhere",
        clause="lands",
        why="the page of thanks greets by name",
        source="docs/sources.md, The hosted page",
        condition="only requests without an e-mail",
        when=lambda situation: not situation.email,
        urls=lambda _situation, _right: NO_URLS,
    ),
)
