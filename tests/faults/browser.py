"""What a browser would do with a departure, and what the two witnesses would tell of it."""

from dataclasses import dataclass, field, replace

import ada_url

from clover.address import parse
from records.observation import Arrival, Hop, Observation, PageState
from standin.faults import Fault
from standin.redirect.departure import Aside, Departure, Travel, View
from standin.redirect.pipeline import ask_ahead, count_charges, depart, show
from standin.redirect.situation import Happening, Situation
from tests.clover.checkouts import HREF, make_arrival, make_hop
from tests.faults.scenes import Scene

PAGE = HREF.partition("?")[0]
PLAIN_PAGE = PAGE.replace("https://checkout.localhost:8443", "http://checkout.localhost:8080")
PATIENCE_MS = 10_000
PAID_HEADING, FORM_HEADING = "Payment Received", "Checkout"
_ACTED_MS, _LANDED_MS = 500.0, 1000.0


@dataclass
class Story:
    """What happens in the browser, bit by bit."""

    hops: list[Hop] = field(default_factory=lambda: [make_hop(HREF, cause="typed", at_ms=0.0)])
    arrivals: list[Arrival] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    address: str = HREF
    heading: str = FORM_HEADING
    payments: int = 0

    def ask(self, hop: Hop, dest: str = "document", **arrival: object) -> None:
        """A document request; the merchant's site hears of it if it goes there."""
        self.hops.append(replace(hop, number=len(self.hops) + 1))
        if parse(hop.url).host.endswith(".example"):
            headers = (("referer", hop.referer),) if hop.referer else ()
            bare = parse(hop.url).without_fragment
            self.arrivals.append(
                make_arrival(bare, method=hop.method, headers=headers, dest=dest, **arrival)
            )

    def aside(self, aside: Aside, landing: str) -> None:
        """A request besides the shopper's way."""
        url = aside.url or landing
        if aside.by == "pursuit":
            return  # it begins when the landing is over
        if aside.by in {"frame", "popup"}:
            dest = "iframe" if aside.by == "frame" else "document"
            self.ask(make_hop(url, place=aside.by, at_ms=_LANDED_MS), dest)
            return
        method = "POST" if aside.by == "beacon" else "GET"
        dest = "image" if aside.by == "image" else "empty"
        headers = (("sec-purpose", "prefetch"),) if aside.by == "prefetch" else ()
        bare = parse(url).without_fragment
        self.arrivals.append(make_arrival(bare, method=method, headers=headers, dest=dest))

    def told(self) -> Observation:
        """The witnesses' account."""
        return Observation(
            hops=self.hops,
            arrivals=self.arrivals,
            address=self.address,
            stayed=PageState(self.address, self.heading, ""),
            texts=self.texts,
            waited_s=0.4,
            acted_ms=_ACTED_MS,
            payments=self.payments,
        )


def observe(scene: Scene, fault: Fault | None) -> Observation:
    """Play a scene with a provider that has this fault, or none."""
    story = Story(payments=int(scene.situation.paid))
    for aside in ask_ahead(scene.situation, fault):
        story.aside(aside, "")
    acted = _opened(scene, story, fault) if scene.opens else scene.situation
    if acted is not None:
        story.payments += count_charges(acted, fault)
        _travel(story, depart(acted, fault), acted)
    return story.told()


def _opened(scene: Scene, story: Story, fault: Fault | None) -> Situation | None:
    """Open the link; what happens then, as far as anything does."""
    situation = scene.situation
    view = show(situation, fault)
    if view is View.EXPIRED:
        return situation
    if view is View.DEPART_AGAIN:
        happened = Happening.APPROVED if situation.paid else Happening.DECLINED
        _travel(story, depart(replace(situation, happened=happened), fault), situation)
    elif view is View.RECEIVED:
        story.heading = PAID_HEADING
    elif view is View.FORM and (situation.paid or situation.happened is Happening.EXPIRED):
        return replace(situation, happened=Happening.APPROVED)
    return None


def _travel(story: Story, departure: Departure, situation: Situation) -> None:
    travel, dress = departure.travel, departure.dress
    if departure.url is None or not travel.times or travel.click or travel.delay_ms > PATIENCE_MS:
        paid = situation.happened is Happening.APPROVED and not travel.click
        story.heading = PAID_HEADING if paid else FORM_HEADING
        return
    try:
        url = str(ada_url.URL(departure.url, base=HREF).href)
    except ValueError:
        return  # no browser goes there
    told = [("a page's title", dress.title), ("the window's name", dress.window_name)]
    story.texts += [(place, text) for place, text in told if text]
    left = HREF
    for number in _steps(travel, dressed=bool(dress.query)):
        plain = travel.hops[number : number + 1] == ("plain",)
        page = PLAIN_PAGE if plain else PAGE
        left = f"{page}/leave/x/{number}?{dress.query}"
        story.ask(make_hop(left, status=302))
    for _ in range(travel.times - 1):
        story.ask(make_hop(url, place="frame", at_ms=_LANDED_MS), "iframe")
    for aside in travel.asides:
        story.aside(aside, url)
    method = "POST" if travel.method == "post" or travel.via == "307" else "GET"
    referer = left if dress.referrer_policy == "unsafe-url" else "https://checkout.localhost:8443/"
    body = "&".join(f"{name}={value}" for name, value in travel.fields)
    dest = "iframe" if travel.place == "frame" else "document"
    hop = make_hop(url, place=travel.place, method=method, referer=referer, at_ms=_LANDED_MS)
    story.ask(hop, dest, body=body)
    if travel.place != "frame":
        story.address = url
    for aside in travel.asides:
        if aside.by == "pursuit":
            story.address = aside.url or url.partition("#")[0]
            story.ask(make_hop(story.address, at_ms=2 * _LANDED_MS))


def _steps(travel: Travel, *, dressed: bool) -> range:
    """The provider's own addresses in between, the last one being where the landing comes from."""
    if travel.via == "script" and not travel.hops and not dressed:
        return range(0)
    return range(len(travel.hops) + 1)
