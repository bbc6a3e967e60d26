"""Landings that come after their test has ended."""

from dataclasses import dataclass, field

from clover.verdict import RedirectBug
from suite.checkout.shopper import Shopper, again
from suite.checkout.witnesses import Journal
from suite.nonces import nonce_of


@dataclass(slots=True)
class LateArrivals:
    """Remembers each finished journey, to read the journal once more at the end of the run."""

    journal: Journal
    expected: list[tuple[str, Shopper, int]] = field(default_factory=list)

    def expect(self, test: str, shopper: Shopper) -> None:
        """Nothing more may come for this journey from now on."""
        self.expected.append((test, shopper, self.journal.mark()))

    def check(self) -> None:
        """Read the journal again.

        Raises:
            RedirectBug: a merchant's page was requested after its test had ended.
        """
        for test, shopper, mark in self.expected:
            own = {nonce_of(url) for url in shopper.checkout.urls.values()} - {""}
            late = [arrival for arrival in self.journal.since(mark) if nonce_of(arrival.url) in own]
            if late and shopper.judged is not None:
                bug = RedirectBug(again(shopper.judged, late))
                bug.add_note(f"It belongs to {test}, which had ended.")
                raise bug
