"""Ends of a checkout that are no redirect bug: each error has its category and its words."""

from clover.address import Address
from records.verdict import Verdict


class MerchantSiteProblem(Exception):
    """The redirect was right, and the merchant's own page was not."""

    category = "merchant site problem"

    def __init__(self, landing: Address | str, what: str) -> None:
        super().__init__(
            f"The redirect was right, but the merchant's page {landing} {what}: look at the "
            "merchant's site, not at the provider."
        )


class BrowserGone(Exception):
    """The browser or the tab crashed before the end of the checkout."""

    category = "suite problem"

    def __init__(self) -> None:
        super().__init__(
            "The browser or its tab crashed before the end of the checkout: look for low memory,"
            " then repeat the test."
        )


class ProviderDown(Exception):
    """The provider's server failed, so there was no outcome to judge."""

    category = "target problem"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(
            f"{verdict.undecided[:1].upper()}{verdict.undecided[1:]}, so the shopper got no "
            f"{verdict.outcome}: try again when it has recovered, and report the failing address "
            "to the provider."
        )


class DeclinesEverything(Exception):
    """The account declines every card, so there was no payment to judge."""

    category = "target problem"

    def __init__(self) -> None:
        super().__init__(
            "The provider declines every card, and its own page says so where no redirect URL is "
            "set: look at the merchant's account, at its limits for a card or an address, and at "
            "the test cards of today; the redirect was not judged."
        )
