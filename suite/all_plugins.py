"""The plug-ins of a run; a checkout's ``conftest.py`` and an installed run both load them here."""

import pytest

from suite.fixtures import browser

pytest_plugins = [
    "suite.plugin",
    "suite.fixtures.options",
    "suite.fixtures.plan",
    "suite.fixtures.target",
    "suite.fixtures.checkout",
    "suite.fixtures.dashboard",
    "suite.fixtures.storefront",
]


def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures that override those of pytest-playwright, which comes in between."""
    config.pluginmanager.register(browser)
