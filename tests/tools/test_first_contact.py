"""``make first-contact`` on a second provider: what it says, and what it spends."""

import signal
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from clover.behaviour import load_behaviour
from clover.cards import APPROVED
from tests.rehearsal.commands import run_tool, start_tool
from tests.rehearsal.provider import Rehearsal, rehearsal
from tools.first_contact.__main__ import MOST_PAYMENTS, MOST_SESSIONS, STEPS
from tools.first_contact.memory import Memory

NEXT = 'Next: make e2e TARGET=sandbox{} ARGS="-m core"'


@pytest.fixture
def provider() -> Iterator[Rehearsal]:
    """A healthy provider, which refuses plain HTTP."""
    with rehearsal() as running:
        running.takes_http = False
        yield running


def make_contact(provider: Rehearsal, folder: Path, *options: str) -> CompletedProcess[str]:
    """Run the command, which keeps what it learns in a folder."""
    return run_tool(provider, "tools.first_contact", "--output", str(folder), *options)


@pytest.mark.parametrize(("differs", "fits", "payments"), [
    ({}, "documented", 3),
    ({"verbatim": True}, "measured", 3),
    ({"decline": "stay"}, "", 4),
    ({"takes_http": True}, "", 4),
], ids=["documented", "measured", "stays", "takes http"])  # fmt: skip
def test_behaviour_that_fits_is_named(
    provider: Rehearsal, tmp_path: Path, differs: dict[str, Any], fits: str, payments: int
) -> None:
    """The conclusion is true, and sessions and payments are those that the provider counts."""
    for name, value in differs.items():
        setattr(provider, name, value)
    ended = make_contact(provider, tmp_path)

    assert ended.returncode == 0, ended.stderr
    written = tmp_path / "observed.toml"
    says = f"The behaviour that fits: {fits}." if fits else f"this target's own is {written}."
    assert says in ended.stdout
    option = "" if fits == "documented" else f" BEHAVIOUR={fits or written}"
    assert NEXT.format(option) == ended.stdout.splitlines()[-1]
    assert f": {len(provider.sessions)} sessions, {payments} payments" in ended.stdout
    assert provider.payments.total() == payments <= MOST_PAYMENTS
    assert len(provider.sessions) <= MOST_SESSIONS
    wanted = {"takes_http": ("http_url", "accept"), "decline": ("decline", "stay")}
    for name in differs.keys() & wanted.keys():
        switch, value = wanted[name]
        assert load_behaviour(written).switches()[switch] == value
    assert provider.token not in ended.stdout + (tmp_path / "known.json").read_text()


def test_interrupted_contact_goes_on(provider: Rehearsal, tmp_path: Path) -> None:
    """The second call takes the steps that are left, and both together keep the limits."""
    provider.takes_http = True
    tool = start_tool(provider, "tools.first_contact", "--output", str(tmp_path))
    assert provider.paid.wait(150)
    tool.send_signal(signal.SIGINT)
    out, _ = tool.communicate(timeout=60)
    assert (tool.returncode, out.splitlines()[-1]) == (
        130,
        "Interrupted; the same command goes on from here.",
    )
    calls = provider.requests

    ended = make_contact(provider, tmp_path)

    assert "… going on; known already: " in ended.stderr
    assert "merchant id" not in ended.stdout
    assert provider.requests > calls
    assert provider.payments.total() <= MOST_PAYMENTS
    assert len(provider.sessions) <= MOST_SESSIONS
    assert "make e2e TARGET=sandbox" in ended.stdout.splitlines()[-1]


def test_worn_out_card_is_unclear(provider: Rehearsal, tmp_path: Path) -> None:
    """A good card that is declined decides nothing about the success URL."""
    provider.velocity_limit = 6
    provider.payments[APPROVED.number] = 6
    ended = make_contact(provider, tmp_path)
    assert ended.stdout.count("unclear: a good card") > 1
    assert ended.stdout.splitlines()[-1].endswith("TARGET=sandbox ARGS=--again")
    assert provider.payments.total() - 6 <= MOST_PAYMENTS


def test_url_of_the_dashboard_decides_nothing(provider: Rehearsal, tmp_path: Path) -> None:
    """A landing on the dashboard's URL says nothing about placeholders in the request's."""
    provider.dashboard.urls["success"] = "https://shop.example/thanks"
    ended = make_contact(provider, tmp_path)
    assert "empty the dashboard's URLs" in " ".join(ended.stdout.split())
    assert ended.stdout.splitlines()[-1].endswith("TARGET=sandbox ARGS=--again")


def test_target_that_is_not_ready_is_left_alone(provider: Rehearsal, tmp_path: Path) -> None:
    """The doctor has the last word."""
    provider.captcha = True
    ended = make_contact(provider, tmp_path)
    assert ended.returncode == 1
    assert "Next: Switch reCAPTCHA off" in ended.stdout
    assert (len(provider.sessions), provider.payments) == (1, {})


def test_limits_hold_for_all_steps() -> None:
    """All steps together, with the doctor's session, stay within the limits."""
    assert sum(step.payments for step in STEPS) <= MOST_PAYMENTS
    assert len(STEPS) + 1 <= MOST_SESSIONS


def test_memory_of_another_target_is_not_used(tmp_path: Path) -> None:
    """Another merchant, another address or a broken file start anew."""
    file = tmp_path / "known.json"
    memory = Memory("one", sessions=3, payments=2, done=["success"])
    memory.notes.see("back", "the page before", "none")
    memory.save(file, str)
    assert Memory.load(file, "one") == memory
    assert Memory.load(file, "two") == Memory("two")
    file.write_text("{")
    assert Memory.load(file, "one") == Memory("one")


def test_memory_is_written_without_secrets(tmp_path: Path) -> None:
    """What the scrubber removes is never on disk."""
    memory = Memory("one", visits=[{"hops": ["a secret"]}])
    memory.save(tmp_path / "known.json", lambda text: text.replace("secret", "…"))
    assert "secret" not in (tmp_path / "known.json").read_text(encoding="utf-8")
