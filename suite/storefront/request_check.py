"""Comparison of the shop's create call with what a case says about it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from clover.address import NotAUrl, parse
from clover.expectation import choose_url
from clover.template import ERROR_CODE, SESSION_ID, Template, parse_template, slot_values
from clover.url_comparison import compare
from pages.checkout import CheckoutPage
from records.outcome import Outcome
from suite.merchant import Checkout
from suite.storefront.problems import ShopRequestBug


def pattern_of(landing: str) -> Template:
    """Return the pattern that a configured redirect URL must have."""
    as_sent = {SESSION_ID: SESSION_ID, ERROR_CODE: ERROR_CODE}
    return parse_template(landing, as_sent, has_slots=True)


def check_request(
    checkout: Checkout, outcome: Outcome, landing: str | None, findings: Sequence[str]
) -> Mapping[str, str]:
    """Compare the redirect URL that wins with the case's pattern.

    Args:
        checkout: with the URLs of the provider's books.
        outcome: of the case.
        landing: pattern of the landing URL; None if the case has none.
        findings: of the integration check, added to the message.

    Returns:
        What {order} and the like are in this checkout.

    Raises:
        ShopRequestBug: the shop sent another URL, or none.
    """
    source, url = choose_url(outcome, checkout.urls, checkout.dashboard, checkout.behaviour)
    if landing is None:
        return {}
    if url is None:
        raise _bug(f"The shop's request has no redirect URL for {outcome}", findings)
    pattern = pattern_of(landing)
    try:
        sent = parse(url)
    except NotAUrl:
        raise _bug(f"The {outcome} URL of the {source} is {url}, no URL", findings) from None
    values = slot_values(pattern, sent)
    differences = [str(violation) for violation in compare(pattern, sent)]
    differences += contradictions(values)
    if differences:
        listed = "\n  ".join([f"expected {landing}", f"sent     {url}", *differences])
        raise _bug(
            f"The {outcome} URL of the {source} differs from the case:\n  {listed}", findings
        )
    return dict(values)


def contradictions(values: Sequence[tuple[str, str]]) -> list[str]:
    """Name the slots that have several values in one URL; {*} may be anything each time."""
    first = dict(reversed(values))
    return [
        f"{name} is {first[name]} in one place and {value} in another"
        for name, value in values
        if value != first[name] and name != "{*}"
    ]


def check_total(page: CheckoutPage, total: str) -> None:
    """Compare the amount on the Pay button with the shop's total.

    Raises:
        ShopRequestBug: they differ.
    """
    shown = page.total
    try:
        same = Decimal(shown) == Decimal(total)
    except InvalidOperation:
        same = False
    if not same:
        raise ShopRequestBug(
            f"The Pay button asks for {shown or 'no amount'}, and the case's total is {total}: "
            "compare the line items of the shop's request, tax included, with its basket."
        )


def _bug(what: str, findings: Sequence[str]) -> ShopRequestBug:
    listed = "".join(f"\n  {finding}" for finding in findings)
    checked = f"\nThe integration check says:{listed}" if findings else ""
    return ShopRequestBug(f"{what}.\nCorrect what the shop sends to Clover.{checked}")
