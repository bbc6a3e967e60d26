"""Tests of every run, and tests of a thorough run only."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from suite.selection import nodeid_in_chromium, only_the_choice, select


def test_test_without_a_promise_is_refused() -> None:
    """A red run shows a test's docstring, so plain pytest demands one."""
    item: Any = SimpleNamespace(nodeid="e2e/test_a.py::test_b", obj=lambda: None)
    with pytest.raises(pytest.UsageError, match=r"e2e/test_a\.py::test_b must have a docstring"):
        select([item], Mock())


def item(nodeid: str, browser: str = "chromium") -> Any:
    """As much of a test as the choice looks at."""
    callspec = SimpleNamespace(params={"browser_name": browser})
    return SimpleNamespace(nodeid=nodeid, callspec=callspec)


@pytest.fixture
def _thorough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list with one test."""
    file = tmp_path / "thorough.txt"
    file.write_text("e2e/test_a.py::test_it[chromium-y]\n", encoding="utf-8")
    monkeypatch.setattr("suite.selection.THOROUGH", file)


@pytest.mark.usefixtures("_thorough")
@pytest.mark.parametrize(("argument", "chosen"), [
    ("e2e", 1),
    ("e2e/test_a.py::test_it", 1),
    ("e2e/test_a.py::test_it[chromium-x]", 1),
    ("e2e/test_a.py::test_it[chromium-y]", 2),
    ("/home/me/suite/e2e/test_a.py::test_it[chromium-y]", 2),
    (r"C:\suite\e2e\test_a.py::test_it[chromium-y]", 2),
])  # fmt: skip
def test_thorough_test_must_be_named(argument: str, chosen: int) -> None:
    """Only an argument with its parameters selects a test of a thorough run in any run."""
    items = [item(f"e2e/test_a.py::test_it[chromium-{name}]") for name in "xy"]
    assert only_the_choice(items, [argument]) == (items[:chosen], items[chosen:])


@pytest.mark.usefixtures("_thorough")
def test_every_browser_has_the_same_choice() -> None:
    """The list names tests as they are called in Chromium."""
    items = [item(f"e2e/test_a.py::test_it[firefox-{name}]", "firefox") for name in "xy"]
    assert only_the_choice(items, ["e2e"]) == (items[:1], items[1:])


@pytest.mark.parametrize("nodeid", ["test_a[BROWSER]", "test_a[BROWSER-x]", "test_a[x-BROWSER]"])
def test_browser_may_stand_anywhere_in_a_node_id(nodeid: str) -> None:
    """Where pytest puts the browser's name depends on the test's other parameters."""
    one = item(nodeid.replace("BROWSER", "firefox"), "firefox")
    assert nodeid_in_chromium(one) == nodeid.replace("BROWSER", "chromium")
