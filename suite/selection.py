"""Selection of tests by target, case and thoroughness."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from suite.engines import engine
from suite.targets import Target

#: In the place of the cases of a kind if there are none; it is never run.
NO_CASE = pytest.param("no case", marks=pytest.mark.standin_only)
#: The tests that only a thorough run runs, by node id in Chromium; ``python -m tools.default_run``.
THOROUGH = Path(__file__).parents[1] / "e2e" / "thorough.txt"


def select(items: Iterable[pytest.Item], target: Target) -> None:
    """Mark tests that the target or the browser cannot run as skipped.

    Raises:
        pytest.UsageError: a test has no docstring, or not exactly one of the two target markers.
    """
    for item in items:
        if not item.nodeid.startswith("e2e/"):
            continue
        if not (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip():
            raise pytest.UsageError(
                f"{item.nodeid} must have a docstring: the promise that a red run shows."
            )
        marks = {mark.name for mark in item.iter_markers()}
        if len(marks & {"sandbox", "standin_only"}) != 1:
            raise pytest.UsageError(
                f"{item.nodeid} must carry exactly one of the markers sandbox and standin_only."
            )
        browser = str(_parameters(item).get("browser_name", "chromium"))
        able = engine(browser, is_remote=bool(target.settings.endpoints))
        if reason := target.skip_reason(marks) or able.skip_reason(marks):
            item.add_marker(pytest.mark.skip(reason=reason))


def only_the_case(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Split the items into those that run case files and all others."""
    chosen = [i for i in items if {"case_file", "shop_case"} & {*getattr(i, "fixturenames", ())}]
    return chosen, [item for item in items if item not in chosen]


def without_case(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the items that have a case to run, or need none."""
    return [item for item in items if NO_CASE.values[0] not in _parameters(item).values()]


def _parameters(item: pytest.Item) -> dict[str, object]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if callspec else {}


def nodeid_in_chromium(item: pytest.Item) -> str:
    """Return the node id that the test has in Chromium, under which files know it."""
    browser = _parameters(item).get("browser_name")
    return item.nodeid.replace(f"[{browser}", "[chromium").replace(f"-{browser}]", "-chromium]")


def only_the_choice(
    items: list[pytest.Item], arguments: Iterable[str]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Split the items into those of every run and those of a thorough run only.

    A test that an argument names with its parameters is always in the former.
    """
    named = tuple(argument.replace("\\", "/") for argument in arguments if "[" in argument)
    thorough = {*THOROUGH.read_text(encoding="utf-8").splitlines()}
    left = [
        item
        for item in items
        if nodeid_in_chromium(item) in thorough
        and not any(argument.endswith(item.nodeid) for argument in named)
    ]
    return [item for item in items if item not in left], left
