"""A redirect bug is told so that nobody has to decode it."""

import pytest

from records.observation import Hop, PageState
from records.verdict import Verdict
from suite.reporting.failure_text import clip, headline, hop_table, tell
from suite.reporting.known_causes import KNOWN, causes
from tests.suite.samples import EXPECTED, SESSION, bug, hop, verdict


def test_story_begins_with_promise_and_clauses() -> None:
    """The first line says what was promised and what broke."""
    first = tell(verdict("https://merchant.example/", "same-path", "keeps-query")).splitlines()[0]

    assert first == (
        "success: the shopper lands on the success URL of the request; "
        "broken: same-path, keeps-query"
    )


def test_headline_of_an_undecided_promise_says_why() -> None:
    """Nothing is said to be broken where nothing could be found out."""
    assert headline(verdict(None, undecided="the server failed")) == (
        "success: the shopper lands on the success URL of the request; undecided: the server failed"
    )


def test_story_marks_the_difference_under_the_url() -> None:
    """Carets stand under the characters that differ."""
    landed = EXPECTED.replace("a%20b", "a+b")

    lines = tell(verdict(landed, "keeps-query")).splitlines()

    changed = next(index for index, line in enumerate(lines) if "- note=a%20b" in line)
    assert lines[changed + 1].index("^") == lines[changed].index("%20")
    assert lines[changed + 1].count("^") == len("%20")


def test_story_says_where_the_shopper_stayed() -> None:
    """Without a landing the page that was left on the screen is quoted."""
    stayed = PageState(url="https://c/x", heading="Payment Received", alert="")

    story = tell(verdict(None, "lands", stayed=stayed))

    assert "the shopper stayed at https://c/x" in story
    assert "“Payment Received”" in story


def test_story_ends_with_the_command_that_repeats_it() -> None:
    """The last line can be pasted into a shell."""
    failed = bug()
    assert failed.verdict is not None

    assert tell(failed.verdict, failed).splitlines()[-1].strip() == failed.repro


def test_story_leaves_frames_of_the_page_out() -> None:
    """Card fields and decoys are counted, the way of the tab is shown."""
    hops = [
        hop(1, "https://checkout.localhost:4000/x"),
        hop(2, "https://fields.localhost:4000/cvv", place="frame"),
        hop(3, "https://merchant.example/"),
    ]

    story = tell(verdict("https://merchant.example/", "same-path", hops=hops))

    assert "fields.localhost" not in story
    assert "and 1 documents in frames of the page" in story


def test_story_shows_a_frame_that_went_to_the_merchant() -> None:
    """A landing inside a frame is part of the story."""
    hops = [hop(1, "https://merchant.example/success", place="frame")]

    assert "(frame) https://merchant.example/success" in tell(verdict(None, "same-tab", hops=hops))


def test_hop_without_answer_shows_the_browsers_error() -> None:
    """A failed request is told by its error, in place of a status."""
    lines = hop_table([hop(1, "https://a/", status=None, failure="net::ERR_FAILED")])

    assert "net::ERR_FAILED" in lines[1]


def test_redirect_shows_its_location_on_a_line_of_its_own() -> None:
    """Location stands under the URL, where it can be compared."""
    lines = hop_table([hop(1, "https://a/", status=302, location="https://b/")])

    assert lines[2].strip() == "→ https://b/"
    assert lines[2].index("→") == lines[1].index("https://a/")


def test_long_text_loses_its_middle() -> None:
    """Beginning and end of a long URL stay readable, and the gap is counted."""
    clipped = clip("a" * 500 + "b" * 500, 90)

    assert clipped.startswith("a" * 60)
    assert clipped.endswith("b" * 30)
    assert "(910 characters)" in clipped


def _stays(heading: str = "", alert: str = "") -> Verdict:
    return verdict(None, "lands", stayed=PageState(url="u", heading=heading, alert=alert))


BASE = "https://merchant.example"
FAILED_HOP: list[Hop] = [hop(1, "https://a/", status=None, failure="net::ERR_FAILED")]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (verdict(f"{BASE}/s?id=%7BCHECKOUT_SESSION_ID%7D", "no-literal-placeholder"), "substitute"),
        (verdict(f"{BASE}/s?id=%257BX%257D", "no-literal-placeholder"), "encoded twice"),
        (verdict(f"{BASE}/success?a=1?b=2", "keeps-query"), "second question mark"),
        (verdict(f"{BASE}/success?a=1&amp;b=2", "keeps-query"), "escaped for HTML"),
        (
            verdict(f"{BASE}/success?session_id={SESSION}&note=a%20b&order=7#done", "keeps-query"),
            "another order",
        ),
        (verdict(EXPECTED.replace("%20", "+"), "keeps-query"), "decoded and encoded again"),
        (verdict(f"{BASE}/success#done", "keeps-query"), "dropped as a whole"),
        (verdict(EXPECTED.replace("https", "http"), "secure"), "http:// URL"),
        (verdict(EXPECTED.replace("/success", "//success"), "same-path"), "doubled slash"),
        (
            verdict(f"{BASE}/success", "same-path", expected_url=f"{BASE}/fr/success"),
            "locale prefix",
        ),
        (verdict("https://preview.example/success", "same-origin"), "stale preview"),
        (verdict(f"{BASE}/success", "right-outcome", outcome="cancel"), "without a payment"),
        (verdict(f"{BASE}/success", "right-outcome", outcome="failure"), "swapped"),
        (verdict(f"{BASE}/success", "right-source"), "dashboard URLs"),
        (_stays(heading="Payment Received"), "singular redirectUrl"),
        (_stays(heading="This link has expired"), "15 minutes"),
        (_stays(alert="Transaction declined"), "another card"),
        (verdict(None, "lands", hops=FAILED_HOP), "connection that broke"),
        (verdict(EXPECTED, "lands-once"), "second time"),
        (verdict(EXPECTED, "is-a-get"), "form posted"),
        (verdict(EXPECTED, "same-tab"), "opens a tab"),
        (verdict(EXPECTED, "leaks-nothing"), "personal or card data"),
        (verdict(f"{BASE}/success", "keeps-fragment", expected_url=f"{BASE}/success#x"), "cut off"),
        (verdict(EXPECTED + "x", "no-extra-params"), "own use"),
        (verdict(EXPECTED, "session-id"), "another checkout's id"),
        (verdict(EXPECTED, "error-code"), "error code"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_cause_is_offered_for_its_pattern(found: Verdict, words: str) -> None:
    """What real integrations got wrong is recognised by what it leaves behind."""
    assert any(words in cause.looks_like for cause in causes(found))


def test_kept_promise_has_no_known_cause() -> None:
    """Nothing is suspected where nothing broke."""
    assert [cause for cause in KNOWN if cause.fits(verdict())] == []
