"""Faults that let secrets out."""

import base64
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from standin.faults.fault import Fault
from standin.faults.url_mutations import split_url
from standin.redirect.response_plan import Navigation, PageExposure
from standin.redirect.situation import Situation
from standin.redirect.steps import with_pair

_URLS = "OWASP WSTG-BUSL-10; PCI DSS 4.0, requirement 3.4.1"

Text = Callable[[Situation], str]
_IN_URL = ("leaks-nothing", "no-extra-params")


def _card(situation: Situation) -> str:
    return situation.card.digits if situation.card else ""


def _grouped(situation: Situation) -> str:
    digits = _card(situation)
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _in_base64(situation: Situation) -> str:
    return base64.urlsafe_b64encode(f'{{"pan":"{_card(situation)}"}}'.encode()).decode().rstrip("=")


def _cvv(situation: Situation) -> str:
    return situation.card.cvv if situation.card else ""


def _cvv_and_expiry(situation: Situation, _given: str, right: str) -> str:
    card = situation.card
    return with_pair(right, f"cvv={card.cvv}&exp={quote(card.expiry)}") if card else right


def _in_query(name: str, text: Text) -> Callable[[Situation, str, str], str]:
    return lambda situation, _given, right: (
        with_pair(right, f"{name}={quote(text(situation))}") if text(situation) else right
    )


def _in_fragment(situation: Situation, _given: str, right: str) -> str:
    held = split_url(right).fragment or ""
    card = _card(situation)
    return str(replace(split_url(right), fragment=f"{held}&card={card}")) if card else right


def _in_address(name: str, text: Text) -> Callable[[Situation, PageExposure], PageExposure]:
    """In the address of the page left, which the merchant's site gets as the referrer."""
    return lambda situation, right: (
        replace(right, query=f"{name}={quote(text(situation))}", referrer_policy="unsafe-url")
        if text(situation)
        else right
    )


def _in_title(situation: Situation, right: PageExposure) -> PageExposure:
    card = _card(situation)
    return replace(right, title=f"Paid with {card}") if card else right


def _in_window_name(situation: Situation, right: PageExposure) -> PageExposure:
    card = _card(situation)
    return replace(right, window_name=f'{{"pan":"{card}"}}') if card else right


def _posted(situation: Situation, right: Navigation) -> Navigation:
    card = _card(situation)
    return replace(right, method="post", fields=(("card", card),)) if card else right


FAULTS = (
    Fault(
        name="card-in-url",
        breaks="the card number stands in the landing's query",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="the whole form is passed on",
        source=_URLS,
        condition="only payments",
        append=_in_query("card", _card),
    ),
    Fault(
        name="card-in-groups-in-url",
        breaks="the card number stands in the landing's query, in groups of four",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="the form is passed on as it was typed",
        source=_URLS,
        condition="only payments",
        append=_in_query("card", _grouped),
    ),
    Fault(
        name="card-in-base64-in-url",
        breaks="the card number stands in the landing's query, in base64",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="a state is packed for the way back, and everything goes in",
        source=_URLS,
        condition="only payments",
        append=_in_query("state", _in_base64),
    ),
    Fault(
        name="card-in-fragment",
        breaks="the card number stands in the landing's fragment",
        clause="leaks-nothing",
        browser_clauses=("leaks-nothing", "keeps-fragment"),
        why="what is behind the hash is thought to be private",
        source=_URLS,
        condition="only payments",
        append=_in_fragment,
    ),
    Fault(
        name="card-in-title",
        breaks="the title of the page that is left shows the card number",
        clause="leaks-nothing",
        why="a title helps people who keep many tabs",
        source=_URLS,
        condition="only payments",
        exposure=_in_title,
    ),
    Fault(
        name="card-in-window-name",
        breaks="the page that is left has named its window after the card",
        clause="leaks-nothing",
        why="a window's name outlives a page, so steps of a form keep their state in it",
        source=_URLS,
        condition="only payments",
        exposure=_in_window_name,
    ),
    Fault(
        name="card-in-referrer",
        breaks="the page that is left has the card number in its address, and tells it on",
        clause="leaks-nothing",
        why="the form is sent with GET, and the referrer policy is an old one",
        source=_URLS,
        condition="only payments",
        exposure=_in_address("pan", _card),
    ),
    Fault(
        name="cvv-in-url",
        breaks="the CVV and the expiry date stand in the landing's query",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="the whole form is passed on, but for the number, which somebody thought of",
        source=_URLS,
        condition="only payments",
        append=_cvv_and_expiry,
    ),
    Fault(
        name="cvv-in-referrer",
        breaks="the page that is left has the CVV in its address, and tells it on",
        clause="leaks-nothing",
        why="the form is sent with GET, but for the number, which somebody thought of",
        source=_URLS,
        condition="only payments",
        exposure=_in_address("cvv", _cvv),
    ),
    Fault(
        name="card-posted-to-the-merchant",
        breaks="a form carries the card number to the merchant",
        clause="leaks-nothing",
        browser_clauses=("leaks-nothing", "is-a-get"),
        why="hidden fields of the checkout are sent along",
        source="Adyen-shopware5 #102",
        condition="only payments",
        navigation=_posted,
    ),
    Fault(
        name="token-in-url",
        breaks="the merchant's API token stands in the landing's query",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="it authorises a call of the page after the redirect",
        source="juspay/hyperswitch-web #1598",
        append=_in_query("key", lambda situation: situation.token),
    ),
    Fault(
        name="token-in-referrer",
        breaks="the page that is left has the API token in its address, and tells it on",
        clause="leaks-nothing",
        why="it authorises the page's own call",
        source=_URLS,
        exposure=_in_address("token", lambda situation: situation.token),
    ),
    Fault(
        name="email-in-url",
        breaks="the shopper's e-mail address stands in the landing's query",
        clause="leaks-nothing",
        browser_clauses=_IN_URL,
        why="the merchant is to know who comes",
        source="docs/sources.md, The redirect: does Clover append parameters?",
        append=_in_query("email", lambda situation: situation.email),
    ),
    Fault(
        name="email-in-referrer",
        breaks="the page that is left has the shopper's e-mail address in its address",
        clause="leaks-nothing",
        why="the receipt's form is sent with GET",
        source=_URLS,
        exposure=_in_address("receipt_to", lambda situation: situation.email),
    ),
)
