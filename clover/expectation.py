"""Expectations: where a checkout session must send its shopper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from clover.address import NotAUrl
from clover.behaviour import Behaviour
from clover.template import ERROR_CODE, SESSION_ID, Template, parse_template
from records.outcome import Outcome

PAYMENT_RECEIVED = "Payment Received"

Urls = Mapping[Outcome, str]


@dataclass(frozen=True, slots=True)
class OtherUrl:
    """A URL that must not be requested, and the clause that a request for it breaks."""

    label: str
    clause: str
    template: Template


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where one session's shopper must end for one outcome.

    Attributes:
        landing: the URL to land on; None if the shopper stays with Clover.
        source: "request" or "dashboard", the source of the URL; "" if there is none.
        heading: the heading that Clover's page must have if the shopper stays, or "" if it
            is unknown.
        other_urls: every other configured URL.
        payments: the number of payments that the provider must have taken by then, or None
            if the checkout goes on.
        substituted: whether the behaviour replaces placeholders.
    """

    outcome: Outcome
    landing: Template | None
    source: str
    session_id: str
    substituted: bool
    heading: str = ""
    other_urls: Sequence[OtherUrl] = field(default=())
    payments: int | None = None

    @property
    def description(self) -> str:
        """The expectation as a main clause, for reports."""
        if self.landing is None:
            page = f"“{self.heading}” page" if self.heading else "page"
            return f"the shopper stays on Clover's own {page}"
        return f"the shopper lands on the {self.outcome} URL of the {self.source}"


def choose_url(
    outcome: Outcome, request: Urls, dashboard: Urls, behaviour: Behaviour
) -> tuple[str, str | None]:
    """Return the source and the URL that win by the behaviour's precedence rule.

    An outcome that the winning source leaves out gets the other source's URL or, if the
    behaviour's ``fallback`` says so, Clover's own page. A source without URLs does not compete.
    """
    sources = [("dashboard", dashboard), ("request", request)]
    if behaviour.precedence == "request":
        sources.reverse()
    elif behaviour.precedence == "dashboard-only":
        sources.pop()
    for source, urls in sources:
        if url := urls.get(outcome):
            return source, url
        if behaviour.fallback == "clover-page" and any(urls.values()):
            break
    return "", None


def make_expectation(
    outcome: Outcome,
    *,
    request: Urls,
    dashboard: Urls,
    session_id: str,
    behaviour: Behaviour,
    error_code: str | None = None,
    other_sessions_urls: Iterable[str] = (),
    stays: bool = False,
    payments: int | None = None,
    has_slots: bool = False,
) -> Expectation:
    """Compute the expectation for one session and outcome.

    Args:
        outcome: how the checkout ended.
        request: the ``redirectUrls`` of the create call.
        dashboard: the URLs saved on the Merchant Dashboard.
        session_id: from the response to the create call.
        behaviour: the assumed behaviour of the provider.
        error_code: the code to expect in a failure URL; by default the behaviour's. Its value
            in a success or cancel URL is unknown.
        other_sessions_urls: URLs that this shopper must never request.
        stays: the checkout goes on: the shopper may try again and is not redirected yet.
        payments: the number taken so far, if the outcome does not tell.
        has_slots: whether the URLs are patterns with unknown values, such as {order}.

    Raises:
        NotAUrl: a browser would not open the URL that wins.
    """
    values = _values(outcome, session_id, behaviour, error_code)
    appended = () if behaviour.appended == "none" else (f"{behaviour.appended}={session_id}",)
    source, url = ("", None) if stays else choose_url(outcome, request, dashboard, behaviour)
    landing = None
    if url is not None:
        landing = parse_template(url, values, appended, has_slots=has_slots)
    if landing and landing.address.scheme == "http" and behaviour.http_url == "never-redirect":
        source, landing = "", None
    ends_here = landing is None and outcome is Outcome.SUCCESS and not stays
    if payments is None and not stays:
        payments = int(outcome is Outcome.SUCCESS)
    configured = [
        OtherUrl(
            f"the {other} URL of the {name}",
            "right-source" if other is outcome and not stays else "right-outcome",
            template,
        )
        for name, urls in (("request", request), ("dashboard", dashboard))
        for other, raw in urls.items()
        for template in _readable(raw, values, appended, has_slots=has_slots)
    ]
    other_sessions = [
        OtherUrl("another session's URL", "right-outcome", template)
        for raw in other_sessions_urls
        for template in _readable(raw, {}, has_slots=has_slots)
    ]
    return Expectation(
        outcome=outcome,
        landing=landing,
        source=source,
        session_id=session_id,
        substituted=behaviour.placeholders == "substitute",
        heading=PAYMENT_RECEIVED if ends_here else "",
        other_urls=tuple(
            other
            for other in (*configured, *other_sessions)
            if landing is None or _differ(other.template, landing)
        ),
        payments=payments,
    )


def _values(
    outcome: Outcome, session_id: str, behaviour: Behaviour, error_code: str | None
) -> dict[str, str | None]:
    if behaviour.placeholders == "verbatim":
        return {SESSION_ID: SESSION_ID, ERROR_CODE: ERROR_CODE}
    if behaviour.placeholders == "blank":
        return {SESSION_ID: "", ERROR_CODE: ""}
    code = (error_code or behaviour.error_code) if outcome is Outcome.FAILURE else None
    return {SESSION_ID: session_id, ERROR_CODE: code}


def _readable(
    raw: str,
    values: Mapping[str, str | None],
    appended: Sequence[str] = (),
    *,
    has_slots: bool,
) -> Iterator[Template]:
    """Parse a URL; one that no browser can request cannot be mistaken for the landing."""
    with suppress(NotAUrl):
        yield parse_template(raw, values, appended, has_slots=has_slots)


def _differ(one: Template, other: Template) -> bool:
    return one.raw != other.raw and one.address != other.address
