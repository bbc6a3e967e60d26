"""Delivery of a redirect plan: moves for the page's script, or an HTTP response."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from starlette.responses import Response

from standin.provider import Provider
from standin.redirect.response_plan import Navigation, RedirectPlan, SideRequest
from standin.redirect.steps import header_safe
from standin.sessions import Session
from standin.web.render import html

Move = dict[str, Any]

#: Milliseconds between two landings, so that the browser sends both requests.
_BETWEEN_LANDINGS_MS = 400

#: Number of the pop-up's step, and its delay in milliseconds.
_OPENER_STEP, _OPENER_AFTER_MS = 99, 1500

#: Mechanisms that begin with a form.
_BY_FORM: Final = ("form", "307")


class RedirectDelivery:
    """One redirect plan of one session, and the addresses that carry it out."""

    def __init__(
        self, provider: Provider, session: Session, plan: RedirectPlan, name: str = ""
    ) -> None:
        self._provider = provider
        self.session = session
        self._plan = plan
        self._navigation: Navigation = plan.navigation
        self._name = name or session.activity.plans.keep(plan)
        self._url = plan.url or ""

    @property
    def reaches_merchant(self) -> bool:
        """Whether the plan leads to the merchant."""
        return self._plan.url is not None and self._navigation.times > 0

    def moves(self) -> list[Move]:
        """The moves of the page's script that start the redirect."""
        if self._navigation.click:
            return [{"do": "go", "url": self._continue_url}]
        return self.moves_after_click()

    def moves_after_click(self) -> list[Move]:
        """The moves after the click on Continue, or without one."""
        exposure = self._plan.exposure
        told = {
            "title": exposure.title,
            "brief-title": exposure.brief_title,
            "console": exposure.console,
            "name": exposure.window_name,
            "address": exposure.address,
            self._navigation.interruption: "You are leaving this page.",
        }
        shown: list[Move] = [{"do": do, "text": text} for do, text in told.items() if do and text]
        if self._navigation.via == "script" and not self._navigation.hops and not exposure.query:
            return shown + self._landing_moves(self._navigation.delay_ms)
        verb = "post" if self._navigation.via in _BY_FORM else "go"
        return [*shown, {"do": verb, "url": self._step_url(0)}]

    async def response(self) -> Response:
        """The HTTP response that starts the redirect."""
        if self._navigation.click:
            return self._redirect(303, self._continue_url)
        if self._navigation.via in _BY_FORM:
            return self._page(self.moves_after_click())
        if self._navigation.hops or self._plan.exposure.query:
            return self._redirect(302, self._step_url(0))
        return await self._last_step()

    async def step(self, number: int) -> Response:
        """The response of the address ``leave/<name>/<number>``."""
        if number == _OPENER_STEP:
            again = self._url.partition("#")[0]  # a change of the fragment alone loads nothing
            urls = [
                again + extra.url if extra.url.startswith("#") else extra.url or again
                for extra in self._navigation.side_requests
            ]
            return self._page(
                [
                    {"do": "opener", "url": url, "after_ms": extra.after_ms or _OPENER_AFTER_MS}
                    for url, extra in zip(urls, self._navigation.side_requests, strict=True)
                ]
            )
        if number < len(self._navigation.hops):
            return self._redirect(302, self._step_url(number + 1))
        return await self._last_step()

    async def _last_step(self) -> Response:
        navigation = self._navigation
        by_hand = (
            navigation.method == "post" or navigation.place != "tab" or navigation.side_requests
        )
        if navigation.via == "script" or by_hand:
            return self._page(self._landing_moves(navigation.delay_ms))
        await asyncio.sleep(navigation.delay_ms / 1000)
        if navigation.via == "meta-refresh":
            return self._page([], refresh=f"0; url={header_safe(self._url)}")
        return self._redirect(int(navigation.via) if navigation.via.isdigit() else 303, self._url)

    def _redirect(self, status: int, url: str) -> Response:
        return redirect(status, url, self._plan.exposure.referrer_policy)

    @property
    def _continue_url(self) -> str:
        return f"{self._provider.page_url(self.session)}/continue/{self._name}"

    @property
    def _steps_url(self) -> str:
        return f"{self._provider.page_url(self.session)}/leave/{self._name}"

    def _step_url(self, number: int) -> str:
        page = self._steps_url
        query = f"?{self._plan.exposure.query}" if self._plan.exposure.query else ""
        if number < len(self._navigation.hops):
            hop = self._navigation.hops[number]
            origins = self._provider.origins
            if hop in {"plain", "beside"}:
                page = page.replace(origins.page, getattr(origins, hop))
            elif hop == "open":
                query = f"?to={quote(self._url, safe='')}"
        return f"{page}/{number}{query}"

    def _landing_moves(self, delay_ms: int) -> list[Move]:
        verbs = {"tab": "go", "popup": "popup", "frame": "frame", "field": "field"}
        verb = "post" if self._navigation.method == "post" else verbs[self._navigation.place]
        moves: list[Move] = [
            {"do": "frame", "url": self._url, "after_ms": delay_ms + _BETWEEN_LANDINGS_MS * turn}
            for turn in range(self._navigation.times - 1)
        ]
        moves += side_moves(
            self._navigation.side_requests, self._url, f"{self._steps_url}/{_OPENER_STEP}"
        )
        wait_ms = delay_ms + _BETWEEN_LANDINGS_MS * len(moves)
        fields = self._navigation.fields
        return [*moves, {"do": verb, "url": self._url, "after_ms": wait_ms, "fields": fields}]

    def _page(self, moves: list[Move], refresh: str = "") -> Response:
        exposure, merchant = self._plan.exposure, self.session.merchant
        return html(
            "pages/redirecting.html",
            policy=policy_for(self.session),
            referrer_policy=exposure.referrer_policy,
            skin=merchant.skin,
            merchant=merchant.name,
            title=exposure.title or "One moment",
            moves=moves,
            refresh=refresh,
        )


def side_moves(
    side_requests: Sequence[SideRequest], landing: str = "", opener_url: str = ""
) -> list[Move]:
    """The moves for side requests; an empty URL stands for the landing."""
    return [
        {"do": "popup", "url": opener_url}
        if extra.by == "opener"
        else {"do": extra.by, "url": extra.url or landing, "after_ms": extra.after_ms}
        for extra in side_requests
    ]


def policy_for(session: Session) -> dict[str, str]:
    """The relaxations of the content security policy that a redirect needs.

    ``form-action`` applies to the form and to every redirect after it, and both lead to the
    merchant. A fault may also request the landing in a frame, by a script or as an image.
    """
    policy = {"form-action": "'self' https: http:"}
    if session.merchant.fault:
        policy["frame-src"] = "https: http:"
        policy["connect-src"] = policy["default-src"] = "https: http:"
        policy["img-src"] = "data: https: http:"
    return policy


def redirect(status: int, url: str, referrer_policy: str) -> Response:
    """An HTTP redirect to the URL, encoded for the Location header."""
    headers = {
        "location": header_safe(url),
        "referrer-policy": referrer_policy,
        "cache-control": "no-store",
    }
    return Response(status_code=status, headers=headers)
