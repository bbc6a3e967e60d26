"""Clover's hosted checkout page, as a shopper uses it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from pages.card_form import FIELDS, Card, CardForm, card_fields, missing_fields
from pages.elements import Action
from pages.errors import CaptchaInTheWay, UnknownMessage
from pages.input_methods import Keyboard
from pages.page_object import PageObject, how_many
from pages.response import PageResponse, find_response
from pages.snapshot import Snapshot
from pages.words import checkout as words
from pages.words.matching import plain, says

#: A page whose scripts have loaded enables its button at once.
FIRST_TRY_S = 3.0
#: A text such as "Asking your bank" may come before the message about a decline.
SECOND_LOOK_S = 2.0

Fit = Callable[[str], bool]


@dataclass(eq=False, repr=False, kw_only=True)
class CheckoutPage(PageObject):
    """The page on which the shopper pays, or leaves.

    Where the shopper lands is what the tests assert, so Pay and Cancel return at once. Methods
    raise PageChanged if a control is missing, ambiguous or cannot be pressed, and CaptchaInTheWay
    if the page asks for a person instead.

    Attributes:
        key_delay_ms: pause between two keys.
        touch: tap Pay and Cancel with a finger instead of clicking them.
        note: takes each step in words, without a value that is typed, before it is taken.
    """

    name = "The hosted checkout page"
    key_delay_ms: float = 0
    touch: bool = False
    note: Callable[[str], object] = lambda _: None
    _controls: tuple[CardForm, Action] | None = field(default=None, init=False)
    _typed: Card | None = field(default=None, init=False)
    _opened: Snapshot = field(default_factory=Snapshot, init=False)
    _latest: Snapshot = field(default_factory=Snapshot, init=False)

    @property
    def card_form(self) -> CardForm:
        """The card fields: ``card_form.number`` and so on are lazy locators."""
        return (self._controls or self._load())[0]

    @property
    def pay_button(self) -> Locator:
        """The Pay button."""
        return (self._controls or self._load())[1].locator()

    @property
    def total(self) -> str:
        """The amount on the Pay button, such as "12.79"."""
        return words.amount_of((self._controls or self._load())[1].name)

    @property
    def cancel_link(self) -> Locator:
        """The link or button that leaves without paying, in whichever frame it is."""
        return self._find_one(words.says_cancel, _cancel_hint()).locator()

    @property
    def decline_message(self) -> Locator:
        """The message that tells the shopper about a decline."""
        return self.page.get_by_text(words.decline_pattern()).filter(visible=True)

    def open(self, href: str) -> Self:
        """Open the checkout and wait until it can be paid."""
        self.note("opens Clover's page")
        return self.go(href).ready()

    def ready(self) -> Self:
        """Wait until the card fields and the Pay button are there."""
        self._load()
        self.note("the page can be paid")
        return self

    def _load(self) -> tuple[CardForm, Action]:
        found, seen = self.wait_for(self._usable)
        if found is None:
            self._require_no_captcha(seen)
            buttons = _pay_buttons(seen)
            pay = [] if len(buttons) == 1 else [_pay_hint() + how_many(buttons)]
            raise self.changed(*missing_fields(seen), *pay, seen=seen)
        self._opened, self._latest, self._controls = seen, seen, found
        banner = seen.buttons_that(lambda text: says(text, words.COOKIES))
        if cookies := [action for action in banner if action.role in {"button", "link"}]:
            cookies[0].locator().first.click(timeout=self.within_s * 1000)
        return found

    def _usable(self, seen: Snapshot) -> tuple[CardForm, Action] | None:
        form, buttons = CardForm.of(seen, self.key_delay_ms), _pay_buttons(seen)
        return (form, buttons[0]) if form is not None and len(buttons) == 1 else None

    def is_payable(self) -> bool:
        """Whether Pay is or becomes enabled now that a card is typed; nothing is pressed."""
        enabled, _ = self.wait_for(
            lambda seen: any(not button.disabled for button in _pay_buttons(seen)) or None
        )
        return enabled is not None

    def type(self, card: Card) -> Self:
        """Type the card and press nothing."""
        self._typed = card
        self.card_form.type(card, self.note)
        return self

    def blur(self) -> Self:
        """Take the focus out of the last field, so that the page validates it."""
        self.page.keyboard.press("Tab")
        return self

    def pay(self, card: Card) -> None:
        """Type the card and press Pay."""
        self.type(card).press_pay()

    def press_pay(self, clicks: int = 1) -> None:
        """Press Pay once it is enabled."""
        self.note("presses Pay" + (" twice" if clicks > 1 else ""))
        if self._press(self.pay_button, min(FIRST_TRY_S, self.within_s), clicks):
            return
        seen = self.snapshot()
        if urlsplit(seen.url)[:2] != urlsplit(self._opened.url)[:2] and not seen.captcha:
            return  # the shopper was led away already: the tests judge where to
        self._complete(seen)
        if not self._press(self.pay_button, self.within_s, clicks):
            seen = self.snapshot()
            self._require_no_captcha(seen)
            raise self.changed(f"{_pay_hint()} that is enabled once the card is typed", seen=seen)

    def _complete(self, seen: Snapshot) -> None:
        """Type again what was lost before the page's scripts loaded, and the customer's data."""
        for labels, text in words.CUSTOMER.items():
            for place in seen.fields_labelled(labels):
                if not place.filled:
                    place.locator().press_sequentially(text, delay=self.key_delay_ms)
        if self._typed is not None:
            self.card_form.type(self._typed, self.note)

    def double_click_pay(self) -> None:
        """Press Pay twice in quick succession."""
        self.press_pay(clicks=2)

    def pay_by_keyboard(self, card: Card, key: str = "Enter") -> None:
        """Reach each card field with Tab, type, and press a key on the Pay button.

        Raises:
            NotReachable: a field or the button cannot be reached with Tab.
        """
        self.ready()
        keyboard = Keyboard(self.key_delay_ms)
        for name, (found,) in card_fields(self._opened).items():
            self.note(f"types “{FIELDS[name][0][0]}” by keyboard")
            keyboard.fill(self.page, found, getattr(card, name))
        _, seen = self.wait_for(
            lambda seen: sum(not button.disabled for button in _pay_buttons(seen)) == 1 or None
        )
        self.note(f"presses Pay with {key}")
        keyboard.press(self.page, _pay_buttons(seen)[0], key)

    def cancel_by_keyboard(self) -> None:
        """Reach the page's own link or button with Tab, and press Enter on it."""
        self.note("presses Cancel with Enter")
        Keyboard().press(self.page, self._find_one(words.says_cancel, _cancel_hint()))

    def cancel(self, clicks: int = 1) -> None:
        """Leave by the page's own link or button, and confirm if a dialog asks."""
        self._press_one(words.says_cancel, _cancel_hint(), clicks)
        sure = self.snapshot(inner_frames=False).buttons_that(lambda text: says(text, words.SURE))
        if len(asked := [action for action in sure if action.in_dialog]) == 1:
            asked[0].locator().click(no_wait_after=True, timeout=self.within_s * 1000)

    def cancel_options(self) -> list[str]:
        """The names of the links and buttons that leave without paying."""
        return [action.name for action in self.snapshot().buttons_that(words.says_cancel)]

    def press(self, *names: str) -> None:
        """Press the only link or button with one of ``names``."""
        self._press_one(lambda text: says(text, names), f"“{names[0]}”")

    def _press_one(self, fit: Fit, what: str, clicks: int = 1) -> None:
        self.note(f"presses {what}" + (" twice" if clicks > 1 else ""))
        button = self._find_one(fit, what).locator()
        with self.accepted_dialogs():
            if not self._press(button, self.within_s, clicks):
                raise self.changed(f"{what} that can be pressed")

    def _find_one(self, fit: Fit, what: str) -> Action:
        # The main frame nearly always has it; the inner frames are asked only if it has not.
        seen = self.snapshot(inner_frames=False)
        if (found := _the_one(seen.buttons_that(fit))) is None:
            found, seen = self.wait_for(lambda s: _the_one(s.buttons_that(fit)))
        if found is None:
            raise self.changed(what + how_many(seen.buttons_that(fit)), seen=seen)
        return found

    def _press(self, button: Locator, within_s: float, clicks: int = 1) -> bool:
        press = button.tap if self.touch else partial(button.click, click_count=clicks)
        try:
            press(timeout=within_s * 1000, no_wait_after=True)
        except PlaywrightTimeout:
            return False
        return True

    def snapshot_before_action(self) -> Snapshot:
        """Look at the main frame now, and take the inner frames from the latest whole snapshot.

        A look at the inner frames takes most of the time of a snapshot.
        """
        now = self.snapshot(inner_frames=False)
        inner = [e for e in self._latest.elements if e.frame != self.page.main_frame]
        return replace(now, elements=(*now.elements, *inner))

    def wait_for_response(
        self,
        before: Snapshot,
        *,
        within_s: float,
        sent: Callable[[], bool] = lambda: False,
        left: Callable[[], bool] = lambda: False,
    ) -> PageResponse | None:
        """Wait for the page to respond to the shopper: a navigation or a new text.

        Args:
            before: the page right before the shopper acted.
            within_s: longest wait, seconds.
            sent: whether the page has sent a request since, so that an old message is a new one.
            left: whether the shopper is on another site already, which ends the wait.
        """
        found, self._latest = self.wait_for(
            lambda seen: find_response(seen, before, self._opened, sent=sent()) or left() or None,
            within_s=within_s,
        )
        if found is None:
            self._require_no_captcha(self._latest)
        return found if isinstance(found, PageResponse) else None

    def expect_decline(self, response: PageResponse, before: Snapshot) -> None:
        """Assert that a message on this page is about a decline, or is followed by one that is.

        Raises:
            UnknownMessage: no phrase of the word list is in it.
        """
        if response.navigated or response.says_declined:
            return
        declined, seen = self.wait_for(
            lambda seen: words.says_declined(" ".join(seen.new_texts(before))) or None,
            within_s=min(SECOND_LOOK_S, self.within_s),
        )
        if not declined:
            shown = ", ".join(f"“{text}”" for text in seen.new_texts(before) or response.texts)
            raise self.problem(
                UnknownMessage,
                f"The page answered a decline with text that the word list does not know: {shown}. "
                "If it tells the shopper about the decline, add a phrase of it to DECLINED in "
                "pages/words/checkout.py; if not, the page says nothing about the decline. "
                f"Address: {self.page.url}.",
            )

    def _require_no_captcha(self, seen: Snapshot) -> None:
        if seen.captcha:
            raise self.problem(
                CaptchaInTheWay,
                f"A captcha stands in the way at {seen.url}. Switch reCAPTCHA off for this test "
                "merchant: Account & Setup > Ecommerce > Hosted Checkout > ReCAPTCHA.",
            )


def _pay_buttons(seen: Snapshot) -> list[Action]:
    return seen.buttons_that(words.says_pay)


def _pay_hint() -> str:
    return f"a button “{words.PAY[0]} $…”"


def _cancel_hint() -> str:
    return f"a link or button “{words.CANCEL[0]}”"


def _the_one(actions: Sequence[Action]) -> Action | None:
    """The only action, or the only one whose name begins with the first word for cancelling."""
    named = [a for a in actions if plain(a.name).startswith(plain(words.CANCEL[0]))]
    candidates = actions if len(actions) == 1 else named
    return candidates[0] if len(candidates) == 1 else None
