"""Secrets are hidden in every encoding, and nothing else is changed."""

import base64
import json
import re
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clover import cards
from clover.redaction import MARK as HIDDEN
from suite.evidence.scrubber import Scrubber, luhn

TOKEN = 'sk/live+7f"9&<e>=~'
CARD = cards.DECLINED.number


@pytest.fixture
def scrubber() -> Scrubber:
    """A scrubber that knows the test cards and one token."""
    made = Scrubber(card.number for card in cards.ALL)
    made.hide(TOKEN)
    return made


@pytest.mark.parametrize("spelled", [
    TOKEN, TOKEN.upper(), 'sk/live+7f"9&amp;&lt;e&gt;=~',
    quote(TOKEN), quote(TOKEN, safe=""), quote(TOKEN, safe="").lower(), quote_plus(TOKEN),
    quote(quote(TOKEN, safe=""), safe=""),
    json.dumps(TOKEN), json.dumps(TOKEN, ensure_ascii=False), json.dumps(json.dumps(TOKEN)),
    json.dumps(TOKEN).replace("/", "\\/"),
])  # fmt: skip
def test_named_secret_is_hidden_in_every_spelling(scrubber: Scrubber, spelled: str) -> None:
    """URLs, JSON, JSON inside JSON and HTML encode a secret differently."""
    clean = scrubber.text(f"before {spelled} after")
    assert HIDDEN in clean
    assert "live" not in clean.lower()
    assert clean.startswith("before ")
    assert clean.endswith(" after")


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("secret", [TOKEN, CARD, "4005 5717 0222 2222"])
def test_secret_is_hidden_inside_base64(scrubber: Scrubber, secret: str, before: str) -> None:
    """Base64 depends on the text before a secret; each of the three offsets is known."""
    encoded = base64.b64encode(f'{before}{secret}"}}'.encode())
    clean = scrubber.data(b"data:" + encoded)
    padded = clean.removeprefix(b"data:").replace(b"*", b"A")
    assert secret.encode()[3:-3] not in base64.b64decode(padded)


@pytest.mark.parametrize("spelled", [
    "4005571702222222", "4005 5717 0222 2222", "4005-5717-0222-2222", "4005%205717%200222%202222",
    "4005+5717+0222+2222", "4005\u00a05717\u00a00222\u00a02222", "4005.5717.0222.2222",
    "4005_5717_0222_2222", "n=4005571702222222&x", '{"number":"4005571702222222"}',
    "id4005571702222222x", "99994005571702222222",
])  # fmt: skip
def test_known_card_is_hidden_in_every_grouping(scrubber: Scrubber, spelled: str) -> None:
    """A test card keeps its last four digits only."""
    clean = scrubber.text(spelled).replace("%20", " ")
    assert "4005" not in clean
    assert "5717" not in clean
    assert clean.count("2") == 4


def test_every_test_card_keeps_its_last_four_digits_only(scrubber: Scrubber) -> None:
    """A report shows as much of a card as a receipt does."""
    for card in cards.ALL:
        assert scrubber.text(f"({card.number})") == f"({card.last_four:*>{len(card.number)}})"


@pytest.mark.parametrize("part", [CARD[:typed] for typed in range(8, 17)] + [CARD[4:12]])
def test_part_of_a_card_is_hidden(scrubber: Scrubber, part: str) -> None:
    """A half-typed number, or eight digits from the middle, do not show the first digits."""
    grouped = " ".join(part[start : start + 4] for start in range(0, len(part), 4))
    clean = scrubber.text(f'value="{grouped}" ref={part}')
    assert "4005" not in clean
    assert "5717" not in clean


@pytest.mark.parametrize("number", ["4929 1234 5678 9015", "378734493671000", "6011601160116611"])
def test_unknown_card_is_recognised_by_its_check_digit(number: str) -> None:
    """An unnamed number is a card if issuer, length, grouping and check digit are valid."""
    digits = number.replace(" ", "")
    assert luhn(digits)
    assert digits[:6] not in Scrubber().text(f"pay {number}.").replace(" ", "")


@pytest.mark.parametrize("harmless", [
    "4929123456789012", "a4929123456789015", "4929123456789015f",
    "7c0e8d0e-6f37-4929-1234-5678-9015", "1795336143413", "0.4929123456789015",
    "49 29 12 34 56 78 90 15", "+44 4929 123456 789015",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    '{"monotonicTime":3145.294,"size":1234567890123}', "2026-11-22 08:40:26.732",
])  # fmt: skip
def test_other_numbers_are_unchanged(scrubber: Scrubber, harmless: str) -> None:
    """Ids, hashes, times and numbers with a wrong check digit are no cards."""
    assert scrubber.text(harmless) == harmless


@pytest.mark.parametrize(("text", "clean"), [
    ("Authorization: Bearer abcdef123456", f"Authorization: {HIDDEN}"),
    ("curl -H 'x: Bearer abcdef123456'", f"curl -H 'x: Bearer {HIDDEN}'"),
    ('{"name":"Cookie","value":"sid=1; a=2"}', f'{{"name":"Cookie","value":"{HIDDEN}"}}'),
    ('{"value":"sid=1","name":"set-cookie"}', f'{{"value":"{HIDDEN}","name":"set-cookie"}}'),
    ('["cookie", "sid=1"]', f'["cookie", "{HIDDEN}"]'),
    ("{'authorization': 'x y'}", f"{{'authorization': '{HIDDEN}'}}"),
    ('{"cookies":[{"name":"s","value":"v"}]}',
     f'{{"cookies":[{{"name":"s","value":"{HIDDEN}"}}]}}'),
    ('{"password": "hunter 2"}', f'{{"password": "{HIDDEN}"}}'),
    (r'"{\"password\":\"hunter\"}"', rf'"{{\"password\":\"{HIDDEN}\"}}"'),
    ("user=a&password=hunter&b=1", f"user=a&password={HIDDEN}&b=1"),
    ('{"cvv":"123","x":1}', f'{{"cvv":"{HIDDEN}","x":1}}'),
])  # fmt: skip
def test_value_in_a_sensitive_place_is_hidden(text: str, clean: str) -> None:
    """Values of headers, cookies and password fields are hidden unnamed, once and for all."""
    assert Scrubber().text(text) == clean
    assert Scrubber().text(clean) == clean


def test_card_named_as_a_secret_is_hidden_as_a_card() -> None:
    """A named card number is found in every grouping too."""
    made = Scrubber()
    made.hide("4929 1234 5678 9015")
    assert made.named == ["4929 1234 5678 9015"]
    assert made.text("id4929123456789015x 4929-1234") == "id************9015x ****-****"


@pytest.mark.parametrize("text", ["nothing to see", "a test of tests", "\udcff x"])
def test_text_without_a_secret_is_unchanged(scrubber: Scrubber, text: str) -> None:
    """A secret as short as a word is not hidden; undecodable bytes survive; nothing is copied."""
    scrubber.hide("test")
    data = text.encode("utf-8", "surrogatepass")
    assert scrubber.text(text) == text
    assert scrubber.data(data) is data


@given(st.text(st.characters(codec="utf-8"), min_size=6, max_size=30), st.text(max_size=20))
def test_any_secret_is_hidden_in_json(secret: str, around: str) -> None:
    """JSON stays valid when any secret is hidden in it."""
    # A secret of hexadecimal digits may also be part of an escape such as \\u00e9.
    assume(re.search(r"[^0-9a-fA-Fu\\]", secret) and secret.lower() not in HIDDEN)
    made = Scrubber()
    made.hide(secret)

    clean = made.text(json.dumps({"said": f"{around}|{secret}|{around}"}))

    assert secret not in json.loads(clean)["said"].replace(around, "")
