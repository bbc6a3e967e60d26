"""``--http``: all sites without TLS, for clients that cannot be given a certificate authority."""

from pathlib import Path

import requests

from standin import StandIn
from tests.standin.command import running
from tests.standin.shopper import ORDER, PATH, HostedPage


class PlainPage(HostedPage):
    """A shopper on the hosted page without TLS."""

    def ask(
        self, method: str, path: str, *, host: str = "checkout", origin: str = "", **more: object
    ) -> requests.Response:
        """Send a request to one of the provider's hosts."""
        origins = self.standin.http_origins
        assert origins
        name = f"{host}.localhost:{origins.api.rpartition(':')[2]}"
        return requests.request(
            method,
            origins.api + path,
            headers={"Host": name, "Origin": origin or f"http://{name}"},
            allow_redirects=False,
            timeout=10,
            **more,  # type: ignore[arg-type]
        )


def _create(standin: StandIn, base: str) -> str:
    merchant = standin.merchant
    answer = requests.post(
        base + PATH,
        json=ORDER,
        headers={"X-Clover-Merchant-Id": merchant.id, "Authorization": f"Bearer {merchant.token}"},
        verify=str(standin.ca_file),
        timeout=10,
    )
    href: str = answer.json()["href"]
    return href


def _open(standin: StandIn) -> tuple[PlainPage, requests.Response]:
    """Create a session without TLS, and open its page."""
    origins = standin.http_origins
    assert origins
    href = _create(standin, origins.api)
    assert href.startswith(f"{origins.page}/pay-checkout/")
    page = PlainPage(standin, href)
    page.path = href.partition("?")[0].removeprefix(origins.page)
    return page, page.get()


def test_session_created_without_tls_is_paid_without_tls() -> None:
    """Its page is served without TLS too, and its shopper lands on the HTTPS URL of the request."""
    with StandIn(http_port=0) as standin:
        page, opened = _open(standin)
        paid = page.pay()
        with_tls = _create(standin, standin.api_url)
        origins = standin.http_origins

    assert origins
    assert opened.status_code == 200
    assert f"frame-src {origins.fields}" in opened.headers["content-security-policy"]
    assert "merchant.example/success" in paid.text
    assert with_tls.startswith(standin.origins.page)


def test_pay_call_from_another_origin_is_refused() -> None:
    """A page with TLS cannot pay a session without it."""
    with StandIn(http_port=0) as standin:
        page, _ = _open(standin)

        assert page.ask("POST", f"{page.path}/pay", origin=standin.origins.page).status_code == 404


def test_without_the_option_the_api_has_no_plain_port(tmp_path: Path) -> None:
    """The command shows the plain address where it is asked for, and none otherwise."""
    with running(tmp_path) as command:
        assert "Without TLS" not in command.shown
    with running(tmp_path, "--http=0") as command:
        answer = requests.get(command.shown["Without TLS"] + "/calls.json", timeout=10)

    assert answer.json()[0]["status"] == 200
