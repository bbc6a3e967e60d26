"""``--state``: what a stand-in keeps when its process is killed."""

import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from standin import RedirectUrls, StandIn, StandInFailed, webhooks
from standin.merchants import Credentials
from tests.standin.command import Command, running
from tests.standin.shopper import APPROVED, DECLINED, ORDER, HostedPage, open_page, post

SWITCHES = {"decline": "stay"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The state file; it does not exist yet."""
    return tmp_path / "state.sqlite"


def test_next_start_goes_on_where_the_last_one_ended(file: Path) -> None:
    """Account, dashboard URLs, sessions, declines and payments are as they were."""
    urls = RedirectUrls(cancel="https://merchant.example/dashboard-cancel")
    with StandIn(state_file=file) as first:
        merchant = first.merchant
        first.configure(merchant, switches=SWITCHES)
        merchant.urls = urls
        paid, declined = open_page(first, merchant), open_page(first, merchant)
        paid.pay()
        declined.pay(DECLINED)
        unopened = post(first, merchant).json()["checkoutSessionId"]
        ids = [paid.session_id, declined.session_id, unopened]
        before = [first.checkout(each) for each in ids]

    with StandIn(state_file=file) as second:
        after = [second.checkout(each) for each in ids]
        again = second.merchant
        fourth = post(second, again).json()["checkoutSessionId"]
        assert second.checkout(fourth).requested.cancel == ORDER["redirectUrls"]["cancel"]

    assert after == before
    assert [len(each.payments) for each in after] == [1, 0, 0]
    assert (again.id, again.token, again.password) == (
        merchant.id, merchant.token, merchant.password,
    )  # fmt: skip
    assert (again.webhook_secret, again.urls, again.sessions) == (merchant.webhook_secret, urls, 4)


def test_shopper_pays_on_after_a_restart(file: Path) -> None:
    """A page that was opened before the restart is paid after it."""
    with StandIn(state_file=file) as first:
        page = open_page(first, first.merchant)
    with StandIn(state_file=file) as second:
        page.standin = second
        answer = page.pay()

        assert "merchant.example/success" in answer.text
        assert len(second.checkout(page.session_id).payments) == 1


def test_pay_call_that_is_sent_again_after_a_restart_pays_once(file: Path) -> None:
    """Its answer is the first one."""
    with StandIn(state_file=file) as first:
        page = open_page(first, first.merchant)
        answer = page.pay(key="one").json()
    with StandIn(state_file=file) as second:
        page.standin = second

        assert page.pay(key="one").json() == answer
        assert len(second.checkout(page.session_id).payments) == 1


def test_payment_is_saved_before_the_shop_is_notified(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shop never knows of a payment that a killed stand-in has lost."""
    unsaved: list[int] = []
    with StandIn(state_file=file) as standin:
        merchant = standin.new_merchant(switches={"webhook_timing": "before"})
        merchant.webhook_url = "http://127.0.0.1/hook"
        sessions = standin._provider.sessions

        def send(*_: object) -> str:
            unsaved.append(len(sessions.unsaved or {}))
            return "200"

        monkeypatch.setattr(webhooks, "send", send)
        open_page(standin, merchant).pay()

    assert unsaved == [0]


def test_chosen_credentials_replace_those_of_the_file(file: Path) -> None:
    """Another token belongs to the same account; another id opens a new one, which stays."""
    chosen = Credentials("ABCDEFGH12345", "first-token", "first password")
    with StandIn(state_file=file, credentials=chosen) as first:
        session_id = post(first, first.merchant).json()["checkoutSessionId"]
    with StandIn(state_file=file, credentials=Credentials("ABCDEFGH12345", "new-token")) as second:
        assert (second.merchant.token, second.merchant.password) == ("new-token", "first password")
        assert second.checkout(session_id).state == "open"
    with StandIn(state_file=file, credentials=Credentials("ZZZZZZZZ12345")) as third:
        assert third.merchant.sessions == 0
    with StandIn(state_file=file) as fourth:
        assert fourth.merchant.id == "ZZZZZZZZ12345"


def test_no_card_number_is_written_and_no_other_user_may_read(file: Path) -> None:
    """Neither a number that waits for Pay nor one that was charged is in the file or its log."""
    with StandIn(state_file=file) as standin:
        modes = {path.stat().st_mode & 0o077 for path in file.parent.iterdir()}
        page = open_page(standin, standin.merchant)
        page.token("number", APPROVED)
        page.pay()
        page.get()
        written = b"".join(path.read_bytes() for path in file.parent.iterdir())

    assert sys.platform == "win32" or modes == {0}
    assert page.session_id.encode() in written
    assert b"4242424242424242" not in written.replace(b" ", b"")


def test_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path, file: Path) -> None:
    """Four clients create and pay until the process is killed; all their answers are kept."""
    created: list[str] = []
    paid: list[str] = []
    with running(tmp_path, f"--state={file}") as command:
        merchant_id, token = command.shown["Merchant id"], command.shown["Private token"]
        enough = threading.Event()

        def buy() -> None:
            while True:
                try:
                    answer = command.create(merchant_id, token).json()
                    created.append(answer["checkoutSessionId"])
                    page = HostedPage(_reached_by(command, answer["href"]), answer["href"])
                    page.get()
                    if "success" in page.pay().text:
                        paid.append(page.session_id)
                except requests.RequestException:
                    return
                if len(paid) > 20:
                    enough.set()

        clients = [threading.Thread(target=buy) for _ in range(4)]
        for client in clients:
            client.start()
        assert enough.wait(30)
        command.process.kill()
        for client in clients:
            client.join()

    with StandIn(state_file=file) as again:
        assert [len(again.checkout(each).payments) for each in paid] == [1] * len(paid)
        assert {again.checkout(each).session_id for each in created} == {*created}


def _reached_by(command: Command, href: str) -> Any:
    origin = "/".join(href.split("/")[:3])
    return SimpleNamespace(
        origins=SimpleNamespace(page=origin),
        port=int(origin.rpartition(":")[2]),
        api_url=command.url,
        ca_file=command.ca_file,
    )


def _other_version(file: Path) -> None:
    StandIn(state_file=file).start().stop()
    with sqlite3.connect(file) as opened:
        opened.execute("PRAGMA user_version = 2")
    opened.close()


def _other_program(file: Path) -> None:
    with sqlite3.connect(file) as opened:
        opened.execute("CREATE TABLE session (id)")
    opened.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_other_version, "it has version 2 and this stand-in reads 1"),
        (_other_program, "another program made it"),
        (lambda file: file.write_bytes(b"no database" * 100), "file is not a database"),
        (lambda file: file.mkdir(), "unable to open database file"),
    ],
    ids=["version", "program", "text", "folder"],
)
def test_unusable_file_is_one_sentence_and_stays(
    file: Path, make: Callable[[Path], object], reason: str
) -> None:
    """It names the reason, and the file is not changed."""
    make(file)
    before = file.read_bytes() if file.is_file() else None

    with pytest.raises(StandInFailed) as refused:
        StandIn(state_file=file)

    assert str(refused.value) == (
        f"The state file {file} cannot be used ({reason}): name another one with --state."
    )
    assert before == (file.read_bytes() if file.is_file() else None)


def test_file_in_use_is_refused(file: Path) -> None:
    """Two stand-ins never share a file."""
    with StandIn(state_file=file), pytest.raises(StandInFailed, match="another stand-in uses it"):
        StandIn(state_file=file)
