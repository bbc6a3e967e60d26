"""Content of the hosted page and of the notices that replace it."""

from typing import Final

from starlette.responses import HTMLResponse

from standin import payments
from standin.faults.api_defects import ApiDefect
from standin.money import dollars
from standin.provider import Provider
from standin.redirect.situation import Shopper
from standin.sessions import Session
from standin.web.fields import PLACEHOLDERS, field_config
from standin.web.redirects import policy_for, side_moves
from standin.web.render import html

#: Milliseconds after which the page reports a card field that did not load.
FRAMES_WITHIN_MS = 8000

#: The key that a faulty page ignores, and the elements on which it does.
_DEAF_TO: Final = {
    ApiDefect.ENTER_IGNORED: {"key": "Enter", "on": ".leave"},
    ApiDefect.SPACE_IGNORED: {"key": " ", "on": ".pay"},
}


def checkout_page(provider: Provider, session: Session, shopper: Shopper) -> HTMLResponse:
    """Render the payment form."""
    merchant, activity, origins = (
        session.merchant,
        session.activity,
        provider.origins_by(session.scheme),
    )
    behaviour, page = merchant.behaviour, provider.page_url(session)
    blocked = behaviour.captcha == "blocking" and merchant.recaptcha
    wrap = "/wrap" if merchant.skin == "bare" else ""
    is_plain = merchant.skin == "plain"
    policy = {"frame-src": origins.fields, **policy_for(session)}
    on_open = side_moves(provider.on_open(session, shopper))
    key = {"key": merchant.token} if ApiDefect.TOKEN_IN_PAGE in merchant.api_defects else {}
    response = html(
        f"skins/{merchant.skin}.html",
        policy=policy,
        skin=merchant.skin,
        merchant=merchant.name,
        order=activity.order,
        totals=activity.totals,
        masked_email=mask(activity.order.customer.email),
        tips=[
            {"percent": percent, "amount": dollars(payments.tip_cents(session, percent))}
            for percent in (payments.TIP_PERCENTS if payments.asks_for_tip(session) else ())
        ],
        fields=origins.fields,
        wallet="wallet-button" if behaviour.wallets else "wallet",
        blocked=blocked,
        cancel=f"{page}/cancel" if behaviour.cancel == "link" else "",
        config={
            **key,
            "pay": f"{page}/pay",
            "fields": origins.page if is_plain else origins.fields,
            "frames": {
                kind: f"{origins.fields}/card/{session.id}/{kind}{wrap}" for kind in PLACEHOLDERS
            },
            "inPage": {
                kind: field_config(provider, session, kind, f"{page}/card/{kind}")
                for kind in PLACEHOLDERS
                if is_plain
            },
            "labels": PLACEHOLDERS,
            "cancel": f"{page}/cancel",
            "backCancels": behaviour.cancel == "browser-back",
            "blocked": blocked,
            "merchant": merchant.name,
            "framesWithinMs": FRAMES_WITHIN_MS,
            "onOpen": on_open,
            "tabEndsWith": session.id if ApiDefect.ONCE_A_TAB in merchant.api_defects else "",
            "unguarded": ApiDefect.SENDS_AGAIN in merchant.api_defects,
            "stopsOnDoubleClick": ApiDefect.STOPS in merchant.api_defects,
            "deafTo": next(
                (keys for defect, keys in _DEAF_TO.items() if defect in merchant.api_defects), {}
            ),
            "totals": {
                str(percent): dollars(
                    activity.totals.total_cents + payments.tip_cents(session, percent)
                )
                for percent in payments.TIP_PERCENTS
            },
        },
    )
    if ApiDefect.TOKEN_IN_HEADER in merchant.api_defects:
        response.headers["x-api-key"] = merchant.token
    if ApiDefect.PAGE_KEPT in merchant.api_defects:
        response.headers["cache-control"] = "max-age=600"
    return response


def mask(email: str) -> str:
    """Mask an email address as one skin shows it: ``a•••@example.com``."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else email


def notice(session: Session, page: str, *, status: int = 200) -> HTMLResponse:
    """Render a page that shows the state of the checkout, without a form."""
    payments, merchant = session.activity.payments, session.merchant
    defects, token = merchant.api_defects, merchant.token
    return html(
        f"pages/{page}.html",
        status=status,
        skin=merchant.skin,
        merchant=merchant.name,
        told=token if ApiDefect.TOKEN_ON_RECEIPT in defects else "",
        hidden=token if ApiDefect.TOKEN_BEHIND_RECEIPT in defects else "",
        forward=ApiDefect.BACK_FORWARD in defects,
        first_name=session.activity.order.customer.first_name,
        payment=payments[-1] if payments else None,
    )
