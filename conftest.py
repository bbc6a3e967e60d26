"""The plug-ins of the suite, which hold all options, hooks and fixtures."""

pytest_plugins = [
    "suite.plugin",
    "suite.fixtures.options",
    "suite.fixtures.browser",
    "suite.fixtures.target",
    "suite.fixtures.checkout",
    "suite.fixtures.dashboard",
    "suite.fixtures.storefront",
]
