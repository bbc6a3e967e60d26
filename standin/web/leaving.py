"""From a departure to what the browser gets: moves for a page's script, or a response."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from starlette.responses import Response

from standin.provider import Provider
from standin.redirect.departure import Aside, Departure, Travel
from standin.redirect.steps import header_safe
from standin.sessions import Session
from standin.web.render import html

Move = dict[str, Any]

#: Milliseconds between two landings of a road that lands twice: time enough for both to be sent.
_BETWEEN_LANDINGS_MS = 400

#: The number of the step that only a pop-up takes, and when it acts.
_PURSUIT, _PURSUIT_MS = 99, 1500

#: What begins with a form, and what a redirect's status is where it is not 303.
_BY_FORM: Final = ("form", "307")
_STATUS: Final[Mapping[str, int]] = {"302": 302, "307": 307}


class Road:
    """One departure of one session, under the name it has in addresses."""

    def __init__(
        self, provider: Provider, session: Session, departure: Departure, name: str = ""
    ) -> None:
        self._provider = provider
        self._session = session
        self._departure = departure
        self._travel: Travel = departure.travel
        self._name = name or session.life.keep_departure(departure)
        self._url = departure.url or ""

    @property
    def is_open(self) -> bool:
        """Whether it leads to the merchant at all."""
        return self._departure.url is not None and self._travel.times > 0

    def moves(self) -> list[Move]:
        """What a page's script has to do to set out."""
        if self._travel.click:
            return [{"do": "go", "url": self._waiting_page}]
        return self.moves_onward()

    def moves_onward(self) -> list[Move]:
        """The same, once a click in between is done or not asked for."""
        dress = self._departure.dress
        shown: list[Move] = [{"do": "title", "text": dress.title}] if dress.title else []
        shown += [{"do": "name", "text": dress.window_name}] if dress.window_name else []
        if self._travel.via == "script" and not self._travel.hops and not dress.query:
            return shown + self._landing_moves(self._travel.delay_ms)
        verb = "post" if self._travel.via in _BY_FORM else "go"
        return [*shown, {"do": verb, "url": self._address(0)}]

    async def response(self) -> Response:
        """Set out at once, as the answer to a request."""
        if self._travel.click:
            return redirect(303, self._waiting_page, self._departure.dress.referrer_policy)
        if self._travel.via in _BY_FORM:
            return self._page(self.moves_onward())
        if self._travel.hops or self._departure.dress.query:
            return redirect(302, self._address(0), self._departure.dress.referrer_policy)
        return await self._last_step()

    async def leg(self, number: int) -> Response:
        """What the address ``leave/<name>/<number>`` answers."""
        if number == _PURSUIT:
            again = self._url.partition("#")[0]  # with its fragment it would not be loaded anew
            return self._page(
                [
                    {"do": "opener", "url": aside.url or again, "after_ms": _PURSUIT_MS}
                    for aside in self._travel.asides
                ]
            )
        if number < len(self._travel.hops):
            policy = self._departure.dress.referrer_policy
            return redirect(302, self._address(number + 1), policy)
        return await self._last_step()

    async def _last_step(self) -> Response:
        travel, policy = self._travel, self._departure.dress.referrer_policy
        by_hand = travel.method == "post" or travel.place != "tab" or travel.asides
        if travel.via == "script" or by_hand:
            return self._page(self._landing_moves(travel.delay_ms))
        await asyncio.sleep(travel.delay_ms / 1000)
        if travel.via == "meta-refresh":
            return self._page([], refresh=f"0; url={header_safe(self._url)}")
        return redirect(_STATUS.get(travel.via, 303), self._url, policy)

    @property
    def _waiting_page(self) -> str:
        return f"{self._provider.page_url(self._session)}/continue/{self._name}"

    @property
    def _leave(self) -> str:
        return f"{self._provider.page_url(self._session)}/leave/{self._name}"

    def _address(self, number: int) -> str:
        page = self._leave
        query = f"?{self._departure.dress.query}" if self._departure.dress.query else ""
        if number < len(self._travel.hops):
            hop = self._travel.hops[number]
            if hop == "plain":
                page = page.replace(self._provider.origins.page, self._provider.origins.plain)
            elif hop == "open":
                query = f"?to={quote(self._url, safe='')}"
        return f"{page}/{number}{query}"

    def _landing_moves(self, delay_ms: int) -> list[Move]:
        verbs = {"tab": "go", "popup": "popup", "frame": "frame"}
        verb = "post" if self._travel.method == "post" else verbs[self._travel.place]
        moves: list[Move] = [
            {"do": "frame", "url": self._url, "after_ms": delay_ms + _BETWEEN_LANDINGS_MS * turn}
            for turn in range(self._travel.times - 1)
        ]
        moves += moves_aside(self._travel.asides, self._url, f"{self._leave}/{_PURSUIT}")
        wait_ms = delay_ms + _BETWEEN_LANDINGS_MS * len(moves)
        last = {"do": verb, "url": self._url, "after_ms": wait_ms, "fields": self._travel.fields}
        return [*moves, last]

    def _page(self, moves: list[Move], refresh: str = "") -> Response:
        dress, merchant = self._departure.dress, self._session.merchant
        return html(
            "pages/departing.html",
            policy=policy_for(self._session),
            referrer_policy=dress.referrer_policy,
            skin=merchant.skin,
            merchant=merchant.name,
            title=dress.title or "One moment",
            moves=moves,
            refresh=refresh,
        )


def moves_aside(asides: Sequence[Aside], landing: str = "", pursuit: str = "") -> list[Move]:
    """What a page's script has to do besides; with an address of its own, or the landing's."""
    return [
        {"do": "popup", "url": pursuit}
        if aside.by == "pursuit"
        else {"do": aside.by, "url": aside.url or landing, "after_ms": aside.after_ms}
        for aside in asides
    ]


def policy_for(session: Session) -> dict[str, str]:
    """How far a page's content security policy has to give way for its redirect.

    A form's action and every redirect after it count, and both lead to the merchant. A fault may
    also request the landing in a frame, by a script or as an image.
    """
    policy = {"form-action": "'self' https: http:"}
    if session.merchant.fault:
        policy["frame-src"] = "https: http:"
        policy["connect-src"] = policy["default-src"] = "https: http:"
        policy["img-src"] = "data: https: http:"
    return policy


def redirect(status: int, url: str, referrer_policy: str) -> Response:
    """An HTTP redirect whose Location is the URL itself, made safe to stand in a header."""
    headers = {
        "location": header_safe(url),
        "referrer-policy": referrer_policy,
        "cache-control": "no-store",
    }
    return Response(status_code=status, headers=headers)
