"""Patterns of redirect URLs, in which names in braces stand for what only the shop knows."""

import pytest

from clover.address import parse
from clover.behaviour import load_behaviour
from clover.expectation import make_expectation
from clover.template import ERROR_CODE, SESSION_ID, parse_template, slot_values
from clover.url_comparison import compare
from records.outcome import Outcome

AS_SENT = {SESSION_ID: SESSION_ID, ERROR_CODE: ERROR_CODE}
PATTERN = "https://{shop}.example/{lang}/o/{order}?n={order}&id={CHECKOUT_SESSION_ID}#{*}"
FITS = "https://cakes.example/fr/o/7?n=7&id={CHECKOUT_SESSION_ID}#top"


@pytest.mark.parametrize(
    ("came", "clauses"),
    [
        (FITS, []),
        (FITS.replace("/7", "/%20"), []),
        (FITS.replace("/o/", "/p/"), ["same-path"]),
        (FITS.replace("/fr/", "/fr/ca/"), ["same-path"]),
        (FITS.replace(".example", ".test"), ["same-origin"]),
        (FITS.replace("n=", "m="), ["keeps-query", "no-extra-params"]),
        (FITS.replace("CHECKOUT_", ""), ["session-id"]),
    ],
)
def test_slot_stands_for_any_value_of_its_part(came: str, clauses: list[str]) -> None:
    """Everything around a slot is compared; in a path a value has no slash."""
    template = parse_template(PATTERN, AS_SENT, has_slots=True)

    assert [violation.clause for violation in compare(template, parse(came))] == clauses


def test_values_of_slots_are_read_by_name() -> None:
    """A name that occurs twice has two values; Clover's placeholders are no slots."""
    template = parse_template(PATTERN, AS_SENT, has_slots=True)

    assert slot_values(template, parse(FITS.replace("n=7", "n=8"))) == [
        ("{shop}", "cakes"),
        ("{lang}", "fr"),
        ("{order}", "7"),
        ("{order}", "8"),
        ("{*}", "top"),
    ]


def test_name_may_have_blanks_and_occur_twice_in_a_part() -> None:
    """Each occurrence has its own value, also within one part of the URL."""
    template = parse_template("https://a.example/{my order}-{my order}", AS_SENT, has_slots=True)

    assert slot_values(template, parse("https://a.example/1-2")) == [
        ("{my order}", "1"),
        ("{my order}", "2"),
    ]


def test_part_that_does_not_fit_has_no_values() -> None:
    """The other parts are read all the same; a lost parameter has no value."""
    template = parse_template("https://a.example/x/{a}?b={b}&c={c}", AS_SENT, has_slots=True)

    assert slot_values(template, parse("https://a.example/y/1?c=3")) == [("{c}", "3")]


def test_braces_are_text_where_slots_are_not_asked_for() -> None:
    """A merchant's own braces are compared as they are."""
    template = parse_template("https://a.example/?b={b}", AS_SENT)

    assert list(compare(template, parse("https://a.example/?b={b}"))) == []
    assert [v.clause for v in compare(template, parse("https://a.example/?b=1"))] == ["keeps-query"]
    assert slot_values(template, parse("https://a.example/?b={b}")) == []


def test_expectation_has_slots_and_the_session() -> None:
    """The landing is computed from a pattern, and so are the URLs of the other outcomes."""
    urls = {
        Outcome.SUCCESS: "https://a.example/{order}?id={CHECKOUT_SESSION_ID}",
        Outcome.CANCEL: "https://a.example/basket/{order}",
    }
    expected = make_expectation(
        Outcome.SUCCESS,
        request=urls,
        dashboard={},
        session_id="s1",
        behaviour=load_behaviour("documented"),
        other_sessions_urls=["https://a.example/other/{order}"],
        has_slots=True,
    )

    assert expected.landing is not None
    assert str(expected.landing.expected()) == "https://a.example/…?id=s1"
    assert [str(other.template.expected()) for other in expected.other_urls] == [
        "https://a.example/basket/…",
        "https://a.example/other/…",
    ]


def test_expectation_takes_braces_for_text_where_slots_are_not_asked_for() -> None:
    """A merchant's own braces must arrive as a browser writes them."""
    expected = make_expectation(
        Outcome.SUCCESS,
        request={Outcome.SUCCESS: "https://a.example/?a={order}"},
        dashboard={},
        session_id="s1",
        behaviour=load_behaviour("documented"),
    )

    assert expected.landing is not None
    assert str(expected.landing.expected()) == "https://a.example/?a={order}"
