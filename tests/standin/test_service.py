"""What a developer's server needs: health, log, latency, rate limit and CORS."""

import json
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from standin import StandIn
from standin.web.limits import RateLimit
from tests.standin.command import refused, running
from tests.standin.shopper import PATH, post


def test_health_and_readiness(tmp_path: Path) -> None:
    """The command answers both, and counts its sessions."""
    with running(tmp_path) as command:
        health, ready = command.get("/health"), command.get("/ready")

    assert (health.status_code, health.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "sessions": 1})


def test_broken_stand_in_is_alive_and_not_ready() -> None:
    """After an error of its own it says so until it stops."""
    standin = StandIn(shows_calls=True).start()
    standin._provider.errors.append(ZeroDivisionError("by design"))
    answers = [
        requests.get(standin.api_url + path, verify=str(standin.ca_file), timeout=5)
        for path in ("/health", "/ready")
    ]
    standin._provider.errors.clear()
    standin.stop()

    assert [answer.status_code for answer in answers] == [200, 503]


def test_sigterm_ends_the_command_with_0(tmp_path: Path) -> None:
    """It says that it has stopped."""
    with running(tmp_path) as command:
        command.process.send_signal(signal.SIGTERM)
        printed, problems = command.process.communicate(timeout=20)

    assert (command.process.returncode, problems) == (0, "")
    assert printed.endswith("The stand-in has stopped.\n")


def test_log_has_a_line_for_each_request_and_no_secret(tmp_path: Path) -> None:
    """Method, host, path, status and duration; neither query nor token nor card digits."""
    log = tmp_path / "log.jsonl"
    with running(tmp_path, f"--log={log}") as command:
        merchant_id, token = command.shown["Merchant id"], command.shown["Private token"]
        command.create(merchant_id, token)
        command.get("/health?card=4242424242424242")
        command.get("/card/4242 4242 4242 4242/number")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    kept = [(line["method"], line["host"], line["path"], line["status"]) for line in lines]
    assert kept == [
        *[("POST", "localhost", PATH, 200)] * 2,  # the first is the sample that the command prints
        ("GET", "localhost", "/health", 200),
        ("GET", "localhost", "/card/…/number", 404),
    ]
    assert {*lines[0]} == {"time", "method", "host", "path", "status", "ms"}
    assert not any(secret in log.read_text(encoding="utf-8") for secret in (token, "4242"))


def test_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """The command does not start."""
    assert refused(f"--log={tmp_path}", "--port=0", folder=tmp_path) == (
        2,
        f"The log {tmp_path} cannot be written (Is a directory): name another file with --log.\n",
    )


def test_latency_delays_each_answer() -> None:
    """Requests wait side by side, not one after the other."""
    with StandIn(latency_ms=400) as standin:
        begun = time.monotonic()
        clients = [
            threading.Thread(target=post, args=(standin, standin.merchant)) for _ in range(4)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        took_s = time.monotonic() - begun

    assert 0.4 <= took_s < 1.6


def test_rate_limit_refuses_as_documented() -> None:
    """The third call of a second is refused with the limits and a pause, and creates nothing."""
    with StandIn(rate_limit=2) as standin:
        answers = [post(standin, standin.merchant) for _ in range(3)]
        sessions = standin.merchant.sessions

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == {"message": "429 Too Many Requests"}
    assert answers[2].headers["Retry-After"] == "1"
    limits = {
        name.lower(): value
        for name, value in answers[2].headers.items()
        if name.lower().startswith("x-ratelimit")
    }
    assert limits == {
        "x-ratelimit-tokenlimit": "2",
        "x-ratelimit-crosstokenlimit": "50",
        "x-ratelimit-tokenconcurrentlimit": "5",
        "x-ratelimit-crosstokenconcurrentlimit": "10",
    }
    assert sessions == 2


def test_turn_comes_back_after_a_second_and_after_an_answer() -> None:
    """Each merchant has its own turns: so many a second, and five at once."""
    now = 0.0
    limit = RateLimit(2, now=lambda: now)
    assert [limit.begin("a"), limit.begin("a"), limit.begin("a")] == [True, True, False]
    assert limit.begin("b")
    now = 1.0
    assert limit.begin("a")

    many = RateLimit(100, now=lambda: now)
    assert [many.begin("a") for _ in range(6)] == [True] * 5 + [False]
    many.end("a")
    assert many.begin("a")


@pytest.mark.parametrize(("cors", "status", "origin"), [("none", 405, None), ("any", 204, "*")])
def test_pages_of_other_origins_may_call_the_api_by_switch_only(
    cors: str, status: int, origin: str | None
) -> None:
    """A preflight request is answered for all merchants as for the first one."""
    headers: dict[str, Any] = {"Origin": "https://shop.example"}
    with StandIn() as standin:
        standin.configure(standin.merchant, switches={"cors": cors})
        preflight = requests.options(
            standin.api_url + PATH, headers=headers, verify=str(standin.ca_file), timeout=5
        )
        created = post(standin, standin.merchant)

    assert preflight.status_code == status
    assert preflight.headers.get("Access-Control-Allow-Origin") == origin
    assert created.headers.get("Access-Control-Allow-Origin") == origin
