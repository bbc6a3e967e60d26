"""Clover's own confirmation page, where a shopper stays if no success URL applies."""

from pages.page_object import PageObject
from pages.snapshot import Snapshot
from pages.words import checkout as words
from pages.words.matching import begins


class PaymentReceivedPage(PageObject):
    """The page headed "Payment Received"."""

    name = f"The “{words.PAYMENT_RECEIVED}” page"

    def total_cents(self) -> int:
        """Return the amount beside the word "Total", in cents.

        Raises:
            PageChanged: there is no such amount, or there are several different ones.
        """
        found, seen = self.wait_for(_total)
        if found is None:
            lines = ", ".join(f"“{line}”" for line in seen.lines)
            raise self.changed(f"one amount beside “Total” in the lines {lines}", seen=seen)
        return found


def _total(seen: Snapshot) -> int | None:
    """The amount in the line that begins with "Total", or else in the next line."""
    pairs = zip(seen.lines, [*seen.lines[1:], ""], strict=True)
    totals = [pair for pair in pairs if begins(pair[0], ["Total"])]
    amounts = {words.amount_of(line) or words.amount_of(after) for line, after in totals} - {""}
    return int(amounts.pop().replace(".", "")) if len(amounts) == 1 else None
