"""Which reds have the same cause, and in which order the causes are shown."""

import pytest

from records.observation import PageState
from records.recorded_test import Problem, TestRecord
from suite.reporting.groups import circumstances, group
from tests.suite.samples import CONFIGURED, EXPECTED, SESSION, bug, error, judged, record, verdict


def landed(landed_url: str, *violated: str, name: str = "test_lands") -> TestRecord:
    """A test with the oracle's verdict on a landing."""
    found = judged(landed_url, *violated, configured=CONFIGURED)
    return bug(name).model_copy(update={"verdicts": [found]})


def failed(headline: str, place: str, name: str = "test_api") -> TestRecord:
    """A test whose own assertion failed."""
    text = f"{name}\n{place}: AssertionError"
    broken = Problem(
        phase="call", category="API contract", headline=headline, text=headline, traceback=text
    )
    return record(name, status="failed", verdicts=[], problems=[broken])


LOST = EXPECTED.replace("order=7&", "")
SPOILT = EXPECTED.replace("order=7", "order=8")
SIGN_IN = PageState(url="https://c/x", heading="Sign in", alert="")


@pytest.mark.parametrize(("one", "other", "same"), [
    pytest.param(landed(LOST), landed(LOST, name="test_b"), True, id="another test"),
    pytest.param(landed(LOST), landed(SPOILT), False, id="lost and changed"),
    pytest.param(landed(SPOILT), landed(SPOILT.replace("=8", "=9")), True, id="other values"),
    pytest.param(bug("a", "is-a-get"), bug("a", "lands"), False, id="other clause"),
    pytest.param(bug("a", "lands-once"), bug("b", "lands-once", "lands"), True, id="known cause"),
    pytest.param(error("a"), error("b"), True, id="same words"),
    pytest.param(error("a"), error("b", "page changed"), False, id="other category"),
    pytest.param(
        error("a", words=f"Nothing at port 40123 for {SESSION}."),
        error("b", words="Nothing at port 39999 for 00000000-aaaa-0000-aaaa-000000000000."),
        True, id="other ids",
    ),
    pytest.param(error("a", words="It answered 404."), error("b", words="It answered 500."), False,
                 id="other status"),
    pytest.param(failed("assert 1", "a.py:5"), failed("assert 1", "a.py:5", "b"), True,
                 id="same assertion"),
    pytest.param(failed("assert 1", "a.py:5"), failed("assert 1", "a.py:9"), False,
                 id="other assertion"),
])  # fmt: skip
def test_cause_makes_a_group(one: TestRecord, other: TestRecord, *, same: bool) -> None:
    """Category, cause and kind of difference decide; names, values and ids do not."""
    assert len(group([one, other])) == (1 if same else 2)


def test_second_problem_is_not_hidden() -> None:
    """A test that also failed to clean up stands beside those that did not."""
    both = bug("b")
    both.problems = [*both.problems, *error().problems]
    assert len(group([bug("a"), both])) == 2


def test_promise_and_command_are_no_cause() -> None:
    """What the suite adds to the words of a shop's bug differs with each test."""
    shop = [error(name, "shop page bug") for name in ("a", "b")]
    for one in shop:
        one.title = one.nodeid
        one.problems[0].text += f"\n  promise: {one.title}\n\n  repeat with\n    {one.repro}"
    assert [len(alike.records) for alike in group(shop)] == [2]


def test_new_causes_come_first() -> None:
    """A new error stands above an old redirect bug; a group is as old as its oldest test."""
    old, joined, down = bug("a"), bug("b"), error()
    groups = group([old, joined, down, record()], {circumstances(old): "2026-11-20"})
    assert [(one.category, one.age) for one in groups] == [
        ("target problem", "new"),
        ("redirect bug", "known since 2026-11-20"),
    ]
    assert [one.category for one in group([down, old])] == ["redirect bug", "target problem"]


def test_cause_is_told_in_one_sentence() -> None:
    """A group names clauses with a possible cause, a difference or the promise."""
    stayed = bug("c")
    stayed.verdicts = [verdict(None, "lands", stayed=SIGN_IN)]
    told = [one.words for one in group([landed(LOST), bug("b", "lands-once"), stayed, error()])]
    assert told == [
        "keeps-query: query lost",
        "lands-once: possibly a double click, a reload or a retry that redirects a second time",
        "lands: the shopper lands on the success URL of the request",
        "The target does not answer: start it.",
    ]
