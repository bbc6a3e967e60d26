"""What is asked of a target, what is documented about it, and what was seen.

Nothing here asserts: the sandbox may do as it likes, and is to be described.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from clover.behaviour import Behaviour

Value = str | int | bool

#: Where no documentation says anything.
SILENT: Final = "nothing is said"
NOT_OBSERVED: Final = "not observed"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out.

    Attributes:
        key: what a probe answers it by.
        text: for people.
        documented: what Clover's pages say, in short.
        switch: the behaviour switch that the answer sets; empty where there is none.
        expected: the answer that agrees with the documentation, for questions without a switch.
    """

    key: str
    text: str
    documented: str = SILENT
    switch: str = ""
    expected: Value | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a probe saw.

    Attributes:
        text: for people.
        value: for the switch, or to compare with the documentation; None where it fits none.
    """

    text: str
    value: Value | None = None


@dataclass(slots=True)
class Notes:
    """What the probes have found so far.

    Attributes:
        seen: by the question's key.
        missed: why a question has no answer, likewise.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)

    def see(self, key: str, text: str, value: Value | None = None) -> None:
        """Write an answer down; the first one stays."""
        self.seen.setdefault(key, Seen(text, value))

    def miss(self, why: str, *keys: str) -> None:
        """Write down why questions stay open."""
        for key in keys:
            self.missed.setdefault(key, why)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result.

    Attributes:
        agrees: whether what was seen is what is documented; None where that cannot be said.
    """

    question: Question
    observed: str
    value: Value | None
    agrees: bool | None

    @property
    def verdict(self) -> str:
        """``agrees`` in a word."""
        if self.agrees is None:
            return "open" if self.observed.startswith(NOT_OBSERVED) else "–"
        return "yes" if self.agrees else "NO"


QUESTIONS: Final = (
    Question(
        "id-in-query",
        "{CHECKOUT_SESSION_ID} in the query becomes",
        "the session's id, by example",
        "placeholders",
    ),
    Question("id-in-path", "{CHECKOUT_SESSION_ID} in the path becomes"),
    Question("id-in-fragment", "{CHECKOUT_SESSION_ID} in the fragment becomes"),
    Question("id-in-dashboard", "{CHECKOUT_SESSION_ID} in a URL of the dashboard becomes"),
    Question(
        "code-in-failure",
        "{ERROR_CODE} in the failure URL becomes",
        "a code, by example",
        "error_code",
    ),
    Question("code-in-success", "{ERROR_CODE} in the success URL becomes"),
    Question("code-in-cancel", "{ERROR_CODE} in the cancel URL becomes"),
    Question("appended", "parameters that Clover adds", "none", "appended"),
    Question("own-query", "the merchant's own parameters arrive"),
    Question("fragment", "the merchant's own fragment arrives"),
    Question(
        "precedence",
        "request and dashboard both have a URL: used is",
        "the dashboard's",
        "precedence",
    ),
    Question("fallback", "only the other source has a URL: used is", SILENT, "fallback"),
    Question("redirect", "the browser is sent on by", SILENT, "redirect"),
    Question(
        "delay", "between the payment's answer and the redirect pass", SILENT, "redirect_delay_ms"
    ),
    Question("interstitial", "a page between payment and redirect", SILENT, "interstitial"),
    Question("referer", "Referer that the merchant gets"),
    Question("decline", "a declined payment leads to", "the failure URL", "decline"),
    Question("declines", "after how many declines", SILENT, "declines_before_failure"),
    Question("decline-words", "what the page says of a decline"),
    Question("cancel", "a shopper can cancel by", "a way of leaving, without its form", "cancel"),
    Question("cancel-words", "what the way out is called"),
    Question(
        "no-url-success",
        "a payment without any URL ends on",
        "Clover's confirmation page",
        expected="Payment Received",
    ),
    Question("no-url-failure", "a decline without any URL ends on"),
    Question("paid-reopened", "the link of a paid session shows", SILENT, "paid_reopened"),
    Question("expired", "the link of an expired session shows", SILENT, "expired_page"),
    Question("time-format", "times in the API's answer", "Unix time", "time_format"),
    Question("life", "a session lives, in seconds", "15 minutes", "session_ttl_s"),
    Question("href", "the path of href", SILENT, "href_path"),
    Question("read-back", "GET of a session answers", "no such call", expected=404),
    Question(
        "user-agent",
        "a request without User-Agent",
        "is refused, since April 2026",
        "user_agent_required",
    ),
    Question(
        "missing-customer",
        "a request without customer answers",
        SILENT,
        "missing_customer_status",
    ),
    Question("http-url", "an http:// redirect URL", "does not work", "http_url"),
    Question("captcha", "a captcha keeps Pay disabled", "can be switched off", "captcha"),
)

#: What the documentation itself says where the behaviour called "documented" prefers a measurement.
_SAID: Final[Mapping[str, Value]] = {"time_format": "unix-ms", "user_agent_required": True}

#: Odd redirect URLs, of which nobody has published what the create call makes.
ODD_URLS: Final[Mapping[str, str]] = {
    "script": "javascript:alert(1)",
    "data": "data:text/html,hello",
    "no scheme": "//merchant.example/a",
    "host alone": "merchant.example/a",
    "path alone": "/a",
    "no URL": "thanks",
    "backslashes": r"https:\\merchant.example\a",
    "user information": "https://user:word@merchant.example/a",
    "raw blank": "https://merchant.example/a?q=a b",
    "raw non-ASCII": "https://merchant.example/été?ville=Montréal",
    "tab": "https://merchant.example/a\tb",
    "lonely percent": "https://merchant.example/a?rate=100%",
    "placeholder as host": "https://{CHECKOUT_SESSION_ID}.merchant.example/",
    "loopback address": "https://127.0.0.1/a",
    "localhost": "https://localhost/a",
    "8,000 characters": "https://merchant.example/a?fill=" + "y" * 7900,
}


def odd_key(name: str) -> str:
    """What a probe answers the question about an odd URL by."""
    return f"odd: {name}"


def all_questions() -> tuple[Question, ...]:
    """Every question, in the order of the table."""
    odd = (Question(odd_key(name), f"redirect URL, {name}") for name in ODD_URLS)
    return (*QUESTIONS, *odd)


def rows(notes: Notes, documented: Behaviour) -> list[Row]:
    """Each question with its answer, or with the reason why there is none."""
    return [_row(question, notes, documented) for question in all_questions()]


def switches(found: list[Row]) -> dict[str, Value]:
    """The behaviour switches that describe the target, as far as they were seen."""
    return {
        row.question.switch: row.value
        for row in found
        if row.question.switch and row.value is not None
    }


def _row(question: Question, notes: Notes, documented: Behaviour) -> Row:
    seen = notes.seen.get(question.key)
    if seen is None:
        why = notes.missed.get(question.key, "the probe did not get that far")
        return Row(question, f"{NOT_OBSERVED}: {why}", None, None)
    if question.documented == SILENT or seen.value is None:
        return Row(question, seen.text, seen.value, None)
    told = question.expected
    if question.switch:
        told = _SAID.get(question.switch, documented.switches()[question.switch])
    return Row(question, seen.text, seen.value, None if told is None else told == seen.value)
