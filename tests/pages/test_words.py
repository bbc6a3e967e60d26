"""Comparison of texts with word lists."""

import pytest

from pages.words import checkout
from pages.words.matching import begins, mentions, plain, says


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("  Card\n Number * ", "card number"),
        ("‹ Back", "back"),
        ("E-mail", "email"),
        ("eCommerce", "e-commerce"),
        ("Zip / Postal code:", "zip/postal code"),
        ("Verify it’s you", "verify it's you"),
    ],
)
def test_spelling_does_not_matter(text: str, same: str) -> None:
    """Case, blanks, arrows, stars, dashes and quotes do not change a word."""
    assert plain(text) == plain(same)


def test_says_needs_the_whole_text() -> None:
    """A text that only contains a word does not say it; parentheses are read on their own."""
    assert says("Expiration (MM/YY)", ["MM/YY"])
    assert says("Expiration (MM/YY)", ["Expiration"])
    assert not says("Cancel my order", ["Cancel"])


def test_begins_needs_a_whole_word() -> None:
    """A longer word does not begin with a shorter one."""
    assert begins("Settings, opens a panel", ["settings"])
    assert not begins("Settingsbar", ["settings"])


def test_mentions_needs_whole_words() -> None:
    """A phrase counts anywhere, also between underscores, but not inside a word."""
    assert mentions("success_url", ["success"])
    assert mentions("Please use another card.", ["another card"])
    assert not mentions("unsuccessful", ["successful"])


@pytest.mark.parametrize("text", ["Your card was declined.", "Sorry, it didn’t go through"])
def test_pattern_of_a_decline_finds_what_the_list_finds(text: str) -> None:
    """The locator and the word list agree on what tells about a decline."""
    assert checkout.says_declined(text)
    assert checkout.decline_pattern().search(text)


@pytest.mark.parametrize("text", ["Pay $5.00", "PAY NOW CA$1,234.50", "Pay $ 5.00 USD"])
def test_pay_is_its_word_and_an_amount(text: str) -> None:
    """Every usual form of an amount in dollars is a Pay button's."""
    assert checkout.says_pay(text)


@pytest.mark.parametrize(
    "text", ["Pay", "Pay $5", "Pay later $5.00", "Paid $5.00", "Pay $5.00 now"]
)
def test_other_texts_are_no_pay_button(text: str) -> None:
    """Without the amount, or with more words, it is not the Pay button."""
    assert not checkout.says_pay(text)
