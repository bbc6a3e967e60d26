"""Which tests run on which target; what is skipped says why."""

from collections.abc import Iterable

import pytest

from suite.targets import Target


def select(items: Iterable[pytest.Item], target: Target) -> None:
    """Skip what the target cannot do.

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
        if reason := target.skip_reason(marks):
            item.add_marker(pytest.mark.skip(reason=reason))


def only_the_case(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The items that run case files, and all others."""
    chosen = [item for item in items if "case" in getattr(item, "fixturenames", ())]
    return chosen, [item for item in items if item not in chosen]


def only_the_choice(
    items: list[pytest.Item], arguments: Iterable[str]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The items that every run has, and those of a thorough one.

    A test that is named with its parameters runs in any case.
    """
    named = [argument for argument in arguments if "[" in argument]
    left = [
        item
        for item in items
        if item.get_closest_marker("thorough") and not _is_named(item.nodeid, named)
    ]
    return [item for item in items if item not in left], left


def _is_named(nodeid: str, arguments: Iterable[str]) -> bool:
    return any(argument.replace("\\", "/").endswith(nodeid) for argument in arguments)
