"""The redirect plan: where the browser is sent and how, or what it is shown instead."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from standin.outcomes import Outcome


class View(StrEnum):
    """What the hosted page's address shows."""

    FORM = "form"
    RECEIVED = "received"
    ALREADY_PAID = "already-paid"
    EXPIRED = "expired"
    REDIRECT_AGAIN = "redirect-again"


Initiator = Literal["frame", "popup", "fetch", "beacon", "image", "prefetch", "opener", "go"]
Interruption = Literal["", "alert", "confirm", "beforeunload", "blank-window"]

#: Milliseconds; longer than most tests take from opening a page to leaving it.
IDLE_MS = 5000
#: Milliseconds; longer than any test watches a page, but for the one that waits for this.
LONG_MS = 10_000


@dataclass(frozen=True, slots=True)
class SideRequest:
    """A request that a page makes besides the redirect.

    Attributes:
        by: the initiator; ``opener`` is a pop-up of the provider that navigates the shopper's tab
            some time after the landing; ``go`` navigates the tab itself.
        url: empty for the landing URL; a fragment alone takes the place of the landing's.
        after_ms: delay in milliseconds; 0 is the usual one of the initiator.
    """

    by: Initiator
    url: str = ""
    after_ms: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """How the browser gets from the hosted page to the merchant.

    Attributes:
        via: the mechanism of the last step: script, 302, 303, 307, meta-refresh or form.
        delay_ms: milliseconds between the outcome and the first step.
        click: whether an intermediate page asks the shopper to press Continue.
        hops: addresses in between: ``own`` is one of the provider, ``plain`` is one without TLS,
            ``beside`` is on another port, ``open`` carries the landing URL in its query.
        times: how often the landing URL is requested; 0 is never.
        fields: names and values of the form if the method is post.
        interruption: what the page opens before it leaves.
    """

    via: str = "script"
    delay_ms: int = 0
    click: bool = False
    method: Literal["get", "post"] = "get"
    place: Literal["tab", "popup", "frame", "field"] = "tab"
    hops: tuple[Literal["own", "plain", "beside", "open"], ...] = ()
    times: int = 1
    side_requests: tuple[SideRequest, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    interruption: Interruption = ""


@dataclass(frozen=True, slots=True)
class PageExposure:
    """What the last page of the provider exposes to the merchant and to the browser.

    Attributes:
        title: new title of the page; empty keeps the old one.
        brief_title: title that the page shows for a moment.
        console: a line that the page writes to the browser's console.
        window_name: new name of the window, which the next page can read.
        address: what the page puts into the address bar without a request.
        referrer_policy: of the page.
        query: query of the page's address, which the referrer may carry.
    """

    title: str = ""
    brief_title: str = ""
    console: str = ""
    window_name: str = ""
    address: str = ""
    referrer_policy: str = "strict-origin"
    query: str = ""


@dataclass(frozen=True, slots=True)
class RedirectPlan:
    """The result of all steps.

    Attributes:
        outcome: the outcome whose URL was chosen; None while the checkout goes on.
        url: where to send the browser; None if the shopper stays.
    """

    outcome: Outcome | None
    url: str | None
    navigation: Navigation = Navigation()
    exposure: PageExposure = PageExposure()
