"""Each known cause explains its own example and no other."""

from dataclasses import replace

import pytest

from records.observation import PageState
from records.outcome import Outcome
from records.verdict import Verdict
from suite.reporting.known_causes import KNOWN, PATTERNS, causes
from tests.clover.checkouts import PAID, RIGHT, SITE, landed
from tests.suite.samples import CONFIGURED, EXPECTED, SESSION, hop, judged, verdict

BASE = "https://merchant.example"
FAILED_HOP = hop(1, f"{BASE}/success", status=None, failure="net::ERR_FAILED")
PREFIXED = CONFIGURED.replace("/success", "/fr/success")
SUCCESS, FAILURE, CANCEL = Outcome


def _stays(outcome: Outcome, clause: str, heading: str, alert: str = "") -> Verdict:
    page = PageState("https://checkout.localhost/x", heading, alert)
    return verdict(None, clause, outcome=outcome, stayed=page)


def _reaches(outcome: Outcome, other: Outcome) -> Verdict:
    """The contract's verdict on a landing on the URL of another outcome."""
    url = RIGHT if other is Outcome.SUCCESS else f"{SITE}/{other}"
    found = replace(PAID, outcome=outcome).broken(landed(url))
    return verdict(url, outcome=outcome, violations=tuple(found))


CODE = f"{BASE}/failure?code={{ERROR_CODE}}"
EXAMPLES: dict[str, list[Verdict]] = {
    "encoded-twice": [judged(EXPECTED.replace(SESSION, "%257BCHECKOUT_SESSION_ID%257D"))],
    "not-substituted": [judged(CONFIGURED)],
    "second-question-mark": [
        judged(EXPECTED.replace("#", "?ref=x#")),
        judged(f"{BASE}/failure?code=no?ref=x", configured=CODE, error_code="no"),
    ],
    "after-the-fragment": [judged(f"{EXPECTED}?ref=x"), judged(f"{EXPECTED}&ref=x")],
    "escaped-for-html": [judged(EXPECTED.replace("&", "&amp;"))],
    "reordered": [judged(EXPECTED.replace("order=7&note=a%20b", "note=a%20b&order=7"))],
    "encoded-again": [judged(EXPECTED.replace("%20", "+"))],
    "query-dropped": [judged(f"{BASE}/success#done")],
    "receipt-without-payment": [
        *(_reaches(CANCEL, SUCCESS), _reaches(FAILURE, SUCCESS)),
        _stays(FAILURE, "right-outcome", "Payment Received"),
    ],
    "failure-and-cancel-swapped": [_reaches(CANCEL, FAILURE), _reaches(FAILURE, CANCEL)],
    "outcomes-swapped": [_reaches(SUCCESS, FAILURE), _reaches(SUCCESS, CANCEL)],
    "other-source": [verdict(f"{BASE}/success", "right-source")],
    "plain-http": [judged(EXPECTED.replace("https", "http"), "secure")],
    "slashes": [judged(EXPECTED.replace("/success", "//success"))],
    "path-prefix-lost": [judged(EXPECTED, configured=PREFIXED)],
    "other-host": [judged(EXPECTED.replace("merchant", "preview"))],
    "other-session": [judged(EXPECTED.replace(SESSION, came)) for came in ("another", "")],
    "wrong-error-code": [
        judged(f"{BASE}/failure?code={came}", configured=CODE, error_code="declined")
        for came in ("Sorry", "")
    ],
    "added-parameters": [judged(EXPECTED.replace("#", "&ref=x#"))],
    "misspelt-key": [_stays(SUCCESS, "lands", "Payment Received")],
    "expired-link": [_stays(SUCCESS, "lands", "This link has expired")],
    "decline-stays": [_stays(FAILURE, "lands", "Pay", "Transaction declined")],
    "connection-failed": [verdict(None, "lands", hops=(FAILED_HOP,))],
    "second-redirect": [verdict(EXPECTED, "lands-once")],
    "form-post": [verdict(EXPECTED, "is-a-get")],
    "other-tab": [verdict(EXPECTED, "same-tab")],
    "personal-data": [verdict(EXPECTED, "leaks-nothing")],
    "fragment-dropped": [judged(EXPECTED.partition("#")[0])],
}


def _changed(old: str, new: str) -> Verdict:
    """The verdict on the expected URL with a part of it replaced."""
    return judged(EXPECTED.replace(old, new))


def _code(came: str) -> Verdict:
    return judged(f"{BASE}/failure?{came}", configured=CODE, error_code="no")


ONE_VALUE, ONE_NAME = _changed("order=7", "order=8"), _changed("order=7", "Order=7")
ONE_LOST, TWICE = _changed("order=7&", ""), _changed("order=7", "order=7&order=7")
CAPITALS, CUT, PLAIN = (
    _changed(SESSION, came) for came in (SESSION.upper(), SESSION[:9], SESSION.replace("-", ""))
)
OTHER_PATH, ROOT = _changed("/success", "/SUCCESS"), _changed("/success", "/")
PORT, OTHER_FRAGMENT = _changed(".example", ".example:444"), _changed("#done", "#other")
SILENT, EMPTY = _stays(SUCCESS, "lands", "Pay"), _stays(FAILURE, "lands", "")
EXPIRED_CARD = _stays(FAILURE, "lands", "Pay", "Your card has expired")
DECLINED = _stays(SUCCESS, "lands", "Pay", "Transaction declined")
SUPERSEDED = replace(FAILED_HOP, failure="net::ERR_ABORTED")
IN_A_FRAME = replace(FAILED_HOP, place="frame")
ANSWERED = replace(FAILED_HOP, status=502)
OTHER_CLAUSES = [verdict(EXPECTED, clause) for clause in ("lands", "same-path", "keeps-query")]
NEAR: dict[str, list[Verdict]] = {
    "encoded-twice": [ONE_VALUE, CAPITALS, judged(CONFIGURED)],
    "not-substituted": [
        *(CUT, _changed(SESSION, ""), _changed(SESSION, "%257BCHECKOUT_SESSION_ID%257D")),
    ],
    "second-question-mark": [ONE_VALUE, _changed("#", "&a=b#"), _code("code=no&ref=x")],
    "after-the-fragment": [OTHER_FRAGMENT, _changed("#", "&a=b#"), _changed("#done", "")],
    "escaped-for-html": [_changed("&", "&&"), ONE_LOST, ONE_NAME],
    "reordered": [ONE_LOST, TWICE, ONE_VALUE],
    "encoded-again": [ONE_VALUE, _changed("%20", ""), _changed("%20", "_")],
    "query-dropped": [ONE_LOST, _changed("order=7&note=a%20b&", ""), ONE_NAME],
    "receipt-without-payment": [_stays(SUCCESS, "right-outcome", "Payment Received"), EMPTY,
                                _reaches(CANCEL, FAILURE)],
    "failure-and-cancel-swapped": [_reaches(CANCEL, SUCCESS), _reaches(SUCCESS, CANCEL), EMPTY],
    "outcomes-swapped": [_reaches(FAILURE, CANCEL), _reaches(CANCEL, FAILURE), SILENT],
    "other-source": [OTHER_PATH, PORT, _reaches(SUCCESS, CANCEL)],
    "plain-http": [PORT, OTHER_PATH, verdict(EXPECTED, "same-origin")],
    "slashes": [OTHER_PATH, ROOT, judged(EXPECTED, configured=PREFIXED)],
    "path-prefix-lost": [OTHER_PATH, ROOT, _changed("/success", "//success")],
    "other-host": [PORT, OTHER_PATH, judged(EXPECTED.replace("https", "http"), "secure")],
    "other-session": [CAPITALS, CUT, PLAIN],
    "wrong-error-code": [
        _code(came) for came in ("code=no&ref=x", "code=%7BERROR_CODE%7D", "c=1&code=no")
    ],
    "added-parameters": [ONE_LOST, ONE_VALUE, _changed("&", "&amp;")],
    "misspelt-key": [SILENT, DECLINED, _stays(FAILURE, "lands", "Payment Received")],
    "expired-link": [EXPIRED_CARD, DECLINED, SILENT],
    "decline-stays": [DECLINED, _stays(CANCEL, "lands", "Try again"), EXPIRED_CARD],
    "connection-failed": [
        verdict(None, "lands", hops=(one,)) for one in (SUPERSEDED, IN_A_FRAME, ANSWERED)
    ],
    "second-redirect": OTHER_CLAUSES,
    "form-post": OTHER_CLAUSES,
    "other-tab": OTHER_CLAUSES,
    "personal-data": OTHER_CLAUSES,
    "fragment-dropped": [OTHER_FRAGMENT, ONE_LOST, judged(f"{EXPECTED}?ref=x")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other"), [(name, other) for name, near in NEAR.items() for other in near]
)
def test_cause_is_not_named_for_what_only_resembles_it(name: str, other: Verdict) -> None:
    """A wrong hint costs more than none."""
    assert other.violations
    assert name not in [cause.name for cause in causes(other, most=len(KNOWN))]


@pytest.mark.parametrize(
    ("name", "example"),
    [(name, example) for name, examples in EXAMPLES.items() for example in examples],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_cause_explains_its_own_examples_alone(name: str, example: Verdict) -> None:
    """The example of a cause is explained by this cause and by none of the others."""
    assert [cause.name for cause in causes(example, most=len(KNOWN))] == [name]


def test_every_cause_has_a_text_and_an_example() -> None:
    """Neither a pattern without a text nor a cause without an example goes unnoticed."""
    assert list(EXAMPLES) == list(NEAR) == list(PATTERNS) == [cause.name for cause in KNOWN]
    assert all(len(near) >= 3 for near in NEAR.values())


@pytest.mark.parametrize("other", [verdict(), verdict(None, undecided="the server failed")])
def test_nothing_is_suspected_without_its_pattern(other: Verdict) -> None:
    """Neither a passed nor an undecided checkout has a known cause."""
    assert not causes(other)
