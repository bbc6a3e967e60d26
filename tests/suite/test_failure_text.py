"""The plain-text description of a failed checkout."""

import pytest

from records.observation import PageState
from records.verdict import UrlDifference
from suite.reporting.failure_text import changed_characters, clip, describe, headline, navigation
from tests.suite.samples import CONFIGURED, EXPECTED, HOME, SESSION, hop, judged, record, verdict

DIFFERENCES = """
  scheme    - https
                  ^
            + http
  host      - merchant.example
              ^^^^^^^^
            + shop.example
              ^^^^
  query     - order=7   (lost)
  query     - note=a%20b
                    ^^^
            + note=a+b
                    ^
  query     + ref=x   (added)
  fragment  - done   (lost)

"""


def test_first_line_names_expectation_and_result() -> None:
    """The headline names the violated clauses, or why the verdict is undecided."""
    expectation = "success: the shopper lands on the success URL of the request"
    failed = describe(verdict(HOME, "same-path", "keeps-query"))
    undecided = headline(verdict(None, undecided="the server failed"))
    assert failed.startswith(f"{expectation}; violated: same-path, keeps-query\n")
    assert undecided == f"{expectation}; undecided: the server failed"


def test_each_different_part_is_shown() -> None:
    """Lost and added parts are named, the changed characters of the others are marked."""
    landed = f"http://shop.example:443/success?note=a+b&session_id={SESSION}&ref=x"
    assert DIFFERENCES in describe(judged(landed))


def test_order_is_one_difference_and_an_unknown_value_none() -> None:
    """Whole queries are shown if their order differs; a value left open is never a difference."""
    landed = EXPECTED.replace("order=7&note=a%20b", "note=a%20b&order=7")
    configured = f"{CONFIGURED.partition('#')[0]}&code={{ERROR_CODE}}"
    unknown = EXPECTED.partition("#")[0].replace("order=7", "order=8") + "&code=any"

    reordered = describe(judged(landed))
    changed = describe(judged(unknown, configured=configured))

    assert f"query     - order=7&note=a%20b&session_id={SESSION}" in reordered
    assert f"+ note=a%20b&order=7&session_id={SESSION}" in reordered
    assert "+ order=8" in changed
    assert "- code=" not in changed


@pytest.mark.parametrize(("expected", "came", "marked"), [
    ("a%20b", "a+b", ("%20", "+")), ("/aa", "/a", ("a", "")), (None, "x", ("", "x")),
])  # fmt: skip
def test_marks_do_not_overlap(expected: str | None, came: str, marked: tuple[str, str]) -> None:
    """The mark leaves out what both texts begin and end with."""
    left, right = changed_characters(UrlDifference("path", None, expected, came))
    assert ((expected or "")[left], came[right]) == marked


def test_description_has_the_last_page_and_the_repeat_command() -> None:
    """Without a landing, address and heading are quoted; the last line can be pasted."""
    stayed = PageState(url="https://c/x", heading="Payment Received", alert="")
    lines = describe(verdict(None, "lands", stayed=stayed), record()).splitlines()
    shown = {"  the shopper stayed at https://c/x", "  which shows “Payment Received”"}
    assert shown <= {*lines}
    assert lines[1] == f"  promise: {record().title}"
    assert lines[-1].strip() == record().repro


def test_hops_show_errors_locations_and_frames_of_the_merchant() -> None:
    """Card fields are only counted; an error is a status, and a Location is below its URL."""
    hops = [
        hop(1, "https://a/", status=None, failure="net::ERR_FAILED"),
        hop(2, "https://b/", status=302, location="https://c/"),
        hop(3, "https://fields.localhost:4000/cvv", place="frame"),
        hop(4, "https://merchant.example/success", place="frame"),
    ]

    lines = navigation(verdict(None, "same-tab", hops=hops))

    assert "net::ERR_FAILED" in lines[1]
    assert lines[3].strip() == "→ https://c/"
    assert lines[3].index("→") == lines[2].index("https://b/")
    assert lines[4].endswith("(frame) https://merchant.example/success")
    assert lines[5].strip() == "and 1 document in frames"


def test_long_text_is_clipped_in_the_middle() -> None:
    """Beginning and end of a long URL stay readable; the characters between are counted."""
    clipped = clip("a" * 500 + "b" * 500, 90)
    assert clipped.startswith("a" * 60)
    assert clipped.endswith("b" * 30)
    assert "(910 characters)" in clipped
