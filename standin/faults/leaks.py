"""Faults that leak card data, the API token or the email address."""

import base64
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from standin.faults.fault import Hooks, changes, read_family
from standin.faults.url_mutations import split_url
from standin.redirect.response_plan import Navigation, PageExposure
from standin.redirect.situation import Situation
from standin.redirect.steps import with_pair

#: Long enough for a title to come and go before the redirect.
_A_MOMENT_MS = 400

Text = Callable[[Situation], str]


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
    """Put a secret into the last page's address, which the merchant gets as the referrer."""
    return lambda situation, right: (
        replace(right, query=f"{name}={quote(text(situation))}", referrer_policy="unsafe-url")
        if text(situation)
        else right
    )


def _in_title(situation: Situation, right: PageExposure) -> PageExposure:
    card = _card(situation)
    return replace(right, title=f"Paid with {card}") if card else right


def _in_brief_title(situation: Situation, right: PageExposure) -> PageExposure:
    return replace(right, brief_title=_card(situation))


def _in_console(text: Text) -> Callable[[Situation, PageExposure], PageExposure]:
    return lambda situation, right: replace(right, console=text(situation))


def _in_address_bar(situation: Situation, right: PageExposure) -> PageExposure:
    card = _card(situation)
    return replace(right, address=f"?pan={card}") if card else right


def _in_window_name(situation: Situation, right: PageExposure) -> PageExposure:
    card = _card(situation)
    return replace(right, window_name=f'{{"pan":"{card}"}}') if card else right


def _posted(situation: Situation, right: Navigation) -> Navigation:
    card = _card(situation)
    return replace(right, method="post", fields=(("card", card),)) if card else right


_HOOKS = {
    "card-in-url": Hooks(append=_in_query("card", _card)),
    "card-in-groups-in-url": Hooks(append=_in_query("card", _grouped)),
    "card-in-base64-in-url": Hooks(append=_in_query("state", _in_base64)),
    "card-in-fragment": Hooks(append=_in_fragment),
    "card-in-title": Hooks(exposure=_in_title),
    "card-in-title-for-a-moment": Hooks(
        exposure=_in_brief_title, navigation=changes(delay_ms=_A_MOMENT_MS)
    ),
    "card-in-console": Hooks(exposure=_in_console(_card)),
    "token-in-console": Hooks(exposure=_in_console(lambda s: s.token)),
    "card-in-address-bar": Hooks(exposure=_in_address_bar),
    "session-in-referrer": Hooks(
        exposure=changes(referrer_policy="unsafe-url"), navigation=changes(hops=("own",))
    ),
    "card-in-window-name": Hooks(exposure=_in_window_name),
    "session-in-window-name": Hooks(
        exposure=lambda s, right: replace(right, window_name=f"checkout-{s.session_id}")
    ),
    "card-in-referrer": Hooks(exposure=_in_address("pan", _card)),
    "cvv-in-url": Hooks(append=_cvv_and_expiry),
    "cvv-in-referrer": Hooks(exposure=_in_address("cvv", _cvv)),
    "card-posted-to-the-merchant": Hooks(navigation=_posted),
    "token-in-url": Hooks(append=_in_query("key", lambda s: s.token)),
    "token-in-referrer": Hooks(exposure=_in_address("token", lambda s: s.token)),
    "email-in-url": Hooks(append=_in_query("email", lambda s: s.email)),
    "email-in-referrer": Hooks(exposure=_in_address("receipt_to", lambda s: s.email)),
}

FAULTS = read_family(__file__, _HOOKS)
