"""A second opinion on a decline: is it the card, the account, or the redirect?

A provider that declines a good card at its first use looks like one that sends an approved payment
to the failure URL. Another card tells: if it lands on success, the first one was declined. If it
does not, a payment without redirect URLs shows what Clover's own page says.
"""

from typing import Final
from uuid import uuid4

from filelock import FileLock

from clover.cards import Card
from pages.words import checkout as words
from records.outcome import Outcome
from suite.checkout.observer import Observer
from suite.checkout.problems import DeclinesEverything
from suite.redirect_urls import Urls
from suite.sample_order import sample_request

#: What a run may pay for it, once.
MOST_PAYMENTS: Final = 2


def ask(observer: Observer, card: Card) -> str:
    """Say why the first decline of a card says nothing about the redirect, if that can be found.

    A run asks once, all its processes together, and pays at most ``MOST_PAYMENTS`` for it.

    Returns:
        That another card was approved; "" if the redirect is at fault as far as known.

    Raises:
        DeclinesEverything: no card is approved, and the provider's own page says so.
    """
    wallet = observer.target.wallet
    if wallet.file is None or not wallet.asks:
        return ""
    with FileLock(wallet.file.with_suffix(".lock")):
        if reason := wallet.note_declined(card):  # another process has asked meanwhile
            return reason
        if wallet.has_asked(None):
            raise DeclinesEverything
        if wallet.has_asked(card):
            return ""
        wallet.note_asked(card)
        other = wallet.another(card)
        if _pay(observer, other, with_urls=True) is Outcome.SUCCESS:
            wallet.note_approved(other)
            wallet.note_worn(card)
            return (
                f"the provider declined {card} at its first use in this run, and approved {other}"
            )
        if _pay(observer, other, with_urls=False) is Outcome.FAILURE:
            wallet.note_asked(None)
            raise DeclinesEverything
    return ""


def _pay(observer: Observer, card: Card, *, with_urls: bool) -> Outcome | None:
    """Pay a new session in a new browser context, and return what it came to, if that is clear."""
    target, site, browser = observer.target, observer.checkout.site, observer.page.context.browser
    if browser is None or (with_urls and not site):
        return None
    base = f"{site}/{uuid4().hex}"
    urls: Urls = {one: f"{base}/{one}" for one in Outcome} if with_urls else {}
    with target.new_account(switches={}, skin=None, fault=None).connect() as client:
        session = client.create(sample_request(urls or None))
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        checkout = observer.checkout.of_session(session, urls)
        shopper = Observer.of(checkout, page, observer.journal)
        hosted = shopper.hosted_page.open(session.href)
        hosted.type(card.details())
        shopper.note_action()
        hosted.press_pay()
        if with_urls:
            shopper.wait_for_landing(shopper.within_s)
            requested = {hop.url for hop in shopper.hops}
            return next((one for one, url in urls.items() if url in requested), None)
        shopper.wait_for_response()
        seen = hosted.snapshot()
    if words.says_declined(" ".join(seen.new_texts(shopper.before))):
        return Outcome.FAILURE
    return None if seen.fields else Outcome.SUCCESS
