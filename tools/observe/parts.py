"""Probes of long redirect URLs and of taxes, which take no payment."""

from clover.models import LineItem, TaxRate
from records.outcome import Outcome
from suite.merchant import Checkout
from suite.sample_order import sample_request
from tools.observe.checkout import leave
from tools.observe.reading import refusal_or_taken
from tools.observe.visit import ProbeContext

#: Characters of a redirect URL, the longest first: the first that is taken ends the search.
LENGTHS = (8000, 4000, 2000, 1000, 255)

RATES = (TaxRate(name="State", rate=625_000), TaxRate(name="City", rate=75_000))
#: Prices in cents, and the tax in cents that Clover's page showed for both rates together.
MEASURED_TAXES = {1195: 84, 1075: 75, 775: 54}
#: Both rates on this price are 16.45 cents together; rounded one by one they are 15 and 2 cents.
TELLING_PRICE_CENTS = 235
_ROUNDED = {16: ("together", "together"), 17: ("one by one", "each")}


def observe_length(context: ProbeContext) -> None:
    """Find a long URL that the API takes, and see by cancelling whether it arrives whole."""
    notes, merchant, refused = context.notes, context.merchant, ""
    for length in LENGTHS:
        base = f"{context.site.origin}/long-{next(context.numbers)}/cancel?fill="
        request = sample_request({Outcome.CANCEL: base.ljust(length, "y")})
        answer = merchant.client.post(request.body())
        if answer.problem() is None:
            break
        refused = f"; a longer one {refusal_or_taken(answer)}"
    else:
        notes.see("url-length", f"fewer than {LENGTHS[-1]} characters{refused}", 0)
        notes.miss("no long URL is taken", "long-url")
        return
    notes.see("url-length", f"{length:,} characters{refused or ', or more'}", length)
    _see_long_url(context, merchant.checkout(answer.session(), request))


def _see_long_url(context: ProbeContext, checkout: Checkout) -> None:
    with context.visit("long URL", checkout) as visit:
        landing, _ = leave(visit.open())
        if landing is None:
            context.notes.miss("cancelling led nowhere", "long-url")
            return
        whole = landing.url == checkout.urls[Outcome.CANCEL]
        came = "as written" if whole else f"otherwise, with {len(landing.url):,} characters"
        context.notes.see("long-url", came, whole)


def observe_tax(context: ProbeContext) -> None:
    """Look at the amount on the Pay button for prices whose taxes tell how they are rounded."""
    shown = [_tax_of(context, price) for price in MEASURED_TAXES]
    context.notes.see("tax", _dollars(shown), shown == [*MEASURED_TAXES.values()])
    tax = _tax_of(context, TELLING_PRICE_CENTS)
    words, value = _ROUNDED.get(tax, (f"otherwise: {_dollars([tax])}", None))
    context.notes.see("tax-rounding", words, value)


def _tax_of(context: ProbeContext, price_cents: int) -> int:
    """Return by how many cents the page's amount exceeds the price."""
    line = LineItem(name="itemA", price_cents=price_cents, tax_rates=RATES)
    checkout = context.merchant.create_checkout({}, cart=(line,))
    with context.visit("taxes", checkout) as visit:
        total = visit.open().hosted_page.total
    return round(float(total.replace(",", "")) * 100) - price_cents


def _dollars(cents: list[int]) -> str:
    return ", ".join(f"${amount / 100:.2f}" for amount in cents)
