"""Fixtures in the place of pytest-playwright's own, which keep what other workers wrote."""

import pytest

from suite.evidence.evidence import Evidence


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir() -> None:
    """Delete nothing: a worker that replaces a killed one would wipe all evidence."""


@pytest.fixture
def output_path(evidence: Evidence) -> str:
    """The folder of this test, for videos too."""
    return str(evidence.folder)
