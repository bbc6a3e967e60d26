"""What a checkout session promises its shopper, computed before anyone lands."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from clover.address import NotAUrl
from clover.behaviour import Behaviour
from clover.template import ERROR_CODE, SESSION_ID, Template, Values, template
from records.outcome import Outcome

PAYMENT_RECEIVED = "Payment Received"

Urls = Mapping[Outcome, str]


@dataclass(frozen=True, slots=True)
class Rival:
    """A URL that must not be requested, and the clause that a request for it breaks."""

    label: str
    clause: str
    template: Template


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where one session's shopper must end for one outcome.

    Attributes:
        landing: the URL to land on; None where the shopper stays with Clover.
        source: "request" or "dashboard": whose URL it is; "" where there is none.
        heading: what Clover's own page must be headed where the shopper stays, or ""
            where nobody knows.
        rivals: every other configured URL.
        payments: how many payments the provider must have taken by then, or None where the
            checkout goes on.
        substituted: whether the behaviour replaces placeholders.
    """

    outcome: Outcome
    landing: Template | None
    source: str
    session_id: str
    substituted: bool
    heading: str = ""
    rivals: Sequence[Rival] = field(default=())
    payments: int | None = None

    @property
    def words(self) -> str:
        """The promise as a sentence's second half."""
        if self.landing is None:
            page = f"“{self.heading}” page" if self.heading else "page"
            return f"the shopper stays on Clover's own {page}"
        return f"the shopper lands on the {self.outcome} URL of the {self.source}"


def choose(
    outcome: Outcome, request: Urls, dashboard: Urls, behaviour: Behaviour
) -> tuple[str, str | None]:
    """Whose URL an outcome gets, and which, by the behaviour's precedence rule.

    An outcome that the winning source leaves out gets the other source's URL or,
    where the behaviour's ``fallback`` says so, Clover's own page. A source without a
    single URL does not compete.
    """
    sources = {"dashboard": dashboard, "request": request}
    winner = "request" if behaviour.precedence == "request" else "dashboard"
    loser = "dashboard" if winner == "request" else "request"
    if url := sources[winner].get(outcome):
        return winner, url
    if behaviour.precedence == "dashboard-only":
        return "", None
    if behaviour.fallback == "clover-page" and any(sources[winner].values()):
        return "", None
    return (loser, url) if (url := sources[loser].get(outcome)) else ("", None)


def after_decline(behaviour: Behaviour, nth: int) -> Outcome | None:
    """Where the ``nth`` decline of a session leads by itself: None for nowhere yet."""
    if nth < behaviour.declines_before_failure:
        return None
    return {"failure": Outcome.FAILURE, "cancel": Outcome.CANCEL}.get(behaviour.decline)


def make_expectation(
    outcome: Outcome,
    *,
    request: Urls,
    dashboard: Urls,
    session_id: str,
    behaviour: Behaviour,
    error_code: str | None = None,
    strangers: Iterable[str] = (),
    stays: bool = False,
    payments: int | None = None,
) -> Expectation:
    """Compute the promise.

    Args:
        outcome: how the checkout ended.
        request: the ``redirectUrls`` sent when the session was created.
        dashboard: the URLs saved on the Merchant Dashboard.
        session_id: from the answer of the create call.
        behaviour: what the provider is taken to do.
        error_code: the code to expect where the outcome is a failure; by default the
            behaviour's. In a success or cancel URL nobody knows the value.
        strangers: other sessions' URLs, which this shopper must never see.
        stays: the checkout goes on: the shopper may try again and is sent nowhere yet.
        payments: taken so far, where the outcome does not tell.

    Raises:
        NotAUrl: the URL that wins is none that a browser would open.
    """
    values = _values(outcome, session_id, behaviour, error_code)
    source, url = ("", None) if stays else choose(outcome, request, dashboard, behaviour)
    if url is not None and behaviour.http_url == "never-redirect" and _plain(url, values):
        source, url = "", None
    appended = _appended(behaviour, session_id)
    landing = None if url is None else template(url, values, appended)
    rivals = [
        *_rivals(None if stays else outcome, request, dashboard, values=values, appended=appended),
        *_strangers(strangers),
    ]
    return Expectation(
        outcome=outcome,
        landing=landing,
        source=source,
        session_id=session_id,
        substituted=behaviour.placeholders == "substitute",
        heading=PAYMENT_RECEIVED if _ends_here(outcome, landing, stays=stays) else "",
        rivals=tuple(rival for rival in rivals if _differs(rival, landing)),
        payments=payments if payments is not None else _payments(outcome, stays=stays),
    )


def _payments(outcome: Outcome, *, stays: bool) -> int | None:
    return None if stays else int(outcome is Outcome.SUCCESS)


def _ends_here(outcome: Outcome, landing: Template | None, *, stays: bool) -> bool:
    return landing is None and outcome is Outcome.SUCCESS and not stays


def _values(
    outcome: Outcome, session_id: str, behaviour: Behaviour, error_code: str | None
) -> dict[str, str | None]:
    if behaviour.placeholders == "verbatim":
        return {SESSION_ID: SESSION_ID, ERROR_CODE: ERROR_CODE}
    if behaviour.placeholders == "blank":
        return {SESSION_ID: "", ERROR_CODE: ""}
    code = (error_code or behaviour.error_code) if outcome is Outcome.FAILURE else None
    return {SESSION_ID: session_id, ERROR_CODE: code}


def _appended(behaviour: Behaviour, session_id: str) -> tuple[str, ...]:
    return () if behaviour.appended == "none" else (f"{behaviour.appended}={session_id}",)


def _plain(url: str, values: Values) -> bool:
    return template(url, values).address.scheme == "http"


def _rivals(
    outcome: Outcome | None,
    request: Urls,
    dashboard: Urls,
    *,
    values: Values,
    appended: Sequence[str],
) -> Iterable[Rival]:
    for name, urls in (("request", request), ("dashboard", dashboard)):
        for other, raw in urls.items():
            clause = "right-source" if other is outcome else "right-outcome"
            # No URL, or none that a browser can request, cannot be mistaken for the landing.
            with suppress(NotAUrl):
                read = template(raw, values, appended)
                yield Rival(f"the {other} URL of the {name}", clause, read)


def _strangers(urls: Iterable[str]) -> Iterable[Rival]:
    for raw in urls:
        with suppress(NotAUrl):
            yield Rival("another session's URL", "right-outcome", template(raw, {}))


def _differs(rival: Rival, landing: Template | None) -> bool:
    return landing is None or (
        rival.template.raw != landing.raw and rival.template.address != landing.address
    )
