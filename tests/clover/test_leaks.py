"""Search for secrets in every encoding, without false alarms."""

import base64
from dataclasses import replace
from random import Random
from urllib.parse import quote
from uuid import UUID

import pytest

from clover import cards
from clover.leaks import Secret, leaks, short_secrets
from records.observation import WINDOW_NAME, Hop, Observation
from records.outcome import Outcome
from tests.clover.checkouts import CARD as VISA
from tests.clover.checkouts import (
    EMAIL,
    HREF,
    SESSION,
    TOKEN,
    Checkout,
    changed,
    landed,
    make_arrival,
    make_hop,
)

PAN = "4005562231212149"
CARD = Secret("card number", PAN, is_card=True)
URL = "https://merchant.example/s"
PAID = Checkout({Outcome.SUCCESS: URL})


@pytest.mark.parametrize("text", [
    PAN,
    *("4005 5622 3121 2149".replace(" ", mark) for mark in [*" -._/,:", "  ", " - "]),
    "c=4005+5622+3121+2149", "c=4005%205622%203121%202149", "c=4005%25205622%25203121%25202149",
    quote(quote(PAN.replace("", " "))),
    "".join(f"%3{digit}" for digit in PAN), "".join(f"%253{digit}" for digit in PAN),
    PAN[:8], PAN[-8:], PAN[4:12], f"xx{PAN[-8:]}",
    "40055622****2149", f"400556{PAN[-4:]}{PAN[6:14]}",
    base64.b64encode(PAN.encode()).decode(),
    base64.b64encode(f"pan={PAN}".encode()).decode(),
    base64.b64encode(f'{{"p":"{PAN}"}}'.encode()).decode(),
    base64.b64encode(f"ab{PAN}cd".encode()).decode().rstrip("="),
    quote(base64.b64encode(f"<{PAN}>".encode()).decode()),
    PAN.encode().hex(),
])  # fmt: skip
def test_card_number_is_found_in_any_encoding(text: str) -> None:
    """The number is found grouped, encoded twice, in base64 or hex, and by eight digits."""
    assert CARD.is_in(text)
    assert CARD.is_in(f"https://x.test/?before=1&c={text}&after=2")


@pytest.mark.parametrize("text", [
    "", "400556******2149", "400556------2149", "400556......2149", "400556…2149",
    "400556XXXXXX2149", "•••• 2149", "Visa ending in 2149", PAN[:7], PAN[-7:], PAN[::-1],
    "4005a5622b3121c2149", "?a=4005&b=5622&c=3121&d=2149",
])  # fmt: skip
def test_masked_number_is_no_leak(text: str) -> None:
    """The first six and the last four digits may be shown, eight in a row may not."""
    assert not CARD.is_in(text)


def test_ids_give_no_false_alarm() -> None:
    """20,000 ids, times and amounts contain no digits of a test card."""
    chance = Random(20_261_122)
    numbers = [card.number for card in vars(cards).values() if isinstance(card, cards.Card)]
    secrets = [Secret("card number", number, is_card=True) for number in {*numbers}]
    assert secrets

    for _ in range(2_000):
        texts = " ".join(
            f"/r{chance.getrandbits(48):x}/{UUID(int=chance.getrandbits(128), version=4)}"
            f"?t={1_764_000_000 + chance.randrange(10**7)}.{chance.randrange(1000):03}"
            f"&amount={chance.randrange(10**5)}"
            for _ in range(10)
        )
        assert [secret.name for secret in secrets if secret.is_in(texts)] == []


@pytest.mark.parametrize("text", [
    "alex.doe@example.com", "ALEX.DOE@Example.com", "?to=alex.doe%40example.com",
    "?to=alex.doe%2540example.com", "YWxleC5kb2VAZXhhbXBsZS5jb20",
    base64.b64encode(b"?alex.doe@example.com!").decode(), b"alex.doe@example.com".hex(),
])  # fmt: skip
def test_text_is_found_in_any_encoding(text: str) -> None:
    """An e-mail address is found in either case, encoded, in base64 or hex."""
    assert EMAIL.is_in(f"x{text}")
    assert not EMAIL.is_in(text[:-6])


def test_base64_of_urls_is_found() -> None:
    """The URL-safe alphabet of base64 is searched too."""
    secret = Secret("API token", "k>>>k???k~~~k")
    plain = base64.b64encode(secret.value.encode()).decode()

    assert {"+", "/"} & {*plain}
    assert secret.is_in(plain)
    assert secret.is_in(plain.translate(str.maketrans("+/", "-_")))
    assert secret.is_in(quote(plain, safe=""))


@pytest.mark.parametrize("before", ["", "x", "xx"])
@pytest.mark.parametrize("other", ["gappa-tokenW", "jappa-tokenW", "kappa-tokeoW"])
def test_another_text_in_base64_is_no_secret(before: str, other: str) -> None:
    """A text that differs by one bit is no secret at any of the three alignments."""
    secret = Secret("API token", "kappa-tokenW")
    assert secret.is_in(base64.b64encode(f"{before}kappa-tokenW".encode()).decode())
    assert not secret.is_in(base64.b64encode(f"{before}{other}".encode()).decode())


def test_short_secret_is_searched_unencoded() -> None:
    """A secret below eight characters is not searched in base64 or hex."""
    for text, is_long in (("1234567", False), ("12345678", True)):
        secret = Secret("PIN", text)
        assert secret.is_in(f"x{text}")
        assert secret.is_in(base64.b64encode(text.encode()).decode()) is is_long
        assert secret.is_in(text.encode().hex()) is is_long


LEAKY = "https://x.test/?c=4242424242424242"
STORY = landed(URL)
VISA_TEXT = "Paid with 4242 4242 4242 4242"


def _after(hop: Hop) -> Observation:
    return replace(STORY, hops=[hop, *STORY.hops])


@pytest.mark.parametrize(("seen", "name", "place"), [
    (_after(make_hop(LEAKY, place="frame", at_ms=0.0)), "card number", "the URL of a hop"),
    (_after(make_hop("about:blank", referer=LEAKY)), "card number", "the referrer of a hop"),
    (_after(make_hop("about:blank", location=LEAKY)), "card number", "a Location header"),
    (replace(STORY, texts=[("a title", VISA_TEXT)]), "card number", "a title"),
    (replace(STORY, texts=[("x", "NDI0MjQyNDI0MjQyNDI0Mg")]), "card number", "x"),
    (replace(STORY, texts=[("x", f"https://x.test/?t={TOKEN.value}")]), "API token", "x"),
    (replace(STORY, arrivals=[make_arrival(URL, body="c=4242-4242-4242-4242")]), "card number",
     "a body sent to the merchant's site"),
    (replace(STORY, arrivals=[make_arrival(URL, headers=[("cookie", LEAKY)])]), "card number",
     "the cookie header at the merchant's site"),
])  # fmt: skip
def test_every_readable_place_is_searched(seen: Observation, name: str, place: str) -> None:
    """All parts of hops, texts and arrivals are searched."""
    [violation] = PAID.broken(seen)
    assert str(violation) == f"leaks-nothing: expected no {name} in {place}, came the {name}"


def test_url_at_the_merchant_is_searched() -> None:
    """The violation names the URL at the merchant's site besides the hop."""
    url = f"{URL}?c=4242424242424242"
    found = {violation.expected for violation in PAID.broken(landed(url))}
    assert "no card number in a URL at the merchant's site" in found
    assert "no card number in the URL of a hop" in found


def test_email_address_is_a_leak_at_the_merchant_only() -> None:
    """The provider's pages may contain the e-mail address, the landing may not."""
    known = "https://checkout.localhost:8443/?to=alex.doe@example.com"
    own = make_hop(known, number=1, at_ms=0.0, location=known, referer=known)
    inside = replace(STORY, hops=[own, STORY.hops[1]], texts=[("a page's title", known)])

    assert PAID.broken(inside) == []
    assert PAID.clauses(changed(STORY, referer=known)) == ["leaks-nothing"]
    assert PAID.clauses(changed(STORY, location=known)) == ["leaks-nothing"]


def test_each_place_is_reported_once_per_secret() -> None:
    """Several leaking hops are one violation per secret."""
    both = f"https://x.test/?c=4242424242424242&t={TOKEN.value}"
    hops = [make_hop(both, place="frame", at_ms=at_ms) for at_ms in (0.0, 1.0)]
    found = PAID.broken(replace(STORY, hops=[*hops, *STORY.hops]))
    assert [violation.came for violation in found] == ["the API token", "the card number"]


def test_secret_in_the_configured_url_hides_no_other() -> None:
    """Other secrets are searched for although the configured URL contains one."""
    allowed = f"{URL}?to=alex.doe@example.com"
    story = landed(allowed, href=f"{LEAKY}&x=checkout.localhost")
    found = leaks([EMAIL, VISA], story, None, allowed)
    assert [violation.came for violation in found] == ["the card number"]


CVV_TEXTS = (
    "https://x.test/pay?cvv=1234", "https://x.test/pay?a=1&cardCVC=1234&b=2",
    "https://x.test/pay#csc=1234", "https://x.test/pay?cvn=1234",
    "https://x.test/pay?Security_Code=1234", "https://x.test/?next=%2Fpay%3Fcvv%3D1234",
    "https://x.test/?next=%252Fpay%253Fcvv%253D1234", "a=1;cvv2=1234",
    "https://x.test/pay/cvv/1234/", "Confirm: CVV 1234", '{"cvv":"1234"}',
)  # fmt: skip
EXPIRY_TEXTS = (
    "https://x.test/pay?exp=1228", "https://x.test/pay?expiry=12/28",
    "https://x.test/pay?EXPIRY=12%2F28", "https://x.test/pay?expires=12-2028",
    "https://x.test/pay?card_exp=2812", "https://x.test/pay?card_exp=2028-12",
)  # fmt: skip
HARMLESS_TEXTS = (
    "https://x.test/pay?order=1234&amount=1228", "https://x.test/1234?cvv",
    "https://x.test/pay?cvv=", "https://x.test/pay?cvv=12345", "https://x.test/pay?cvv=***",
    "https://x.test/pay?expirationTime=2026-12-28T10:00:00Z", "https://x.test/1234=cvv",
    "https://x.test/pay?cvv=12&a=34", "https://x.test/pay?cvv=1&23=4",
)  # fmt: skip


@pytest.mark.parametrize("text", [*CVV_TEXTS, *EXPIRY_TEXTS, *HARMLESS_TEXTS])
def test_cvv_and_expiry_are_found_after_their_names(text: str) -> None:
    """CVV and expiry date are found as values of parameters with their names, nowhere else."""
    found = [secret.name for secret in short_secrets("1234", "12/28") if secret.is_in(text)]
    expected = {"card's CVV": text in CVV_TEXTS, "card's expiry date": text in EXPIRY_TEXTS}
    assert found == [name for name, is_there in expected.items() if is_there]


def test_referrer_with_the_session_id_is_a_leak() -> None:
    """The landing's referrer may name the provider's site, but not the checkout."""
    told = changed(landed(URL), referer=HREF)
    named = [(v.clause, v.expected, v.came) for v in PAID.broken(told)]
    due = "no session id in the landing's referrer"
    assert named == [("leaks-nothing", due, "the checkout's own address")]


def test_window_name_with_the_session_id_is_a_leak() -> None:
    """The window's name may be anything but the checkout, unless the merchant may have set it."""
    named = replace(landed(URL), texts=[(WINDOW_NAME, f"checkout-{SESSION}")])
    broken = [(v.clause, v.expected, v.came) for v in PAID.broken(named)]
    assert broken == [("leaks-nothing", f"no session id in {WINDOW_NAME}", "the session id")]
    assert PAID.broken(replace(named, arrivals=None)) == []
    assert PAID.broken(replace(named, texts=[(WINDOW_NAME, "checkout")])) == []


@pytest.mark.parametrize("referer", [
    "", "https://checkout.localhost:8443/", "https://checkout.localhost:8443/pay-checkout/",
    f"https://merchant.example/?id={SESSION}",
])  # fmt: skip
def test_other_referrer_is_no_leak(referer: str) -> None:
    """An origin, a page without the id and the merchant's own page give nothing away."""
    assert PAID.broken(changed(landed(URL), referer=referer)) == []
