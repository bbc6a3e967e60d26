"""The stand-in's own page for developers, as it is served."""

from pathlib import Path

import pytest
import requests

from standin import StandIn
from standin.merchants import Credentials
from standin.web.index import SHOWN_SESSIONS
from standin.web.request_text import MOST_BYTES, request_text
from tests.standin.receiver import Receiver
from tests.standin.shopper import DECLINED, ORDER, open_page, post


def index(standin: StandIn) -> str:
    """The page's HTML."""
    return ask(standin, "GET", "/").text


def ask(standin: StandIn, method: str, path: str, **headers: str) -> requests.Response:
    """Send a request to the API's host and follow no redirect."""
    return requests.request(
        method,
        standin.api_url + path,
        headers=headers,
        verify=str(standin.ca_file),
        allow_redirects=False,
        timeout=10,
    )


def notified(standin: StandIn, receiver: Receiver) -> None:
    """Let the first merchant be notified before the answer to the page."""
    standin.configure(standin.merchant, switches={"webhook_timing": "before"})
    standin.merchant.webhook_url = receiver.url


def send_again(page: str) -> str:
    """The address of the only form."""
    (action,) = (part.split('"')[0] for part in page.split('action="')[1:])
    return action


def test_calls_are_shown_with_request_and_findings(shown: StandIn) -> None:
    """A session has its request and findings, a refused call its message; markup is escaped."""
    post(shown, shown.merchant, {**ORDER, "note": "<b>gift</b>"})
    post(shown, shown.merchant, {**ORDER, "shoppingCart": {}})
    page, calls = index(shown), ask(shown, "GET", "/calls.json").json()

    assert [(call["status"], len(call["findings"])) for call in calls] == [(200, 1), (400, 0)]
    assert calls[0]["session_id"] in page
    assert "note</b>: the key “note”. Clover ignores the key silently." in page
    assert "&lt;b&gt;gift&lt;/b&gt;" in page
    assert "<b>gift" not in page
    assert calls[1]["message"] in page


def test_landing_and_events_are_shown(shown: StandIn) -> None:
    """A paid session says where its shopper was sent."""
    shopper = open_page(shown, shown.merchant)
    shopper.pay(DECLINED)
    page = index(shown)

    assert f"sent to <code>{shown.checkout(shopper.session_id).landing}</code>" in page
    assert "declined <code>Visa 2222</code>" in page


def test_webhook_is_shown_and_sent_again(shown: StandIn, receiver: Receiver) -> None:
    """The same body is sent again with a new signature, and both answers are shown."""
    notified(shown, receiver)
    open_page(shown, shown.merchant).pay()
    first = receiver.came.get(timeout=5)

    answer = ask(shown, "POST", send_again(index(shown)), Origin=shown.api_url)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert receiver.came.get(timeout=5)[1] == first[1]
    assert "Webhook: APPROVED, 200, 200<" in index(shown)


@pytest.mark.parametrize("origin", [
    "https://shop.example", "null", "", "http://localhost", "https://checkout.localhost:{port}",
])  # fmt: skip
def test_other_sites_cannot_send_a_webhook(shown: StandIn, receiver: Receiver, origin: str) -> None:
    """A form of another origin, or without one, is refused."""
    notified(shown, receiver)
    open_page(shown, shown.merchant).pay()
    receiver.came.get(timeout=5)
    headers = {"Origin": origin.format(port=shown.port)} if origin else {}

    assert ask(shown, "POST", send_again(index(shown)), **headers).status_code == 403
    assert receiver.came.empty()


@pytest.mark.parametrize("host", ["shop.example", "localhost.shop.example"])
def test_other_host_names_have_no_index(shown: StandIn, host: str) -> None:
    """A name that was made to resolve to this machine reaches neither the page nor the form."""
    port = shown.port
    headers = {"Host": f"{host}:{port}", "Origin": f"https://{host}:{port}"}
    assert ask(shown, "GET", "/", **headers).status_code == 404
    assert ask(shown, "POST", "/notify/1/2", **headers).status_code == 404


def test_unknown_webhook_is_not_found(shown: StandIn) -> None:
    """There is nothing to send for a session or a webhook that does not exist."""
    session_id = post(shown, shown.merchant).json()["checkoutSessionId"]
    for path in ("/notify/1/2", f"/notify/{session_id}/2"):
        assert ask(shown, "POST", path, Origin=shown.api_url).status_code == 404


def test_list_is_bounded(shown: StandIn) -> None:
    """The latest sessions are shown, and how many there are."""
    ids = [
        post(shown, shown.merchant).json()["checkoutSessionId"] for _ in range(SHOWN_SESSIONS + 1)
    ]
    page = index(shown)

    assert f"the latest {SHOWN_SESSIONS} of {SHOWN_SESSIONS + 1}" in page
    assert ids[0] not in page
    assert page.index(ids[-1]) < page.index(ids[1])


def test_chosen_credentials_are_not_shown() -> None:
    """A token or password that the user chose may be one of a real account."""
    chosen = Credentials(token="chosen-token", password="chosen-password")
    with StandIn(shows_calls=True, credentials=chosen) as s:
        post(s, s.merchant, {**ORDER, "note": "chosen-token"})
        page = index(s)

    assert s.merchant.id in page
    assert "chosen-" not in page


def test_random_credentials_are_folded(shown: StandIn) -> None:
    """The credentials stand in a closed fold."""
    page = index(shown)
    fold = page.split("<details")[1].split("</details>")[0]
    assert shown.merchant.token in fold
    assert page.count(shown.merchant.token) == 1
    assert " open" not in fold


def test_session_of_an_earlier_start_is_shown(tmp_path: Path) -> None:
    """A session from the state file has its request, and no findings."""
    state = tmp_path / "state"
    with StandIn(shows_calls=True, state_file=state) as s:
        session_id = post(s, s.merchant).json()["checkoutSessionId"]
    with StandIn(shows_calls=True, state_file=state) as s:
        page = index(s)

    assert session_id in page
    assert "Created before this start" in page


def test_embedded_standin_has_no_index(standin: StandIn) -> None:
    """Where nobody asked for it, there is no page."""
    assert ask(standin, "GET", "/").status_code == 404


@pytest.mark.parametrize(("body", "text"), [
    (b'{"a":"TOKEN"}', '{\n  "a": "THE_API_TOKEN"\n}'),
    (b"\xffno JSON", "�no JSON"),
    (b"x" * (MOST_BYTES + 1), "x" * MOST_BYTES + "…"),
    (b"[" * MOST_BYTES + b"]", "[" * MOST_BYTES + "…"),
])  # fmt: skip
def test_request_text(body: bytes, text: str) -> None:
    """JSON is indented, the token hidden, and a long body cut."""
    assert request_text(body, "TOKEN") == text
