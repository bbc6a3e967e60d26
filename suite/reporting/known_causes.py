"""Known causes of wrong redirects, which real integrations of hosted checkouts had."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from records.verdict import UrlDifference, Verdict

Pattern = Callable[[Verdict], bool]
"""Whether a verdict shows what a cause leads to."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One known cause, as known_causes.toml describes it."""

    name: str
    looks_like: str
    check: str
    explains: Pattern


def causes(verdict: Verdict, *, most: int = 3) -> Sequence[Cause]:
    """Return the known causes that explain a verdict with violations, at most ``most``."""
    return [cause for cause in KNOWN if cause.explains(verdict)][:most]


def _violates(clause: str) -> Pattern:
    return lambda verdict: clause in verdict.clauses


def _part_differs(how: Callable[[str, str], bool], *parts: str, clause: str = "") -> Pattern:
    """One of ``parts`` differs as ``how`` says of its expected and landed text, "" if absent."""
    return lambda verdict: any(
        how(difference.expected or "", difference.came or "")
        for difference in _differences(verdict, clause)
        if difference.part in parts
    )


def _differences(verdict: Verdict, clause: str = "") -> Iterator[UrlDifference]:
    for violation in verdict.violations:
        if violation.difference and clause in {"", violation.clause}:
            yield violation.difference


def _stays(*words: str) -> Pattern:
    """The shopper did not land, and the page's heading or alert contains one of ``words``."""

    def explains(verdict: Verdict) -> bool:
        seen = verdict.stayed
        shown = f"{seen.heading} {seen.alert}".lower() if seen else ""
        lost = verdict.landed_url is None and bool(verdict.violations)
        return lost and any(word in shown for word in words)

    return explains


def _reaches(*pairs: tuple[str, str]) -> Pattern:
    """The verdict's outcome and the outcome whose URL was reached are one of ``pairs``."""

    def explains(verdict: Verdict) -> bool:
        details = [v.detail for v in verdict.violations if v.clause == "right-outcome"]
        reached = re.findall(r"\bthe (success|failure|cancel) URL of\b", " ".join(details))
        return any((str(verdict.outcome), other) in pairs for other in reached)

    return explains


def _receipt_without_payment(verdict: Verdict) -> bool:
    unpaid = verdict.outcome != "success" and "right-outcome" in verdict.clauses
    return _reaches(("failure", "success"), ("cancel", "success"))(verdict) or (
        unpaid and _stays("received")(verdict)
    )


def _encoded_twice(verdict: Verdict) -> bool:
    return any("%257B" in v.came.upper() and "%257B" not in v.expected for v in verdict.violations)


def _literal_placeholder(verdict: Verdict) -> bool:
    return "no-literal-placeholder" in verdict.clauses and not _encoded_twice(verdict)


def _decoded(text: str) -> str:
    return unquote(unquote(text.replace("+", " ")))


def _query_dropped(verdict: Verdict) -> bool:
    lost = any(part.part == "query" and part.came is None for part in _differences(verdict))
    return lost and all(part.came is None for part in verdict.url_parts if part.part == "query")


def _same_without_slashes(expected: str, came: str) -> bool:
    return expected.replace("/", "") == came.replace("/", "")


def _prefix_lost(expected: str, came: str) -> bool:
    end = expected.endswith(came) and came != "/"
    return end and not _same_without_slashes(expected, came)


def _other_session(verdict: Verdict) -> bool:
    landed = [part.came for part in _differences(verdict, "session-id")]
    return any(text is not None and not _is_of(verdict.session_id, text) for text in landed)


def _is_of(session_id: str, text: str) -> bool:
    """Whether a text holds the session's id, perhaps spoilt: in capitals, cut, without hyphens."""
    value = text.partition("=")[2] or text
    own, came = (each.lower().replace("-", "") for each in (session_id, value))
    return own in came or came in own


def _expired_link(verdict: Verdict) -> bool:
    return _stays("expired", "no longer valid")(verdict) and not _stays("card")(verdict)


def _decline_stays(verdict: Verdict) -> bool:
    told = _stays("declined", "try again", "different card")
    return verdict.outcome == "failure" and told(verdict)


def _connection_failed(verdict: Verdict) -> bool:
    # A browser aborts a navigation that another one replaces.
    failed = any(
        hop.failure and "ABORTED" not in hop.failure and hop.status is None and hop.place == "tab"
        for hop in verdict.hops
    )
    return failed and "lands" in verdict.clauses


PATTERNS: Mapping[str, Pattern] = {
    "encoded-twice": _encoded_twice,
    "not-substituted": _literal_placeholder,
    "second-question-mark": _part_differs(
        lambda expected, came: "?" in came and "?" not in expected, "query"
    ),
    "after-the-fragment": _part_differs(
        lambda expected, came: expected != "" and expected in came, "fragment"
    ),
    "escaped-for-html": _part_differs(lambda _, came: came.startswith("amp;"), "query"),
    "reordered": lambda verdict: any(
        part.part == "query" and part.index is None for part in _differences(verdict)
    ),
    "encoded-again": _part_differs(
        lambda expected, came: expected != came and _decoded(expected) == _decoded(came), "query"
    ),
    "query-dropped": _query_dropped,
    "receipt-without-payment": _receipt_without_payment,
    "failure-and-cancel-swapped": _reaches(("failure", "cancel"), ("cancel", "failure")),
    "outcomes-swapped": _reaches(("success", "failure"), ("success", "cancel")),
    "other-source": _violates("right-source"),
    "plain-http": _violates("secure"),
    "slashes": _part_differs(_same_without_slashes, "path"),
    "path-prefix-lost": _part_differs(_prefix_lost, "path"),
    "other-host": _part_differs(str.__ne__, "host", clause="same-origin"),
    "other-session": _other_session,
    "wrong-error-code": _part_differs(
        lambda expected, came: expected not in came, "query", clause="error-code"
    ),
    "added-parameters": _part_differs(
        lambda _, came: not came.startswith("amp;"), "query", clause="no-extra-params"
    ),
    "misspelt-key": lambda verdict: verdict.outcome == "success" and _stays("received")(verdict),
    "expired-link": _expired_link,
    "decline-stays": _decline_stays,
    "connection-failed": _connection_failed,
    "second-redirect": _violates("lands-once"),
    "form-post": _violates("is-a-get"),
    "other-tab": _violates("same-tab"),
    "personal-data": _violates("leaks-nothing"),
    "fragment-dropped": _part_differs(lambda _, came: not came, "fragment"),
}

_TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KNOWN = [Cause(name, explains=PATTERNS[name], **texts) for name, texts in _TEXTS.items()]
