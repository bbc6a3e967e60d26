"""Selection of tests by target, case and thoroughness."""

from collections.abc import Iterable

import pytest

from suite.targets import Target


def select(items: Iterable[pytest.Item], target: Target) -> None:
    """Mark tests that the target cannot run as skipped.

    Raises:
        pytest.UsageError: a test does not have exactly one of the two target markers.
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
    """Split the items into those that run case files and all others."""
    chosen = [item for item in items if "case" in getattr(item, "fixturenames", ())]
    return chosen, [item for item in items if item not in chosen]


def only_the_choice(
    items: list[pytest.Item], arguments: Iterable[str]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Split the items into those of every run and those of a thorough run only.

    A test that an argument names with its parameters is always in the former.
    """
    named = tuple(argument.replace("\\", "/") for argument in arguments if "[" in argument)
    left = [
        item
        for item in items
        if item.get_closest_marker("thorough")
        and not any(argument.endswith(item.nodeid) for argument in named)
    ]
    return [item for item in items if item not in left], left
