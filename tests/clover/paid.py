"""One checkout that ends with success, and the stories that tests tell of it."""

from dataclasses import replace

from records.observation import Arrival, Hop, Observation
from records.outcome import Outcome
from tests.clover.checkouts import SESSION, Checkout, landed

SITE = "https://merchant.example/r1"
RIGHT = f"{SITE}/success?sid={SESSION}#top"
BARE = RIGHT.removesuffix("#top")
PAID = Checkout({
    Outcome.SUCCESS: f"{SITE}/success?sid={{CHECKOUT_SESSION_ID}}#top",
    Outcome.FAILURE: f"{SITE}/failure",
    Outcome.CANCEL: f"{SITE}/cancel",
})  # fmt: skip
NOWHERE = Checkout({Outcome.FAILURE: f"{SITE}/failure"})


def by_way_of(*hops: Hop, arrivals: tuple[Arrival, ...] = (), url: str = RIGHT) -> Observation:
    """A right landing after other document requests."""
    story = landed(url)
    way = [replace(hop, number=number) for number, hop in enumerate(hops, 2)]
    last = replace(story.hops[1], number=len(hops) + 2)
    return replace(
        story, hops=[story.hops[0], *way, last], arrivals=[*arrivals, *(story.arrivals or ())]
    )


def told(observed: Observation, checkout: Checkout = PAID) -> list[tuple[str, str, str, str]]:
    """What is broken, in full."""
    return [(v.clause, v.expected, v.came, v.detail) for v in checkout.broken(observed)]
