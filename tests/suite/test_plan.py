"""The plan of a run: what fits into a budget, and in which order."""

import argparse
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from clover import cards
from suite.checkout.wallet import Wallet
from suite.costs import Cost, Costs
from suite.plan import Test, choose, describe, read_budget
from tools.costs import measure

CORE = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome"
PAID = Cost(1, Counter({"4242": 1}), seconds=1.0)
COSTS = Costs({
    "a[x]": PAID, "b": PAID, "c": Cost(1), "d": PAID + PAID,
    "e": Cost(1, declined=Counter({"2222": 1})),
})  # fmt: skip
TESTS = [Test("a[x]", core=True), *map(Test, "bcde")]
KILLS = {"a[x]": ["one"], "b": ["one"], "d": ["one", "two", "three"], "e": ["four"], "c": ["five"]}


@pytest.mark.parametrize(("budget", "chosen"), [
    ("payments=0", "c"),
    ("payments=1", ["a[x]", "c"]),
    ("payments=2", ["a[x]", "c", "e"]),
    ("payments=3,sessions=3", ["a[x]", "c", "e"]),
    ("payments=4", ["a[x]", "c", "d", "e"]),
    ("payments=9", ["a[x]", "c", "d", "e", "b"]),
])  # fmt: skip
def test_budget_buys_what_tells_most(budget: str, chosen: list[str]) -> None:
    """Core first, then free tests, then most new faults for the money."""
    found = [test.nodeid for test in choose(TESTS, COSTS, read_budget(budget), KILLS)]
    assert sorted(found) == sorted(chosen)
    assert found[0] == chosen[0]


@pytest.mark.parametrize("text", ["30", "payments=x", "cards=3", "payments"])
def test_wrong_budget_is_one_sentence(text: str) -> None:
    """It says how to write one."""
    with pytest.raises(argparse.ArgumentTypeError, match=f"^{text!r} is no budget: write"):
        read_budget(text)


def test_plan_has_cards_and_what_was_left_out() -> None:
    """An unknown test counts, and is said to be unknown."""
    lines = [*describe(["a[x]", "a[y]", "e", "new"], COSTS, left_out=["d"])]
    assert lines[0].startswith(
        "plan: 4 tests, 4 sessions, 3 approved and 1 declined payments, about"
    )
    assert "  approved: 3 by Visa …4242" in lines
    assert "  declined: 1 by Visa …2222" in lines
    assert any(line.startswith("  not measured: 1 test,") for line in lines)
    assert lines[-2:] == ["  left out by the budget: 1 test", "    d"]


def test_every_sandbox_test_has_a_measured_cost(tmp_path: Path) -> None:
    """The file is written by `python -m tools.costs`, and knows every function."""
    words = ("-m", "pytest", "e2e", "-m", "sandbox", "--collect-only", "-q", "--output")
    command = [sys.executable, *words, str(tmp_path)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    costs = Costs.load()
    nodeids = [line for line in shown.splitlines() if "::" in line]
    assert nodeids
    assert [nodeid for nodeid in nodeids if not costs.is_measured(nodeid)] == []


def test_costs_are_those_of_the_books(tmp_path: Path) -> None:
    """What the file says of the core tests is what a run of them costs."""
    measured, kept = measure([CORE], tmp_path), Costs.load()
    for outcome in ("success", "failure", "cancel"):
        nodeid = f"{CORE}[chromium-{outcome}]"
        for name in ("sessions", "approved", "declined"):
            assert getattr(measured.of(nodeid), name) == getattr(kept.of(nodeid), name)


def test_worn_card_gives_way_to_its_brand(tmp_path: Path) -> None:
    """All processes see the same: approved once, declined later, replaced from then on."""
    wallet, other = Wallet(tmp_path / "cards.txt"), Wallet(tmp_path / "cards.txt")
    assert wallet.note_declined(cards.APPROVED) == ""
    wallet.note_approved(cards.APPROVED)
    assert "the run goes on with Visa …5556" in other.note_declined(cards.APPROVED)
    assert wallet.choose(cards.APPROVED) is cards.APPROVED_VISA_DEBIT
    assert "in place of one" in wallet.note_declined(cards.APPROVED_VISA_DEBIT)
    assert wallet.choose(cards.APPROVED) is cards.AVS_APPROVED_VISA
    assert "no other card is left" in wallet.note_declined(cards.AVS_APPROVED_VISA)
    assert wallet.choose(cards.APPROVED) is cards.APPROVED
    assert wallet.note_declined(cards.APPROVED_JCB) == ""
