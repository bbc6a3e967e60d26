"""The API client against a server on loopback: requests, retries, exchanges."""

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from clover.client import CheckoutsClient
from clover.credentials import HeaderProblem
from clover.hosts import AddressProblem
from tests.clover.scripted_api import CREATED, MERCHANT, ORDER, SESSION, TOKEN, Reply, ScriptedApi

PATH = "/invoicingcheckoutservice/v1/checkouts"
LOCAL = "http://localhost"


def test_create_sends_the_documented_request(api: ScriptedApi, client: CheckoutsClient) -> None:
    """A session takes one POST with the documented headers and JSON, which is kept as evidence."""
    session = client.create(ORDER)

    (asked,), (exchange,) = api.asked, client.exchanges
    assert (asked.method, asked.path) == ("POST", PATH)
    assert json.loads(asked.body) == json.loads(exchange.request_body) == ORDER.body()
    assert asked.headers["x-clover-merchant-id"] == MERCHANT
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.headers["content-type"] == asked.headers["accept"] == "application/json"
    assert asked.headers["user-agent"].startswith("clover-redirect-suite/")
    assert session.session_id == SESSION
    assert json.loads(exchange.response_body) == CREATED
    assert (exchange.method, exchange.url) == ("POST", f"{api.url}{PATH}")
    assert (exchange.status, exchange.failure) == (200, "")
    assert exchange.ms > 0


def test_connection_is_reused(api: ScriptedApi, client: CheckoutsClient) -> None:
    """Ten requests need one connection, even after a refusal."""
    api.replies[:] = [Reply(400, b"{}"), Reply()]
    for _ in range(10):
        client.post({})
    assert len({asked.connection for asked in api.asked}) == 1


def test_threads_share_a_client(api: ScriptedApi, client: CheckoutsClient) -> None:
    """Several threads may send requests at once, with at most one connection each."""
    with ThreadPoolExecutor(4) as pool:
        sessions = list(pool.map(lambda _: client.create(ORDER), range(20)))
    assert len(sessions) == len(client.exchanges) == 20
    assert len({asked.connection for asked in api.asked}) <= 4


@pytest.mark.parametrize(("body", "sent"), [
    (b"{not json", b"{not json"), ({"a": None}, b'{"a": null}'), ("text", b'"text"'),
])  # fmt: skip
def test_body_is_sent(api: ScriptedApi, client: CheckoutsClient, body: object, sent: bytes) -> None:
    """Bytes are sent as they are and everything else as JSON, so a request can be invalid."""
    answer = client.post(body)
    assert api.asked[0].body == sent
    assert (answer.status, answer.json()) == (200, CREATED)


@pytest.mark.parametrize(("header", "value"), [
    ("Authorization", None), ("X-Clover-Merchant-Id", None), ("User-Agent", None),
    ("Content-Type", None), ("Accept", None), ("AUTHORIZATION", "Basic abc"),
    ("content-type", "text/plain"),
])  # fmt: skip
def test_post_replaces_or_omits_a_header(
    api: ScriptedApi, client: CheckoutsClient, header: str, value: str | None
) -> None:
    """A header can have another value, or be left out without a substitute."""
    answer = client.post({}, headers={header: value})
    assert api.asked[0].headers.get(header.lower()) == value
    assert answer.sent == f"{{}} with other headers: {header.lower()}"


def test_header_that_cannot_be_sent_is_refused(api: ScriptedApi, client: CheckoutsClient) -> None:
    """A line break in a header is an error of the caller, and nothing is sent."""
    with pytest.raises(HeaderProblem, match="in header value"):
        client.post({}, headers={"X-Odd": "a\r\nb: c"})
    assert api.asked == []


def test_environment_changes_no_request(
    api: ScriptedApi, client: CheckoutsClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials from ~/.netrc are never sent, and a proxy is not used on this machine."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password secret\n", encoding="ascii")
    proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:9")
    for name, value in {"NETRC": str(netrc), **proxies}.items():
        monkeypatch.setenv(name, value)

    client.post({})
    client.post({}, headers={"authorization": None})

    assert api.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in api.asked[1].headers


def test_answer_does_not_change_the_next_request(api: ScriptedApi, client: CheckoutsClient) -> None:
    """Cookies are not kept; the body of an answer may be compressed."""
    headers = {"Set-Cookie": "a=1; Path=/", "content-encoding": "gzip"}
    api.replies[:] = [Reply(body=gzip.compress(json.dumps(CREATED).encode()), headers=headers)]
    assert {client.create(ORDER).session_id for _ in range(2)} == {SESSION}
    assert "cookie" not in api.asked[1].headers


def test_read_back_sends_a_get(api: ScriptedApi, client: CheckoutsClient) -> None:
    """Reading a session is a GET with the quoted id in the path."""
    api.answer(404, "")
    assert client.read_back("a/b?c").status == 404
    assert (api.asked[0].method, api.asked[0].path) == ("GET", f"{PATH}/a%2Fb%3Fc")


@pytest.mark.parametrize(("retry_after", "waits"), [
    (["3", ""], [3, 1]), (["0", ""], [0, 1]),
    (["", ""], [0.5, 1]), (["soon", "9" * 5000], [0.5, 1]),
    (["1"] * 4, [1, 1, 1]), ([""] * 4, [0.5, 1, 2]),
    (["30"] * 3, [30, 30]), (["61"], []),
], ids=str)  # fmt: skip
def test_429_is_waited_out(api: ScriptedApi, retry_after: list[str], waits: list[float]) -> None:
    """A 429 is tried three times more, after the server's or growing pauses, within a minute."""
    waited: list[float] = []
    refusals = [Reply(429, b"{}", {"Retry-After": told}) for told in retry_after]
    api.replies[:] = [*refusals, Reply()]

    with api.client(wait=waited.append) as client:
        answer = client.post({})

    assert waited == waits
    assert answer.status == (429 if len(waits) < len(retry_after) else 200)
    assert len(client.exchanges) == len(waits) + 1


def test_429_is_waited_out_until_a_date(api: ScriptedApi) -> None:
    """The server may give the end of the pause as a date."""
    waited: list[float] = []
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    api.replies[:] = [Reply(429, b"{}", {"Retry-After": until}), Reply()]
    with api.client(wait=waited.append) as client:
        client.create(ORDER)
    assert waited == [pytest.approx(30, abs=5)]


@pytest.mark.parametrize("status", [302, 400, 401, 404, 413, 500, 502, 503])
def test_other_refusals_are_final(api: ScriptedApi, client: CheckoutsClient, status: int) -> None:
    """Each POST may create a session, so only a 429 is repeated, and no redirect is followed."""
    api.answer(status, "", {"Retry-After": "1", "location": f"{api.url}/login"})
    assert client.post({}).status == status
    assert len(api.asked) == 1


def test_each_try_takes_a_turn_of_the_rate_limit(api: ScriptedApi) -> None:
    """A repeated request waits for its turn like any other, and gives it up in between."""
    log: list[str] = []

    class Turns:
        @contextmanager
        def turn(self) -> Iterator[None]:
            log.append("begin")
            yield
            log.append("end")

    api.replies[:] = [Reply(429, b"{}"), Reply()]
    with api.client(limiter=Turns(), wait=lambda _: log.append("wait")) as client:
        client.create(ORDER)

    assert log == ["begin", "end", "wait", "begin", "end"]


def test_huge_answer_is_cut(api: ScriptedApi, client: CheckoutsClient) -> None:
    """An answer of megabytes fills neither the memory nor the evidence."""
    api.answer(200, b"x" * (3 << 20))
    assert len(client.post({}).text) < (1 << 20) + (1 << 17)
    assert len(client.exchanges[0].response_body) == 1 << 16


@pytest.mark.parametrize(("length", "is_odd"), [(12, True), (13, False)])
def test_merchant_id_of_odd_length_is_named(api: ScriptedApi, length: int, *, is_odd: bool) -> None:
    """A 401 for a merchant id that cannot be right says so first."""
    api.answer(401, {"message": "401 Unauthorized"})
    with CheckoutsClient(api.url, "M" * length, SecretStr(TOKEN)) as client:
        problem = str(client.post({}).problem())
    assert (f"the merchant id has {length} characters instead of 13" in problem) == is_odd


@pytest.mark.parametrize(("url", "merchant_id", "token", "words"), [
    (LOCAL, "", TOKEN, "merchant id is empty"),
    (LOCAL, "MERCH\r\nX: 1", TOKEN, "merchant id has a blank or line break at position 6"),
    (LOCAL, MERCHANT, "tok\nen", "private token has a blank or line break at position 4"),
    (LOCAL, MERCHANT, "tokén", "private token has a character outside of plain ASCII"),
    ("https://user@www.clover.com.", MERCHANT, TOKEN, "production"),
])  # fmt: skip
def test_client_refuses_wrong_settings(url: str, merchant_id: str, token: str, words: str) -> None:
    """The client refuses production and broken credentials, and never shows the token."""
    problem = HeaderProblem if url == LOCAL else AddressProblem
    with pytest.raises(problem, match=words) as caught:
        CheckoutsClient(url, merchant_id, SecretStr(token))
    assert token not in f"{caught.value} {caught.traceback[-1].locals}"
