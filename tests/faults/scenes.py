"""Moments of a checkout, each as the stand-in's pipeline knows it and as the oracle judges it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from clover.address import parse
from clover.behaviour import load_behaviour
from clover.contract import check
from clover.expectation import make_expectation
from clover.host_ownership import HostOwnership
from clover.leaks import Secret, short_secrets
from e2e.url_shapes import RICH, SHAPES
from records.observation import Observation
from records.outcome import Outcome
from standin.behaviour import Behaviour, with_switches
from standin.cards import CardEntry
from standin.outcomes import NO_URLS, RedirectUrls
from standin.redirect.situation import Happening, Neighbour, Shopper, Situation
from tests.clover.checkouts import CARD, EMAIL, HREF, MERCHANTS, OTHER_SESSION, SESSION, TOKEN

HOME = "https://checkout.localhost:8443"
HAPPENED = {
    Outcome.SUCCESS: Happening.APPROVED,
    Outcome.FAILURE: Happening.DECLINED,
    Outcome.CANCEL: Happening.CANCELLED,
}


@dataclass(frozen=True)
class Scene:
    """One moment, and what was promised for it.

    Attributes:
        opens: the shopper opens the link again; else something happens on the open page.
        stays: the promise is that nobody is sent anywhere now.
        payments: taken for the session by then, where the outcome does not tell.
        switches: of the behaviour.
    """

    name: str
    situation: Situation
    outcome: Outcome
    opens: bool = False
    stays: bool = False
    payments: int | None = None
    switches: dict[str, Any] = field(default_factory=dict)

    def judge(self, observed: Observation) -> list[str]:
        """The clauses that the oracle finds broken; it reads the behaviour by its own code."""
        situation = self.situation
        neighbours = [each for each in (situation.previous, situation.stranger) if each]
        expectation = make_expectation(
            self.outcome,
            request=_plain(situation.requested),
            dashboard=_plain(situation.dashboard),
            session_id=SESSION,
            behaviour=load_behaviour("documented", **self.switches),
            other_sessions_urls=[
                url for each in neighbours for url in _plain(each.requested).values()
            ],
            stays=self.stays,
            payments=self.payments,
        )
        hosts = {parse(url).host for url in _plain(situation.requested).values()}
        card = list(_secrets_of(situation.card)) if situation.card else []
        found = check(
            expectation,
            observed,
            HostOwnership(HREF, MERCHANTS | hosts),
            secrets=[TOKEN, EMAIL, *card],
        )
        return list(dict.fromkeys(violation.clause for violation in found))


def _plain(urls: RedirectUrls) -> dict[Outcome, str]:
    return {outcome: url for outcome in Outcome if (url := getattr(urls, outcome))}


def urls(tails: dict[Outcome, str] | str = "", *, nonce: str = "r1") -> RedirectUrls:
    """Three URLs of one session."""
    return RedirectUrls(
        *(
            f"https://merchant.example/{nonce}/{outcome}"
            f"{tails if isinstance(tails, str) else tails[outcome]}"
            for outcome in Outcome
        )
    )


def scene(
    name: str,
    outcome: Outcome = Outcome.SUCCESS,
    *,
    opens: bool = False,
    stays: bool = False,
    payments: int | None = None,
    switches: dict[str, Any] | None = None,
    **situation: Any,
) -> Scene:
    """A moment that is the usual one but for what is given."""
    declined = outcome is Outcome.FAILURE
    usual = Situation(
        happened=HAPPENED[outcome],
        session_id=SESSION,
        behaviour=with_switches(Behaviour(), switches or {}),
        requested=urls(RICH),
        dashboard=NO_URLS,
        dashboard_then=NO_URLS,
        token=TOKEN.value,
        email=EMAIL.value,
        total_cents=500,
        home=HOME,
        history=("opened",),
        attempts=int(outcome is not Outcome.CANCEL),
        declines=int(declined),
        card=None if outcome is Outcome.CANCEL else CardEntry(CARD.value, "12/30", "123", "94041"),
    )
    made = replace(usual, **situation)
    return Scene(name, made, outcome, opens, stays, payments, switches or {})


def _secrets_of(card: CardEntry) -> Iterator[Secret]:
    yield Secret("card", card.digits, is_card=True)
    yield from short_secrets(card.cvv, card.expiry)


def _card(number: str) -> CardEntry:
    return CardEntry(number, "12/30", "1234", "94041")


def plain_scenes() -> Iterator[Scene]:
    """Each outcome with rich URLs, alone in the world."""
    for outcome in Outcome:
        yield scene(f"{outcome}", outcome)


#: Of the e2e tests' table, those without which some fault could not be seen.
SHAPED = (
    "no query", "brackets", "JSON", "HTML entity", "more than 2,083 characters", "8,000 characters",
    "raw non-ASCII", "oddly ordered", "equals in a value", "commas, colons and semicolons",
    "lower-case encoding", "session id everywhere", "session id in the path", "both",
    "error code in the path", "already encoded", "lower case", "trailing slash", "upper case",
    "encoded slash", "path parameters", "dots in names", "double slash", "explicit port",
    "sub-domain", "hash router", "placeholder in the fragment",
)  # fmt: skip


def shaped_scenes() -> Iterator[Scene]:
    """URLs of the shapes that the e2e tests use too, for the first outcome each can be for."""
    by_name = {shape.name: shape for shape in SHAPES}
    for name in SHAPED:
        shape = by_name[name]
        outcome = shape.outcomes[0]
        url = shape.url(getattr(urls(), outcome))
        yield scene(f"shape: {name}", outcome, requested=replace(urls(), **{str(outcome): url}))


def conditional_scenes() -> Iterator[Scene]:
    """What the condition of some fault asks for."""
    before = Neighbour(OTHER_SESSION, urls(RICH, nonce="before"), NO_URLS)
    stranger = Neighbour("9d1b", urls(RICH, nonce="stranger"), NO_URLS)
    saved = urls("?from=dashboard&n=2&id={CHECKOUT_SESSION_ID}", nonce="saved")
    old = urls("?from=yesterday", nonce="old")
    success, failure, cancel = Outcome
    yield scene("second session", nth_session=2, previous=before)
    yield scene("the same URLs again", nth_session=2,
                previous=Neighbour(OTHER_SESSION, urls(RICH), NO_URLS))  # fmt: skip
    yield scene("beside another merchant", stranger=stranger)
    yield scene("third redirect", nth_departure=3)
    yield scene("fifth redirect", nth_departure=5)
    yield scene("returning shopper", previous=before, shopper=Shopper("", "", OTHER_SESSION))
    yield scene("phone", shopper=Shopper("Mozilla/5.0 (Linux; Android 14) Mobile"))
    yield scene("fr-CA", shopper=Shopper("", "fr-CA"))
    yield scene("old session", age_s=700.0)
    yield scene("opened twice", history=("opened", "opened"))
    yield scene("opened twice and left", cancel, history=("opened", "opened"))
    yield scene("$100.00", total_cents=10_000)
    yield scene("two lines", lines=2)
    yield scene("$1,000.00", total_cents=100_000)
    yield scene("American Express", card=_card("378282246310005"))
    yield scene("Diners Club", card=_card("30569309025904"))
    yield scene("declined Mastercard", failure, card=_card("5424180273333333"))
    yield scene("no e-mail", email="")
    yield scene("approved after a decline", declines=1, attempts=2)
    yield scene("third try", declines=2, attempts=3)
    yield scene("paid after a cancel", history=("opened", "cancelled", "opened"))
    yield scene("left twice", cancel, history=("opened", "cancelled", "opened", "cancelled"))
    yield scene("cancelled after a decline", cancel, declines=1, attempts=1,
                switches={"declines_before_failure": 3})  # fmt: skip
    yield scene("decline that leaves a try", failure, stays=True, payments=0,
                switches={"declines_before_failure": 2})  # fmt: skip
    yield scene("steered", query="mode=checkout&redirect_url=https://evil.example/")
    yield scene("without a cancel URL", failure, requested=replace(urls(RICH), cancel=None))
    yield scene("without a failure URL", failure, stays=True, payments=0,
                requested=replace(urls(RICH), failure=None))  # fmt: skip
    for outcome in Outcome:
        yield scene(f"dashboard: {outcome}", outcome, dashboard=saved, dashboard_then=saved)
        yield scene(f"dashboard changed: {outcome}", outcome, dashboard=saved, dashboard_then=old)
        yield scene(f"request wins: {outcome}", outcome, dashboard=saved, dashboard_then=saved,
                    switches={"precedence": "request"})  # fmt: skip
        yield scene(f"placeholders stay: {outcome}", outcome,
                    switches={"placeholders": "verbatim"})  # fmt: skip
        yield scene(f"cancel URL with a placeholder: {outcome}", outcome,
                    requested=urls("?id={CHECKOUT_SESSION_ID}"))  # fmt: skip
    half = replace(saved, cancel=None)
    yield scene("half a dashboard: success", success, dashboard=half, dashboard_then=half)
    yield scene("half a dashboard: cancel", cancel, dashboard=half, dashboard_then=half)


def opening_scenes() -> Iterator[Scene]:
    """The link is opened again, and nobody is to be sent anywhere."""
    opened = Happening.OPENED
    gone = ("opened", "declined", "departed")
    yield scene("paid link", opens=True, stays=True, payments=1, happened=opened, paid=True,
                card=None)  # fmt: skip
    yield scene("expired link", opens=True, stays=True, payments=0, happened=Happening.EXPIRED,
                card=None)  # fmt: skip
    yield scene("declined link", Outcome.FAILURE, opens=True, stays=True, payments=0, card=None,
                happened=opened, history=gone)  # fmt: skip


#: Groups of scenes; a fault is judged by the first in which it shows itself.
GROUPS = tuple(
    tuple(make()) for make in (plain_scenes, opening_scenes, conditional_scenes, shaped_scenes)
)
