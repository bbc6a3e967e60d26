"""Integration check: what Clover does silently with a create-checkout request.

Clover answers 200 to many requests that do not do what their author meant. Each finding says what
was sent, what happens, what to change, and how certain this is. Sources: docs/sources.md.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import ada_url

OUTCOMES = ("success", "failure", "cancel")
PLACEHOLDERS = ("{CHECKOUT_SESSION_ID}", "{ERROR_CODE}")
LONGEST_TEXT = 120
"""Characters of a sent value that a finding shows."""

_KNOWN_KEYS = {"customer", "redirectUrls", "shoppingCart", "tips", "pageConfigUuid"}
_AMOUNTS = {"amount", "total", "tax", "taxamount", "subtotal", "currency"}
_TAX_UNIT = 100_000  # of one percent

#: Kind of finding -> effect, cure, certainty and source.
KINDS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that Clover does differently from what the request suggests.

    Attributes:
        code: a key of `KINDS`.
        field: the place in the request, "redirectUrls.success" for example.
        sent: what was sent, shortened.
        effect: what Clover does with it.
        cure: what to change.
        certainty: "documented", "measured", "claimed" or "inferred".
        source: where this is known from; docs/sources.md has more.
    """

    code: str
    field: str
    sent: str
    effect: str
    cure: str
    certainty: str
    source: str

    def __str__(self) -> str:
        known = f"{self.certainty}: {self.source}"
        return f"{self.field}: {self.sent}. {self.effect} {self.cure} ({known})"


def check_integration(
    body: Mapping[str, Any],
    *,
    dashboard: Mapping[str, str] | None = None,
    dashboard_wins: bool = True,
    has_user_agent: bool = True,
    token: str = "",
) -> list[Finding]:
    """Return the findings on one create-checkout request.

    Args:
        body: the request's parsed JSON.
        dashboard: the redirect URLs on the Merchant Dashboard, by outcome.
        dashboard_wins: whether they are used instead of the request's.
        has_user_agent: whether the request had a User-Agent header.
        token: the API token, which must not stand in the body.
    """
    held = {outcome: url for outcome, url in (dashboard or {}).items() if url}
    given = body.get("redirectUrls")
    urls = given if isinstance(given, Mapping) else {}
    found = [*_keys(body), *_inner_keys(urls), *_sources(urls, held, dashboard_wins=dashboard_wins)]
    for outcome in OUTCOMES:
        found += check_url(urls.get(outcome), f"redirectUrls.{outcome}")
    found += _cart(body.get("shoppingCart"))
    if body.get("customer") is None:
        found.append(_finding("customer-missing", "customer", "nothing"))
    if not has_user_agent:
        found.append(_finding("user-agent-missing", "User-Agent", "no header"))
    if token and token in repr(body):
        found.append(_finding("token-in-body", "the request body", "the API token"))
    return found


def check_url(url: object, field: str) -> Iterator[Finding]:
    """Yield the findings on one redirect URL; a value that is no text or empty has none."""
    if not isinstance(url, str) or not url:
        return
    yield from _placeholders(url, field)
    try:
        parsed = ada_url.URL(url)
    except (ValueError, UnicodeEncodeError):
        yield _finding("url-not-absolute", field, url)
        return
    query = parsed.search.removeprefix("?")
    if parsed.protocol != "https:":
        yield _finding("url-not-https", field, url)
    if _is_loopback(parsed.hostname):
        yield _finding("url-loopback", field, url)
    if "?" in query:
        yield _finding("second-question-mark", field, url)
    if any(name in unquote(parsed.hash) for name in PLACEHOLDERS):
        yield _finding("placeholder-in-fragment", field, url)
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "session_id" and "{" not in unquote(value):
            yield _finding("session-id-fixed", field, url)


def _finding(code: str, field: str, sent: object, **values: str) -> Finding:
    kind = KINDS[code]
    text = str(sent)
    short = text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
    effect, cure = (kind[part].format(**values) for part in ("effect", "cure"))
    return Finding(code, field, short, effect, cure, kind["certainty"], kind["source"])


def _placeholders(url: str, field: str) -> Iterator[Finding]:
    for name in PLACEHOLDERS:
        if name not in url and name in unquote(unquote(url)):
            yield _finding("placeholder-encoded", field, url, name=name)
    for word in re.findall(r"\{[^{}]*\}", unquote(url)):
        if word in PLACEHOLDERS:
            continue
        near = next((name for name in PLACEHOLDERS if _letters(name) == _letters(word)), "")
        kind = "placeholder-misspelt" if near else "placeholder-unknown"
        yield _finding(kind, field, url, name=near)


def _keys(body: Mapping[str, Any]) -> Iterator[Finding]:
    for key in body:
        letters = _letters(key)
        if key in _KNOWN_KEYS:
            continue
        if "redirect" in letters or letters in {"returnurl", "successurl", "cancelurl"}:
            yield _finding("redirect-urls-misspelt", key, f"the key “{key}”")
        elif letters in _AMOUNTS:
            yield _finding("total-ignored", key, body[key])
        else:
            yield _finding("unknown-key", key, f"the key “{key}”")


def _inner_keys(urls: Mapping[str, Any]) -> Iterator[Finding]:
    for key in urls:
        if key not in OUTCOMES:
            yield _finding("inner-key-misspelt", f"redirectUrls.{key}", f"the key “{key}”")


def _sources(
    urls: Mapping[str, Any], dashboard: Mapping[str, str], *, dashboard_wins: bool
) -> Iterator[Finding]:
    given = {outcome: str(urls[outcome]) for outcome in OUTCOMES if urls.get(outcome)}
    if not given and not dashboard:
        yield _finding("no-redirect-urls", "redirectUrls", "no URL")
    for outcome, url in given.items() if dashboard_wins else ():
        held = dashboard.get(outcome, url)
        if held != url:
            yield _finding("dashboard-wins", f"redirectUrls.{outcome}", url, held=held)
    for url, times in Counter(given.values()).items():
        if times > 1:
            yield _finding("same-url", "redirectUrls", f"{url} for {times} outcomes")


def _cart(cart: object) -> Iterator[Finding]:
    if not isinstance(cart, Mapping):
        return
    for key in ("taxRates", "defaultTaxRates"):
        if cart.get(key):
            yield _finding("cart-tax-ignored", f"shoppingCart.{key}", cart[key])
    items = cart.get("lineItems")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping):
            yield from _line(f"shoppingCart.lineItems[{index}]", item)


def _line(field: str, item: Mapping[str, Any]) -> Iterator[Finding]:
    if item.get("unitQty") is None:
        yield _finding("quantity-missing", f"{field}.unitQty", "nothing")
    if item.get("discounts"):
        yield _finding("discount-ignored", f"{field}.discounts", item["discounts"])
    rates = item.get("taxRates")
    for rate in rates if isinstance(rates, list) else ():
        value = rate.get("rate") if isinstance(rate, Mapping) else None
        if isinstance(value, int) and 0 < value < _TAX_UNIT:
            percent = f"{value / _TAX_UNIT:g}"
            yield _finding("tax-scale", f"{field}.taxRates", f"rate {value}", percent=percent)


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.casefold())


def _is_loopback(host: str) -> bool:
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
