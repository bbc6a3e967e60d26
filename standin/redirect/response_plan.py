"""How the browser is sent away, or what it is shown instead."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from standin.outcomes import Outcome


class View(StrEnum):
    """What opening the hosted page's address shows."""

    FORM = "form"
    RECEIVED = "received"
    ALREADY_PAID = "already-paid"
    EXPIRED = "expired"
    REDIRECT_AGAIN = "redirect-again"


Initiator = Literal["frame", "popup", "fetch", "beacon", "image", "prefetch", "opener", "go"]

#: Longer than most tests take from opening a page to leaving it.
IDLE_MS = 5000


@dataclass(frozen=True, slots=True)
class SideRequest:
    """A request that a page makes besides the shopper's own way.

    Attributes:
        by: what the page makes it with; ``opener`` is a pop-up of the provider's, which sends the
            shopper's tab on some time after the landing; ``go`` is the tab's own next page.
        url: what is requested; empty for the landing itself.
        after_ms: milliseconds that the page waits before.
    """

    by: Initiator
    url: str = ""
    after_ms: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """The road from the hosted page to the merchant.

    Attributes:
        via: the mechanism of the last step: script, 302, 303, 307, meta-refresh or form.
        delay_ms: milliseconds between the outcome and the first step.
        click: whether the shopper has to press Continue on a page in between.
        method: of the request that reaches the merchant.
        place: where the merchant's page opens.
        hops: addresses in between: ``own`` is one more of the provider's, ``plain`` is one without
            TLS, ``open`` carries the landing in its query.
        times: how often the landing is requested; 0 is never.
        side_requests: what is requested in passing.
        fields: names and values that a form carries along where the method is post.
    """

    via: str = "script"
    delay_ms: int = 0
    click: bool = False
    method: Literal["get", "post"] = "get"
    place: Literal["tab", "popup", "frame"] = "tab"
    hops: tuple[Literal["own", "plain", "open"], ...] = ()
    times: int = 1
    side_requests: tuple[SideRequest, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageExposure:
    """What the page that the shopper leaves tells the world around it.

    Attributes:
        title: replaces the page's title on leaving; empty leaves it.
        window_name: what the page calls its window on leaving; the next page can read it.
        referrer_policy: of the page.
        query: stands in the address of the page that the browser leaves, where there is one.
    """

    title: str = ""
    window_name: str = ""
    referrer_policy: str = "strict-origin"
    query: str = ""


@dataclass(frozen=True, slots=True)
class RedirectPlan:
    """The result of all steps.

    Attributes:
        outcome: whose URL was chosen; None where nothing has ended yet.
        url: where to send the browser; None where the shopper stays.
    """

    outcome: Outcome | None
    url: str | None
    navigation: Navigation = Navigation()
    exposure: PageExposure = PageExposure()
