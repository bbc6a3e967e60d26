"""What the hosted page and its short notices show."""

from starlette.responses import HTMLResponse

from standin import till
from standin.faults.lapse import Lapse
from standin.money import dollars
from standin.provider import Provider
from standin.redirect.situation import Shopper
from standin.sessions import Session
from standin.web.fields import PLACEHOLDERS
from standin.web.leaving import moves_aside, policy_for
from standin.web.render import html

#: Milliseconds after which a page that still lacks a field says so.
FRAMES_WITHIN_MS = 8000


def checkout_page(provider: Provider, session: Session, shopper: Shopper) -> HTMLResponse:
    """The form that a shopper pays with."""
    merchant, life, origins = session.merchant, session.life, provider.origins
    behaviour, page = merchant.behaviour, provider.page_url(session)
    blocked = behaviour.captcha == "blocking" and merchant.recaptcha
    wrap = "/wrap" if merchant.skin == "bare" else ""
    policy = {"frame-src": origins.fields, **policy_for(session)}
    ahead = moves_aside(provider.ahead(session, shopper))
    key = {"key": merchant.token} if Lapse.TOKEN_IN_PAGE in merchant.lapses else {}
    response = html(
        f"skins/{merchant.skin}.html",
        policy=policy,
        skin=merchant.skin,
        merchant=merchant.name,
        order=life.order,
        totals=life.totals,
        masked_email=mask(life.order.customer.email),
        tips=[
            {"percent": percent, "amount": dollars(till.tip_cents(session, percent))}
            for percent in (till.TIP_PERCENTS if till.asks_for_tip(session) else ())
        ],
        fields=origins.fields,
        wallet="wallet-button" if behaviour.wallets else "wallet",
        blocked=blocked,
        cancel=f"{page}/cancel" if behaviour.cancel == "link" else "",
        config={
            **key,
            "pay": f"{page}/pay",
            "fields": origins.fields,
            "frames": {
                kind: f"{origins.fields}/card/{session.id}/{kind}{wrap}" for kind in PLACEHOLDERS
            },
            "labels": PLACEHOLDERS,
            "cancel": f"{page}/cancel",
            "backCancels": behaviour.cancel == "browser-back",
            "blocked": blocked,
            "merchant": merchant.name,
            "framesWithinMs": FRAMES_WITHIN_MS,
            "ahead": ahead,
            "totals": {
                str(percent): dollars(life.totals.total_cents + till.tip_cents(session, percent))
                for percent in till.TIP_PERCENTS
            },
        },
    )
    if Lapse.TOKEN_IN_HEADER in merchant.lapses:
        response.headers["x-api-key"] = merchant.token
    return response


def mask(email: str) -> str:
    """An email as one skin shows it: ``a•••@example.com``."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else email


def notice(session: Session, page: str, *, status: int = 200) -> HTMLResponse:
    """A page that says how the checkout stands, and nothing more."""
    payments = session.life.payments
    return html(
        f"pages/{page}.html",
        status=status,
        skin=session.merchant.skin,
        merchant=session.merchant.name,
        first_name=session.life.order.customer.first_name,
        payment=payments[-1] if payments else None,
    )
