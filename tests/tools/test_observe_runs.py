"""``make observe`` on a second provider: what it says, and what it spends."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.rehearsal.commands import run_tool
from tests.rehearsal.provider import Rehearsal, rehearsal

#: What the dashboard holds before.
BEFORE = {"cancel": "https://shop.example/left"}


def observe(provider: Rehearsal, folder: Path, *options: str) -> tuple[Mapping[str, Any], str]:
    """Return each row of the table by its key, and the messages."""
    ran = run_tool(provider, "tools.observe", "--output", str(folder), *options)
    assert ran.returncode == 0, ran.stderr
    document = json.loads((folder / "observation.json").read_text(encoding="utf-8"))
    return {row["key"]: row for row in document["rows"]}, ran.stderr


@pytest.mark.parametrize(("differs", "answers"), [
    (
        {},
        {"precedence": "dashboard", "fallback": "other", "tax": False, "missing-quantity": 400},
    ),
    (
        {"winner": "request", "winner_alone": True, "decline": "stay", "lives_s": (900, 1800)},
        {"precedence": "request", "fallback": "clover-page", "decline": "stay", "life": None},
    ),
], ids=["documented", "otherwise"])  # fmt: skip
def test_observation_is_true_and_costs_what_it_announces(
    tmp_path: Path, differs: dict[str, Any], answers: dict[str, Any]
) -> None:
    """Answers are the provider's own, no payment is unannounced, the dashboard is as before."""
    with rehearsal() as provider:
        provider.dashboard.urls = BEFORE
        for name, value in differs.items():
            setattr(provider, name, value)
        rows, told = observe(provider, tmp_path)

    assert {key: rows[key]["value"] for key in answers} == answers
    assert rows["braces"]["value"] == "kept"
    assert "plan: 12 experiments, at most 35 sessions and 9 payments" in told
    assert provider.payments.total() <= 9
    assert len(provider.sessions) <= 35
    assert provider.dashboard.urls == BEFORE
    assert "--wait-for-expiry" in rows["expired"]["observed"]


def test_dashboard_that_refuses_braces_is_told_and_used_without_them(tmp_path: Path) -> None:
    """The fields' message is the answer, and plain URLs still tell which source wins."""
    with rehearsal() as provider:
        provider.dashboard.refuses_braces = True
        rows, _ = observe(provider, tmp_path, "--budget", "payments=9")

    assert rows["braces"]["value"] == "refused"
    assert "A URL must not contain braces." in rows["braces"]["observed"]
    assert rows["precedence"]["value"] == "dashboard"


def test_budget_leaves_out_what_may_cost_more(tmp_path: Path) -> None:
    """Experiments beyond the budget say so, and the books keep to it."""
    with rehearsal() as provider:
        rows, told = observe(provider, tmp_path, "--budget", "payments=1,sessions=9")

    assert "plan: 12 experiments, at most 9 sessions and 1 payment" in told
    assert "the budget has no room for it" in rows["precedence"]["observed"]
    assert provider.payments.total() <= 1
    assert len(provider.sessions) <= 9
