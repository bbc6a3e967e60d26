"""Tests of the integration check: each kind of finding, and none for a right request."""

import signal
from pathlib import Path
from typing import Any

import pytest
import requests

from standin import StandIn
from standin.integration_check import KINDS, check_integration, check_url
from standin.record import CreateCall
from tests.standin.command import running

SHOP = "https://shop.example"
TAX = {"name": "MA", "rate": 625_000}
ITEM: dict[str, Any] = {"name": "Cake", "price": 500, "unitQty": 1, "taxRates": [TAX]}
RIGHT: dict[str, Any] = {
    "customer": {},
    "redirectUrls": {
        "success": f"{SHOP}/thanks?session_id={{CHECKOUT_SESSION_ID}}",
        "failure": f"{SHOP}/sorry?code={{ERROR_CODE}}",
        "cancel": f"{SHOP}/basket",
    },
    "shoppingCart": {"lineItems": [ITEM]},
}


def without(key: str) -> dict[str, Any]:
    """The right request without one of its keys."""
    return {name: value for name, value in RIGHT.items() if name != key}


def within(key: str, **changes: Any) -> dict[str, Any]:
    """The right request with changes in one of its objects."""
    return {**RIGHT, key: {**RIGHT[key], **changes}}


def with_item(**changes: Any) -> dict[str, Any]:
    """The right request with a changed line item."""
    item = {key: value for key, value in {**ITEM, **changes}.items() if value is not None}
    return within("shoppingCart", lineItems=[item])


MISTAKES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "redirect-urls-misspelt": [
        ({**without("redirectUrls"), "redirectUrl": SHOP}, "redirectUrl"),
        ({**without("redirectUrls"), "redirect_urls": {}}, "redirect_urls"),
    ],
    "inner-key-misspelt": [(within("redirectUrls", successUrl=SHOP), "redirectUrls.successUrl")],
    "total-ignored": [({**RIGHT, "amount": 500}, "amount")],
    "unknown-key": [({**RIGHT, "metadata": {"order": 7}}, "metadata")],
    "no-redirect-urls": [(without("redirectUrls"), "redirectUrls")],
    "same-url": [(within("redirectUrls", success=f"{SHOP}/basket"), "redirectUrls")],
    "cart-tax-ignored": [(within("shoppingCart", taxRates=[{"rate": 1}]), "shoppingCart.taxRates")],
    "customer-missing": [(without("customer"), "customer")],
}
WRONG_URLS = {
    "placeholder-encoded": [f"{SHOP}/?s=%7BCHECKOUT_SESSION_ID%7D"],
    "placeholder-misspelt": [f"{SHOP}/?s={{checkoutSessionId}}"],
    "placeholder-unknown": [f"{SHOP}/?s={{CHECKOUT_ID}}"],
    "placeholder-in-fragment": [f"{SHOP}/#/?s={{CHECKOUT_SESSION_ID}}"],
    "session-id-fixed": [f"{SHOP}/?session_id=7"],
    "url-not-absolute": ["/thanks"],
    "url-not-https": ["http://shop.example/thanks"],
    "url-loopback": ["https://localhost.:5000/thanks", "https://127.1/thanks"],
    "second-question-mark": [f"{SHOP}/?a=1?b=2"],
}
WRONG_ITEMS: dict[str, tuple[str, Any]] = {
    "quantity-missing": ("unitQty", None),
    "discount-ignored": ("discounts", [{"amount": 1}]),
    "tax-scale": ("taxRates", [{"name": "MA", "rate": 62_500}]),
}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    *((body, code, field) for code, each in MISTAKES.items() for body, field in each),
    *((within("redirectUrls", success=url), code, "redirectUrls.success")
      for code, urls in WRONG_URLS.items() for url in urls),
    *((with_item(**{key: value}), code, f"shoppingCart.lineItems[0].{key}")
      for code, (key, value) in WRONG_ITEMS.items()),
]  # fmt: skip


def test_right_request_has_no_finding() -> None:
    """A request as Clover documents it has no finding."""
    assert check_integration(RIGHT, token="5fd3b1a2") == []


@pytest.mark.parametrize(("body", "code", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_request_has_exactly_the_finding(body: dict[str, Any], code: str, field: str) -> None:
    """Each mistake has its own finding, at the right field."""
    found = [(finding.code, finding.field) for finding in check_integration(body)]
    assert (code, field) in found
    assert {name for name, _ in found} <= {code, "no-redirect-urls"}


def test_dashboard_url_is_found_where_it_wins() -> None:
    """A dashboard URL that replaces the request's is a finding; an equal one is not."""
    success = RIGHT["redirectUrls"]["success"]
    held = {"success": f"{SHOP}/other"}
    assert [f.code for f in check_integration(RIGHT, dashboard=held)] == ["dashboard-wins"]
    assert check_integration(RIGHT, dashboard=held, dashboard_wins=False) == []
    assert check_integration(RIGHT, dashboard={"success": success}) == []


def test_headers_and_token_are_checked() -> None:
    """A missing User-Agent and a token in the body are findings."""
    body = {**RIGHT, "customer": {"firstName": "5fd3b1a2"}}
    found = check_integration(body, has_user_agent=False, token="5fd3b1a2")
    assert [finding.code for finding in found] == ["user-agent-missing", "token-in-body"]


def test_every_kind_of_finding_is_tried() -> None:
    """The tests of this file try each kind in the table."""
    tried = {code for _, code, _ in WRONG}
    assert tried | {"dashboard-wins", "user-agent-missing", "token-in-body"} == set(KINDS)


def test_finding_shows_a_long_value_shortened() -> None:
    """A finding says effect, cure, certainty and source, and shortens what was sent."""
    (finding,) = check_url(f"http://shop.example/{'x' * 500}", "redirectUrls.success")
    assert len(finding.sent) == 120
    assert "HTTPS only" in finding.effect
    assert str(finding).endswith("(documented: docs.clover.com/dev/docs/redirecting-customers)")


def create(url: str, merchant_id: str, token: str, ca_file: Path, body: object) -> int:
    """Send a create call and return the status."""
    headers = {"X-Clover-Merchant-Id": merchant_id, "Authorization": f"Bearer {token}"}
    url = f"{url}/invoicingcheckoutservice/v1/checkouts"
    return requests.post(
        url, json=body, headers=headers, verify=str(ca_file), timeout=10
    ).status_code


def test_standin_reports_accepted_and_refused_create_calls() -> None:
    """Each create call of a merchant is reported with its status; findings need the token."""
    reported: list[tuple[int, list[str]]] = []
    plain = within("redirectUrls", success="http://shop.example/thanks")

    def report(call: CreateCall) -> None:
        reported.append((call.status, [finding.code for finding in call.findings]))

    with StandIn(on_create=report) as s:
        for body in ({**RIGHT, "note": "gift"}, RIGHT, plain, ["no object"]):
            create(s.api_url, s.merchant.id, s.merchant.token, s.ca_file, body)
        create(s.api_url, s.merchant.id, "wrong", s.ca_file, plain)

    assert reported == [
        (200, ["unknown-key"]),
        (200, []),
        (400, ["url-not-https"]),
        (400, []),
        (401, []),
    ]


def test_strict_command_prints_findings_and_ends_with_status_1(tmp_path: Path) -> None:
    """``python -m standin --strict`` prints each finding and fails at the end."""
    with running(tmp_path, "--strict") as command:
        created = command.create(
            command.shown["Merchant id"],
            command.shown["Private token"],
            {**RIGHT, "redirectUrl": SHOP},
        )
        command.process.send_signal(signal.SIGTERM)
        output, errors = command.process.communicate(timeout=20)

    assert (created.status_code, command.process.returncode) == (200, 1)
    assert "redirectUrl: the key “redirectUrl”. Clover ignores the key silently" in output
    assert errors == "The integration check has findings, shown above.\n"
