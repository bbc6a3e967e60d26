"""Comparison of texts with word lists."""

from collections.abc import Callable

import pytest

from pages.words import checkout
from pages.words.matching import begins, mentions, plain, says


@pytest.mark.parametrize(("text", "same"), [
    ("  Card\n Number * ", "card number"), ("‹ Back", "back"),
    ("E-mail", "email"), ("eCommerce", "e-commerce"),
    ("Zip / Postal code:", "zip/postal code"), ("Verify it’s you", "verify it's you"),
])  # fmt: skip
def test_spelling_does_not_matter(text: str, same: str) -> None:
    """Case, blanks, arrows, stars, dashes and quotes do not change a word."""
    assert plain(text) == plain(same)


@pytest.mark.parametrize(("compare", "text", "word", "fits"), [
    (says, "Expiration (MM/YY)", "MM/YY", True),
    (says, "Expiration (MM/YY)", "Expiration", True),
    (says, "Cancel my order", "Cancel", False),
    (begins, "Settings, opens a panel", "settings", True),
    (begins, "Settingsbar", "settings", False),
    (mentions, "success_url", "success", True),
    (mentions, "Please use another card.", "another card", True),
    (mentions, "unsuccessful", "successful", False),
])  # fmt: skip
def test_comparison_needs_whole_words(
    compare: Callable[[str, list[str]], bool], text: str, word: str, *, fits: bool
) -> None:
    """A text says, begins with or mentions a word, also in parentheses, but never a part of it."""
    assert compare(text, [word]) is fits


@pytest.mark.parametrize("text", ["Your card was declined.", "Sorry, it didn’t go through"])
def test_pattern_of_a_decline_finds_what_the_list_finds(text: str) -> None:
    """The locator and the word list agree on what tells about a decline."""
    assert checkout.says_declined(text)
    assert checkout.decline_pattern().search(text)


def test_pay_is_its_word_and_an_amount() -> None:
    """Pay and any usual form of an amount in dollars, and nothing more, is the Pay button."""
    right = ["Pay $5.00", "PAY NOW CA$1,234.50", "Pay $ 5.00 USD", "Payer 1 234,50 $ CA"]
    wrong = ["Pay", "Pay $5", "Pay later $5.00", "Paid $5.00", "Pay $5.00 now", "Payer 5 $"]
    assert [text for text in [*right, *wrong] if checkout.says_pay(text)] == right
    assert [checkout.amount_of(text) for text in right] == ["5.00", "1234.50", "5.00", "1234.50"]
