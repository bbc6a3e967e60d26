"""Fixtures that replace pytest-playwright's own and keep what other workers wrote."""

import pytest

from suite.evidence.evidence import Evidence


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir() -> None:
    """Delete nothing: a worker that replaces a killed one would delete all evidence."""


@pytest.fixture
def output_path(evidence: Evidence) -> str:
    """The folder of this test's evidence, also for videos."""
    return str(evidence.folder)
