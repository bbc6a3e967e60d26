"""The plain-text description of a failed checkout."""

import pytest

from records.observation import PageState
from records.verdict import UrlDifference
from suite.reporting.failure_text import changed_characters, clip, describe, headline, hop_table
from tests.suite.samples import CONFIGURED, EXPECTED, SESSION, bug, hop, judged, verdict

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

    failed = verdict("https://merchant.example/", "same-path", "keeps-query")
    undecided = verdict(None, undecided="the server failed")

    assert describe(failed).startswith(f"{expectation}; violated: same-path, keeps-query\n")
    assert headline(undecided) == f"{expectation}; undecided: the server failed"


def test_each_different_part_is_shown() -> None:
    """Lost and added parts are named, the changed characters of the others are marked."""
    landed = f"http://shop.example:443/success?note=a+b&session_id={SESSION}&ref=x"

    assert DIFFERENCES in describe(judged(landed))


def test_reordered_parameters_are_shown_as_one_part() -> None:
    """Both whole queries are shown if only the order of the parameters is different."""
    landed = EXPECTED.replace("order=7&note=a%20b", "note=a%20b&order=7")

    shown = describe(judged(landed))

    assert f"query     - order=7&note=a%20b&session_id={SESSION}" in shown
    assert f"+ note=a%20b&order=7&session_id={SESSION}" in shown


def test_unknown_value_is_no_difference() -> None:
    """A value that the contract leaves open is not drawn as changed, its neighbours are."""
    configured = f"{CONFIGURED.partition('#')[0]}&code={{ERROR_CODE}}"
    landed = EXPECTED.partition("#")[0].replace("order=7", "order=8") + "&code=any"

    shown = describe(judged(landed, configured=configured))

    assert "+ order=8" in shown
    assert "- code=" not in shown


@pytest.mark.parametrize(
    ("expected", "came", "marked"),
    [("a%20b", "a+b", ("%20", "+")), ("/aa", "/a", ("a", "")), (None, "x", ("", "x"))],
)
def test_marked_characters_do_not_overlap(
    expected: str | None, came: str, marked: tuple[str, str]
) -> None:
    """The mark leaves out what both texts begin and end with."""
    left, right = changed_characters(UrlDifference("path", None, expected, came))

    assert ((expected or "")[left], came[right]) == marked


def test_description_quotes_the_page_where_the_shopper_stayed() -> None:
    """Without a landing, address, heading and alert of the last page are shown."""
    stayed = PageState(url="https://c/x", heading="Payment Received", alert="")

    shown = describe(verdict(None, "lands", stayed=stayed))

    assert "the shopper stayed at https://c/x" in shown
    assert "“Payment Received”" in shown


def test_description_ends_with_the_repeat_command() -> None:
    """The last line can be pasted into a shell."""
    failed = bug()
    assert failed.verdict is not None

    assert describe(failed.verdict, failed).splitlines()[-1].strip() == failed.repro


def test_frames_are_shown_if_they_concern_the_merchant() -> None:
    """Card fields are only counted, a landing inside a frame is shown."""
    hops = [
        hop(1, "https://checkout.localhost:4000/x"),
        hop(2, "https://fields.localhost:4000/cvv", place="frame"),
        hop(3, "https://merchant.example/success", place="frame"),
    ]

    shown = describe(verdict(None, "same-tab", hops=hops))

    assert "fields.localhost" not in shown
    assert "and 1 document in frames" in shown
    assert "(frame) https://merchant.example/success" in shown


def test_hop_shows_error_and_location() -> None:
    """A failed request shows its error as status; a Location is aligned below its URL."""
    failed = hop(1, "https://a/", status=None, failure="net::ERR_FAILED")
    redirect = hop(2, "https://b/", status=302, location="https://c/")

    lines = hop_table([failed, redirect])

    assert "net::ERR_FAILED" in lines[1]
    assert lines[3].strip() == "→ https://c/"
    assert lines[3].index("→") == lines[2].index("https://b/")


def test_long_text_is_clipped_in_the_middle() -> None:
    """Beginning and end of a long URL stay readable; the characters between are counted."""
    clipped = clip("a" * 500 + "b" * 500, 90)

    assert clipped.startswith("a" * 60)
    assert clipped.endswith("b" * 30)
    assert "(910 characters)" in clipped
