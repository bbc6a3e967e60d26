"""Clover's hosted checkout page, as a shopper uses it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Self

from playwright.sync_api import Dialog, Error, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from pages import card_form, wording
from pages.card_form import Card, CardForm
from pages.errors import CaptchaInTheWay, PageChanged, PageDown, PageProblem
from pages.pictures import picture
from pages.survey import Action, Survey, survey, survey_of_the_page_itself, wait_for

Wanted = Callable[[str], bool]

#: A page whose scripts have come enables its button at once.
FIRST_TRY_S = 3.0
#: Further than this nobody tabs.
MOST_TABS = 40

NAME = "The hosted checkout page"


class CheckoutPage:
    """The one place that knows how this page is used.

    There is no ``is_...`` or ``verify_...``: where the shopper lands is what the tests are
    about, so after Pay and Cancel the waiting is theirs.

    Args:
        page: the shopper's tab.
        within_s: how long the page may take to show what it must, seconds.
        key_delay_ms: pause between two keys.
        touch: tap Pay and Cancel with a finger instead of clicking them.
    """

    def __init__(
        self,
        page: Page,
        *,
        within_s: float = 10.0,
        key_delay_ms: float = 0,
        touch: bool = False,
    ) -> None:
        self.page = page
        self.touch = touch
        self.within_s = within_s
        self.key_delay_ms = key_delay_ms
        self._form: CardForm | None = None
        self._pay: Action | None = None
        self._typed: Card | None = None
        self._seen: Survey | None = None

    def go(self, href: str) -> Self:
        """Open the address without asking what it shows: it may be expired or paid.

        Raises:
            PageDown: the provider could not be reached, or answered with a server error.
        """
        try:
            answer = self.page.goto(href, wait_until="domcontentloaded")
        except Error as error:
            cause = error.message.splitlines()[0].removeprefix("Page.goto: ")
            raise PageDown(
                f"The hosted page at {href} could not be opened: {_why(cause)} ({cause})."
            ) from None
        if answer is not None and answer.status >= 500:
            raise PageDown(
                f"The hosted page at {href} answered with status {answer.status}: "
                "the provider is in trouble; try again when it has recovered.",
                picture(self.page),
            )
        return self

    def open(self, href: str) -> Self:
        """Open the checkout and wait until it can be paid.

        Raises:
            PageDown: the provider did not serve the page.
            PageChanged: the page came without the fields or the button it must have.
        """
        return self.go(href).ready()

    def ready(self) -> Self:
        """Wait until the card fields and the Pay button are there.

        Raises:
            CaptchaInTheWay: a captcha wants a person first.
            PageChanged: they are not all there, or one is there twice.
        """
        found, seen = wait_for(self.page, self._usable, within_s=self.within_s)
        if found is None:
            if seen.captcha:
                raise CaptchaInTheWay(seen.url, picture(self.page))
            raise self._changed(seen, [*card_form.complaints(seen), *_pay_complaint(seen)])
        self._seen = seen
        self._dismiss_cookies(seen)
        self._form, self._pay = found
        return self

    @property
    def seen(self) -> Survey:
        """What the page showed when it was ready."""
        assert self._seen is not None, "open the page first"
        return self._seen

    def is_at_rest(self, seen: Survey) -> bool:
        """Whether no payment is under way: a Pay button can be pressed or has its amount back."""
        return _single(seen.offers(wording.says_pay)) is not None

    @property
    def form(self) -> CardForm:
        """The card fields."""
        if self._form is None:
            self.ready()
        assert self._form is not None
        return self._form

    @property
    def pay_label(self) -> str:
        """What stands on the Pay button, amount included."""
        if self._pay is None:
            self.ready()
        assert self._pay is not None
        return self._pay.name

    def type(self, card: Card) -> Self:
        """Type the card in and press nothing."""
        self._typed = card
        self.form.type(card)
        return self

    def pay(self, card: Card) -> None:
        """Type the card in and press Pay; returns as soon as the button is pressed."""
        self.type(card).press_pay()

    def press_pay(self) -> None:
        """Press Pay once it can be pressed.

        Raises:
            CaptchaInTheWay: the button waits for a captcha.
            PageChanged: the button stays grey although the form is filled in.
        """
        if not self._press_pay_within(min(FIRST_TRY_S, self.within_s)):
            seen = survey(self.page)
            if _site(seen.url) != _site(self.seen.url) and not seen.captcha:
                return  # the shopper was led away before: where to is for the tests to judge
            self._type_again(seen)
            if not self._press_pay_within(self.within_s):
                raise self._stuck(survey(self.page))

    def _press_pay_within(self, seconds: float) -> bool:
        try:
            self._point_at(self.pay_button, seconds)
        except PlaywrightTimeout:
            return False
        return True

    def _point_at(self, place: Locator, seconds: float) -> None:
        point = place.tap if self.touch else place.click
        point(timeout=seconds * 1000, no_wait_after=True)

    def _type_again(self, seen: Survey) -> None:
        """What was typed before a slow page's scripts had come was lost on them.

        A page may also want to know a customer whom the request did not name.
        """
        for words, text in wording.CUSTOMER.items():
            for field in seen.named(words):
                if not field.filled:
                    field.locator().press_sequentially(text, delay=self.key_delay_ms)
        if self._typed is not None:
            self.form.type(self._typed)

    def _stuck(self, seen: Survey) -> PageProblem:
        if seen.captcha:
            return CaptchaInTheWay(seen.url, picture(self.page))
        wanted = f"a “{self.pay_label}” button that can be pressed once the card is typed"
        return self._changed(seen, [wanted])

    def double_press_pay(self) -> None:
        """Press Pay twice, as fast as a hasty finger."""
        self.pay_button.dblclick(timeout=self.within_s * 1000, no_wait_after=True)

    def pay_by_keyboard(self, card: Card) -> None:
        """Reach each card field with Tab, type, and press Enter on the Pay button.

        Raises:
            PageChanged: a field or the button is out of the keyboard's reach.
        """
        for name, words in card_form.WANTED.items():
            self._tab_to(partial(_is_in, words), name)
            self.page.keyboard.type(getattr(card, name), delay=self.key_delay_ms)
        wait_for(self.page, _payable, within_s=self.within_s)
        self._tab_to(lambda seen: any(a.focused for a in seen.offers(wording.says_pay)), "Pay")
        self.page.keyboard.press("Enter")

    @property
    def pay_button(self) -> Locator:
        """The Pay button."""
        if self._pay is None:
            self.ready()
        assert self._pay is not None
        return self._pay.locator()

    def cancel(self) -> None:
        """Leave by the page's own way out, agreeing if it asks whether one is sure.

        Raises:
            PageChanged: the page offers no way out that ``wording.CANCEL`` names, or several.
        """
        self._press_one(wording.says_cancel, "a link or button that cancels")
        self._confirm()

    def ways_to_cancel(self) -> list[str]:
        """What the page offers to whoever wants to leave without paying."""
        return [action.name for action in self.look().offers(wording.says_cancel)]

    def press(self, *words: str) -> None:
        """Press the one link or button that says one of ``words``."""
        self._press_one(lambda text: wording.says(text, words), f"“{words[0]}”")

    def _press_one(self, wanted: Wanted, what: str) -> None:
        # The page itself nearly always has it; its frames are asked only where it has not.
        seen = survey_of_the_page_itself(self.page)
        found = _preferred(seen.offers(wanted))
        if found is None:
            found, seen = wait_for(
                self.page, lambda s: _preferred(s.offers(wanted)), within_s=self.within_s
            )
        if found is None:
            several = len(seen.offers(wanted))
            raise self._changed(seen, [f"{what}" + (f" ({several} fit)" if several else "")])
        self.page.on("dialog", _agree)
        try:
            self._point_at(found.locator(), self.within_s)
        except PlaywrightTimeout:
            raise self._changed(survey(self.page), [f"{what} that can be pressed"]) from None
        finally:
            self.page.remove_listener("dialog", _agree)

    def _confirm(self) -> None:
        """Say yes where the page itself asks whether one is sure."""
        asked = [a for a in survey_of_the_page_itself(self.page).offers(_says_sure) if a.asked]
        if len(asked) == 1:
            asked[0].locator().click(no_wait_after=True, timeout=self.within_s * 1000)

    def _dismiss_cookies(self, seen: Survey) -> None:
        """Get a cookie banner out of the way, as every shopper does."""
        banners = [action for action in seen.offers(_says_cookies) if action.role != "text"]
        if banners:
            banners[0].locator().first.click(timeout=self.within_s * 1000)

    def _tab_to(self, reached: Callable[[Survey], bool], what: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            seen = survey(self.page)
            if reached(seen):
                return
        raise self._changed(seen, [f"a way to “{what}” by keyboard within {MOST_TABS} tabs"])

    def leave_the_fields(self) -> Self:
        """Take the focus out of the last field, so that the page judges it."""
        self.page.keyboard.press("Tab")
        return self

    def can_be_paid(self) -> bool:
        """Whether the Pay button can be pressed right now."""
        return _payable(self.look()) is not None

    def wait_for_line(self, text: str) -> str:
        """Wait until the page shows a line of this text and return it; empty if it never does."""
        found, _ = wait_for(
            self.page, lambda s: text if text in s.lines else None, within_s=self.within_s
        )
        return found or ""

    def look(self) -> Survey:
        """What the page shows right now."""
        return survey(self.page)

    def _usable(self, seen: Survey) -> tuple[CardForm, Action] | None:
        form = card_form.form_of(seen, self.key_delay_ms)
        pay = _single(seen.offers(wording.says_pay))
        return (form, pay) if form is not None and pay is not None else None

    def _changed(self, seen: Survey, missing: list[str]) -> PageChanged:
        return PageChanged(
            NAME,
            seen.url,
            missing=missing,
            found=seen.inventory(),
            screenshot=picture(self.page),
        )


#: The browser's words, and what they mean to a person.
_CAUSES = {
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_NAME_NOT_RESOLVED": "no such host is known here; check the target and the network",
    "ERR_CONNECTION_REFUSED": "nothing listens there; is the target up?",
    "ERR_CERT": "its certificate is not trusted; is this the right host?",
    "Timeout": "it did not answer in time; is the target up?",
}


def _why(cause: str) -> str:
    known = (meaning for words, meaning in _CAUSES.items() if words in cause)
    return next(known, "is the target up, and may this machine reach it?")


def _site(url: str) -> list[str]:
    """Scheme and host, as the address bar writes them."""
    return url.split("/")[:3]


def _is_in(words: Sequence[str], seen: Survey) -> bool:
    return any(field.focused for field in seen.named(words))


def _payable(seen: Survey) -> Action | None:
    return _single([action for action in seen.offers(wording.says_pay) if not action.disabled])


def _agree(dialog: Dialog) -> None:
    dialog.accept()


def _says_sure(text: str) -> bool:
    return wording.says(text, wording.SURE)


def _says_cookies(text: str) -> bool:
    return wording.says(text, wording.COOKIES)


def _preferred(actions: list[Action]) -> Action | None:
    """The only one, or the only one that speaks of cancelling."""
    plainly = [action for action in actions if wording.plain(action.name).startswith("cancel")]
    return _single(actions) or _single(plainly)


def _single(actions: list[Action]) -> Action | None:
    return actions[0] if len(actions) == 1 else None


def _pay_complaint(seen: Survey) -> list[str]:
    buttons = seen.offers(wording.says_pay)
    if len(buttons) == 1:
        return []
    return ["a button “Pay $…”" + (f", of which there are {len(buttons)}" if buttons else "")]
