"""Which tests run on which target; what is skipped says why."""

from collections.abc import Iterable

import pytest

from clover.settings import Settings


def select(items: Iterable[pytest.Item], settings: Settings) -> None:
    """Mark what the run's target cannot do as skipped.

    Raises:
        pytest.UsageError: a test does not say where it may run.
    """
    for item in items:
        if not item.nodeid.startswith("e2e/"):
            continue
        marks = {mark.name for mark in item.iter_markers()}
        if len(marks & {"sandbox", "standin_only"}) != 1:
            raise pytest.UsageError(
                f"{item.nodeid} must carry exactly one of the markers sandbox and standin_only."
            )
        if reason := _reason(marks, settings):
            item.add_marker(pytest.mark.skip(reason=reason))


def only_the_case(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The items that run case files, and all others."""
    chosen = [item for item in items if "case" in getattr(item, "fixturenames", ())]
    return chosen, [item for item in items if item not in chosen]


def _reason(marks: set[str], settings: Settings) -> str:
    if settings.target == "standin":
        return ""
    if "standin_only" in marks:
        return "needs control over the provider, which only the stand-in gives"
    if "dashboard" in marks and settings.dashboard is None:
        missing = ", ".join(settings.dashboard_missing)
        return f"needs the Merchant Dashboard: set {missing} in .env"
    return ""
