"""The plain-text description of a failed checkout."""

import pytest

from records.observation import PageState
from records.verdict import UrlDifference
from suite.reporting.failure_text import changed_characters, clip, describe, headline, hop_table
from tests.suite.samples import CONFIGURED, EXPECTED, SESSION, bug, hop, judged, verdict


def test_description_begins_with_expectation_and_clauses() -> None:
    """The first line names the expectation and the violated clauses."""
    first = describe(verdict("https://merchant.example/", "same-path", "keeps-query")).splitlines()[
        0
    ]

    assert first == (
        "success: the shopper lands on the success URL of the request; "
        "violated: same-path, keeps-query"
    )


def test_headline_of_an_undecided_verdict_gives_the_reason() -> None:
    """An undecided verdict violates nothing."""
    assert headline(verdict(None, undecided="the server failed")) == (
        "success: the shopper lands on the success URL of the request; undecided: the server failed"
    )


@pytest.mark.parametrize(
    ("landed", "lines"),
    [
        (
            "https://merchant.example/success?order=7&note=a+b&session_id=S#done",
            [
                "query     - note=a%20b",
                "                 ^^^",
                "          + note=a+b",
                "                 ^",
            ],
        ),
        (
            "https://merchant.example/success?order=7&session_id=S#done",
            ["query     - note=a%20b   (lost)"],
        ),
        (
            "https://merchant.example/success?order=7&note=a%20b&session_id=S&ref=x#done",
            ["query     + ref=x   (added)"],
        ),
        (
            "https://merchant.example/success?note=a%20b&order=7&session_id=S#done",
            ["query     - order=7&note=a%20b&session_id=S", "+ note=a%20b&order=7&session_id=S"],
        ),
        (
            "http://shop.example:8080/failure?order=7&note=a%20b&session_id=S",
            [
                "scheme    - https",
                "host      - merchant.example",
                "port      - 443",
                "path      - /success",
                "fragment  - done   (lost)",
            ],
        ),
    ],
    ids=["changed", "lost", "added", "reordered", "other parts"],
)
def test_description_shows_what_happened_to_each_part(landed: str, lines: list[str]) -> None:
    """Changed characters are marked; lost, added and reordered parameters are named."""
    shown = describe(judged(landed.replace("=S", f"={SESSION}")))

    for line in lines:
        assert line.replace("=S", f"={SESSION}") in shown


def test_unknown_value_is_no_difference() -> None:
    """A value that the contract leaves open is not drawn as changed, its neighbours are."""
    configured = f"{CONFIGURED.partition('#')[0]}&code={{ERROR_CODE}}"
    landed = EXPECTED.partition("#")[0].replace("order=7", "order=8") + "&code=any"

    shown = describe(judged(landed, configured=configured)).split("violated:")[1]

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
    """Without a landing, the last page is quoted."""
    stayed = PageState(url="https://c/x", heading="Payment Received", alert="")

    shown = describe(verdict(None, "lands", stayed=stayed))

    assert "the shopper stayed at https://c/x" in shown
    assert "“Payment Received”" in shown


def test_description_ends_with_the_repeat_command() -> None:
    """The last line can be pasted into a shell."""
    failed = bug()
    assert failed.verdict is not None

    assert describe(failed.verdict, failed).splitlines()[-1].strip() == failed.repro


def test_description_counts_frames_of_the_page() -> None:
    """Card fields and decoys are counted, the documents of the tab are shown."""
    hops = [
        hop(1, "https://checkout.localhost:4000/x"),
        hop(2, "https://fields.localhost:4000/cvv", place="frame"),
        hop(3, "https://merchant.example/"),
    ]

    shown = describe(verdict("https://merchant.example/", "same-path", hops=hops))

    assert "fields.localhost" not in shown
    assert "and 1 document in frames" in shown


def test_description_shows_a_frame_that_went_to_the_merchant() -> None:
    """A landing inside a frame is shown."""
    hops = [hop(1, "https://merchant.example/success", place="frame")]

    assert "(frame) https://merchant.example/success" in describe(
        verdict(None, "same-tab", hops=hops)
    )


def test_failed_hop_shows_the_browsers_error() -> None:
    """A failed request shows its error instead of a status."""
    lines = hop_table([hop(1, "https://a/", status=None, failure="net::ERR_FAILED")])

    assert "net::ERR_FAILED" in lines[1]


def test_redirect_shows_its_location_below_its_url() -> None:
    """The Location is aligned with the URL, so that they can be compared."""
    lines = hop_table([hop(1, "https://a/", status=302, location="https://b/")])

    assert lines[2].strip() == "→ https://b/"
    assert lines[2].index("→") == lines[1].index("https://a/")


def test_long_text_is_clipped_in_the_middle() -> None:
    """Beginning and end of a long URL stay readable; the characters between are counted."""
    clipped = clip("a" * 500 + "b" * 500, 90)

    assert clipped.startswith("a" * 60)
    assert clipped.endswith("b" * 30)
    assert "(910 characters)" in clipped
