"""Trail of the browser: every document request, every request and every address."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Frame,
    Page,
    Request,
    Response,
)

from landing.causes import Causes, without_fragment
from landing.signs import Signs
from records.observation import AddressBar, ConsoleLine, Hop, Interruption, SentRequest


class Trail:
    """Listens to a page, its frames and its pop-ups from construction until `close`.

    It leaves out other tabs of the context, which the test opened. The handlers never wait
    for the browser, because that would block Playwright's dispatcher; only a dialog is answered at
    once, because its page waits for the answer.

    Attributes:
        began_s: `time.monotonic()` of the beginning, seconds.
    """

    def __init__(self, page: Page) -> None:
        """Begin to listen; `at_ms` counts from here."""
        self._page = page
        self._begun_at = page.url if page.url != "about:blank" else ""
        self._context = page.context
        self.began_s = time.monotonic()
        self._hops: list[Hop] = []
        self._index_of: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        self._committed: set[int] = set()
        self._sent: list[SentRequest] = []
        self._sent_index_of: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        self._addresses: list[AddressBar] = []
        self._popups: WeakKeyDictionary[Page, float] = WeakKeyDictionary()
        self._causes = Causes()
        self._signs = Signs(self.now_ms)
        self._changed = asyncio.Event()
        self._over = False
        self._crashed = False
        self._handlers: dict[Any, Callable[..., None]] = {
            "request": self._on_request,
            "response": self._on_response,
            "requestfailed": self._on_request_failed,
            "close": self._on_context_close,
            "framenavigated": self._on_navigated,
            "console": self._on_console,
        }
        for event, handler in self._handlers.items():
            self._context.on(event, handler)
        page.on("popup", self._on_popup)
        page.on("crash", self._on_crash)
        self._session = self._announcements()
        if self._session is None:
            page.on("dialog", self._signs.note_dialog)

    @property
    def is_cut_off(self) -> bool:
        """Whether the tab or the browser crashed, so that the trail may lack its end."""
        browser = self._context.browser
        return self._crashed or (browser is not None and not browser.is_connected())

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every document request so far, oldest first."""
        return tuple(self._hops)

    @property
    def requests(self) -> tuple[SentRequest, ...]:
        """Every request of any kind so far, oldest first."""
        return tuple(self._sent)

    @property
    def addresses(self) -> tuple[AddressBar, ...]:
        """Every change of an address so far, also without a request (history, hash)."""
        return tuple(self._addresses)

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles that the tab had, those in its history and those of the pop-ups."""
        titles = list(self._signs.titles)
        if self._session is not None:
            with contextlib.suppress(Error):  # the tab is closed
                history = self._session.send("Page.getNavigationHistory")
                titles.extend(entry["title"] for entry in history["entries"])
        for page in self._context.pages:
            if page in self._popups or (page == self._page and not titles):
                with contextlib.suppress(Error):  # the page is closed
                    titles.append(page.title())
        return tuple(titles)

    @property
    def console(self) -> tuple[ConsoleLine, ...]:
        """Every line that the pages wrote to the console so far."""
        return tuple(self._signs.console)

    @property
    def interruptions(self) -> tuple[Interruption, ...]:
        """Dialogs of the tab, and windows that opened and show nothing."""
        blank = (
            Interruption("blank window", popup.url, at_ms)
            for popup, at_ms in self._popups.items()
            if popup.url in {"", "about:blank"}
        )
        return (*self._signs.dialogs, *blank)

    def address(self, place: str = "tab") -> str:
        """Return the last address of a place with its fragment, or "".

        A tab that has gone nowhere yet is where it was when the trail began.
        """
        shown = [address.url for address in self._addresses if address.place == place]
        return shown[-1] if shown else self._begun_at if place == "tab" else ""

    def now_ms(self) -> float:
        """Return the milliseconds since the trail began."""
        return (time.monotonic() - self.began_s) * 1000

    def wait_until(self, predicate: Callable[[Self], bool], timeout_s: float) -> bool:
        """Wait until the trail satisfies the predicate.

        Args:
            predicate: called at once and after every event.
            timeout_s: longest wait, seconds.

        Returns:
            False if the time is up or the context is closed.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            self._changed.clear()
            if predicate(self):
                return True
            left_s = deadline - time.monotonic()
            if self._over or left_s <= 0:
                return False
            # Each public wait of Playwright is for one kind of event, and a landing may show in
            # any of them.
            self._context._sync(self._change(left_s))  # noqa: SLF001

    def close(self) -> None:
        """Stop listening; the trail stays readable."""
        for event, handler in self._handlers.items():
            self._context.remove_listener(event, handler)
        for page in (self._page, *self._popups):
            page.remove_listener("popup", self._on_popup)
        if self._session is None:
            self._page.remove_listener("dialog", self._signs.note_dialog)
        else:  # stays open for `titles`
            for event, handler in (*self._causes.handlers, *self._signs.handlers):
                self._session.remove_listener(event, handler)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _announcements(self) -> CDPSession | None:
        if self._context.browser is None or self._context.browser.browser_type.name != "chromium":
            return None
        session = self._context.new_cdp_session(self._page)
        for event, handler in (*self._causes.handlers, *self._signs.handlers):
            session.on(event, handler)
        session.send("Page.enable")
        self._signs.begin(session)
        return session

    async def _change(self, timeout_s: float) -> None:
        with contextlib.suppress(TimeoutError):  # wait_until() checks the time
            await asyncio.wait_for(self._changed.wait(), timeout_s)

    def _place(self, request: Request) -> str | None:
        """Return the place of a request, or None for a tab that is not the shopper's."""
        try:
            return self._place_of(request.frame)
        except Error:  # the page is not announced yet, which only happens for a new window
            return "popup"

    def _place_of(self, frame: Frame) -> str | None:
        page = frame.page
        if page != self._page and page not in self._popups:
            return None
        if frame.parent_frame is not None:
            return "frame"
        return "tab" if page == self._page else "popup"

    def _on_request(self, request: Request) -> None:
        headers = request.headers
        self._sent_index_of[request] = len(self._sent)
        self._sent.append(
            SentRequest(
                url=request.url,
                method=request.method,
                headers=tuple(headers.items()),
                post_data=request.post_data,
                kind=request.resource_type,
                at_ms=round(self.now_ms(), 1),
            )
        )
        if request.is_navigation_request() and (place := self._place(request)) is not None:
            self._index_of[request] = len(self._hops)
            self._hops.append(self._hop(request, place, headers.get("referer", "")))
        self._changed.set()

    def _hop(self, request: Request, place: str, referer: str) -> Hop:
        before = self._index_of.get(request.redirected_from) if request.redirected_from else None
        if before is None:
            cause, url = self._causes.claim(request.url)
        else:
            # The Fetch standard's rule: a Location without a fragment inherits the one before.
            redirect = self._hops[before]
            fragments = (redirect.location or "").partition("#")[2], redirect.url.partition("#")[2]
            fragment = fragments[0] or fragments[1]
            cause, url = "redirect", request.url + (f"#{fragment}" if fragment else "")
        return Hop(
            number=len(self._hops) + 1,
            place=place,
            url=url,
            method=request.method,
            status=None,
            location=None,
            cause=cause,
            at_ms=round(self.now_ms(), 1),
            referer=referer,
        )

    def _answer(self, request: Request, **changes: Any) -> None:
        """Note the response to a request, or its failure."""
        index = self._sent_index_of.get(request)
        if index is not None:
            sent = self._sent[index]
            ms = round(self.now_ms() - sent.at_ms, 1) if sent.ms is None else sent.ms
            self._sent[index] = replace(sent, ms=ms, **changes)

    def _update(self, request: Request, **changes: Any) -> None:
        index = self._index_of.get(request)
        if index is not None:
            self._hops[index] = replace(self._hops[index], **changes)
        self._changed.set()

    def _on_response(self, response: Response) -> None:
        location = response.headers.get("location")
        self._answer(response.request, status=response.status)
        self._update(response.request, status=response.status, location=location)

    def _on_request_failed(self, request: Request) -> None:
        failure = request.failure or "failed"
        self._answer(request, failure=failure)
        self._update(request, failure=failure)

    def _on_navigated(self, frame: Frame) -> None:
        place = self._place_of(frame)
        if place is None:
            return
        self._addresses.append(AddressBar(self.now_ms(), place, frame.url))
        url = without_fragment(frame.url)
        for index, hop in reversed(list(enumerate(self._hops))):
            if hop.place == place and without_fragment(hop.url) == url:
                if index not in self._committed:  # later changes are no part of the request
                    self._committed.add(index)
                    self._hops[index] = replace(hop, url=frame.url)
                break
        self._changed.set()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.page == self._page or message.page in self._popups:
            self._signs.note_console(message)

    def _on_popup(self, popup: Page) -> None:
        self._popups[popup] = self.now_ms()
        popup.on("popup", self._on_popup)
        if popup.url != "about:blank":  # the first document precedes the announcement
            self._on_navigated(popup.main_frame)

    def _on_crash(self, _: Page) -> None:
        self._crashed = self._over = True
        self._changed.set()

    def _on_context_close(self, _: BrowserContext) -> None:
        self._over = True
        self._changed.set()
