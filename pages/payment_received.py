"""Clover's own confirmation page, where a shopper stays when no success URL applies."""

import re

from playwright.sync_api import Page

from pages import wording
from pages.errors import PageChanged
from pages.pictures import picture
from pages.survey import Survey, wait_for

_AMOUNT = re.compile(r"\$ ?([0-9][0-9,]*)\.([0-9]{2})")


class PaymentReceivedPage:
    """The page headed "Payment Received".

    Args:
        page: the shopper's tab.
        within_s: how long the page may take to show what it must, seconds.
    """

    def __init__(self, page: Page, *, within_s: float = 10.0) -> None:
        self.page = page
        self.within_s = within_s

    def total_cents(self) -> int:
        """The amount beside the word "Total", in cents.

        Raises:
            PageChanged: there is no such amount, or there are several different ones.
        """
        found, seen = wait_for(self.page, _total, within_s=self.within_s)
        if found is None:
            raise PageChanged(
                f"The “{wording.PAYMENT_RECEIVED}” page",
                seen.url,
                missing=["one amount beside the word “Total”"],
                found=[*seen.inventory(), *(f"text “{line}”" for line in seen.lines)],
                screenshot=picture(self.page),
            )
        return found


def _total(seen: Survey) -> int | None:
    amounts = set()
    for line, following in zip(seen.lines, [*seen.lines[1:], ""], strict=True):
        label, has_label, rest = line.partition("Total")
        if has_label and not label.strip() and (match := _amount(rest) or _amount(following)):
            amounts.add(match)
    return amounts.pop() if len(amounts) == 1 else None


def _amount(text: str) -> int | None:
    match = _AMOUNT.search(text)
    return int(match[1].replace(",", "")) * 100 + int(match[2]) if match else None
