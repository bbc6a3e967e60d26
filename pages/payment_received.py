"""Clover's own confirmation page, where a shopper stays if no success URL applies."""

import re

from pages.page_object import PageObject
from pages.snapshot import Snapshot
from pages.words import checkout as words

#: The word at the start of a line, and an amount behind it or in the next line.
_TOTAL = re.compile(r"^ *Total[^\n]*?(?:\n[^\n]*?)?\$ ?([0-9][0-9,]*)\.([0-9]{2})", re.MULTILINE)


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
    found = _TOTAL.findall("\n".join(seen.lines))
    amounts = {int(dollars.replace(",", "") + cents) for dollars, cents in found}
    return amounts.pop() if len(amounts) == 1 else None
