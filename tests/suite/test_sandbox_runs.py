"""Runs on a sandbox, rehearsed on a second provider: the plan, the budget, worn-out cards."""

from pathlib import Path

import pytest

from suite.cases.case_file import CaseFile
from suite.run import read_records
from tests.rehearsal.commands import run_tool
from tests.rehearsal.provider import Rehearsal, rehearsal

CORE = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome"
BRANDS = "e2e/test_conditions.py::test_every_brand_lands_on_success"
SHARED = "e2e/test_outcomes.py::test_outcomes_may_share_a_path"
LATER = f"{SHARED}[chromium-success-query]"
REPLACED = "1 test paid with Visa …5556 in place of Visa …4242, which is declined by now"
THROUGHOUT = "e2e/test_safety.py::test_card_data_and_token_do_not_leak"


def run(provider: Rehearsal, folder: Path, *words: str) -> tuple[str, int]:
    """Return the terminal output of a run and its exit code."""
    quiet = ("-p", "no:randomly", "-p", "no:cacheprovider", "--output", str(folder))
    ran = run_tool(provider, "pytest", *words, *quiet)
    return ran.stdout + ran.stderr, ran.returncode


@pytest.mark.parametrize("workers", ["0", "2"])
def test_plan_says_what_the_provider_then_counts(tmp_path: Path, workers: str) -> None:
    """Its sessions and payments are those of the run, besides one check of each process."""
    with rehearsal() as provider:
        shown, code = run(provider, tmp_path, CORE, "-n", workers)

    assert code == 0, shown
    assert "plan: 3 tests, 3 sessions, 1 approved and 1 declined payments, about 1 minute" in shown
    assert "  approved: 1 by Visa …4242\n  declined: 1 by Visa …2222\n" in shown
    assert sum(provider.payments.values()) == 2
    assert len(provider.calls) == 3 + max(int(workers), 1)


def test_budget_takes_the_core_first_and_is_kept(tmp_path: Path) -> None:
    """With two payments the core tests run, and the others are named as left out."""
    with rehearsal() as provider:
        words = (CORE, BRANDS, "--budget", "payments=2,sessions=5")
        shown, code = run(provider, tmp_path, *words)

    assert code == 0, shown
    assert "left out by the budget: " in shown
    assert f"    {BRANDS}[chromium-American Express]" in shown
    assert sum(provider.payments.values()) == 2


def test_dashboard_tests_run_alone_and_all_others_together(tmp_path: Path) -> None:
    """With four processes pages are open side by side, but none while the dashboard changes."""
    dashboard = "e2e/test_dashboard.py::test_precedence_is_recorded"
    with rehearsal() as provider:
        shown, code = run(provider, tmp_path, CORE, SHARED, dashboard, "-n", "4")

    assert code == 0, shown
    assert provider.most_open > 1
    assert provider.dashboard.open_when_saved
    assert not any(provider.dashboard.open_when_saved)


def test_worn_out_card_is_unclear_and_replaced(tmp_path: Path) -> None:
    """The test that meets the decline is unclear; the next one pays with a card of the brand."""
    with rehearsal() as provider:
        provider.velocity_limit = 1
        paid = f"{CORE}[chromium-success]", f"{THROUGHOUT}[chromium-approved]"
        shown, code = run(provider, tmp_path, *paid, LATER, "-v")

    records = {record.test: record for record in read_records(tmp_path)}
    assert code == 0, shown
    assert [record.status for record in records.values()] == ["passed", "skipped", "passed"]
    assert "the provider declined Visa …4242, that it had approved earlier in this run" in shown
    assert "1 test unclear, neither passed nor a redirect bug:" in shown
    assert "2 passed, 1 unclear in " in shown
    assert REPLACED in shown


def test_first_decline_of_a_card_is_explained_by_another(tmp_path: Path) -> None:
    """If another card of the brand is approved, the test is unclear and the run goes on with it."""
    with rehearsal() as provider:
        provider.payments["4242424242424242"] = provider.velocity_limit = 2
        shown, code = run(provider, tmp_path, f"{CORE}[chromium-success]", LATER)

    assert code == 0, shown
    assert "declined Visa …4242 at its first use in this run, and approved Visa …5556" in shown
    assert "1 passed, 1 unclear in " in shown
    assert "at most 2 sessions and 2 payments more, once, to find out why" in shown
    assert provider.payments.total() - 2 == 2 + 1


def test_account_that_declines_everything_is_no_redirect_bug(tmp_path: Path) -> None:
    """Two more payments tell it once for all tests: a target problem with its own words."""
    with rehearsal() as provider:
        provider.declines_all = True
        shown, code = run(provider, tmp_path, f"{CORE}[chromium-success]", LATER)

    assert code == 1
    assert "target problem: 2" in shown
    assert "The provider declines every card" in shown
    assert provider.payments.total() == 2 + 2


def test_case_of_a_sandbox_can_run_there_again(tmp_path: Path) -> None:
    """The case of a red test names no page design, which only the stand-in has."""
    with rehearsal() as provider:
        provider.swaps = True
        chosen = f"{BRANDS}[chromium-Diners Club]", "--budget", "payments=9"
        shown, code = run(provider, tmp_path, *chosen)

    (record,) = read_records(tmp_path)
    assert code == 1, shown
    assert "skin" not in CaseFile.read(tmp_path / record.folder / record.case).fields


@pytest.mark.parametrize("budget", [(), ("--budget", "payments=9")], ids=["", "budget"])
def test_approved_payment_on_the_failure_url_stays_a_bug(
    tmp_path: Path, budget: tuple[str, ...]
) -> None:
    """Every card seems to be declined, but Clover's own page says that it was paid."""
    with rehearsal() as provider:
        provider.swaps = True
        shown, code = run(provider, tmp_path, f"{CORE}[chromium-success]", *budget)

    assert code == 1
    assert "redirect bug: 1" in shown
    assert provider.payments.total() == (1 if budget else 3)
