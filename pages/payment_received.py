"""Clover's own confirmation page, where a shopper stays if no success URL applies."""

import re

from pages.page_object import PageObject
from pages.snapshot import Snapshot
from pages.words import checkout as words

_AMOUNT = re.compile(r"\$ ?([0-9][0-9,]*)\.([0-9]{2})")


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
    amounts = set()
    for line, following in zip(seen.lines, [*seen.lines[1:], ""], strict=True):
        label, has_label, rest = line.partition("Total")
        if has_label and not label.strip() and (match := _amount(rest) or _amount(following)):
            amounts.add(match)
    return amounts.pop() if len(amounts) == 1 else None


def _amount(text: str) -> int | None:
    match = _AMOUNT.search(text)
    return int(match[1].replace(",", "")) * 100 + int(match[2]) if match else None
