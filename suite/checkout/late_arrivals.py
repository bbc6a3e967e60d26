"""Landings that come after their test has ended."""

from dataclasses import dataclass, field

from clover.verdict import RedirectBug
from suite.checkout.journey import Journey, again
from suite.checkout.witnesses import Journal
from suite.nonces import nonce_of


@dataclass(slots=True)
class LateArrivals:
    """Remembers each finished journey, to read the journal once more at the end of the run."""

    journal: Journal
    expected: list[tuple[str, Journey, int]] = field(default_factory=list)

    def expect(self, test: str, journey: Journey) -> None:
        """Nothing more may come for this journey from now on."""
        self.expected.append((test, journey, self.journal.mark()))

    def check(self) -> None:
        """Read the journal again.

        Raises:
            RedirectBug: a merchant's page was requested after its test had ended.
        """
        for test, journey, mark in self.expected:
            own = {nonce_of(url) for url in journey.sale.urls.values()} - {""}
            late = [arrival for arrival in self.journal.since(mark) if nonce_of(arrival.url) in own]
            if late and journey.judged is not None:
                bug = RedirectBug(again(journey.judged, late))
                bug.add_note(f"It belongs to {test}, which had ended.")
                raise bug
