"""Each known cause explains its own example and no other."""

import pytest

from records.observation import PageState
from records.outcome import Outcome
from records.verdict import Verdict, Violation
from suite.reporting.known_causes import KNOWN, causes
from tests.suite.samples import CONFIGURED, EXPECTED, SESSION, hop, judged, verdict

BASE = "https://merchant.example"


def _stays(outcome: Outcome, clause: str, heading: str, alert: str = "") -> Verdict:
    page = PageState("https://checkout.localhost/x", heading, alert)
    return verdict(None, clause, outcome=outcome, stayed=page)


def _reaches(outcome: Outcome, other: str) -> Verdict:
    """A landing on the URL of another outcome, in the words of the contract."""
    violation = Violation("right-outcome", "a", "b", f"this is the {other} URL of the request")
    return verdict(f"{BASE}/{other}", outcome=outcome, violations=(violation,))


def _failed_connection() -> Verdict:
    failed = hop(1, f"{BASE}/success", status=None, failure="net::ERR_FAILED")
    return verdict(None, "lands", hops=(failed,))


CODE = f"{BASE}/failure?code={{ERROR_CODE}}"
EXAMPLES: dict[str, list[Verdict]] = {
    "encoded twice": [judged(EXPECTED.replace(SESSION, "%257BCHECKOUT_SESSION_ID%257D"))],
    "does not substitute": [judged(CONFIGURED)],
    "second question mark": [
        judged(EXPECTED.replace("#", "?ref=x#")),
        judged(f"{BASE}/failure?code=no?ref=x", configured=CODE, error_code="no"),
    ],
    "after the fragment": [judged(f"{EXPECTED}?ref=x"), judged(f"{EXPECTED}&ref=x")],
    "escaped for HTML": [judged(EXPECTED.replace("&", "&amp;"))],
    "another order": [judged(EXPECTED.replace("order=7&note=a%20b", "note=a%20b&order=7"))],
    "decoded and encoded again": [judged(EXPECTED.replace("%20", "+"))],
    "query dropped": [judged(f"{BASE}/success#done")],
    "without a payment": [
        _reaches(Outcome.CANCEL, "success"),
        _reaches(Outcome.FAILURE, "success"),
        _stays(Outcome.FAILURE, "right-outcome", "Payment Received"),
    ],
    "failure and cancel swapped": [
        _reaches(Outcome.CANCEL, "failure"),
        _reaches(Outcome.FAILURE, "cancel"),
    ],
    "swapped between outcomes": [
        _reaches(Outcome.SUCCESS, "failure"),
        _reaches(Outcome.SUCCESS, "cancel"),
    ],
    "dashboard URLs": [verdict(f"{BASE}/success", "right-source")],
    "http:// URL": [judged(EXPECTED.replace("https", "http"), "secure")],
    "doubled slash": [judged(EXPECTED.replace("/success", "//success"))],
    "locale prefix": [
        judged(EXPECTED, configured=CONFIGURED.replace("/success", "/fr/success")),
    ],
    "stale preview": [judged(EXPECTED.replace("merchant", "preview"))],
    "another checkout's id": [
        judged(EXPECTED.replace(SESSION, "another")),
        judged(EXPECTED.replace(SESSION, "")),
    ],
    "error code": [
        judged(f"{BASE}/failure?code=Sorry", configured=CODE, error_code="declined"),
        judged(f"{BASE}/failure?code=", configured=CODE, error_code="declined"),
    ],
    "own use": [judged(EXPECTED.replace("#", "&ref=x#"))],
    "singular redirectUrl": [_stays(Outcome.SUCCESS, "lands", "Payment Received")],
    "15 minutes": [_stays(Outcome.SUCCESS, "lands", "This link has expired")],
    "another card": [_stays(Outcome.FAILURE, "lands", "Pay", "Transaction declined")],
    "connection that failed": [_failed_connection()],
    "second time": [verdict(EXPECTED, "lands-once")],
    "form posted": [verdict(EXPECTED, "is-a-get")],
    "opens a tab": [verdict(EXPECTED, "same-tab")],
    "card data": [verdict(EXPECTED, "leaks-nothing")],
    "fragment cut off": [judged(EXPECTED.partition("#")[0])],
}


@pytest.mark.parametrize(
    ("words", "example"),
    [(words, example) for words, examples in EXAMPLES.items() for example in examples],
)
def test_cause_explains_its_own_examples_alone(words: str, example: Verdict) -> None:
    """The example of a cause is explained by this cause and by none of the others."""
    found = [cause.looks_like for cause in causes(example, most=len(KNOWN))]

    assert [words in looks_like for looks_like in found] == [True], found


def test_every_cause_has_an_example() -> None:
    """No cause is left untested."""
    assert len(EXAMPLES) == len(KNOWN)


@pytest.mark.parametrize("other", [verdict(), verdict(None, undecided="the server failed")])
def test_nothing_is_suspected_without_its_pattern(other: Verdict) -> None:
    """Neither a passed nor an undecided checkout has a known cause."""
    assert not causes(other)
