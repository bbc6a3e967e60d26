"""The browser's own account of where it went: every document request, in order."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, CDPSession, Error, Frame, Page, Request, Response

from landing.causes import Causes, without_fragment
from records.observation import AddressBar, Hop, SentRequest


@dataclass(slots=True)
class _Record:
    """A hop in the making."""

    place: str
    url: str
    method: str
    cause: str
    at_ms: float
    referer: str
    status: int | None = None
    location: str | None = None
    failure: str = ""
    committed: bool = False

    def hop(self, number: int) -> Hop:
        return Hop(
            number=number,
            place=self.place,
            url=self.url,
            method=self.method,
            status=self.status,
            location=self.location,
            cause=self.cause,
            at_ms=round(self.at_ms, 1),  # as fine as it means anything
            referer=self.referer,
            failure=self.failure,
        )


class Trail:
    """Listens to a page, its frames and its pop-ups from construction on, until `close`.

    Other tabs of the context, opened by the test itself, are none of its business. The handlers
    only take notes: they never call back into Playwright, which would stall its dispatcher.

    Attributes:
        hops: every document request so far.
        requests: every request of any kind so far.
        addresses: every change of an address, also those without a request (history, hash).
    """

    def __init__(self, page: Page) -> None:
        """Begin to listen; the clock of `at_ms` starts here."""
        self._page = page
        self._context = page.context
        self._began_s = time.monotonic()
        self._records: list[_Record] = []
        self._of_request: WeakKeyDictionary[Request, _Record] = WeakKeyDictionary()
        self._sent: list[SentRequest] = []
        self._addresses: list[AddressBar] = []
        self._popups: WeakSet[Page] = WeakSet()
        self._causes = Causes()
        self._changed = asyncio.Event()
        self._over = False
        self._context.on("request", self._on_request)
        self._context.on("response", self._on_response)
        self._context.on("requestfailed", self._on_request_failed)
        self._context.on("close", self._on_context_close)
        self._context.on("framenavigated", self._on_navigated)
        page.on("popup", self._on_popup)
        self._session = self._announcements()

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every document request so far, oldest first."""
        return tuple(record.hop(number) for number, record in enumerate(self._records, 1))

    @property
    def requests(self) -> tuple[SentRequest, ...]:
        """Every request of the context's pages so far, oldest first."""
        return tuple(self._sent)

    @property
    def addresses(self) -> tuple[AddressBar, ...]:
        """Every address shown so far, oldest first."""
        return tuple(self._addresses)

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of the documents in the tab's history and of the pop-ups; asks the browser."""
        titles: list[str] = []
        if self._session is not None:
            with contextlib.suppress(Error):  # the tab is closed: its history is gone
                history = self._session.send("Page.getNavigationHistory")
                titles.extend(entry["title"] for entry in history["entries"])
        for page in self._context.pages:
            if page in self._popups or (page == self._page and not titles):
                with contextlib.suppress(Error):  # it closed meanwhile
                    titles.append(page.title())
        return tuple(titles)

    def address(self, place: str = "tab") -> str:
        """What the address bar of a place said last, fragment included; "" before any."""
        shown = [address.url for address in self._addresses if address.place == place]
        return shown[-1] if shown else ""

    def now_ms(self) -> float:
        """Milliseconds since the trail began, the clock of every `at_ms` in it."""
        return (time.monotonic() - self._began_s) * 1000

    def wait_until(self, predicate: Callable[[Self], bool], timeout_s: float) -> bool:
        """Let the browser go on until the trail is as wished.

        Args:
            predicate: asked at once and again after every event.
            timeout_s: longest wait in seconds.

        Returns:
            False once the time is up or the context is closed.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            self._changed.clear()
            if predicate(self):
                return True
            left_s = deadline - time.monotonic()
            if self._over or left_s <= 0:
                return False
            # Playwright's public waits know one kind of event each; a landing may show itself in
            # any of them, so this waits for the note that each handler leaves.
            self._context._sync(self._change(left_s))  # noqa: SLF001

    def close(self) -> None:
        """Stop listening; what was noted stays readable."""
        self._context.remove_listener("request", self._on_request)
        self._context.remove_listener("response", self._on_response)
        self._context.remove_listener("requestfailed", self._on_request_failed)
        self._context.remove_listener("close", self._on_context_close)
        self._context.remove_listener("framenavigated", self._on_navigated)
        self._page.remove_listener("popup", self._on_popup)
        for popup in self._popups:
            popup.remove_listener("popup", self._on_popup)
        if self._session is not None:  # left open for `titles`; it ends with its page
            for event, handler in self._causes.handlers:
                self._session.remove_listener(event, handler)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _announcements(self) -> CDPSession | None:
        if self._context.browser is None or self._context.browser.browser_type.name != "chromium":
            return None
        session = self._context.new_cdp_session(self._page)
        for event, handler in self._causes.handlers:
            session.on(event, handler)
        session.send("Page.enable")
        return session

    async def _change(self, timeout_s: float) -> None:
        with contextlib.suppress(TimeoutError):  # wait_until() looks at the clock itself
            await asyncio.wait_for(self._changed.wait(), timeout_s)

    def _place(self, request: Request) -> str | None:
        """Where a request belongs; None for a tab that is not the shopper's."""
        try:
            frame = request.frame
        except Error:  # its page is not announced yet: only a new window is as young as that
            return "popup"
        return self._place_of(frame)

    def _place_of(self, frame: Frame) -> str | None:
        page = frame.page
        if page != self._page and page not in self._popups:
            return None
        if frame.parent_frame is not None:
            return "frame"
        return "tab" if page == self._page else "popup"

    def _on_request(self, request: Request) -> None:
        headers = request.headers
        self._sent.append(
            SentRequest(request.url, request.method, tuple(headers.items()), request.post_data)
        )
        if request.is_navigation_request() and (place := self._place(request)) is not None:
            record = self._record(request, place, headers.get("referer", ""))
            self._records.append(record)
            self._of_request[request] = record
        self._changed.set()

    def _record(self, request: Request, place: str, referer: str) -> _Record:
        before = self._of_request.get(request.redirected_from) if request.redirected_from else None
        if before is None:
            cause, url = self._causes.claim(request.url)
        else:
            # The Fetch standard's rule: a Location without a fragment inherits the one before.
            fragment = (before.location or "").partition("#")[2] or before.url.partition("#")[2]
            cause, url = "redirect", request.url + (f"#{fragment}" if fragment else "")
        return _Record(place, url, request.method, cause, self.now_ms(), referer)

    def _on_response(self, response: Response) -> None:
        record = self._of_request.get(response.request)
        if record is not None:
            record.status = response.status
            record.location = response.headers.get("location")
        self._changed.set()

    def _on_request_failed(self, request: Request) -> None:
        record = self._of_request.get(request)
        if record is not None:
            record.failure = request.failure or "failed"
        self._changed.set()

    def _on_navigated(self, frame: Frame) -> None:
        place = self._place_of(frame)
        if place is None:
            return
        self._addresses.append(AddressBar(self.now_ms(), place, frame.url))
        for record in reversed(self._records):
            if record.place == place and without_fragment(record.url) == without_fragment(
                frame.url
            ):
                if not record.committed:  # later changes of the address are no part of the request
                    record.committed = True
                    record.url = frame.url
                break
        self._changed.set()

    def _on_popup(self, popup: Page) -> None:
        self._popups.add(popup)
        popup.on("popup", self._on_popup)
        if popup.url != "about:blank":  # its first document came before the window was announced
            self._on_navigated(popup.main_frame)

    def _on_context_close(self, _: BrowserContext) -> None:
        self._over = True
        self._changed.set()
